import {
  failureAnswerSchema,
  failuresAnswerSchema,
  problemSchema,
  recordAnswerSchema,
  replayedSchema,
  summarySchema,
} from '../../../../relay/http/openapi/answer-schemas';
import { KEYS, startHttpRelay } from '../../../helpers/http-relay';
import type { HttpRelay } from '../../../helpers/http-relay';
import { takeInput } from '../../../helpers/stores';

let relay: HttpRelay;
beforeEach(async () => {
  relay = await startHttpRelay();
});
afterEach(() => relay.close());

const GOOD = '001D000000IRFmaIAH';
const send = (records: object[], key: string = KEYS.salesforce, source = 'salesforce') =>
  relay.call('/v1/upserts', {
    json: { source, ...(source === 'direct' ? {} : { object: 'Account' }), records },
    headers: { 'idempotency-key': `f-${Math.random()}` },
    key,
  });
const post = (path: string, json: unknown = {}, key: string = KEYS.salesforce) => relay.call(path, { json, key });
const error = { code: 'UNKNOWN_ITEM', class: 'data' as const, message: 'No item X-1.', field: 'item[0].item' };

/** Sends an operation and lets it fail; answers its id. */
async function failed(to: 'review' | 'dead' = 'review'): Promise<string> {
  await send(
    [
      {
        recordType: 'customer',
        action: 'upsert',
        key: { externalId: 'E1' },
        fields: { phone: { value: '1' }, fax: { value: '2' } },
      },
    ],
    KEYS.direct,
    'direct',
  );
  await relay.store.finish({ to, error });
  return (await oldest()).operationId;
}

async function oldest() {
  const [first] = await relay.store.operations();
  if (!first) throw new Error('nothing was accepted');
  return first;
}

