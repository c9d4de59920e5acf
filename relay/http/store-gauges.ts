import { Gauge, type Registry } from 'prom-client';
import { StoreUnavailable } from '../store/errors';
import type { Store } from '../store/types';

/** Fills a gauge from the store. While the store can't be asked it has no value, and the metrics of everything else are told all the same. */
export async function readOrClear(fill: () => Promise<void>, clear: () => void): Promise<void> {
  try {
    await fill();
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    clear();
  }
}

/** Gauges over the store, read when they are scraped. */
export function addStoreGauges(registry: Registry, store: Store): void {
  const registers = [registry];
  new Gauge({
    name: 'suiterelay_store_up',
    help: 'Whether the store can be asked: 1, or 0.',
    registers,
    async collect() {
      const up = await store.stats().then(
        () => 1,
        () => 0,
      );
      this.set(up);
    },
  });
  new Gauge({
    name: 'suiterelay_operations',
    help: 'Operations in the store by state.',
    labelNames: ['state'],
    registers,
    collect() {
      return readOrClear(
        async () => {
          const { byState } = await store.stats();
          for (const [state, count] of Object.entries(byState)) this.set({ state }, count);
        },
        () => this.reset(),
      );
    },
  });
  new Gauge({
    name: 'suiterelay_oldest_queued_seconds',
    help: 'Age of the oldest operation that still waits.',
    registers,
    collect() {
      return readOrClear(
        async () => {
          const { oldestQueuedAt } = await store.stats();
          this.set(oldestQueuedAt === null ? 0 : Math.max(0, (store.now() - oldestQueuedAt) / 1000));
        },
        () => this.remove(),
      );
    },
  });
  new Gauge({
    name: 'suiterelay_slots',
    help: 'Slots of a pool: configured, usable (learnt from refusals), in use, lent.',
    labelNames: ['pool', 'kind'],
    registers,
    collect() {
      return readOrClear(
        async () => {
          for (const pool of await store.pools()) {
            const status = await store.poolStatus(pool);
            if (!status) continue;
            this.set({ pool, kind: 'configured' }, status.slots);
            this.set({ pool, kind: 'usable' }, status.usable);
            this.set({ pool, kind: 'in_use' }, status.inUse);
            this.set({ pool, kind: 'lent' }, status.lent);
          }
        },
        () => this.reset(),
      );
    },
  });
}
