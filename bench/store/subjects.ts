import { PgBoss } from 'pg-boss';
import { openPostgresStore } from '../../relay/store/postgres/open-postgres-store';
import { openSqliteStore } from '../../relay/store/sqlite/open-sqlite-store';
import type { Store } from '../../relay/store/types';
import { accept, BATCH, POOL, settleDone, takeInput, toOperation, TYPES, WORKERS, type Item } from './workload';

/** What is measured: ours over either engine, or a peer on the same server. */
export interface Subject {
  enqueue(items: readonly Item[]): Promise<unknown>;
  /** Takes a batch; answers how many operations it has, and what completes them. Null when nothing waits. */
  take(worker: number): Promise<{ count: number; complete: () => Promise<unknown> } | null>;
  close(): Promise<void>;
  /** Processor time that its server has used so far, in ms; left out where that can't be told. */
  serverCpuMs?: () => number;
}

export interface OwnSubject extends Subject {
  store: Store;
}

async function own(store: Store): Promise<OwnSubject> {
  const lane = { reserved: 0, weight: 1 };
  await store.configurePool(POOL, { slots: WORKERS, lanes: { realtime: lane, bulk: lane, replay: lane } });
  return {
    store,
    enqueue: (items) =>
      accept(
        store,
        items.map((item) => toOperation(item)),
      ),
    take: async () => {
      const { batch } = await store.take(takeInput);
      return batch && { count: batch.operations.length, complete: () => settleDone(store, batch) };
    },
    close: () => store.close(),
  };
}

/** It works in this process alone. */
export const ownSqlite = async (folder: string): Promise<OwnSubject> => ({
  ...(await own(await openSqliteStore(folder))),
  serverCpuMs: () => 0,
});

let schemas = 0;
export const ownPostgres = async (connectionString: string): Promise<OwnSubject> =>
  own(await openPostgresStore({ connectionString, schema: `bench_${process.pid}_${schemas++}`, connections: 16 }));

/** pg-boss with strict order per key: the queue on PostgreSQL that comes nearest to what is needed here. */
export async function pgBoss(connectionString: string): Promise<Subject> {
  const boss = new PgBoss({
    connectionString,
    schema: `boss_${process.pid}_${schemas++}`,
    max: 16,
    supervise: false,
    schedule: false,
  });
  boss.on('error', (error) => console.error('pg-boss:', error));
  await boss.start();
  for (const type of TYPES)
    await boss.createQueue(type, { policy: 'key_strict_fifo', retryLimit: 5, retryBackoff: true });
  const body = toOperation({ n: 0, type: 'customer', key: '' }).body;
  return {
    async enqueue(items) {
      const [only] = items;
      if (only && items.length === 1) return boss.send(only.type, body, { singletonKey: only.key });
      return Promise.all(
        TYPES.map((type) =>
          boss.insert(
            type,
            items.filter((item) => item.type === type).map(({ key }) => ({ data: body, singletonKey: key })),
          ),
        ),
      );
    },
    async take(worker) {
      for (let at = 0; at < TYPES.length; at++) {
        const type = TYPES[(worker + at) % TYPES.length] ?? 'customer';
        const jobs = await boss.fetch(type, { batchSize: BATCH, includeMetadata: true });
        if (jobs.length > 0)
          return {
            count: jobs.length,
            complete: () =>
              boss.complete(
                type,
                jobs.map(({ id }) => id),
              ),
          };
      }
      return null;
    },
    close: () => boss.stop({ graceful: false }),
  };
}
