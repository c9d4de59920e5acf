import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { CredentialBook, CertificateRefused } from '../../../emulator/auth/credentials';
import { serveAccount, type Served } from '../../helpers/emulator/served-account';

const ec = (curve: string): { privateKey: KeyObject; pem: string } => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: curve });
  return { privateKey, pem: publicKey.export({ type: 'spki', format: 'pem' }).toString() };
};
const rsa = generateKeyPairSync('rsa', { modulusLength: 3072 });
const keys = {
  p256: ec('prime256v1'),
  rsa: { privateKey: rsa.privateKey, pem: rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString() },
};

interface Assertion {
  alg?: string;
  kid?: string;
  iss?: string;
  aud?: string;
  scope?: unknown;
  iat?: number;
  exp?: number;
  key?: KeyObject;
}

let served: Served;
let tokenUrl: string;
let ids: { clientId: string; p256: string; rsa: string };

beforeAll(async () => {
  served = await serveAccount({ scripts: { ping: { source: `define([], () => ({ get: () => 'pong' }));` } } });
  tokenUrl = `${served.url}/services/rest/auth/oauth2/v1/token`;
  const { credentials } = served.front.gate;
  const owner = { integration: 'default', entity: -5, role: 3 };
  const now = served.front.account.clock.now();
  ids = {
    clientId: credentials.integrations.get('default')?.clientId ?? '',
    p256: credentials.addCertificate(keys.p256.pem, owner, now).certificateId,
    rsa: credentials.addCertificate(keys.rsa.pem, owner, now).certificateId,
  };
});
afterAll(() => served.close());

async function ask(
  given: Assertion = {},
  form: Record<string, string> = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const now = Math.floor(served.front.account.clock.now() / 1000);
  const {
    alg = 'ES256',
    kid = ids.p256,
    iss = ids.clientId,
    aud = tokenUrl,
    scope = ['restlets'],
    iat = now,
    exp = now + 3600,
    key = keys.p256.privateKey,
  } = given;
  const assertion = await new SignJWT({ iss, scope, aud, iat, exp })
    .setProtectedHeader({ alg, typ: 'JWT', kid })
    .sign(key);
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
    ...form,
  });
  const response = await fetch(tokenUrl, { method: 'POST', body });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const ping = (token: unknown): Promise<Response> =>
  fetch(served.restletUrl('ping'), { headers: { authorization: `Bearer ${String(token)}` } });

describe('OAuth 2.0 client credentials (section_162755359851, section_162790605110)', () => {
  it.each([
    ['ES256', () => ({})],
    ['PS256', () => ({ alg: 'PS256', kid: ids.rsa, key: keys.rsa.privateKey })],
    ['PS512', () => ({ alg: 'PS512', kid: ids.rsa, key: keys.rsa.privateKey })],
  ] as [string, () => Assertion][])(
    'issues a bearer token for 60 minutes to an assertion signed with %s',
    async (_alg, given) => {
      const { status, body } = await ask(given());
      expect(status).toBe(200);
      expect(body).toMatchObject({ expires_in: 3600, token_type: expect.stringMatching(/^bearer$/i) as string });
      const response = await ping(body.access_token);
      expect([response.status, await response.text()]).toEqual([200, 'pong']);
    },
  );

  it.each([
    ['the array of the sample', ['restlets', 'rest_webservices']],
    ['a comma separated list', 'restlets,rest_webservices'],
    ['a space separated list', 'restlets rest_webservices'],
  ])('takes the scope as %s', async (_form, scope) => {
    expect((await ask({ scope })).status).toBe(200);
  });

  it.each(['suitetalk', 'restlets'])('takes the %s host of the account as audience', async (service) => {
    const aud = `https://tstdrv1000001.${service}.api.netsuite.com/services/rest/auth/oauth2/v1/token`;
    expect((await ask({ aud })).status).toBe(200);
  });

  const now = (): number => Math.floor(served.front.account.clock.now() / 1000);
  it.each([
    ['RS256', () => ({ alg: 'RS256', kid: ids.rsa, key: keys.rsa.privateKey }), 'invalid_client'],
    ['an unknown certificate', () => ({ kid: 'nobody' }), 'invalid_client'],
    [
      'the key of another certificate',
      () => ({ kid: ids.rsa, key: keys.rsa.privateKey, alg: 'PS256', iss: 'somebody' }),
      'invalid_client',
    ],
    ['a forged signature', () => ({ key: ec('prime256v1').privateKey }), 'invalid_client'],
    ['another client', () => ({ iss: 'somebody' }), 'invalid_client'],
    ['another audience', () => ({ aud: 'https://example.com/token' }), 'invalid_grant'],
    ['more than 60 minutes', () => ({ exp: now() + 3601 }), 'invalid_grant'],
    ['an expired assertion', () => ({ iat: now() - 4000, exp: now() - 600 }), 'invalid_grant'],
    ['no scope', () => ({ scope: [] }), 'invalid_scope'],
    ['an unknown scope', () => ({ scope: ['everything'] }), 'invalid_scope'],
  ] as [string, () => Assertion, string][])('refuses %s', async (_what, given, error) => {
    expect(await ask(given())).toEqual({ status: 400, body: { error } });
    expect(served.front.account.ledgers.list('logins').at(-1)).toMatchObject({ status: 'Failure' });
  });

  it('refuses another grant type', async () => {
    expect(await ask({}, { grant_type: 'password' })).toEqual({
      status: 400,
      body: { error: 'unsupported_grant_type' },
    });
  });

  it('lets a token die after 60 minutes of virtual time, with the documented challenge (subsect_158521885412)', async () => {
    const { body } = await ask();
    served.front.account.clock.advance(3600_000);
    const response = await ping(body.access_token);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe(
      'Bearer realm="TSTDRV1000001", error="invalid_token", error_description="Invalid login attempt."',
    );
  });

  it('refuses a token without the scope of RESTlets', async () => {
    const { body } = await ask({ scope: ['rest_webservices'] });
    expect((await ping(body.access_token)).status).toBe(401);
  });
});

describe('certificates (subsect_162755332391)', () => {
  const owner = { integration: 'default', entity: -5, role: 3 };
  it('refuses RSA under 3072 bits and foreign curves', () => {
    const book = new CredentialBook();
    const small = generateKeyPairSync('rsa', { modulusLength: 2048 })
      .publicKey.export({ type: 'spki', format: 'pem' })
      .toString();
    expect(() => book.addCertificate(small, owner, 0)).toThrow(CertificateRefused);
    expect(() => book.addCertificate(ec('secp256k1').pem, owner, 0)).toThrow(CertificateRefused);
  });

  it('refuses a sixth active certificate of an integration', () => {
    const book = new CredentialBook();
    for (let i = 0; i < 5; i++) book.addCertificate(keys.p256.pem, owner, 0);
    expect(() => book.addCertificate(keys.p256.pem, owner, 0)).toThrow(CertificateRefused);
  });
});