describe('failures', () => {
  test('are listed with what to do about them', async () => {
    await failed();
    const body = failuresAnswerSchema.parse(await (await relay.call('/v1/failures', { key: KEYS.direct })).json());
    expect(body.failures[0]?.error).toMatchObject({
      code: 'UNKNOWN_ITEM',
      action: expect.stringContaining('Correct the record') as string,
    });
    expect(failuresAnswerSchema.parse(await (await relay.call('/v1/failures')).json()).failures).toEqual([]);
  });

  test('one shows its payload', async () => {
    const id = await failed();
    const body = failureAnswerSchema.parse(await (await relay.call(`/v1/failures/${id}`, { key: KEYS.direct })).json());
    expect(body.payload).toMatchObject({ fields: { phone: { value: '1' } } });
  });

  test('replay, resolve, skip and cancel do what the store allows, and say who did it', async () => {
    const id = await failed();
    expect(summarySchema.parse(await (await post(`/v1/failures/${id}/replay`, {}, KEYS.direct)).json()).state).toBe(
      'queued',
    );
    const again = await post(`/v1/failures/${id}/replay`, {}, KEYS.direct);
    expect(again.status).toBe(409);
    expect(problemSchema.parse(await again.json())).toMatchObject({
      code: 'operation-conflict',
      operationId: id,
    });
    await relay.store.finish({ to: 'review', error });
    expect((await post(`/v1/failures/${id}/skip`, {}, KEYS.direct)).status).toBe(200);
    await post(`/v1/failures/${id}/replay`, {}, KEYS.direct);
    await relay.store.finish({ to: 'waiting', runAt: Date.now() + 60_000, counted: true, error });
    expect((await post(`/v1/operations/${id}/cancel`, undefined, KEYS.direct)).status).toBe(200);
  });

  test('resolve wants a note', async () => {
    const id = await failed();
    expect((await post(`/v1/failures/${id}/resolve`, {}, KEYS.direct)).status).toBe(422);
  });

  test('an edit is a merge patch over the payload, checked against the contract', async () => {
    const id = await failed();
    const good = await post(
      `/v1/failures/${id}/replay`,
      { edit: { fields: { phone: { value: '9' }, fax: null } } },
      KEYS.direct,
    );
    expect(good.status).toBe(200);
    expect((await oldest()).body).toMatchObject({ fields: { phone: { value: '9' } } });
    expect(JSON.stringify((await oldest()).body)).not.toContain('fax');
    await relay.store.finish({ to: 'review', error });
    const bad = await post(`/v1/failures/${id}/replay`, { edit: { fields: { phone: { text: '9' } } } }, KEYS.direct);
    expect(bad.status).toBe(422);
    expect(problemSchema.parse(await bad.json()).errors?.[0]?.pointer).toBe('#/edit/fields/phone');
  });

  test('a whole payload stands in the place of the stored one: a value of null clears its field', async () => {
    const id = await failed();
    const shown = failureAnswerSchema.parse(
      await (await relay.call(`/v1/failures/${id}`, { key: KEYS.direct })).json(),
    );
    const payload = { ...(shown.payload as object), fields: { phone: { value: null } } };
    expect((await post(`/v1/failures/${id}/replay`, { payload, edit: {} }, KEYS.direct)).status).toBe(422);
    expect((await post(`/v1/failures/${id}/replay`, { payload }, KEYS.direct)).status).toBe(200);
    expect((await oldest()).body).toMatchObject({ fields: { phone: { value: null } } });
    expect(JSON.stringify((await oldest()).body)).not.toContain('fax');
    await relay.store.finish({ to: 'review', error });
    const wrong = { ...payload, fields: { phone: { value: '9', text: '9' } } };
    const bad = await post(`/v1/failures/${id}/replay`, { payload: wrong }, KEYS.direct);
    expect(problemSchema.parse(await bad.json()).errors?.[0]?.pointer).toBe('#/payload/fields/phone');
    const other = { ...payload, key: { externalId: 'E2' } };
    expect((await post(`/v1/failures/${id}/replay`, { payload: other }, KEYS.direct)).status).toBe(422);
  });

  test('an edit can not turn an operation into one of another record', async () => {
    const id = await failed();
    const response = await post(`/v1/failures/${id}/replay`, { edit: { key: { externalId: 'E2' } } }, KEYS.direct);
    expect(response.status).toBe(422);
    expect((await oldest()).state).toBe('review');
  });

  test('link names the NetSuite record and sends the operation again', async () => {
    const id = await failed();
    expect((await post(`/v1/failures/${id}/link`, { internalId: '4711' }, KEYS.direct)).status).toBe(200);
    expect((await oldest()).body).toMatchObject({
      key: { externalId: 'E1', internalId: '4711' },
    });
  });

  test("all that a filter finds are replayed at once, within the caller's own source", async () => {
    const id = await failed('dead');
    expect(replayedSchema.parse(await (await post('/v1/failures/replay', {})).json()).replayed).toBe(0);
    expect(replayedSchema.parse(await (await post('/v1/failures/replay', {}, KEYS.direct)).json())).toEqual({
      replayed: 1,
      operationIds: [id],
    });
  });

  test.each([
    ['state', 'dead', 'review'],
    ['externalId', 'e1', 'E2'],
    ['requestId', null, 'req_01ARZ3NDEKTSV4RRFFQ69G5FAV'],
  ])('a replay of many by %s leaves all others where they are', async (name, fits, other) => {
    const id = await failed('dead');
    const replay = async (value: string | null) => {
      const given = value ?? (await relay.store.operations())[0]?.requestId;
      return replayedSchema.parse(
        await (await post('/v1/failures/replay', { filter: { [name]: given } }, KEYS.direct)).json(),
      );
    };
    expect(await replay(other)).toEqual({ replayed: 0, operationIds: [] });
    expect(await replay(fits)).toEqual({ replayed: 1, operationIds: [id] });
  });

  test("another source's failure is unknown, and a key without the right may not decide", async () => {
    const id = await failed();
    expect((await post(`/v1/failures/${id}/replay`, {}, KEYS.salesforce)).status).toBe(404);
    expect((await post(`/v1/failures/${id}/replay`, {}, KEYS.hubspot)).status).toBe(403);
  });
});

