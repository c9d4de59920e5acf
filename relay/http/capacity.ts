import { ProblemError } from './problem';
import type { RelayServices } from './services';

/** How long a count of what waits is used, in ms. */
const FRESH_MS = 1000;

const known = new WeakMap<object, { at: number; waiting: number }>();

/** Refuses new work while the relay stops, or while more waits than is configured: memory and disk stay bounded. */
export async function assertCapacity(services: RelayServices): Promise<void> {
  if (services.stopping()) {
    throw new ProblemError('stopping', 'The relay is stopping; send the request again.', { retryAfterS: 5 });
  }
  const { queue } = services.settings().config.limits;
  const waiting = await countWaiting(services);
  if (waiting >= queue) {
    throw new ProblemError('queue-full', `${waiting} operations wait already; the limit is ${queue}.`, {
      retryAfterS: 60,
    });
  }
}

async function countWaiting({ store, now }: RelayServices): Promise<number> {
  const last = known.get(store);
  // Either way: a count must not stand for as long as the clock was set back.
  if (last && Math.abs(now() - last.at) < FRESH_MS) return last.waiting;
  // Set before the answer is there: one count at a time.
  known.set(store, { at: now(), waiting: last?.waiting ?? 0 });
  const { byState } = await store.stats();
  const waiting = byState.queued + byState.sending + byState.retrying;
  known.set(store, { at: now(), waiting });
  return waiting;
}
