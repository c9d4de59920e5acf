import { openPostgresStore } from '../../relay/store/postgres/open-postgres-store';
import { openSqliteStore } from '../../relay/store/sqlite/open-sqlite-store';
import type { Store } from '../../relay/store/types';

/** A process that works on a store until it is killed, and says on stdout what was acknowledged to it. */
const POOL = 'P';
const [, , where = '', schema = '', round = ''] = process.argv;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function enqueueForEver(store: Store, next: () => number): Promise<never> {
  for (;;) {
    const mine = next();
    const result = await store.enqueue({
      source: 's',
      traceId: 'a'.repeat(32),
      idempotency: { scope: 's', key: `${round}-${mine}`, bodyHash: 'x' },
      operations: [
        {
          pool: POOL,
          source: 's',
          object: 'o',
          lane: 'bulk',
          recordType: 'customer',
          action: 'upsert',
          externalId: `K${(mine * 7) % 40}`,
          body: { mine },
          full: false,
        },
      ],
    });
    if (result.outcome !== 'mismatch') say(`A ${result.operations[0]?.operationId}`);
  }
}

async function workForEver(store: Store, holder: string): Promise<never> {
  const defaultSizing = { maxOperations: 20, maxWeight: 100, fixedMs: 1, msPerWeight: 1 };
  const lingerMs = { realtime: 0, bulk: 0, replay: 0 };
  for (;;) {
    const { batch } = await store.take({
      pool: POOL,
      holder,
      sizing: {},
      defaultSizing,
      leaseMs: 300,
      lingerMs,
      borrowBelowMs: 0,
    });
    if (!batch) {
      await store.wake();
      await new Promise((resolve) => setTimeout(resolve, 2));
      continue;
    }
    for (const { recordKey, version, operationId } of batch.operations) say(`T ${recordKey} ${version} ${operationId}`);
    const { applied } = await store.settle({
      pool: POOL,
      token: batch.token,
      slot: batch.slot,
      queues: batch.queues,
      settlements: batch.operations.map(({ seq }) => ({ seq, to: 'done', result: 'updated', settlesLostCall: true })),
      call: { status: 200, units: 1, ms: 1 },
      slotUntil: null,
    });
    if (applied === batch.operations.length) for (const { operationId } of batch.operations) say(`D ${operationId}`);
  }
}

async function main(): Promise<void> {
  const store = where.startsWith('postgres')
    ? await openPostgresStore({ connectionString: where, schema, connections: 6 })
    : await openSqliteStore(where);
  const lane = { reserved: 0, weight: 1 };
  await store.configurePool(POOL, { slots: 3, lanes: { realtime: lane, bulk: lane, replay: lane } });
  let n = 0;
  say('GO');
  await Promise.all([
    ...Array.from({ length: 8 }, () => enqueueForEver(store, () => ++n)),
    ...['w1', 'w2', 'w3'].map((holder) => workForEver(store, holder)),
  ]);
}

void main();