describe('records that could not be mapped', () => {
  test('replayed with the fault edited away, become a new operation of the right record; the old one is resolved', async () => {
    await send([{ Id: GOOD.slice(0, 14), Name: 'Acme', CurrencyIsoCode: 'EUR' }]);
    const id = (await oldest()).operationId;
    const response = await post(`/v1/failures/${id}/replay`, { edit: { Id: GOOD } });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      state: 'cancelled',
      replacedBy: expect.stringMatching(/^op_/) as string,
    });
    expect((await relay.store.operations())[1]).toMatchObject({
      state: 'queued',
      externalId: `SF_ACCT_${GOOD.toUpperCase()}`,
    });
  });

  test('replayed while somebody else closes them: the conflict is told, with the operation that goes on', async () => {
    await send([{ Id: GOOD.slice(0, 14), Name: 'Acme', CurrencyIsoCode: 'EUR' }]);
    const id = (await oldest()).operationId;
    const { store } = relay;
    const enqueue = store.enqueue.bind(store);
    jest.spyOn(store, 'enqueue').mockImplementation(async (request) => {
      const accepted = await enqueue(request);
      await store.cancel(id, { actor: 'somebody else' });
      return accepted;
    });
    const response = await post(`/v1/failures/${id}/replay`, { edit: { Id: GOOD } });
    expect(response.status).toBe(409);
    const [old, next] = await store.operations();
    expect(await response.json()).toMatchObject({
      code: 'operation-conflict',
      detail: expect.stringContaining(next!.operationId) as string,
    });
    expect([old!.state, next!.state]).toEqual(['cancelled', 'queued']);
  });

  test('replayed in place when the record was known all along', async () => {
    await send([{ Id: GOOD, Name: '', CurrencyIsoCode: 'EUR' }]);
    const id = (await oldest()).operationId;
    expect(await oldest()).toMatchObject({ state: 'review' });
    expect((await post(`/v1/failures/${id}/replay`, { edit: { Name: 'Acme' } })).status).toBe(200);
    expect(await oldest()).toMatchObject({
      state: 'queued',
      body: { fields: { companyname: { value: 'Acme' } } },
    });
  });

  test('replayed in place under one name, go one after another: they may be one record of NetSuite', async () => {
    const ids = [GOOD, '001D000000IRFmbIAH'];
    for (const Id of ids) await send([{ Id, Name: '', CurrencyIsoCode: 'EUR' }]);
    for (const { operationId } of await relay.store.operations())
      await post(`/v1/failures/${operationId}/replay`, { edit: { Name: 'Acme' } });
    const { batch } = await relay.store.take(takeInput({ pool: 'TSTDRV1000001' }));
    expect(batch?.operations.map(({ crmId }) => crmId)).toEqual([GOOD]);
    expect((await relay.store.take(takeInput({ pool: 'TSTDRV1000001' }))).batch).toBeNull();
  });

  test('show the record of the CRM as their payload, which replayed with the fault corrected goes through', async () => {
    await send([{ Id: GOOD, Name: '', CurrencyIsoCode: 'EUR' }]);
    const id = (await oldest()).operationId;
    const { payload } = failureAnswerSchema.parse(await (await relay.call(`/v1/failures/${id}`)).json());
    expect(payload).toEqual({ Id: GOOD, Name: '', CurrencyIsoCode: 'EUR' });
    const corrected = { ...(payload as object), Name: 'Acme' };
    expect((await post(`/v1/failures/${id}/replay`, { payload: corrected })).status).toBe(200);
    expect(await oldest()).toMatchObject({ state: 'queued', body: { fields: { companyname: { value: 'Acme' } } } });
  });

  test('stay in review while the fault is still there, and the answer names it', async () => {
    await send([{ Id: GOOD.slice(0, 14), Name: 'Acme' }]);
    const id = (await oldest()).operationId;
    const response = await post(`/v1/failures/${id}/replay`, {});
    expect(response.status).toBe(422);
    expect(problemSchema.parse(await response.json()).errors?.[0]).toMatchObject({
      pointer: '#/Id',
      code: 'INVALID_CRM_ID',
    });
    expect((await oldest()).state).toBe('review');
  });
});

