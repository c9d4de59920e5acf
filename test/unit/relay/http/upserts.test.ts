import { gzipSync } from 'node:zlib';
import { acceptedSchema, operationAnswerSchema, validatedSchema } from '../../../../relay/http/openapi/answer-schemas';
import { StoreUnavailable } from '../../../../relay/store/errors';
import { KEYS, startHttpRelay } from '../../../helpers/http-relay';
import type { HttpRelay } from '../../../helpers/http-relay';
import { account, envelope, expectProblem as problem, sendUpserts } from '../../../helpers/upsert-calls';

let relay: HttpRelay;
beforeEach(async () => {
  relay = await startHttpRelay({ limits: { bodyBytes: 200_000, queue: 2000 } });
});
afterEach(() => relay.close());

const send = (json: unknown, headers?: Record<string, string>, key?: string | null) =>
  sendUpserts(relay, json, headers, key);

describe('POST /v1/upserts', () => {
  test('answers 202 with everything in the body, after it is stored', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const response = await send(envelope(account(), account('001D000000IRFmbIAH')), { traceparent });
    expect(response.status).toBe(202);
    const body = acceptedSchema.strict().parse(await response.json());
    const stored = await relay.store.operations();
    const { requestId } = stored[0] ?? {};
    expect(body).toEqual({
      requestId,
      statusUrl: `/v1/operations/${requestId}`,
      accepted: 2,
      operations: [
        {
          index: 0,
          operationId: stored[0]?.operationId,
          crmId: '001D000000IRFmaIAH',
          key: 'SF_ACCT_001D000000IRFMAIAH',
          duplicateOf: null,
        },
        {
          index: 1,
          operationId: stored[1]?.operationId,
          crmId: '001D000000IRFmbIAH',
          key: 'SF_ACCT_001D000000IRFMBIAH',
          duplicateOf: null,
        },
      ],
    });
    expect(response.headers.get('location')).toBe(`/v1/operations/${requestId}`);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(response.headers.get('ratelimit-policy')).toBe('"requests";q=6000;w=60');
    expect(response.headers.get('ratelimit')).toMatch(/^"requests";r=5999;t=\d+$/);
    expect(response.headers.get('traceparent')).toMatch(/^00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-01$/);
    expect(stored[0]).toMatchObject({
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      source: 'salesforce',
      pool: 'TSTDRV1000001',
      recordType: 'customer',
      lane: 'realtime',
    });
  });

  test.each([
    ['quoted', '"8e03978e-40d5-43e8-bc93-6894a57f9324"', '8e03978e-40d5-43e8-bc93-6894a57f9324'],
    ['bare', '8e03978e-40d5', '"8e03978e-40d5"'],
  ])('a repeated %s Idempotency-Key gets the same answer and adds nothing', async (_form, first, second) => {
    const one = await (await send(envelope(account()), { 'idempotency-key': first })).json();
    const again = await send(envelope(account()), { 'idempotency-key': second });
    expect(again.status).toBe(202);
    expect(await again.json()).toEqual(one);
    expect(await relay.store.operations()).toHaveLength(1);
  });

  test('the same content in another order of keys is the same request; other content is 422', async () => {
    const headers = { 'idempotency-key': 'same' };
    await send({ source: 'salesforce', object: 'Account', records: [account()] }, headers);
    expect((await send({ records: [account()], object: 'Account', source: 'salesforce' }, headers)).status).toBe(202);
    await problem(await send(envelope(account('001D000000IRFmbIAH')), headers), 422, 'idempotency-key-reuse');
  });

  test('a missing or malformed Idempotency-Key is 400', async () => {
    await problem(await relay.call('/v1/upserts', { json: envelope(account()) }), 400, 'idempotency-key-missing');
    await problem(await send(envelope(account()), { 'idempotency-key': 'x'.repeat(256) }), 400, 'invalid-request');
  });

  test('malformed JSON, bytes that are no UTF-8, and an empty body are 400', async () => {
    for (const body of ['{"source":', new Uint8Array([0x7b, 0xff]), '']) {
      const response = await relay.call('/v1/upserts', {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', 'idempotency-key': 'j' },
      });
      await problem(response, 400, 'invalid-json');
    }
    expect(await relay.store.operations()).toHaveLength(0);
  });

  test.each([
    ['no records', { source: 'salesforce', object: 'Account', records: [] }, '#/records'],
    ['records that are no list', { source: 'salesforce', object: 'Account', records: {} }, '#/records'],
    ['a record that is no object', { source: 'salesforce', object: 'Account', records: [account(), 7] }, '#/records/1'],
    ['no source', { object: 'Account', records: [account()] }, '#/source'],
    ['an unknown option', { ...envelope(account()), options: { lane: 'fast' } }, '#/options/lane'],
    ['a misspelt member', { ...envelope(account()), option: {} }, '#'],
    ['no object', { source: 'salesforce', records: [account()] }, '#/object'],
  ])('an envelope with %s is 422 for the whole, with a pointer', async (_what, json, pointer) => {
    const body = await problem(await send(json), 422, 'validation-failed');
    expect(body.errors?.map((one) => one.pointer)).toContain(pointer);
    expect(await relay.store.operations()).toHaveLength(0);
  });

  test('an object that no flow takes is 422 and says so', async () => {
    await problem(await send({ ...envelope(account()), object: 'Campaign' }), 422, 'mapping-missing');
  });

  test('a record that can not be mapped is accepted and goes to review with field and remedy; its neighbours go on', async () => {
    const response = await send(envelope(account('001D0000-IRFma'), account('001D000000IRFmbIAH')));
    expect(response.status).toBe(202);
    const [bad, good] = await relay.store.operations();
    expect(bad).toMatchObject({ state: 'review', error: { code: 'INVALID_CRM_ID', class: 'data' } });
    expect(bad?.error?.action).toBeTruthy();
    expect(good?.state).toBe('queued');
    const view = operationAnswerSchema.parse(await (await relay.call(`/v1/operations/${bad?.operationId}`)).json());
    expect(view.error).toMatchObject({ code: 'INVALID_CRM_ID', field: 'Id' });
  });

  test('an opportunity that is not won is left alone, and the answer says why', async () => {
    const opportunity = { Id: '006D000000EYYmaIAH', StageName: 'Prospecting', IsWon: false, IsClosed: false };
    const response = await send({ source: 'salesforce', object: 'Opportunity', records: [opportunity] });
    const body = acceptedSchema.parse(await response.json());
    expect(body.accepted).toBe(0);
    expect(body.ignored).toEqual([{ index: 0, crmId: '006D000000EYYmaIAH', reason: expect.any(String) as string }]);
  });

  test('more than 1,000 records or too large a body is 413', async () => {
    await problem(await send(envelope(...Array.from({ length: 1001 }, () => ({})))), 413, 'payload-too-large');
    await problem(
      await send(envelope(account('001D000000IRFmaIAH', { Description: 'x'.repeat(250_000) }))),
      413,
      'payload-too-large',
    );
  });

  test('a small gzip that would become huge is 413; an honest one is taken', async () => {
    const gzip = (body: string) =>
      relay.call('/v1/upserts', {
        method: 'POST',
        body: new Uint8Array(gzipSync(body)),
        headers: {
          'content-type': 'application/json',
          'content-encoding': 'gzip',
          'idempotency-key': `g-${body.length}`,
        },
      });
    expect((await gzip(JSON.stringify(envelope(account())))).status).toBe(202);
    await problem(await gzip(' '.repeat(5_000_000)), 413, 'payload-too-large');
  });

  test('too deep a nesting is refused before it is parsed', async () => {
    const deep = `{"source":"salesforce","object":"Account","records":[${'['.repeat(5000)}${']'.repeat(5000)}]}`;
    const response = await relay.call('/v1/upserts', {
      method: 'POST',
      body: deep,
      headers: { 'content-type': 'application/json', 'idempotency-key': 'deep' },
    });
    await problem(response, 422, 'validation-failed');
  });

  test('another content type is 415', async () => {
    const response = await relay.call('/v1/upserts', {
      method: 'POST',
      body: '<x/>',
      headers: { 'content-type': 'text/xml', 'idempotency-key': 'x' },
    });
    await problem(response, 415, 'unsupported-media-type');
  });

  test('when nothing can be stored the answer is 503 with Retry-After, never 202', async () => {
    relay.store.fail = new StoreUnavailable('disk-full', 'The disk is full.');
    const response = await send(envelope(account()));
    expect(response.headers.get('retry-after')).toBe('10');
    await problem(response, 503, 'store-unavailable');
  });

  test('while the relay stops, new work is refused with 503', async () => {
    relay.stopping(true);
    await problem(await send(envelope(account())), 503, 'stopping');
  });
});

