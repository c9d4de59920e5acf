import type { Logger } from 'pino';
import type { Store } from '../store/types';

/** Longest time between two looks, in ms. */
const LOOK_MS = 500;

/** Wakes operations whose time has come (retries, ended leases, waits that ran out). Answers a function that stops it. */
export function startWaker(store: Store, log: Logger): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();

  const look = async (): Promise<void> => {
    let nextAt: number | null = null;
    try {
      ({ nextAt } = await store.wake());
    } catch (error) {
      log.error({ err: error }, 'waking operations failed; trying again');
    }
    if (stopped) return;
    const inMs = Math.min(Math.max((nextAt ?? Infinity) - store.now(), 10), LOOK_MS);
    timer = setTimeout(() => void (running = look()), inMs);
  };

  running = look();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}
