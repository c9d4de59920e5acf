import { randomUUID } from 'node:crypto';
import { Client, Pool } from 'pg';
import { NOTIFY, Notifier } from '../../../relay/store/postgres/notifier';
import { openPostgresStore } from '../../../relay/store/postgres/open-postgres-store';
import type { NewOperation, Store, TakenBatch } from '../../../relay/store/types';
import { postgresUrl, stopPostgres } from '../../helpers/postgres';
import { acceptedOf, newOperation, newRequest, POOL, takeInput } from '../../helpers/stores';

/** Two relays on one database in the same moment: what holds for one transaction after another must hold for two side by side. */
const ROUNDS = 6;
const MANY = Array.from({ length: 30 }, (_, at) => at);
const stores: Store[] = [];
const failure = { code: 'X', class: 'data' as const, message: 'x' };

const schema = `t${randomUUID().replaceAll('-', '')}`;

beforeAll(async () => {
  const lane = { reserved: 0, weight: 1 };
  for (const connections of [4, 4]) {
    const store = await openPostgresStore({ connectionString: await postgresUrl(), schema, connections });
    await store.configurePool(POOL, { slots: 20, lanes: { realtime: lane, bulk: lane, replay: lane } });
    stores.push(store);
  }
});
afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await stopPostgres();
});

const [one, two] = [() => stores[0] as Store, () => stores[1] as Store];
const accept = async (operations: NewOperation[]) =>
  acceptedOf(await one().enqueue(newRequest(operations))).operations.map(({ operationId }) => operationId);

async function take(store: Store, leaseMs = 60_000): Promise<TakenBatch> {
  const { batch } = await store.take(takeInput({ leaseMs, holder: randomUUID() }));
  if (!batch) throw new Error('nothing to take');
  return batch;
}

const settle = (
  store: Store,
  batch: TakenBatch,
  to: (at: number) => object = () => ({ to: 'done', result: 'created' }),
) =>
  store.settle({
    pool: POOL,
    token: batch.token,
    slot: batch.slot,
    settlements: batch.operations.map(({ seq }, at) => ({ seq, ...to(at) }) as never),
    call: { status: 200, units: 1, ms: 1 },
    slotUntil: null,
  });

/** Works off all that can be taken; answers what is left open, by what it waits for. */
async function leftOver(): Promise<string[]> {
  for (;;) {
    const { batch } = await one().take(takeInput());
    if (!batch) break;
    await settle(one(), batch);
  }
  const { items } = await one().listOperations({ state: ['queued', 'sending', 'retrying'] }, { limit: 500 });
  return items.map(({ externalId, waitsFor }) => `${externalId} waits for ${String(waitsFor)}`);
}

async function everyRound(work: (round: string) => Promise<void>): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    await work(`${randomUUID().slice(0, 8)}`);
    expect(await leftOver()).toEqual([]);
  }
}

test('an operation that waits for two records goes on when both are applied in the same moment', () =>
  everyRound(async (round) => {
    const customers = MANY.map((at) => newOperation(`C${round}${at}`));
    const items = MANY.map((at) => newOperation(`I${round}${at}`, { recordType: 'inventoryitem' }));
    const orders = MANY.map((at) =>
      newOperation(`O${round}${at}`, {
        recordType: 'salesorder',
        requires: [
          { recordType: 'customer', externalId: `C${round}${at}` },
          { recordType: 'inventoryitem', externalId: `I${round}${at}` },
        ],
      }),
    );
    await accept([...customers, ...items, ...orders]);
    const batches = [await take(one()), await take(two())];
    await Promise.all(batches.map((batch, at) => settle(stores[at] as Store, batch)));
  }));

test('an operation that misses a record which is applied in the same moment goes again', () =>
  everyRound(async (round) => {
    await accept(MANY.map((at) => newOperation(`O${round}${at}`, { recordType: 'salesorder' })));
    const orders = await take(one());
    await accept(MANY.map((at) => newOperation(`C${round}${at}`)));
    const customers = await take(two());
    const until = Date.now() + 60_000;
    const parked = (at: number) => ({
      to: 'parked',
      missing: [{ recordType: 'customer', externalId: `C${round}${at}` }],
      until,
      error: failure,
    });
    await Promise.all([settle(one(), orders, parked), settle(two(), customers)]);
  }));

