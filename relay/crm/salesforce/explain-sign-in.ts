import type { SalesforceAuth } from './salesforce-session';

const GUIDE = 'docs/connect-salesforce.md';

/** What Salesforce answers to a sign-in ("OAuth 2.0 Authorization Errors" of its help), and what to compare then. */
const REASONS: readonly { said: RegExp; remedy: string }[] = [
  {
    said: /hasn['’]t approved this consumer|not admin approved/,
    remedy: `The user is not pre-authorised: add the permission set SuiteRelay Integration to the app's policies, and assign it to the user (${GUIDE}, steps 2.2 and 3.3).`,
  },
  {
    said: /audience is invalid/,
    remedy: `Set auth.audience to https://login.salesforce.com for production and to https://test.salesforce.com for a sandbox (${GUIDE}, step 3.4).`,
  },
  {
    said: /invalid assertion/,
    remedy: `The certificate in the app is not that of auth.privateKeyFile: upload the one that \`suiterelay keygen --for salesforce\` made with the key (${GUIDE}, step 3.2).`,
  },
  {
    said: /ENOENT|EACCES|DECODER|PEM|asymmetric key/,
    remedy: `auth.privateKeyFile can't be read as a key: \`suiterelay keygen --for salesforce\` makes it (${GUIDE}, step 3.1).`,
  },
  {
    said: /invalid_client_id|client identifier invalid/,
    remedy: `Compare auth.clientId with the consumer key of the app; a new app takes up to ten minutes (${GUIDE}, step 3.2).`,
  },
  {
    said: /inactive/,
    remedy: `Activate the user, or name another in auth.username (${GUIDE}, step 2.1).`,
  },
  {
    said: /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR|NOT_FOUND|HTTP_404|HTTP_3\d\d/,
    remedy: `Set baseUrl to the My Domain of the org, https://<name>.my.salesforce.com (${GUIDE}, step 3.4).`,
  },
];

/** By the kind of sign-in, where the answer says nothing more. */
const BY_AUTH: Readonly<Record<SalesforceAuth['type'], string>> = {
  jwt: `Compare consumer key, username, audience and certificate with the connected app; the user must be pre-authorised by profile or permission set (${GUIDE}, step 3).`,
  clientCredentials: `Compare consumer key and secret with the connected app; client credentials need a run-as user (${GUIDE}, step 3).`,
  refreshToken: `Sign in by the browser once more and configure the new refresh token (${GUIDE}, step 3): it was revoked, ended for want of use, or is of another app.`,
};

/** What to do about a sign-in that was refused with these words. */
export const explainSignIn = (auth: SalesforceAuth['type'], said: string): string =>
  REASONS.find((reason) => reason.said.test(said))?.remedy ?? BY_AUTH[auth];
