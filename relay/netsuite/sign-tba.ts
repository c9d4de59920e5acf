import { createHmac, randomBytes } from 'node:crypto';

/** Token-Based Authentication: OAuth 1.0a with HMAC-SHA256, the only method NetSuite takes (Oracle page section_1534941088). */

export interface TbaCredentials {
  /** Account id as NetSuite shows it: `1234567`, `1234567_SB1`. */
  realm: string;
  consumerKey: string;
  consumerSecret: string;
  tokenId: string;
  tokenSecret: string;
}

interface Moment {
  nonce: string;
  /** Seconds since the epoch. NetSuite allows five minutes either way: sign after waiting for a slot, not before. */
  timestamp: number;
}

/** RFC 3986: encodeURIComponent leaves five characters alone that OAuth wants encoded. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/** METHOD & url without query & sorted parameters: those of the query and oauth_*, without realm and without the JSON body. */
export function baseString(method: string, url: URL, oauth: Readonly<Record<string, string>>): string {
  const pairs = [...url.searchParams, ...Object.entries(oauth)].map(
    ([name, value]) => [encode(name), encode(value)] as const,
  );
  pairs.sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0));
  const parameters = pairs.map(([name, value]) => `${name}=${value}`).join('&');
  return [method.toUpperCase(), encode(`${url.origin}${url.pathname}`), encode(parameters)].join('&');
}

/** The Authorization header of one request. */
export function signTba(credentials: TbaCredentials, method: string, url: URL, moment: Moment = freshMoment()): string {
  const oauth: Record<string, string> = {
    oauth_consumer_key: credentials.consumerKey,
    oauth_nonce: moment.nonce,
    oauth_signature_method: 'HMAC-SHA256',
    oauth_timestamp: String(moment.timestamp),
    oauth_token: credentials.tokenId,
    oauth_version: '1.0',
  };
  const key = `${encode(credentials.consumerSecret)}&${encode(credentials.tokenSecret)}`;
  const signature = createHmac('sha256', key)
    .update(baseString(method, url, oauth))
    .digest('base64');
  const members = Object.entries({ realm: credentials.realm, ...oauth, oauth_signature: signature });
  return `OAuth ${members.map(([name, value]) => `${name}="${encode(value)}"`).join(', ')}`;
}

const freshMoment = (): Moment => ({
  nonce: randomBytes(16).toString('hex'),
  timestamp: Math.floor(Date.now() / 1000),
});
