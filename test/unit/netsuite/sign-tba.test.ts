import { createHmac } from 'node:crypto';
import OAuth from 'oauth-1.0a';
import { signTba } from '../../../relay/netsuite';

const credentials = {
  realm: '123456',
  consumerKey: 'ef40afdd8abaac111b13825dd5e5e2ddddb44f86d5a0dd6dcf38c20aae6b67e4',
  consumerSecret: 'd26ad321a4b2f23b0741c8d38392ce01c3e23e109df6c96eac6d099e9ab9e8b5',
  tokenId: '2b0ce516420110bcbd36b69e99196d1b7f6de3c6234c5afb799b73d87569f5cc',
  tokenSecret: 'c29a677df7d5439a458c063654187e3d678d73aca8e3c9d8bea1478a3eb0d295',
};
const moment = { nonce: 'fjaLirsIcCGVZWzBX0pg', timestamp: 1508242306 };
const signatureOf = (header: string): string => decodeURIComponent(/oauth_signature="([^"]+)"/.exec(header)?.[1] ?? '');

test("Oracle's own example gives its signature (page section_1534941088)", () => {
  const restlet = new URL(
    'https://123456.restlets.api.netsuite.com/app/site/hosting/restlet.nl?script=6&deploy=1&customParam=someValue&testParam=someOtherValue',
  );
  expect(signatureOf(signTba(credentials, 'POST', restlet, moment))).toBe(
    '+KK4SKNgz4ZiILGLwOMtfYlgcXSy1eis8ldE9X90azQ=',
  );
  const rest = new URL('https://123456.suitetalk.api.netsuite.com/services/rest/record/v1/employee/40');
  expect(signatureOf(signTba(credentials, 'GET', rest, moment))).toBe('B5OIWznZ2YP0OB7VrJrGkYsTh+8H+5T9Hag+o92q0zY=');
});

test('the signature equals that of npm oauth-1.0a byte for byte, also over spaces, stars and umlauts', () => {
  const url = new URL(
    "https://acct.restlets.api.netsuite.com/app/site/hosting/restlet.nl?script=1&deploy=2&q=a%20b%2Ac&n='ä(1)!",
  );
  const other = new OAuth({
    consumer: { key: credentials.consumerKey, secret: credentials.consumerSecret },
    signature_method: 'HMAC-SHA256',
    hash_function: (base, key) => createHmac('sha256', key).update(base).digest('base64'),
  });
  other.getNonce = () => moment.nonce;
  other.getTimeStamp = () => moment.timestamp;
  const token = { key: credentials.tokenId, secret: credentials.tokenSecret };
  const theirs = other.authorize({ url: url.href, method: 'GET' }, token).oauth_signature;
  expect(signatureOf(signTba(credentials, 'GET', url, moment))).toBe(theirs);
});