test('an operation that comes while the one with its match value ends is not left waiting for it', () =>
  everyRound(async (round) => {
    const operations = (prefix: string) =>
      MANY.map((at) => newOperation(`${prefix}${round}${at}`, { serialize: [`email:${round}${at}@x.y`] }));
    await accept(operations('A'));
    const batch = await take(one());
    await Promise.all([settle(one(), batch), two().enqueue(newRequest(operations('B')))]);
  }));

test('what comes under a key that was merged joins the queue of the record, also while that queue moves on', () =>
  everyRound(async (round) => {
    const same = (prefix: string) => MANY.map((at) => newOperation(`${prefix}${round}${at}`));
    const known = (at: number) => ({ to: 'done', result: 'updated', internalId: `${round}${at}` });
    for (const prefix of ['A', 'B']) {
      await accept(same(prefix));
      await settle(one(), await take(one()), known);
    }
    await accept(same('A'));
    const batch = await take(one());
    await Promise.all([settle(one(), batch, known), two().enqueue(newRequest(same('B')))]);
  }));

test('a lease that ends in the moment its answer is settled does not bring an operation back that is done', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const ids = await accept(MANY.map((at) => newOperation(`L${round}-${at}`)));
    const batch = await take(one(), 1);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const [{ applied }] = await Promise.all([settle(one(), batch), two().wake(), two().wake()]);
    const { items } = await one().listOperations({ state: ['done'] }, { limit: 500 });
    expect(items.filter(({ operationId }) => ids.includes(operationId))).toHaveLength(applied);
    expect(await leftOver()).toEqual([]);
  }
});

/** A transaction of somebody else, which the test ends. */
async function begin(): Promise<Client> {
  const client = new Client({ connectionString: await postgresUrl() });
  await client.connect();
  await client.query(`SET search_path=${schema}; BEGIN`);
  return client;
}

test('a take passes over operations that another transaction holds, and does not wait for it', async () => {
  await accept(MANY.map((at) => newOperation(`H${at}`)));
  const other = await begin();
  const { rows } = await other.query<{ seq: number }>(
    'SELECT seq::int FROM op WHERE state=1 ORDER BY seq LIMIT 5 FOR UPDATE',
  );
  const batch = await take(one());
  expect(batch.operations).toHaveLength(MANY.length - rows.length);
  expect(batch.operations.map(({ seq }) => seq)).not.toContain(rows[0]?.seq);
  await other.query('ROLLBACK');
  await other.end();
  expect(await settle(one(), batch)).toEqual({ applied: MANY.length - rows.length, fenced: 0 });
  expect(await leftOver()).toEqual([]);
});

test('a take is on disk before it is answered, though others see it earlier', async () => {
  const client = new Client({ connectionString: await postgresUrl() });
  await client.connect();
  const flushed: boolean[] = [];
  for (let at = 0; at < 9; at++) {
    await accept([newOperation(`D${at}`)]);
    const batch = await take(one());
    const { rows } = await client.query<{ flushed: boolean }>(
      'SELECT pg_current_wal_flush_lsn()>=pg_current_wal_insert_lsn() AS flushed',
    );
    flushed.push(rows[0]?.flushed === true);
    await settle(one(), batch);
  }
  await client.end();
  // The server itself writes into its log from time to time; what nobody flushes is on disk only after some 200 ms, and so in none of them.
  expect(flushed.filter(Boolean).length).toBeGreaterThan(4);
});

test('an operation that is given back while it is settled is fenced, and the others of its batch are settled', async () => {
  await accept(MANY.map((at) => newOperation(`G${at}`)));
  const batch = await take(one());
  const other = await begin();
  await other.query('UPDATE op SET state=1, lease_until=NULL WHERE seq=$1', [batch.operations[0]?.seq]);
  const settled = settle(two(), batch);
  const waiting = `SELECT 1 FROM pg_locks WHERE NOT granted AND transactionid=pg_current_xact_id()::xid`;
  while ((await other.query(waiting)).rowCount === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await other.query('COMMIT');
  await other.end();
  expect(await settled).toEqual({ applied: MANY.length - 1, fenced: 1 });
  expect(await leftOver()).toEqual([]);
});

test('a newer operation never replaces one that is taken in the same moment', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const older = MANY.map((at) => newOperation(`S${round}-${at}`));
    await accept(older);
    const newer = older.map((operation) => ({ ...operation, coalesce: true }));
    const [batch] = await Promise.all([
      one().take(takeInput()),
      ...newer.map((operation) => two().enqueue(newRequest([operation]))),
    ]);
    if (batch.batch) expect(await settle(one(), batch.batch)).toMatchObject({ fenced: 0 });
    expect(await leftOver()).toEqual([]);
  }
});

