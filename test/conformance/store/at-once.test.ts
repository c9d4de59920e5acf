import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { prepareRequest, type PreparedRequest } from '../../../relay/store/core/prepare-request';
import { EnqueueAtOnce } from '../../../relay/store/postgres/enqueue-at-once';
import type { Guess } from '../../../relay/store/postgres/guess-enqueue';
import { openPostgresStore } from '../../../relay/store/postgres/open-postgres-store';
import type { NewOperation, NewRequest, Store, TakenBatch } from '../../../relay/store/types';
import { postgresUrl, stopPostgres } from '../../helpers/postgres';
import { acceptedOf, newOperation, newRequest, POOL, takeInput } from '../../helpers/stores';

/** Acceptance in one flight: what it stores is what two flights would store, and where that isn't sure it stores nothing. */
let store: Store;
let pool: Pool;
const one = (externalId: string, more: Partial<NewOperation> = {}, request: Partial<NewRequest> = {}) =>
  prepareRequest(newRequest([newOperation(externalId, more)], request));
let atOnce: EnqueueAtOnce;

beforeAll(async () => {
  const connectionString = await postgresUrl();
  const schema = `t${randomUUID().replaceAll('-', '')}`;
  store = await openPostgresStore({ connectionString, schema });
  const lane = { reserved: 0, weight: 1 };
  await store.configurePool(POOL, { slots: 20, lanes: { realtime: lane, bulk: lane, replay: lane } });
  pool = new Pool({ connectionString, max: 4, options: `-c search_path=${schema}` });
  // Its end is no wait for the server's: that may end the connection first.
  pool.on('error', () => undefined);
});
beforeEach(() => {
  atOnce = new EnqueueAtOnce(pool, () => 0);
});
afterEach(() => jest.restoreAllMocks());
afterAll(async () => {
  await pool.end();
  await store.close();
  await stopPostgres();
});

const rowsOf = async (externalId: string) =>
  (await store.listOperations({ externalId }, { limit: 50 })).items.map(({ state }) => state);

async function take(): Promise<TakenBatch> {
  const { batch } = await store.take(takeInput());
  if (!batch) throw new Error('nothing to take');
  return batch;
}

/** Where a machine stood still meanwhile, the time of the plan may be too far away. */
async function soon(request: PreparedRequest): Promise<Guess> {
  for (let tries = 0; tries < 20; tries++) {
    const guess = await atOnce.accept(request);
    if (guess) return guess;
  }
  throw new Error(`${String(request.operations[0]?.externalId)} was not accepted at once.`);
}

const settle = (batch: TakenBatch, how: object) =>
  store.settle({
    pool: POOL,
    token: batch.token,
    slot: batch.slot,
    settlements: batch.operations.map(({ seq }) => ({ seq, ...how }) as never),
    call: { status: 200, units: 1, ms: 1 },
    slotUntil: null,
  });
const done = { to: 'done', result: 'created' };

test('an operation whose record is free is accepted at once, and can be read, taken and settled as any other', async () => {
  for (const round of [1, 2, 3]) {
    const guess = await soon(one('FREE', {}, { idempotency: { scope: 's', key: `free${round}`, bodyHash: 'h' } }));
    const answer = acceptedOf(guess.answers[0] as never);
    const { operationId, version } = answer.operations[0]!;
    expect(await store.getOperation(operationId)).toMatchObject({ operationId, version, state: 'queued' });
    expect(await store.getRequest(answer.requestId)).toMatchObject({ state: 'open', counts: { queued: 1 } });
    const batch = await take();
    expect(batch.operations).toMatchObject([{ operationId, version, externalId: 'FREE' }]);
    await settle(batch, done);
  }
  const versions = (await store.listOperations({ externalId: 'FREE' }, { limit: 9 })).items.map((row) => row.version);
  expect(versions).toEqual([...new Set(versions)].sort().reverse());
  const { rows } = await pool.query<{ n: number }>(`SELECT sum(n)::int AS n FROM tally WHERE state='done'`);
  expect(rows).toEqual([{ n: 3 }]);
});

test('what has to do with anything in the store is not stored at once', async () => {
  await soon(one('BUSY'));
  expect(await atOnce.accept(one('BUSY'))).toBeNull();
  expect(await rowsOf('BUSY')).toEqual(['queued']);
  const keyed = { idempotency: { scope: 's', key: 'twice', bodyHash: 'h' } };
  await soon(one('KEYED', {}, keyed));
  expect(await atOnce.accept(one('OTHER', {}, keyed))).toBeNull();
  expect(await rowsOf('OTHER')).toEqual([]);
  await settle(await take(), done);
  const late = {
    to: 'unknown',
    runAt: 0,
    lateUntil: store.now() + 60_000,
    error: { code: 'X', class: 'data', message: 'x' },
  };
  await soon(one('LATE'));
  await settle(await take(), { ...late, runAt: store.now() + 60_000 });
  const [lost] = (await store.listOperations({ externalId: 'LATE' }, { limit: 1 })).items;
  await store.cancel(lost!.operationId, { actor: 'test' });
  expect(await atOnce.accept(one('LATE'))).toBeNull();
  expect(await rowsOf('LATE')).toEqual(['cancelled']);
});

