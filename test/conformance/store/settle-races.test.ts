import { randomUUID } from 'node:crypto';
import { openPostgresStore } from '../../../relay/store/postgres/open-postgres-store';
import type { NewOperation, Settlement, Store, TakenBatch, TakenOperation } from '../../../relay/store/types';
import { postgresUrl, stopPostgres } from '../../helpers/postgres';
import { acceptedOf, newOperation, newRequest, POOL, takeInput } from '../../helpers/stores';

/**
 * Settlements of every kind in the same moment, by two relays, over records that wait for one another: whatever rows they meet on, none
 * fails, and nothing is left waiting for what is over.
 */
const ROUNDS = 6;
const EACH = 12;
const DAY_MS = 86_400_000;
const SMALL = { maxOperations: 5, maxWeight: 1_000, fixedMs: 1, msPerWeight: 1 };
const stores: Store[] = [];
const schema = `t${randomUUID().replaceAll('-', '')}`;
const failure = { code: 'X', class: 'data' as const, message: 'x' };
const at = (n: number): Store => stores[n % stores.length] as Store;

beforeAll(async () => {
  const lane = { reserved: 0, weight: 1 };
  for (let relay = 0; relay < 2; relay++) {
    const store = await openPostgresStore({ connectionString: await postgresUrl(), schema, connections: 6 });
    await store.configurePool(POOL, { slots: 60, lanes: { realtime: lane, bulk: lane, replay: lane } });
    stores.push(store);
  }
});
afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await stopPostgres();
});

const numbers = Array.from({ length: EACH }, (_, n) => n);
const customer = (externalId: string) => ({ recordType: 'customer', externalId });

/** Customers that may turn out to be one record; orders of two customers each; contacts that share match values; a second version of each. */
function related(round: string): NewOperation[] {
  const name = (n: number): string => `C${round}-${n % EACH}`;
  const customers = numbers.map((n) => newOperation(name(n), { onFailure: n % 2 === 0 ? 'release' : 'hold' }));
  const contacts = numbers.map((n) =>
    newOperation(`P${round}-${n}`, { recordType: 'contact', serialize: [`entity:email:${round}${n % 4}`] }),
  );
  const orders = numbers.map((n) =>
    newOperation(`O${round}-${n}`, {
      recordType: 'salesorder',
      requires: [customer(name(n)), customer(name(n + 5))],
    }),
  );
  return [...customers, ...contacts, ...orders, ...customers, ...orders];
}

const done = ({ seq, externalId }: TakenOperation): Settlement => ({
  seq,
  to: 'done',
  result: 'updated',
  internalId: externalId,
  settlesLostCall: true,
});

/** Every kind of end in turn; what is repeated too often is done. Customers are not given up, for others wait for them. */
function endOf(operation: TakenOperation, type: string, kind: number, round: string): Settlement {
  const { seq, attempt } = operation;
  const soon = Date.now();
  if (attempt > 2) return done(operation);
  switch (kind % 7) {
    case 0:
      return { seq, to: 'waiting', runAt: soon, counted: true, error: failure };
    case 1:
      return { seq, to: 'unknown', runAt: soon, lateUntil: soon + 5, error: failure };
    case 2:
      return { seq, to: 'ready', counted: true };
    case 3:
      // Two external ids come to one record.
      return { ...done(operation), internalId: `${type}${round}${kind % 3}` } as Settlement;
    case 4:
      if (type === 'customer') return done(operation);
      return {
        seq,
        to: 'parked',
        missing: [customer(`C${round}-${kind % EACH}`)],
        until: soon + DAY_MS,
        error: failure,
      };
    case 5:
      return type === 'customer' ? done(operation) : { seq, to: 'dead', error: failure };
    default:
      return done(operation);
  }
}

async function takeMany(): Promise<TakenBatch[]> {
  const batches: TakenBatch[] = [];
  for (let n = 0; n < 16; n++) {
    const { batch } = await at(n).take(takeInput({ defaultSizing: SMALL, holder: `r${n % 2}` }));
    if (!batch) break;
    batches.push(batch);
  }
  return batches;
}

const settle = (store: Store, batch: TakenBatch, settlements: Settlement[]) =>
  store.settle({
    pool: POOL,
    token: batch.token,
    slot: batch.slot,
    ...(batch.token % 2 === 0 ? { queues: batch.queues } : {}),
    settlements,
    call: { status: 200, units: 1, ms: 1 },
    slotUntil: null,
  });

/** Works off what can be taken, all batches of a turn at once; `beside` goes on in the same moment. Answers how many were fenced. */
async function workOff(
  end: (operation: TakenOperation, type: string, kind: number) => Settlement,
  beside: (turn: number) => Promise<unknown>[] = () => [],
): Promise<number> {
  let fenced = 0;
  for (let turn = 0, batches = await takeMany(); batches.length > 0; turn++, batches = await takeMany()) {
    const settled = batches.map((batch, b) => {
      const settlements = batch.operations.map((one, k) => end(one, batch.recordType, turn + b + k));
      // Rows are met from both ends.
      return settle(at(b + turn), batch, b % 2 === 0 ? settlements : settlements.toReversed());
    });
    const [results] = await Promise.all([Promise.all(settled), ...beside(turn), at(turn).wake(), at(turn + 1).wake()]);
    fenced += results.reduce((sum, one) => sum + one.fenced, 0);
    while (((await at(turn).wake()).nextAt ?? Infinity) < Date.now() + 1_000) continue;
  }
  return fenced;
}

test('settlements of every kind that meet on the same rows all succeed, lose nothing and strand nothing', async () => {
  let accepted = 0;
  const accept = async (store: Store, operations: NewOperation[]): Promise<void> => {
    accepted += acceptedOf(await store.enqueue(newRequest(operations))).operations.length;
  };
  for (let n = 0; n < ROUNDS; n++) {
    const round = randomUUID().slice(0, 8);
    const operations = related(round);
    await accept(at(n), operations);
    const fenced = await workOff(
      (one, type, kind) => endOf(one, type, kind, round),
      (turn) => (turn < 4 ? [accept(at(turn), operations.slice(turn, turn + EACH))] : []),
    );
    // Who missed a customer that was there waits for its next version.
    await accept(at(n), operations.slice(0, EACH));
    expect(fenced + (await workOff(done))).toBe(0);
    const { byState } = await at(n).stats();
    expect(byState).toMatchObject({ queued: 0, sending: 0, retrying: 0, review: 0 });
  }
  expect((await at(0).stats()).accepted).toBe(accepted);
}, 120_000);