describe('Prefer: wait', () => {
  test('answers 200 with the outcome as soon as everything is settled', async () => {
    const waiting = send(envelope(account()), { prefer: 'respond-async, wait=10' });
    await until(async () => (await relay.store.operations()).length === 1);
    await relay.store.finish({ to: 'done', result: 'created', internalId: '77' });
    const response = await waiting;
    expect(response.status).toBe(200);
    expect(response.headers.get('preference-applied')).toBe('wait=10');
    const body = (await response.json()) as { operations: unknown[] };
    expect(body.operations[0]).toMatchObject({
      operationId: (await relay.store.operations())[0]?.operationId,
      state: 'done',
      result: 'created',
      internalId: '77',
    });
  });

  test('waits for every operation of a request, also where there are more than its view shows', async () => {
    const { store } = relay;
    const view = store.getRequest.bind(store);
    store.getRequest = async (id) => {
      const request = await view(id);
      return request && { ...request, operations: [], counts: { done: 1_000, queued: 1 } };
    };
    expect((await send(envelope(account()), { prefer: 'wait=1' })).status).toBe(202);
  });

  test('answers 202 when the time is over', async () => {
    const response = await send(envelope(account()), { prefer: 'wait=1' });
    expect(response.status).toBe(202);
  });

  test('a record in review does not keep the caller waiting', async () => {
    const response = await send(envelope(account('001D0000-IRFma')), { prefer: 'wait=20' });
    expect(response.status).toBe(200);
  });

  test('respond-async alone is honoured and said', async () => {
    const response = await send(envelope(account()), { prefer: 'respond-async' });
    expect({ status: response.status, applied: response.headers.get('preference-applied') }).toEqual({
      status: 202,
      applied: 'respond-async',
    });
  });
});

