/** Requests of one caller in one window. Fixed windows: a caller sees exactly when it may go on. */
export interface RateState {
  allowed: boolean;
  remaining: number;
  /** Seconds until the window ends. */
  resetS: number;
}

export class RateLimiter {
  readonly #quota: number;
  readonly #windowMs: number;
  readonly #windows = new Map<string, { endsAt: number; used: number }>();

  constructor(quota: number, windowSeconds: number) {
    this.#quota = quota;
    this.#windowMs = windowSeconds * 1000;
  }

  /** Counts one request. */
  hit(caller: string, nowMs: number): RateState {
    let window = this.#windows.get(caller);
    // A window that ends later than one can was begun before the clock was set back.
    if (!window || window.endsAt <= nowMs || window.endsAt > nowMs + this.#windowMs) {
      window = { endsAt: nowMs + this.#windowMs, used: 0 };
      this.#forget(nowMs);
      this.#windows.set(caller, window);
    }
    window.used += 1;
    return {
      allowed: window.used <= this.#quota,
      remaining: Math.max(0, this.#quota - window.used),
      resetS: Math.ceil((window.endsAt - nowMs) / 1000),
    };
  }

  /** Header fields of draft-ietf-httpapi-ratelimit-headers-11. */
  headers(state: RateState): Record<'RateLimit-Policy' | 'RateLimit', string> {
    return {
      'RateLimit-Policy': `"requests";q=${this.#quota};w=${this.#windowMs / 1000}`,
      RateLimit: `"requests";r=${state.remaining};t=${state.resetS}`,
    };
  }

  /** Callers are few (sources), unless somebody guesses: finished windows go. */
  #forget(nowMs: number): void {
    if (this.#windows.size < 1000) return;
    for (const [caller, window] of this.#windows) if (window.endsAt <= nowMs) this.#windows.delete(caller);
  }
}
