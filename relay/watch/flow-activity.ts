import type { EnqueueResult, NewRequest, Store } from '../store/types';

/** Where the time of a flow's newest operation is kept, for all relays of a store. */
export const flowSeenCursor = (account: string, flow: string): string => `flow-seen:${account}:${flow}`;

const PREFIX_OUT = 'out:';

/** When each flow last had an operation, as far as this process has seen; written down once a minute. */
export class FlowActivity {
  readonly #seen = new Map<string, { account: string; flow: string; atMs: number; saved: boolean }>();
  readonly #accounts: readonly string[];

  /** `accounts`: the NetSuite accounts; what is delivered to a CRM counts for each of them that has the flow. */
  constructor(accounts: readonly string[]) {
    this.#accounts = accounts;
  }

  saw(account: string, flow: string, atMs: number): void {
    const key = flowSeenCursor(account, flow);
    if (atMs > (this.#seen.get(key)?.atMs ?? 0)) this.#seen.set(key, { account, flow, atMs, saved: false });
  }

  /** A request that was accepted: every flow in it lives. */
  sawRequest({ operations }: NewRequest, atMs: number): void {
    for (const { pool, flow } of operations) {
      if (flow === undefined) continue;
      for (const account of pool.startsWith(PREFIX_OUT) ? this.#accounts : [pool]) this.saw(account, flow, atMs);
    }
  }

  lastMs(account: string, flow: string): number | null {
    return this.#seen.get(flowSeenCursor(account, flow))?.atMs ?? null;
  }

  all(): { account: string; flow: string; atMs: number }[] {
    return [...this.#seen.values()].map(({ account, flow, atMs }) => ({ account, flow, atMs }));
  }

  /** Writes down what is newer than what was written. */
  async save(store: Pick<Store, 'setCursor'>): Promise<void> {
    for (const [key, entry] of this.#seen) {
      if (entry.saved) continue;
      await store.setCursor(key, new Date(entry.atMs).toISOString());
      // One that came meanwhile has an entry of its own, to be saved next time.
      if (this.#seen.get(key) === entry) this.#seen.set(key, { ...entry, saved: true });
    }
  }
}

/** The store, telling of every flow that has something accepted through it. */
export const watchActivity = (store: Store, activity: FlowActivity, now: () => number): Store => ({
  ...store,
  enqueue: async (request): Promise<EnqueueResult> => {
    const result = await store.enqueue(request);
    if (result.outcome === 'accepted') activity.sawRequest(request, now());
    return result;
  },
});