test('of two relays that build on the same knowledge of a record at once, one is told that it was overtaken', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const shadow = { pool: POOL, side: 'crm', key: `flow|X${round}`, projection: {}, hash: 'h', basedOn: null };
    const tries = await Promise.allSettled(
      stores.map((store) => store.enqueue(newRequest([newOperation(`X${round}`)], { shadows: [shadow] }))),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await leftOver()).toEqual([]);
  }
});

test('what one relay makes ready or settles the other is told of, and a commit of the store waits for the disk again after it', async () => {
  const work = new Promise<string>((resolve) => two().onWork(resolve));
  const [id] = await accept([newOperation('TOLD')]);
  expect(await work).toBe(POOL);
  const settled = new Promise<void>((resolve) =>
    two().onSettled((all) => {
      if (all.some(({ operationId }) => operationId === id)) resolve();
    }),
  );
  const batch = await take(one());
  await settle(one(), batch);
  await settled;
  const client = new Client({ connectionString: await postgresUrl() });
  await client.connect();
  const channel = `c${randomUUID()}`;
  await client.query({ name: 'notify', text: NOTIFY, values: [channel, '{}'] });
  const { rows } = await client.query<{ synchronous_commit: string }>('SHOW synchronous_commit');
  expect(rows).toEqual([{ synchronous_commit: 'on' }]);
  await client.end();
});

test('of requests with one key that reach two relays in the same moment one is stored; those with its body get its answer, those with another are refused', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const key = randomUUID();
    const before = (await one().stats()).accepted;
    const results = await Promise.all(
      MANY.map((at) => {
        const idempotency = { scope: 'crm', key, bodyHash: at % 3 === 0 ? 'x' : 'y' };
        return (at % 2 === 0 ? one() : two()).enqueue(newRequest([newOperation(`I${round}`)], { idempotency }));
      }),
    );
    const [stored] = results.filter(({ outcome }) => outcome === 'accepted');
    const outcomes = results.map(({ outcome }) => outcome);
    const same = outcomes.filter((outcome) => outcome !== 'mismatch');
    expect(same.filter((outcome) => outcome === 'accepted')).toHaveLength(1);
    expect([10, 20]).toContain(same.length);
    expect(new Set(results.map(({ requestId }) => requestId))).toEqual(new Set([stored?.requestId]));
    expect((await one().stats()).accepted).toBe(before + 1);
  }
});

test('an operation that is replayed in the moment in which it would be forgotten is gone or goes on, never lost after the replay was answered', () =>
  everyRound(async (round) => {
    const ids = await accept(MANY.map((at) => newOperation(`P${round}${at}`)));
    await settle(one(), await take(one()), () => ({ to: 'dead', error: failure }));
    const forgetting = two().purge({ olderThan: two().now() + 60_000, limit: MANY.length });
    const replays = await Promise.allSettled(ids.map((id) => one().replay(id, { actor: 'somebody' })));
    await forgetting;
    const answered = ids.filter((_, at) => replays[at]?.status === 'fulfilled');
    const stored = await Promise.all(answered.map((id) => one().getOperation(id)));
    expect(stored.map((operation) => operation?.state)).toEqual(answered.map(() => 'queued'));
  }));

test('a listener that is closed while it connects leaves no connection open', async () => {
  const name = `closing-${randomUUID()}`;
  const connectionString = await postgresUrl();
  const pool = new Pool({ connectionString, max: 1 });
  try {
    const notifier = new Notifier(pool, { connectionString, application_name: name }, () => undefined);
    const listening = notifier.listen();
    await notifier.close();
    await listening;
    const open = async (): Promise<unknown> =>
      (await pool.query('SELECT pid FROM pg_stat_activity WHERE application_name=$1', [name])).rowCount;
    // The server takes note of a goodbye a moment after it was said.
    for (const until = performance.now() + 5_000; (await open()) !== 0 && performance.now() < until;);
    expect(await open()).toBe(0);
  } finally {
    await pool.end();
  }
});
