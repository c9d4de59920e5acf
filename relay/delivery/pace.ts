import { setTimeout as delay } from 'node:timers/promises';

/** Spreads calls evenly: at most `perSecond`, each waiting for its turn. `now`: ms of a clock that nobody sets. */
export function createPace(perSecond: number, now: () => number): (signal: AbortSignal) => Promise<void> {
  const gapMs = 1000 / perSecond;
  let free = 0;
  return async (signal) => {
    const at = Math.max(now(), free);
    free = at + gapMs;
    const waitMs = at - now();
    if (waitMs > 0) await delay(waitMs, undefined, { signal });
  };
}
