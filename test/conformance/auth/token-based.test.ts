import { createHmac } from 'node:crypto';
import OAuth from 'oauth-1.0a';
import { createLink } from 'nsrestlet';
import type { AccessToken, Integration } from '../../../emulator/auth/credentials';
import { serveAccount, type Served } from '../../helpers/emulator/served-account';

let served: Served;
let integration: Integration;
let token: AccessToken;

beforeAll(async () => {
  const source = `define([], () => ({ get: (p) => p.n ? p.n : 'pong', post: (b) => ({ twice: b.n * 2 }) }));`;
  served = await serveAccount({ scripts: { ping: { source } } });
});
beforeEach(() => {
  served.front.reset();
  const { credentials } = served.front.gate;
  integration = credentials.integrations.get('default') ?? credentials.addIntegration('default');
  integration.state = 'enabled';
  token = credentials.addToken('default', -5, 3);
});
afterAll(() => served.close());

type Changes = Partial<Record<string, string>> & { secret?: string; realm?: string };

/** Signs with the npm package oauth-1.0a; `changes` replace header parameters after or before signing. */
async function call(changes: Changes = {}, signed: Record<string, string> = {}): Promise<Response> {
  const { secret = token.tokenSecret, realm = 'TSTDRV1000001', ...after } = changes;
  const oauth = new OAuth({
    consumer: { key: integration.consumerKey, secret: integration.consumerSecret },
    signature_method: 'HMAC-SHA256',
    hash_function: (base, key) => createHmac('sha256', key).update(base).digest('base64'),
    realm,
  });
  Object.assign(oauth, {
    getTimeStamp: () => Number(signed.oauth_timestamp ?? Math.floor(served.front.account.clock.now() / 1000)),
    ...(signed.oauth_nonce === undefined ? {} : { getNonce: () => signed.oauth_nonce }),
  });
  const url = served.restletUrl('ping');
  const data = oauth.authorize({ url, method: 'GET' }, { key: token.tokenId, secret });
  const { Authorization } = oauth.toHeader({ ...data, ...after });
  return fetch(url, { headers: { authorization: Authorization } });
}

const trail = (): unknown => served.front.account.ledgers.list('logins').at(-1);

describe('token-based authentication (section_1534941088, subsect_156935170194)', () => {
  it('lets in what the npm package oauth-1.0a signs, and notes it in the Login Audit Trail', async () => {
    const response = await call();
    expect([response.status, await response.text()]).toEqual([200, 'pong']);
    expect(trail()).toMatchObject({
      status: 'Success',
      integration: 'default',
      entity: -5,
      role: 3,
      scheme: 'Token-based',
    });
  });

  it('lets in the npm package nsrestlet, GET and POST', async () => {
    const link = createLink(
      {
        accountId: 'TSTDRV1000001',
        tokenKey: token.tokenId,
        tokenSecret: token.tokenSecret,
        consumerKey: integration.consumerKey,
        consumerSecret: integration.consumerSecret,
      },
      { url: served.restletUrl('ping') },
    );
    expect(await link.post({ n: 21 })).toEqual({ twice: 42 });
    expect(String(await link.get({ n: 'a b+c' }))).toBe('a b+c');
  });

  const seconds = (): number => Math.floor(served.front.account.clock.now() / 1000);
  it.each([
    ['InvalidSignature', 401, () => call({ secret: 'wrong' })],
    ['InvalidTimestamp', 400, () => call({}, { oauth_timestamp: String(seconds() - 301) })],
    ['InvalidTimestamp', 400, () => call({}, { oauth_timestamp: String(seconds() + 310) })],
    ['nonce_rejected', 401, () => call({}, { oauth_nonce: 'short' })],
    ['UnknownAlgorithm', 400, () => call({ oauth_signature_method: 'HMAC-SHA1' })],
    ['VersionRejected', 400, () => call({ oauth_version: '2.0' })],
    ['consumer_key_unknown', 401, () => call({ oauth_consumer_key: 'nobody' })],
    ['token_rejected', 401, () => call({ oauth_token: 'nobody' })],
    ['parameter_rejected', 400, () => call({ oauth_surprise: 'x' })],
    ['InvalidRealm', 401, () => call({ realm: 'tstdrv1000001' })],
  ] as [string, number, () => Promise<Response>][])(
    'refuses with %s in the trail and status %i',
    async (detail, status, send) => {
      const response = await send();
      expect(response.status).toBe(status);
      expect(await response.text()).toContain(status === 400 ? 'INVALID_REQUEST' : 'INVALID_LOGIN_ATTEMPT');
      expect(trail()).toMatchObject({ status: 'Failure', detail });
    },
  );

  it('refuses a nonce that was used before with that timestamp', async () => {
    const at = { oauth_nonce: 'abcdefghijklmnop', oauth_timestamp: String(seconds()) };
    expect((await call({}, at)).status).toBe(200);
    expect((await call({}, at)).status).toBe(401);
    expect(trail()).toMatchObject({ detail: 'nonce_used' });
  });

  it('refuses a blocked integration and a revoked token', async () => {
    integration.state = 'blocked';
    await call();
    expect(trail()).toMatchObject({ detail: 'consumer_key_refused' });
    integration.state = 'enabled';
    token.revoked = true;
    await call();
    expect(trail()).toMatchObject({ detail: 'token_rejected' });
  });

  it('locks for 30 minutes after five failures, also against the right secret', async () => {
    for (let i = 0; i < 5; i++) await call({ secret: 'wrong' });
    expect((await call()).status).toBe(401);
    expect(trail()).toMatchObject({ detail: 'temporary_locked' });
    served.front.account.clock.advance(30 * 60_000);
    expect((await call()).status).toBe(200);
  });

  it('refuses a call without credentials, and an inactive user', async () => {
    expect((await fetch(served.restletUrl('ping'))).status).toBe(401);
    const employee = served.front.account.store.get('employee', '-5');
    if (!employee) throw new Error('no administrator');
    served.front.account.store.put({ ...employee, fields: { ...employee.fields, isinactive: true } });
    expect((await call()).status).toBe(401);
    expect(trail()).toMatchObject({ detail: 'EntityOrRoleDisabled' });
  });
});
