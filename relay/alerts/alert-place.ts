import type { Logger } from 'pino';
import type { AlertConfig } from '../config/schema';
import type { Store, StoredOperation } from '../store/types';
import type { Alert } from './alert';
import { sendAlert } from './send-alert';
import { AlertThrottle } from './throttle-alerts';

export type FailureKind = 'dead' | 'review' | 'delivery';

/** Failures of a kind kept for the next alert: a flood is told as a flood, not kept in memory one by one. */
const MOST_FAILURES = 200;
/** Alerts kept for a place that could not take them. */
const MOST_OWED = 20;

/** A place that alerts go to, with what it has still to be told: another one may have heard it long ago. */
export class AlertPlace {
  readonly #config: AlertConfig;
  readonly #throttle: AlertThrottle;
  readonly #log: Logger;
  readonly #failures = new Map<FailureKind, Set<string>>();
  readonly #owed = new Map<string, Alert>();

  constructor(config: AlertConfig, log: Logger) {
    this.#config = config;
    this.#throttle = new AlertThrottle(config.everyMinutes * 60_000);
    this.#log = log;
  }

  wants(kind: Alert['kind']): boolean {
    return this.#config.on.includes(kind);
  }

  /** True once the place has taken it; false where it wants none of the kind, had one a while ago, or is away. */
  async tell(alert: Alert, nowMs: number): Promise<boolean> {
    if (!this.wants(alert.kind) || !this.#throttle.mayGo(alert.kind, nowMs)) return false;
    try {
      await sendAlert(this.#config, alert);
      return true;
    } catch (error) {
      this.#throttle.notTaken(alert.kind, nowMs);
      this.#log.error(
        { err: error, kind: alert.kind, to: this.#config.type },
        'an alert could not be sent; trying again',
      );
      return false;
    }
  }

  /** To be told as soon as the place can take it: whoever watches says it no more, because another place has heard it. */
  owe(alert: Alert): void {
    if (this.wants(alert.kind) && this.#owed.size < MOST_OWED) this.#owed.set(`${alert.kind}|${alert.title}`, alert);
  }

  async tellOwed(nowMs: number): Promise<void> {
    for (const [name, alert] of this.#owed) if (await this.tell(alert, nowMs)) this.#owed.delete(name);
  }

  /** A failure for the next alert of its kind. */
  addFailure(kind: FailureKind, operationId: string): void {
    if (!this.wants(kind)) return;
    const kept = this.#failures.get(kind) ?? new Set();
    this.#failures.set(kind, kept);
    if (kept.size < MOST_FAILURES) kept.add(operationId);
  }

  /** Tells the failures of a kind since the last alert together, those that nobody has settled meanwhile. */
  async tellFailures(
    kind: FailureKind,
    { store, nowMs, alertOf }: { store: Pick<Store, 'getOperation'>; nowMs: number; alertOf: AlertOf },
  ): Promise<void> {
    const kept = this.#failures.get(kind);
    if (kept === undefined || kept.size === 0 || !this.#throttle.isDue(kind, nowMs)) return;
    const more = kept.size >= MOST_FAILURES;
    const standing: StoredOperation[] = [];
    for (const id of kept) {
      const operation = await store.getOperation(id);
      if (operation && kindOfFailure(operation) === kind) standing.push(operation);
      else kept.delete(id);
    }
    if (standing.length === 0 || !(await this.tell(alertOf(kind, standing, more), nowMs))) return;
    for (const { operationId } of standing) kept.delete(operationId);
  }
}

/** Makes the alert of failures; `more`: there are others that were not kept. */
type AlertOf = (kind: FailureKind, operations: readonly StoredOperation[], more: boolean) => Alert;

/** Null for an operation that has not failed, or no longer. */
export function kindOfFailure({ pool, state }: StoredOperation): FailureKind | null {
  if (state !== 'dead' && state !== 'review') return null;
  return pool.startsWith('out:') ? 'delivery' : state;
}