test('a record that went into another is found out, and its operation joins the queue of that one', async () => {
  for (const key of ['OLD', 'NEW']) await soon(one(key));
  await settle(await take(), { ...done, internalId: 'same' });
  const left = await store.findRecord(POOL, 'customer', { internalId: 'same' });
  const gone = left?.externalId === 'OLD' ? 'NEW' : 'OLD';
  expect(await atOnce.accept(one(gone))).toBeNull();
  expect(await store.enqueue(newRequest([newOperation(gone)]))).toMatchObject({ outcome: 'accepted' });
  expect((await take()).operations).toMatchObject([{ recordKey: left?.recordKey }]);
});

test('a record that has a version from a time ahead gets a higher one, not the one of the plan', async () => {
  await soon(one('AHEAD'));
  await settle(await take(), done);
  const ahead = String((Date.now() + 3_600_000) * 1_000);
  await pool.query(`UPDATE rec SET last_version=$1 WHERE external_id='AHEAD'`, [ahead]);
  expect(await atOnce.accept(one('AHEAD'))).toBeNull();
  const answer = acceptedOf(await store.enqueue(newRequest([newOperation('AHEAD')])));
  expect(answer.operations[0]?.version).toBe(String(Number(ahead) + 1));
  await settle(await take(), done);
});

test('a plan that was made for another time than the server has is not stored', async () => {
  const clock = jest.spyOn(Date, 'now');
  const begun = Date.now();
  await soon(one('TIME'));
  for (const [at, movedMs] of [900, -10_000].entries()) {
    atOnce = new EnqueueAtOnce(pool, () => 0);
    clock.mockReturnValue(begun);
    // Not stored, but answered with the server's time.
    expect(await atOnce.accept(one('TIME'))).toBeNull();
    clock.mockReturnValue(begun + movedMs);
    const key = `MOVED${at}`;
    expect(await atOnce.accept(one(key))).toBeNull();
    expect(await rowsOf(key)).toEqual([]);
    // By then it knows how far off it is.
    await soon(one(key));
    expect(await rowsOf(key)).toEqual(['queued']);
  }
  jest.restoreAllMocks();
});

test('an operation has a higher number than all that were accepted before it, also by others', async () => {
  await soon(one('FIRST'));
  acceptedOf(await store.enqueue(newRequest([newOperation('SECOND'), newOperation('THIRD')])));
  // The number it has from before is lower than theirs.
  expect(await atOnce.accept(one('FOURTH'))).toBeNull();
  expect(await rowsOf('FOURTH')).toEqual([]);
  await soon(one('FOURTH'));
  const batch = await take();
  const inOrder = ['FIRST', 'SECOND', 'THIRD', 'FOURTH'];
  expect(batch.operations.map(({ externalId }) => externalId).slice(-4)).toEqual(inOrder);
  await settle(batch, done);
});

test.each<[string, Partial<NewOperation>]>([
  ['requires a record', { requires: [{ recordType: 'customer', externalId: 'X' }] }],
  ['shares a match value', { serialize: ['email:a@b'] }],
  ['may repeat an event', { dedupeKey: 'd' }],
])('an operation that %s is left to the rules that know the store', async (_, more) => {
  expect(await atOnce.accept(one(`MORE${JSON.stringify(more)}`, more))).toBeNull();
});

test('of operations for one record that come in one moment at most one is accepted at once, and all through the store keep one head', async () => {
  const all = await Promise.all(Array.from({ length: 8 }, () => atOnce.accept(one('RACE'))));
  const accepted = all.filter((guess) => guess !== null).length;
  expect(accepted).toBeLessThanOrEqual(1);
  const more = await Promise.all(Array.from({ length: 12 }, () => store.enqueue(newRequest([newOperation('RACE')]))));
  expect(more.map(({ outcome }) => outcome)).toEqual(more.map(() => 'accepted'));
  const { rows } = await pool.query<{ state: number; n: number }>(
    `SELECT state::int, count(*)::int AS n FROM op WHERE external_id='RACE' GROUP BY state ORDER BY state`,
  );
  expect(rows).toEqual([
    { state: 0, n: accepted + 11 },
    { state: 1, n: 1 },
  ]);
});
