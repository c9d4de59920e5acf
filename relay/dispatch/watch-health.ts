import type { CallFailure } from '../netsuite';
import type { Breaker } from '../store/types';

/**
 * Tells an account that is over its limit from credentials that are wrong: over-limit may show as "Invalid login attempt" (seen in
 * the wild after about 60 s of overload). A login that worked a moment ago, while calls of ours are in flight, is overload; one that fails
 * three times with no success between is taken at its word.
 */
export class HealthWatch {
  #failures = 0;
  #lastSuccess = Number.NEGATIVE_INFINITY;

  succeeded(nowMs: number): void {
    this.#failures = 0;
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
}

const OVERLOAD_WINDOW_MS = 300_000;

const open = (nowMs: number, forMs: number, failure: CallFailure): Breaker => ({
  state: 'open',
  until: nowMs + forMs,
  reason: `${failure.code}: ${failure.message}`.slice(0, 500),
});
