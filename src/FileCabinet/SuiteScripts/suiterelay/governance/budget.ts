import type { Price } from './prices';

/** What the platform tells of the running script. */
export interface Meter {
  /** Units the script may still use. */
  unitsLeft(): number;
  /** Milliseconds since the script began. */
  elapsedMs(): number;
}

export interface Limits {
  /** Stop while this many units are used. */
  units: number;
  /** Start no write after this many ms. */
  ms: number;
  /** Units kept for what comes after the last operation (read-back, failure rows). */
  reserve: number;
}

/**
 * Decides whether the next operation may start. The hard bound is the platform's: an operation starts only while its worst case still
 * fits, so `SSS_USAGE_LIMIT_EXCEEDED` can't happen. The request's own bound is soft: it is met with the expected price, and the first
 * operation always runs, so that every call makes progress.
 */
export class Budget {
  private readonly atStart: number;
  private readonly meter: Meter;
  private readonly limits: Limits;
  private writes = 0;

  constructor(meter: Meter, limits: Limits, atStart: number = meter.unitsLeft()) {
    this.meter = meter;
    this.limits = limits;
    this.atStart = atStart;
  }

  /** The reason why nothing of this price may start any more, or null. */
  refuses(price: Price): 'units' | 'time' | null {
    if (this.meter.elapsedMs() >= this.limits.ms) return 'time';
    if (this.meter.unitsLeft() < price.worst + this.limits.reserve) return 'units';
    if (this.writes > 0 && this.used() + price.expected > this.limits.units) return 'units';
    return null;
  }

  /** Called when an operation starts to write. */
  started(): void {
    this.writes += 1;
  }

  used(): number {
    return this.atStart - this.meter.unitsLeft();
  }

  left(): number {
    return this.meter.unitsLeft();
  }

  elapsedMs(): number {
    return this.meter.elapsedMs();
  }
}
