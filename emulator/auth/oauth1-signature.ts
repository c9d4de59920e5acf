import { createHmac } from 'node:crypto';

/** RFC 5849 §3.6: everything but unreserved characters. */
export const percentEncode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * The base string NetSuite signs: method, URL without query, all query and oauth parameters sorted; `realm`, `oauth_signature` and a JSON
 * body are left out (page section_1534941088).
 */
export function baseString(method: string, url: URL, oauth: Record<string, string>): string {
  const pairs = [
    ...url.searchParams,
    ...Object.entries(oauth).filter(([key]) => key !== 'realm' && key !== 'oauth_signature'),
  ]
    .map(([key, value]) => [percentEncode(key), percentEncode(value)] as const)
    .sort(([keyA, valueA], [keyB, valueB]) => order(keyA, keyB) || order(valueA, valueB));
  const parameters = pairs.map(([key, value]) => `${key}=${value}`).join('&');
  return [method.toUpperCase(), url.origin + url.pathname, parameters]
    .map((part, index) => (index === 0 ? part : percentEncode(part)))
    .join('&');
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** HMAC-SHA256 of the base string, base64. */
export function sign(base: string, consumerSecret: string, tokenSecret: string): string {
  return createHmac('sha256', `${percentEncode(consumerSecret)}&${percentEncode(tokenSecret)}`)
    .update(base)
    .digest('base64');
}

/** The parameters of an `Authorization: OAuth …` header, decoded; undefined when its syntax is wrong. */
export function parseAuthorization(header: string): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const part of header.replace(/^OAuth\s+/i, '').split(',')) {
    const match = /^\s*([\w-]+)\s*=\s*"([^"]*)"\s*$/.exec(part);
    if (!match) return undefined;
    try {
      parameters[match[1] ?? ''] = decodeURIComponent(match[2] ?? '');
    } catch {
      return undefined;
    }
  }
  return parameters;
}