describe('/v1/records', () => {
  const put = (json: unknown, externalId = 'e9') =>
    relay.call(`/v1/records/customer/${externalId}`, { method: 'PUT', json, key: KEYS.direct });

  test('PUT writes one record, named by its address', async () => {
    const response = await put({ fields: { companyname: { value: 'A' } } });
    expect(response.status).toBe(202);
    expect(await oldest()).toMatchObject({
      recordType: 'customer',
      externalId: 'E9',
      action: 'upsert',
    });
    expect((await put({ key: { externalId: 'other' }, fields: {} })).status).toBe(422);
  });

  test("GET answers what is known; of another source's record nothing", async () => {
    await put({ fields: { companyname: { value: 'A' } } });
    const id = (await oldest()).operationId;
    const body = recordAnswerSchema.parse(
      await (await relay.call('/v1/records/customer/e9', { key: KEYS.direct })).json(),
    );
    expect(body).toMatchObject({ externalId: 'E9', openOperations: 1, lastOperation: { operationId: id } });
    expect((await relay.call('/v1/records/customer/e9')).status).toBe(404);
    expect((await relay.call('/v1/records/customer/nope', { key: KEYS.admin })).status).toBe(404);
  });
});

describe('administration', () => {
  test('slots are lent and lanes paused by administrators only', async () => {
    const lend = (key: string, count = 1) =>
      post('/v1/admin/pools/TSTDRV1000001/lend', { count, forSeconds: 600 }, key);
    expect((await lend(KEYS.salesforce)).status).toBe(403);
    expect(await (await lend(KEYS.admin)).json()).toMatchObject({ lent: 1 });
    expect((await lend(KEYS.admin, 5)).status).toBe(422);
    expect((await post('/v1/admin/pools/TSTDRV1000001/lanes/bulk', { paused: true }, KEYS.admin)).status).toBe(200);
    await expect(relay.store.poolStatus('TSTDRV1000001')).resolves.toMatchObject({
      lanes: expect.arrayContaining([expect.objectContaining({ lane: 'bulk', paused: true })]) as unknown,
    });
    expect((await post('/v1/admin/pools/NOPE/lend', { count: 1 }, KEYS.admin)).status).toBe(404);
  });

  test('the stream tells of settlements as they happen', async () => {
    const id = await failed();
    const response = await relay.call('/v1/admin/stream', { key: KEYS.admin });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let seen = '';
    const read = async (what: string) => {
      while (!seen.includes(what)) seen += (await reader.read()).value ?? '';
    };
    await read('event: overview');
    await relay.store.resolve(id, { actor: 'test', note: 'done by hand' });
    await read('event: settled');
    expect(seen).toContain(`"operationId":"${id}"`);
    await reader.cancel();
  });
});

describe('service routes', () => {
  test('/healthz, /readyz and /metrics answer without a key; readiness names what is missing', async () => {
    expect(await (await relay.call('/healthz', { key: null })).json()).toEqual({ status: 'ok' });
    expect((await relay.call('/readyz', { key: null })).status).toBe(200);
    relay.store.fail = new Error('the disk is full');
    // An answer is used for a second: asking often writes little.
    relay.setNow(Date.now() + 1_500);
    const response = await relay.call('/readyz', { key: null });
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ checks: { store: 'the disk is full' } });
    relay.store.fail = null;
    await failed();
    const text = await (await relay.call('/metrics', { key: null })).text();
    expect(text).toContain('suiterelay_operations{state="review"} 1');
    expect(text).toContain('suiterelay_operations_accepted_total{source="direct",object="customer"} 1');
  });

  test('what is not there is a problem too', async () => {
    const response = await relay.call('/v1/nothing');
    expect(response.status).toBe(404);
    expect(problemSchema.parse(await response.json()).code).toBe('not-found');
    expect((await relay.call('/v1/operations/%E0%A4%A')).status).toBe(400);
  });
});
