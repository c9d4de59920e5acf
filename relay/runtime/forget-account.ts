import type { Forgotten, Store } from '../store/types';

/** Rows of a kind in one transaction: a few ms each, so that nothing waits for it. */
const STEP = 1_000;

/** Drops what an account is known to hold, in small steps; answers how much that was. */
export async function forgetAccount(store: Pick<Store, 'forget'>, account: string): Promise<Forgotten> {
  const total: Forgotten = { contents: 0, internalIds: 0, events: 0 };
  for (;;) {
    const step = await store.forget(account, STEP);
    total.contents += step.contents;
    total.internalIds += step.internalIds;
    total.events += step.events;
    if (Math.max(step.contents, step.internalIds, step.events) < STEP) return total;
  }
}
