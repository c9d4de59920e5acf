import type { AlertKind } from './alert';

/** At most one alert of a kind in a while: what happens meanwhile is counted and told with the next one. */
export class AlertThrottle {
  readonly #everyMs: number;
  readonly #sentAt = new Map<AlertKind, number>();

  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  /** Whether an alert of the kind may go now; if so, it counts as sent. */
  mayGo(kind: AlertKind, nowMs: number): boolean {
    const last = this.#sentAt.get(kind);
    if (last !== undefined && nowMs - last < this.#everyMs) return false;
    this.#sentAt.set(kind, nowMs);
    return true;
  }
}
