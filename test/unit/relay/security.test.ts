import { Webhook } from 'standardwebhooks';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sourceSchema } from '../../../relay/config/schema-sources';
import {
  assertAllowedUrl,
  BlockedTargetError,
  guardedLookup,
  isBlockedAddress,
} from '../../../relay/security/guard-target';
import { redactPath } from '../../../relay/security/redact';
import { signWebhook, verifyWebhook } from '../../../relay/security/standard-webhooks';
import { ApiKeys, hashApiKey } from '../../../relay/security/verify-api-key';
import { signHubSpotV3, verifyHubSpotSignature } from '../../../relay/security/verify-hubspot-signature';
import { JwtIssuers } from '../../../relay/security/verify-jwt';

describe('HubSpot signatures, by the published vectors', () => {
  const secret = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy';
  const body = Buffer.from(
    '[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]',
  );
  const post = { method: 'POST', url: 'https://relay.example.com/v1/hooks/hubspot', body };
  const v3 = 'vTrL5yGWjzlfW+tKZmzEIJUX/CCXGat6MJ8Kxir69jw=';
  const at = 1_700_000_000_000;
  const signed = { ...post, headers: { v3, timestamp: String(at) } };

  test('version 3 is computed and accepted', () => {
    expect(signHubSpotV3(post, String(at), secret)).toBe(v3);
    expect(verifyHubSpotSignature(signed, [secret], at)).toEqual({ ok: true });
    expect(verifyHubSpotSignature(signed, ['another', secret], at)).toEqual({ ok: true });
  });

  test('a changed byte, address, method, time or secret is refused', () => {
    const changes = [
      { ...signed, body: Buffer.concat([body, Buffer.from(' ')]) },
      { ...signed, url: `${post.url}?a=1` },
      { ...signed, method: 'PUT' },
      { ...signed, headers: { v3, timestamp: String(at + 1) } },
      { ...signed, headers: { v3: `${v3.slice(0, -2)}A=`, timestamp: String(at) } },
      { ...signed, headers: { v3, timestamp: undefined } },
    ];
    for (const request of changes) expect(verifyHubSpotSignature(request, [secret], at).ok).toBe(false);
    expect(verifyHubSpotSignature(signed, ['other'], at).ok).toBe(false);
  });

  test('more than five minutes early or late is refused', () => {
    expect(verifyHubSpotSignature(signed, [secret], at + 300_001).ok).toBe(false);
    expect(verifyHubSpotSignature(signed, [secret], at - 300_001).ok).toBe(false);
    expect(verifyHubSpotSignature(signed, [secret], at + 299_999).ok).toBe(true);
  });

  test('the documented escapes of the address are undone, others stay', () => {
    const plain = signHubSpotV3({ ...post, url: 'https://h/x?a=b:c/%20' }, '1', secret);
    expect(signHubSpotV3({ ...post, url: 'https://h/x?a=b%3Ac%2f%20' }, '1', secret)).toBe(plain);
  });

  test('older versions only by permission, and never beside a version 3 that fails', () => {
    const v1 = '232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de';
    const old = { ...post, headers: { legacy: v1, version: 'v1' } };
    expect(verifyHubSpotSignature(old, [secret], at).ok).toBe(false);
    expect(verifyHubSpotSignature(old, [secret], at, true)).toEqual({ ok: true });
    const v2 = {
      method: 'GET',
      url: 'https://www.example.com/webhook_uri',
      body: Buffer.alloc(0),
      headers: { legacy: 'eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e', version: 'v2' },
    };
    expect(verifyHubSpotSignature(v2, [secret], at, true)).toEqual({ ok: true });
    const both = { ...post, headers: { v3: 'AAAA', timestamp: String(at), legacy: v1, version: 'v1' } };
    expect(verifyHubSpotSignature(both, [secret], at, true).ok).toBe(false);
  });
});

