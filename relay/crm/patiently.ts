import { setTimeout as sleep } from 'node:timers/promises';
import type { CrmFault } from '../delivery/crm-adapter';

/** Longest wait that is sat out; a limit of the day is the caller's matter. In ms. */
const LONGEST_WAIT_MS = 60_000;
/** First wait where the CRM names none; it doubles. In ms. */
const FIRST_WAIT_MS = 1_000;
const TRIES = 6;

/**
 * Reads again what passes by itself, as long as the CRM says: a reading of a whole object is thousands of calls one after another, with no
 * queue behind it that would begin again where it stood.
 */
export async function patiently<T>(
  read: () => Promise<T>,
  classify: (error: unknown) => CrmFault,
  signal: AbortSignal,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await read();
    } catch (error) {
      const { class: kind, retryAfterMs } = classify(error);
      const waitMs = retryAfterMs ?? FIRST_WAIT_MS * 2 ** (attempt - 1);
      const passes = kind === 'throttle' || kind === 'transient';
      if (!passes || waitMs > LONGEST_WAIT_MS || attempt === TRIES || signal.aborted) throw error;
      await sleep(waitMs, undefined, { signal });
    }
  }
}
