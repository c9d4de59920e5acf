import { baseString, parseAuthorization, sign } from '../../../emulator/auth/oauth1-signature';

const RESTLET =
  'https://123456.restlets.api.netsuite.com/app/site/hosting/restlet.nl?script=6&deploy=1&customParam=someValue&testParam=someOtherValue';
const SECRETS = {
  consumer: 'd26ad321a4b2f23b0741c8d38392ce01c3e23e109df6c96eac6d099e9ab9e8b5',
  token: 'c29a677df7d5439a458c063654187e3d678d73aca8e3c9d8bea1478a3eb0d295',
};
const OAUTH = {
  oauth_consumer_key: 'ef40afdd8abaac111b13825dd5e5e2ddddb44f86d5a0dd6dcf38c20aae6b67e4',
  oauth_token: '2b0ce516420110bcbd36b69e99196d1b7f6de3c6234c5afb799b73d87569f5cc',
  oauth_nonce: 'fjaLirsIcCGVZWzBX0pg',
  oauth_timestamp: '1508242306',
  oauth_signature_method: 'HMAC-SHA256',
  oauth_version: '1.0',
};
const signature = (method: string, url: string, oauth: Record<string, string> = OAUTH): string =>
  sign(baseString(method, new URL(url), oauth), SECRETS.consumer, SECRETS.token);

describe('TBA signatures are those of Oracle (section_1534941088)', () => {
  it('signs the RESTlet example', () => {
    expect(signature('POST', RESTLET)).toBe('+KK4SKNgz4ZiILGLwOMtfYlgcXSy1eis8ldE9X90azQ=');
  });

  it('signs the REST web services example', () => {
    expect(signature('GET', 'https://123456.suitetalk.api.netsuite.com/services/rest/record/v1/employee/40')).toBe(
      'B5OIWznZ2YP0OB7VrJrGkYsTh+8H+5T9Hag+o92q0zY=',
    );
  });

  it('signs the token passport of SOAP web services and Connect: account, key, token, nonce and time (section_4395630653, article_163240164565)', () => {
    const base = [
      '1234567',
      '71cc02b731f05895561ef0862d71553a3ac99498a947c3b7beaf4a1e4a29f7c4',
      '89e08d9767c5ac85b374415725567d05b54ecf0960ad2470894a52f741020d82',
      '6obMKq0tmY8ylVOdEkA1',
      '1439829974',
    ].join('&');
    const consumer = '7278da58caf07f5c336301a601203d10a58e948efa280f0618e25fcee1ef2abd';
    const token = '060cd9ab3ffbbe1e3d3918e90165ffd37ab12acc76b4691046e2d29c7d7674c2';
    expect(sign(base, consumer, token)).toBe('FCghIZqXNetuZY8ILWOFH0ucdfzQOmAuL+q+kF21zPs=');
  });

  it('leaves realm and the signature itself out, so a header as sent gives the same', () => {
    const header = `OAuth realm="123456", ${Object.entries(OAUTH)
      .map(([key, value]) => `${key}="${encodeURIComponent(value)}"`)
      .join(', ')}, oauth_signature="%2BKK4SKNgz4ZiILGLwOMtfYlgcXSy1eis8ldE9X90azQ%3D"`;
    const parsed = parseAuthorization(header);
    expect(parsed?.realm).toBe('123456');
    expect(signature('POST', RESTLET, parsed)).toBe(parsed?.oauth_signature);
  });

  it.each(['OAuth realm=123456', 'OAuth realm="1" oauth_nonce="2"', 'OAuth oauth_nonce="%E0%A4%A"'])(
    'finds the syntax wrong of %s',
    (header) => {
      expect(parseAuthorization(header)).toBeUndefined();
    },
  );
});