describe('Standard Webhooks, against the reference library', () => {
  const secret = `whsec_${Buffer.from('a secret of twenty-four bytes or more').toString('base64')}`;
  const other = `whsec_${Buffer.from('another secret of enough bytes here').toString('base64')}`;
  const body = Buffer.from('{"type":"x","müller":"😀"}');
  const nowS = Math.floor(Date.now() / 1000);

  test('what we sign, the library accepts, and the other way round', () => {
    const ours = signWebhook(secret, 'msg_1', nowS, body);
    const headers = { 'webhook-id': 'msg_1', 'webhook-timestamp': String(nowS), 'webhook-signature': ours };
    expect(new Webhook(secret).verify(body, headers)).toEqual({ type: 'x', müller: '😀' });
    const theirs = new Webhook(secret).sign('msg_1', new Date(nowS * 1000), body);
    const given = { id: 'msg_1', timestamp: String(nowS), signature: theirs };
    expect(verifyWebhook(given, body, [secret], nowS * 1000)).toEqual({ ok: true, id: 'msg_1' });
  });

  test('either secret fits while one is rotated; a wrong one, an old time or a changed byte does not', () => {
    const signature = `v1,AAAA ${signWebhook(other, 'm', nowS, body)}`;
    const given = { id: 'm', timestamp: String(nowS), signature };
    expect(verifyWebhook(given, body, [secret, other], nowS * 1000).ok).toBe(true);
    expect(verifyWebhook(given, body, [secret], nowS * 1000).ok).toBe(false);
    expect(verifyWebhook(given, body, [other], (nowS + 301) * 1000).ok).toBe(false);
    expect(verifyWebhook({ ...given, id: 'n' }, body, [other], nowS * 1000).ok).toBe(false);
    expect(verifyWebhook(given, Buffer.from('{}'), [other], nowS * 1000).ok).toBe(false);
  });
});

describe('API keys', () => {
  const source = sourceSchema.parse({
    name: 'crm',
    kind: 'salesforce',
    keys: [
      { id: 'old', sha256: hashApiKey('srl_old'), expires: '2026-01-02T00:00:00Z' },
      { id: 'new', sha256: hashApiKey('srl_new'), actions: ['upsert'], objects: ['Account'] },
    ],
  });
  const keys = new ApiKeys([source]);

  test('old and new key work side by side until the old one expires', () => {
    const before = Date.parse('2026-01-01T00:00:00Z');
    expect(keys.verify('srl_old', before)?.actor).toBe('key:old');
    expect(keys.verify('srl_new', before)?.source).toBe('crm');
    expect(keys.verify('srl_old', Date.parse('2026-01-02T00:00:00Z'))).toBeNull();
    expect(keys.verify('srl_neW', before)).toBeNull();
  });

  test('a key carries its own actions and objects', () => {
    const principal = keys.verify('srl_new', 0);
    expect([...(principal?.actions ?? [])]).toEqual(['upsert']);
    expect([...(principal?.objects ?? [])]).toEqual(['Account']);
  });
});

