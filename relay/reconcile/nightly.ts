import { Cron } from 'croner';
import type { Flow } from '../../flows';
import type { CrmAdapter } from '../delivery/crm-adapter';
import type { PullContext } from '../pull/read-once';
import { reconcileFlow, type ReconcileReport } from './reconcile-flow';

export interface ReconcileSettings {
  /** When all flows are compared. */
  cron: string;
  timeZone: string;
  /** How far back records are compared, in days. */
  days: number;
  /** Write again what differs. */
  repair: boolean;
}

const DAY_MS = 86_400_000;
const LOOK_MS = 30_000;

/** Compares one account's mirrors with its CRMs: on command, and every night. */
export class Reconciler {
  readonly #context: PullContext;
  readonly #adapters: readonly CrmAdapter[];
  readonly #settings: ReconcileSettings;
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(context: PullContext, adapters: readonly CrmAdapter[], settings: ReconcileSettings) {
    this.#context = context;
    this.#adapters = adapters;
    this.#settings = settings;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#running = this.#running.then(() => this.#whenDue());
    }, LOOK_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopping.abort();
    await this.#running;
  }

  /** Null for a flow that mirrors nothing. */
  async run(flowId: string, repair: boolean): Promise<ReconcileReport | null> {
    const flow = this.#flows().find(({ id }) => id === flowId);
    return flow ? this.#reconcile(flow, repair) : null;
  }

  #flows(): Flow[] {
    const { flows } = this.#context.set();
    return flows.filter(({ enabled, direction, source }) => enabled && direction === 'toCrm' && source !== undefined);
  }

  #reconcile(flow: Flow, repair: boolean): Promise<ReconcileReport> {
    const since = new Date(this.#context.now() - this.#settings.days * DAY_MS).toISOString();
    return reconcileFlow(this.#context, this.#adapters, flow, { since, repair }, this.#stopping.signal);
  }

  /** When the last night's run was is kept in the store: of several relays one runs, and a restart in the night makes it up. */
  async #whenDue(): Promise<void> {
    const { store, account, now, log } = this.#context;
    const cursor = `reconcile:${account}`;
    try {
      const last = await store.getCursor(cursor);
      if (last === null) return await store.setCursor(cursor, String(now()));
      const due = new Cron(this.#settings.cron, { timezone: this.#settings.timeZone }).nextRun(new Date(Number(last)));
      if (due === null || due.getTime() > now() || this.#stopping.signal.aborted) return;
      await store.setCursor(cursor, String(now()));
      for (const flow of this.#flows()) {
        const report = await this.#reconcile(flow, this.#settings.repair);
        if (report.drift.length > 0)
          log.warn({ ...report, drift: report.drift.slice(0, 20) }, 'NetSuite and the CRM differ');
      }
    } catch (error) {
      log.error({ err: error, account }, 'reconciling failed; the next night tries again');
    }
  }
}
