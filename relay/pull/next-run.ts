import { Cron } from 'croner';
import type { Cadence } from '../../flows';

/** How often what lives by events is looked through for events that never came, in ms. */
const SWEEP_MS = 300_000;

/** A pass that has just run leaves the clock's own grain behind. */
const EVERY_MS = 1_000;

/**
 * When a pass is due, ms since epoch, or null when only a command starts it. `lastMs` is when the last one began; one that fell into a
 * time in which nothing ran is made up for at once. The first pass is due at once, whatever the cadence; so is the next one when the last
 * has yet to come: the clock was ahead then, and all would rest until it is that late.
 */
export function nextRunAt(cadence: Cadence, begunMs: number | null, nowMs: number): number | null {
  const lastMs = begunMs === null || begunMs > nowMs ? null : begunMs;
  switch (cadence.kind) {
    case 'onCommand':
      return null;
    case 'realtime':
      return lastMs === null ? 0 : lastMs + SWEEP_MS;
    case 'microBatch':
      return lastMs === null ? 0 : lastMs + Math.max(EVERY_MS, cadence.everySeconds * 1000);
    case 'schedule':
      if (lastMs === null) return 0;
      return new Cron(cadence.cron, { timezone: cadence.timeZone }).nextRun(new Date(lastMs))?.getTime() ?? null;
  }
}

/** One name for one rhythm: flows of one page with the same are read together. */
export const cadenceName = (cadence: Cadence): string =>
  cadence.kind === 'microBatch'
    ? `every ${cadence.everySeconds} s`
    : cadence.kind === 'schedule'
      ? `${cadence.cron} ${cadence.timeZone}`
      : cadence.kind;