describe('bearer tokens of an identity provider', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'srl-jwks-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  async function issuer() {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    const jwksFile = path.join(folder, 'jwks.json');
    writeFileSync(jwksFile, JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: '1', alg: 'ES256' }] }));
    const source = sourceSchema.parse({
      name: 'crm',
      kind: 'generic',
      jwt: { issuer: 'https://id.example.com', audience: 'suiterelay', jwksFile },
    });
    const sign = (claims: { aud?: string; life?: number; iss?: string; iat?: number } = {}) => {
      const iat = claims.iat ?? Math.floor(Date.now() / 1000);
      return new SignJWT({})
        .setProtectedHeader({ alg: 'ES256', kid: '1' })
        .setIssuer(claims.iss ?? 'https://id.example.com')
        .setAudience(claims.aud ?? 'suiterelay')
        .setSubject('robot')
        .setIssuedAt(iat)
        .setExpirationTime(iat + (claims.life ?? 120))
        .sign(privateKey);
    };
    return { issuers: new JwtIssuers([source]), sign };
  }

  test.each([
    ['is not there', null],
    ['is no JSON', 'keys'],
    ['holds no keys', '{}'],
  ])('a file of keys that %s is told by its setting', (_, text) => {
    const jwksFile = path.join(folder, 'broken.json');
    if (text !== null) writeFileSync(jwksFile, text);
    const jwt = { issuer: 'https://id.example.com', audience: 'suiterelay', jwksFile };
    const source = sourceSchema.parse({ name: 'crm', kind: 'generic', jwt });
    expect(() => new JwtIssuers([source])).toThrow(
      /sources\.0\.jwt\.jwksFile: .*broken\.json is no set of public keys/,
    );
  });

  test('a good one names its source; wrong audience, issuer, age, a time ahead or too long a life does not', async () => {
    const { issuers, sign } = await issuer();
    const now = Date.now();
    expect(await issuers.verify(await sign(), now)).toMatchObject({ source: 'crm', actor: 'jwt:robot' });
    for (const claims of [
      { aud: 'x' },
      { iss: 'https://evil' },
      { life: 4000 },
      { iat: Math.floor(now / 1000) - 3600 },
      { iat: Math.floor(now / 1000) + 3600 },
    ]) {
      expect(await issuers.verify(await sign(claims), now)).toBeNull();
    }
    expect(await issuers.verify(`${await sign()}x`, now)).toBeNull();
    expect(await issuers.verify('not.a.token', now)).toBeNull();
  });
});

describe('sources that share an identity provider', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'srl-shared-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const issuer = 'https://id.example.com';
  const dead = { jwksUrl: 'http://127.0.0.1:1/jwks' };
  let jwksFile = '';
  let sign: (claims: { aud: string | string[]; sub: string }) => Promise<string>;
  beforeAll(async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    jwksFile = path.join(folder, 'jwks.json');
    writeFileSync(jwksFile, JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: '1', alg: 'ES256' }] }));
    sign = ({ aud, sub }) =>
      new SignJWT({})
        .setProtectedHeader({ alg: 'ES256', kid: '1' })
        .setIssuer(issuer)
        .setAudience(aud)
        .setSubject(sub)
        .setIssuedAt()
        .setExpirationTime('2m')
        .sign(privateKey);
  });
  const issuers = (...jwts: { audience: string; subject?: string; jwksFile?: string; jwksUrl?: string }[]) =>
    new JwtIssuers(
      jwts.map((jwt, at) => sourceSchema.parse({ name: `s${at}`, kind: 'generic', jwt: { issuer, ...jwt } })),
    );
  const sourceOf = async (all: JwtIssuers, claims: { aud: string | string[]; sub: string }) =>
    (await all.verify(await sign(claims), Date.now()))?.source ?? null;

  test('are told apart by audience and by subject; one that names its subject comes before one that takes any', async () => {
    const all = issuers(
      { audience: 'a', jwksFile },
      { audience: 'b', jwksFile },
      { audience: 'a', subject: 'x', jwksFile },
    );
    expect(await sourceOf(all, { aud: 'a', sub: 'y' })).toBe('s0');
    expect(await sourceOf(all, { aud: ['other', 'b'], sub: 'x' })).toBe('s1');
    expect(await sourceOf(all, { aud: 'a', sub: 'x' })).toBe('s2');
    expect(await sourceOf(all, { aud: 'c', sub: 'x' })).toBeNull();
  });

  test('keys of one that can not be read keep no token of the others out, and no bad one from its refusal', async () => {
    const all = issuers({ audience: 'a', ...dead }, { audience: 'a', jwksFile }, { audience: 'b', jwksFile });
    expect(await sourceOf(all, { aud: 'a', sub: 'x' })).toBe('s1');
    await expect(all.verify(`${await sign({ aud: 'a', sub: 'x' })}x`, Date.now())).rejects.toThrow(
      /The keys of the source s0/,
    );
    expect(await all.verify(`${await sign({ aud: 'b', sub: 'x' })}x`, Date.now())).toBeNull();
  });
});

