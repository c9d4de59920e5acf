import type { CallFailure } from '../netsuite';
import type { Breaker } from '../store/types';

/**
 * Tells an account that is over its limit from credentials that are wrong: over-limit may show as "Invalid login attempt" (seen in
 * the wild after about 60 s of overload). A login that worked a moment ago, while calls of ours are in flight, is overload; one that fails
 * three times with no success between is taken at its word.
 */
export class HealthWatch {
  #failures = 0;
  #lost = 0;
  #lastSuccess = Number.NEGATIVE_INFINITY;

  succeeded(nowMs: number): void {
    this.#failures = 0;
    this.#lost = 0;
    this.#lastSuccess = nowMs;
  }

  /** True when a refused login is more likely an account over its limit. */
  looksLikeOverload(failure: CallFailure, nowMs: number, othersInFlight: number): boolean {
    return failure.login && othersInFlight > 0 && nowMs - this.#lastSuccess < OVERLOAD_WINDOW_MS && this.#failures < 3;
  }

  /** Counts an account-wide failure; answers how the breaker stands now. */
  failed(failure: CallFailure, nowMs: number): Breaker | null {
    this.#failures++;
    const outage = failure.kind === 'unsent';
    if (!outage && failure.login && this.#failures < 3) return open(nowMs, 2_000, failure);
    const step = Math.min(this.#failures - 1, 8);
    return open(nowMs, Math.min((outage ? 500 : 15_000) * 2 ** step, outage ? 30_000 : 600_000), failure);
  }

  /**
   * Counts a call that was sent and not answered. One may have been too much for NetSuite; several in a row, with no success between, are an
   * outage (maintenance, a gateway with nothing behind it), and so is one whose answer says how long to stay away.
   */
  lost(failure: CallFailure, nowMs: number): Outage | null {
    this.#lost++;
    if (this.#lost < LOST_IN_A_ROW && failure.retryAfterMs === undefined) return null;
    const step = Math.min(Math.max(0, this.#lost - LOST_IN_A_ROW), 9);
    const forMs = Math.max(Math.min(FIRST_PAUSE_MS * 2 ** step, LONGEST_PAUSE_MS), failure.retryAfterMs ?? 0);
    return { breaker: open(nowMs, forMs, failure), wasKnown: this.#lost > LOST_IN_A_ROW };
  }
}

export interface Outage {
  breaker: Breaker & { until: number };
  /** Others had shown it before: the operations of this call are not to blame. */
  wasKnown: boolean;
}

const LOST_IN_A_ROW = 3;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 300_000;
const OVERLOAD_WINDOW_MS = 300_000;

const open = (nowMs: number, forMs: number, failure: CallFailure): Outage['breaker'] => ({
  state: 'open',
  until: nowMs + forMs,
  reason: `${failure.code}: ${failure.message}`.slice(0, 500),
});
