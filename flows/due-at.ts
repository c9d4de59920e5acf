import { Cron } from 'croner';
import type { Flow } from './flow-schema';

/** When what arrives now is to be sent, ms since epoch; undefined for at once. Records of one window go together. */
export function dueAt(cadence: Flow['cadence'], nowMs: number): number | undefined {
  switch (cadence.kind) {
    case 'realtime':
    case 'onCommand':
      return undefined;
    case 'microBatch': {
      const windowMs = cadence.everySeconds * 1000;
      return Math.ceil((nowMs + 1) / windowMs) * windowMs;
    }
    case 'schedule':
      return new Cron(cadence.cron, { timezone: cadence.timeZone }).nextRun(new Date(nowMs))?.getTime();
  }
}

/** Why a cadence can't be followed; null when it can. */
export function cadenceProblem(cadence: Flow['cadence']): string | null {
  try {
    return cadence.kind === 'schedule' && dueAt(cadence, Date.UTC(2026, 0, 1)) === undefined
      ? `the schedule "${cadence.cron}" never comes`
      : null;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `is no schedule (${reason}); write minute hour day month weekday, such as "0 6 * * 1-5", and an IANA time zone`;
  }
}
