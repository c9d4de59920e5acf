import type { AlertKind } from './alert';

/** When an alert that was not taken goes again, in ms. */
const AGAIN_MS = 60_000;

/** At most one alert of a kind in a while: what happens meanwhile is counted and told with the next one. */
export class AlertThrottle {
  readonly #everyMs: number;
  readonly #sentAt = new Map<AlertKind, number>();

  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  /** Whether an alert of the kind may go now; if so, it counts as sent. */
  mayGo(kind: AlertKind, nowMs: number): boolean {
    if (!this.isDue(kind, nowMs)) return false;
    this.#sentAt.set(kind, nowMs);
    return true;
  }

  /** Whether it may; what was sent at a time ahead of now was sent before the clock was set back. */
  isDue(kind: AlertKind, nowMs: number): boolean {
    const last = this.#sentAt.get(kind);
    return last === undefined || last > nowMs || nowMs - last >= this.#everyMs;
  }

  /** What was let go did not arrive: it may go again after a minute, so that a place that is away is not called by every look. */
  notTaken(kind: AlertKind, nowMs: number): void {
    this.#sentAt.set(kind, nowMs - Math.max(0, this.#everyMs - AGAIN_MS));
  }
}
