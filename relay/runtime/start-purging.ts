import type { RelayServices } from '../http/services';

/** Small steps: a purge never holds the store long enough to be felt. */
const STEP = 500;
const EVERY_MS = 60_000;
const DAY_MS = 86_400_000;

/** Removes what is final and older than its retention, a few hundred rows at a time. Answers a function that stops it. */
export function startPurging({ settings, store, now, log }: RelayServices): () => Promise<void> {
  let running: Promise<void> | null = null;
  let stopped = false;
  const run = async () => {
    try {
      const { retention } = settings().config;
      // An idempotency key is as good as the operations it stands for: they stay together.
      const olderThan = now() - Math.max(retention.doneDays, retention.idempotencyDays) * DAY_MS;
      const deadOlderThan = Math.min(olderThan, now() - retention.failureDays * DAY_MS);
      let removed = 0;
      for (let step = STEP; step === STEP && !stopped; removed += step)
        step = await store.purge({ olderThan, deadOlderThan, limit: STEP });
      if (removed > 0) log.info({ removed }, 'purged after retention');
    } catch (error) {
      log.error({ err: error }, 'purging failed; trying again in a minute');
    }
  };
  const timer = setInterval(() => {
    // A long one goes on by itself.
    running ??= run().finally(() => (running = null));
  }, EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    stopped = true;
    await running;
  };
}
