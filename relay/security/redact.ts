/** Where secrets and personal data may stand in what is logged; pino replaces them before a line is written. */
export const REDACTED_PATHS: readonly string[] = [
  'req.headers.authorization',
  'req.headers.cookie',
  'req.headers["x-hubspot-signature-v3"]',
  'req.headers["x-hubspot-signature"]',
  'req.headers["webhook-signature"]',
  'headers.authorization',
  '*.authorization',
  '*.password',
  '*.secret',
  '*.secrets',
  '*.clientSecret',
  '*.clientSecrets',
  '*.signingSecrets',
  '*.consumerSecret',
  '*.tokenSecret',
  '*.privateKey',
  '*.access_token',
  '*.payload',
  '*.body',
];

/**
 * An outbound message's address ends with its secret: paths are logged without it. Whatever is called below the hooks of Salesforce counts as
 * one: the address is typed by hand, and one with a slip in it holds the secret just the same.
 */
export const redactPath = (path: string): string =>
  path
    .replace(/(\/hooks\/+salesforce\/+[^/?]*\/+)[^?]+/i, '$1[secret]')
    .replace(/([?&](?:key|token|access_token)=)[^&]+/gi, '$1[secret]');