test('a token that names no key is judged by each of its kind: two stand side by side while keys are changed', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'srl-rotated-'));
  const pairs = await Promise.all(['', '', ''].map(() => generateKeyPair('ES256')));
  const published = await Promise.all(pairs.slice(0, 2).map(({ publicKey }) => exportJWK(publicKey)));
  const jwksFile = path.join(folder, 'jwks.json');
  writeFileSync(
    jwksFile,
    JSON.stringify({ keys: published.map((key, at) => ({ ...key, kid: `${at}`, alg: 'ES256' })) }),
  );
  const jwt = { issuer: 'https://id.example.com', audience: 'suiterelay', jwksFile };
  const issuers = new JwtIssuers([sourceSchema.parse({ name: 'crm', kind: 'generic', jwt })]);
  const judge = async (at: number, audience = 'suiterelay') => {
    const token = new SignJWT({}).setProtectedHeader({ alg: 'ES256' }).setIssuer(jwt.issuer).setAudience(audience);
    const signed = await token.setIssuedAt().setExpirationTime('2m').sign(pairs[at]!.privateKey);
    return (await issuers.verify(signed, Date.now()))?.source ?? null;
  };
  expect([await judge(0), await judge(1), await judge(2), await judge(0, 'other')]).toEqual(['crm', 'crm', null, null]);
  rmSync(folder, { recursive: true });
});

describe('targets', () => {
  test.each([
    '127.0.0.1',
    '10.1.2.3',
    '169.254.169.254',
    '192.168.1.1',
    '::1',
    'fd00::1',
    'fe80::1',
    '::ffff:10.0.0.1',
    '::ffff:a00:1',
    '::10.0.0.1',
    '::ffff:0:a00:1',
    '64:ff9b:1::a00:1',
    '2002:a00:1::',
    '2001:0:a00:1::',
    'fec0::1',
    '0.0.0.0',
  ])('%s is out of reach', (address) => expect(isBlockedAddress(address)).toBe(true));
  test.each(['8.8.8.8', '172.32.0.1', '2606:4700::1111', '::ffff:8.8.8.8', '::ffff:808:808', '2001:4860:4860::8888'])(
    '%s is public',
    (address) => expect(isBlockedAddress(address)).toBe(false),
  );

  test('a name is judged by the address it resolves to, unless it is named', (done) => {
    guardedLookup([])('localhost', {}, (error) => {
      expect(error).toBeInstanceOf(BlockedTargetError);
      guardedLookup(['localhost'])('localhost', {}, (allowed, address) => {
        expect(allowed).toBeNull();
        expect(address as string).toMatch(/127\.0\.0\.1|::1/);
        done();
      });
    });
  });

  test('a numeric address is judged without a look-up', () => {
    expect(() => assertAllowedUrl('http://[::1]:8080/x', [])).toThrow(BlockedTargetError);
    expect(() => assertAllowedUrl('http://127.0.0.1/x', ['127.0.0.1'])).not.toThrow();
  });
});

test('secrets in a path never reach the log', () => {
  expect(redactPath('/v1/hooks/salesforce/outbound-message/abcdef')).toBe(
    '/v1/hooks/salesforce/outbound-message/[secret]',
  );
  for (const typed of [
    'OUTBOUND-MESSAGE/abc',
    'outbound-messages/abc/',
    '/outbound-message//abc',
    'outboundmessage/abc/soap',
  ])
    expect(redactPath(`/v1/hooks/salesforce/${typed}`)).not.toContain('abc');
  expect(redactPath('/x?token=abc&y=1')).toBe('/x?token=[secret]&y=1');
});