describe('source "direct"', () => {
  const record = (more: object = {}) => ({
    recordType: 'customer',
    action: 'upsert',
    key: { externalId: 'erp_1' },
    fields: { companyname: { value: 'A' } },
    ...more,
  });
  const direct = (...records: object[]) => ({ source: 'direct', records });

  test('operations of the contract are taken as they are, external ids in upper case', async () => {
    const response = await send(direct(record()), {}, KEYS.direct);
    expect(response.status).toBe(202);
    expect((await relay.store.operations())[0]).toMatchObject({
      externalId: 'ERP_1',
      object: 'customer',
      source: 'direct',
    });
  });

  test('one record by its address may carry an Idempotency-Key; one that is none is refused, not left out', async () => {
    const put = (key: string, phone: string) =>
      relay.call('/v1/records/customer/X9', {
        method: 'PUT',
        json: { fields: { phone: { value: phone } } },
        key: KEYS.direct,
        headers: { 'idempotency-key': key },
      });
    expect((await put('put-1', '1')).status).toBe(202);
    await problem(await put('put-1', '2'), 422, 'idempotency-key-reuse');
    await problem(await put('x'.repeat(256), '1'), 400, 'invalid-request');
  });

  test('one that is not of the contract is 422 for the whole, with a pointer to the fault', async () => {
    const body = await problem(
      await send(
        direct(record(), record({ fields: { companyname: { value: 'A', text: 'B' } } }), record({ key: {} })),
        {},
        KEYS.direct,
      ),
      422,
      'validation-failed',
    );
    expect(body.errors?.map((one) => one.pointer)).toEqual([
      '#/records/1/fields/companyname',
      '#/records/2/key/externalId',
    ]);
    expect(await relay.store.operations()).toHaveLength(0);
  });

  test('a key of a CRM source may not send operations', async () => {
    await problem(await send(direct(record())), 403, 'forbidden');
  });
});

test('POST /v1/validate shows what would be sent and stores nothing', async () => {
  const response = await relay.call('/v1/validate', { json: envelope(account(), account('001D0000-IRFma')) });
  const body = validatedSchema.parse(await response.json());
  expect(body.valid).toBe(false);
  expect(body.results[0]).toMatchObject({
    ok: true,
    externalId: 'SF_ACCT_001D000000IRFMAIAH',
    operation: { recordType: 'customer' },
  });
  expect(body.results[1]).toMatchObject({ ok: false, error: { code: 'INVALID_CRM_ID' } });
  expect(await relay.store.operations()).toHaveLength(0);
});

async function until(done: () => Promise<boolean>): Promise<void> {
  while (!(await done())) await new Promise((resolve) => setImmediate(resolve));
}
