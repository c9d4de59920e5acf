import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { requestAnswerSchema } from '../../../../relay/http/openapi/answer-schemas';
import { hashApiKey } from '../../../../relay/security/verify-api-key';
import { KEYS, startHttpRelay } from '../../../helpers/http-relay';
import type { HttpRelay } from '../../../helpers/http-relay';
import { account, envelope, expectProblem as problem, sendUpserts } from '../../../helpers/upsert-calls';

let relay: HttpRelay;
beforeEach(async () => {
  relay = await startHttpRelay();
});
afterEach(() => relay.close());

const send = (json: unknown, headers?: Record<string, string>, key?: string | null) =>
  sendUpserts(relay, json, headers, key);

describe('tokens of an identity provider', () => {
  test('while its keys can not be read a token is neither good nor refused: 503, to be tried again; then it is judged', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: '1', alg: 'ES256' }] });
    let up = false;
    const provider = createServer((_request, response) => response.writeHead(up ? 200 : 503).end(up ? keys : ''));
    provider.listen(0, '127.0.0.1');
    await once(provider, 'listening');
    const issuer = 'https://id.example.com';
    const jwksUrl = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/jwks`;
    const jwt = { issuer, audience: 'suiterelay', jwksUrl, actions: ['read'] };
    const served = await startHttpRelay({ sources: [{ name: 'robots', kind: 'generic', jwt }] });
    const key = await new SignJWT({})
      .setProtectedHeader({ alg: 'ES256', kid: '1' })
      .setIssuer(issuer)
      .setAudience('suiterelay')
      .setIssuedAt()
      .setExpirationTime('2m')
      .sign(privateKey);
    const unknown = await served.call('/v1/operations', { key });
    expect(unknown.headers.get('retry-after')).toBe('10');
    await problem(unknown, 503, 'identity-unavailable');
    up = true;
    expect((await served.call('/v1/operations', { key })).status).toBe(200);
    await problem(await served.call('/v1/operations', { key: `${key.slice(0, -4)}AAAA` }), 401, 'unauthorized');
    provider.close();
    await served.close();
  });
});

describe('who may do what', () => {
  test('no key, a wrong key and a wrong scheme are 401 with a challenge', async () => {
    for (const key of [null, 'srl_wrong']) {
      const response = await send(envelope(account()), {}, key);
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer realm=/);
      await problem(response, 401, 'unauthorized');
    }
  });

  test('a key sends for its own source, within its actions and objects', async () => {
    await problem(await send({ ...envelope(account()), source: 'hubspot' }), 403, 'forbidden');
    await problem(await send(envelope(account()), {}, KEYS.reader), 403, 'forbidden');
    // Nothing of the body is looked at for a key that may not send.
    const nothing = { source: 'salesforce', object: 'Nothing', records: [{}] };
    await problem(await send(nothing, {}, KEYS.reader), 403, 'forbidden');
    await problem(
      await send({ source: 'limited', object: 'Account', records: [account()] }, {}, KEYS.other),
      403,
      'forbidden-object',
    );
    expect(await relay.store.operations()).toHaveLength(0);
  });

  test('a key of some objects sends records of these types only where records are operations already', async () => {
    await relay.close();
    const own = { id: 'narrow', sha256: hashApiKey('srl_narrow'), actions: ['direct'], objects: ['contact'] };
    relay = await startHttpRelay({ sources: [{ name: 'narrow', kind: 'direct', keys: [own] }] });
    const record = (recordType: string) => ({
      recordType,
      action: 'upsert',
      key: { externalId: 'X1' },
      fields: { phone: { value: '1' } },
    });
    const records = [record('contact'), record('customer')];
    // What the envelope calls them is the caller's word.
    const mixed = await send({ source: 'direct', object: 'contact', records }, {}, 'srl_narrow');
    const { errors } = await problem(mixed, 403, 'forbidden-object');
    expect(errors).toMatchObject([{ pointer: '#/records/1/recordType' }]);
    const put = (type: string) =>
      relay.call(`/v1/records/${type}/X1`, { method: 'PUT', json: { fields: {} }, key: 'srl_narrow' });
    await problem(await put('customer'), 403, 'forbidden-object');
    expect(await relay.store.operations()).toHaveLength(0);
    expect((await put('contact')).status).toBe(202);
  });

  test('each source sees its own operations only; an administrator sees all', async () => {
    await send(envelope(account()));
    const [stored] = await relay.store.operations();
    for (const path of [`/v1/operations/${stored?.operationId}`, `/v1/operations/${stored?.requestId}`]) {
      await problem(await relay.call(path, { key: KEYS.hubspot }), 404, 'unknown-operation');
      expect((await relay.call(path, { key: KEYS.admin })).status).toBe(200);
    }
    const list = async (key: string) =>
      ((await (await relay.call('/v1/operations?source=salesforce', { key })).json()) as { operations: unknown[] })
        .operations.length;
    expect([await list(KEYS.salesforce), await list(KEYS.hubspot), await list(KEYS.admin)]).toEqual([1, 0, 1]);
  });

  test('a caller over its quota gets 429, the others go on', async () => {
    await relay.close();
    relay = await startHttpRelay({ limits: { requests: { quota: 2, windowSeconds: 60 } } });
    await relay.call('/v1/operations');
    await relay.call('/v1/operations');
    const third = await relay.call('/v1/operations');
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0);
    await problem(third, 429, 'rate-limited');
    expect((await relay.call('/v1/operations', { key: KEYS.admin })).status).toBe(200);
  });
});

test('who asks what NetSuite knows while no call can be made is told so in time, and asked to come again', async () => {
  relay.services.findContext = () => new Promise(() => undefined);
  const answer = await relay.call('/v1/context?customer=001D000000IRFmaIAH', { headers: { prefer: 'wait=1' } });
  expect(answer.headers.get('retry-after')).toBe('10');
  const { detail } = await problem(answer, 503, 'netsuite-unavailable');
  expect(detail).toContain('within 1 s');
});

describe('GET /v1/operations', () => {
  test('a request shows its operations and counts', async () => {
    await send(envelope(account(), account('001D0000-IRFma')));
    const [stored] = await relay.store.operations();
    const answer = await relay.call(`/v1/operations/${stored?.requestId}`);
    const body = requestAnswerSchema.parse(await answer.json());
    expect(body).toMatchObject({ state: 'open', counts: { queued: 1, review: 1 } });
  });

  test('polling with the ETag costs nothing while nothing changes', async () => {
    await send(envelope(account()));
    const path = `/v1/operations/${(await relay.store.operations())[0]?.operationId}`;
    const first = await relay.call(path);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"/);
    expect((await relay.call(path, { headers: { 'if-none-match': etag } })).status).toBe(304);
    await relay.store.finish({ to: 'done', result: 'created' });
    expect((await relay.call(path, { headers: { 'if-none-match': etag } })).status).toBe(200);
  });

  test('filters are checked', async () => {
    const body = await problem(
      await relay.call('/v1/operations?state=open&limit=0&colour=red'),
      422,
      'validation-failed',
    );
    expect(body.errors?.map((one) => one.pointer)).toEqual(expect.arrayContaining(['#/limit']));
  });
});
