import { openMemoryStore } from '../../relay/store/sqlite/open-sqlite-store';
import type { OperationDetail, Settlement, Store, TakenBatch } from '../../relay/store/types';
import { takeInput } from './stores';

/** What a test says a call to NetSuite came to. */
type Outcome = Settlement extends infer One ? (One extends unknown ? Omit<One, 'seq'> : never) : never;

/** The embedded engine in memory, with what tests look at: the operations in the order they came, and their ends. */
export interface WatchedStore extends Store {
  /** Thrown by whatever must be durable, while it is set. */
  fail: Error | null;
  /** Every operation accepted so far, oldest first. */
  operations(): Promise<OperationDetail[]>;
  /** Takes the oldest operation's batch and settles that operation, as a call would; gives the rest back. */
  finish(outcome: Outcome): Promise<void>;
}

const LANE = { reserved: 0, weight: 1 };
const LANES = { realtime: LANE, bulk: LANE, replay: LANE };

export function openWatchedStore(now: () => number): WatchedStore {
  const inner = openMemoryStore(now);
  const ids: string[] = [];
  const assertUp = (store: WatchedStore): void => {
    if (store.fail) throw store.fail;
  };
  return {
    ...inner,
    fail: null,
    async enqueue(request) {
      assertUp(this);
      const result = await inner.enqueue(request);
      if (result.outcome === 'accepted')
        ids.push(...result.operations.flatMap((one) => (one.duplicateOf === null ? [one.operationId] : [])));
      return result;
    },
    async check() {
      assertUp(this);
      await inner.check();
    },
    async operations() {
      const found = await Promise.all(ids.map((id) => inner.getOperation(id)));
      return found.flatMap((one) => one ?? []);
    },
    async finish(outcome) {
      const [oldest] = await this.operations();
      const pool = oldest?.pool ?? '';
      if ((await inner.poolStatus(pool)) === null) await inner.configurePool(pool, { slots: 1, lanes: LANES });
      const { batch } = await inner.take(takeInput({ pool }));
      if (!batch) throw new Error(`nothing of ${pool} can be taken`);
      await settleFirst(inner, pool, batch, outcome);
    },
  };
}

async function settleFirst(store: Store, pool: string, batch: TakenBatch, outcome: Outcome): Promise<void> {
  await store.settle({
    pool,
    token: batch.token,
    slot: batch.slot,
    settlements: batch.operations.map(({ seq }, at): Settlement =>
      at === 0 ? { seq, ...outcome } : { seq, to: 'ready', counted: false },
    ),
    call: { status: 200, units: 15, ms: 10 },
    slotUntil: null,
  });
}
