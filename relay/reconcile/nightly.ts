import { setTimeout as sleep } from 'node:timers/promises';
import { Cron } from 'croner';
import type { Flow } from '../../flows';
import type { CrmAdapter } from '../delivery/crm-adapter';
import { targetsOf } from '../pull/row-operations';
import { writeLastRun, type ReconcileRun } from './last-run';
import { newReport, type FlowReport } from './report';
import type { InboundContext } from './read-again';
import { reconcileInbound } from './reconcile-inbound';
import { reconcileMirror, type ReconcileOptions } from './reconcile-mirror';

export interface ReconcileSettings {
  /** When all flows are compared. */
  cron: string;
  timeZone: string;
  /** How far back records are compared, in days. */
  days: number;
  /** What changed in the last so many minutes is still on its way and left to the next run. */
  graceMinutes: number;
  /** Bring what differs onto its way again. */
  repair: boolean;
}

const DAY_MS = 86_400_000;
const LONGEST_LOOK_MS = 30_000;
/** Times a flow is begun anew because its CRM was too busy, and how long it is left alone in between, in ms. */
const TRIES = 6;
const REST_MS = 5_000;
const LONGEST_REST_MS = 60_000;

/** Compares one account with its CRMs, in both directions: on command, and every night. */
export class Reconciler {
  readonly #context: InboundContext;
  readonly #adapters: readonly CrmAdapter[];
  readonly #settings: ReconcileSettings;
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(context: InboundContext, adapters: readonly CrmAdapter[], settings: ReconcileSettings) {
    this.#context = context;
    this.#adapters = adapters;
    this.#settings = settings;
  }

  start(): void {
    this.#running = this.#whenDue();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    clearTimeout(this.#timer);
    await this.#running;
  }

  /** Compares a flow, or all of them, with what changes meanwhile. Null for a flow that is not in force. */
  async run(flowId: string | null, repair: boolean): Promise<ReconcileRun | null> {
    const flows = this.#flows().filter(({ id }) => flowId === null || id === flowId);
    if (flowId !== null && flows.length === 0) return null;
    return this.#runAll(flows, { repair, graceMs: -DAY_MS });
  }

  #flows(): Flow[] {
    const { flows } = this.#context.set();
    return flows.filter(
      ({ enabled, direction, source, reviewOnly }) =>
        enabled && !reviewOnly && (direction === 'toNetSuite' || source !== undefined),
    );
  }

  async #runAll(
    flows: readonly Flow[],
    { repair, graceMs }: { repair: boolean; graceMs: number },
  ): Promise<ReconcileRun> {
    const { account, now, log } = this.#context;
    const at = now();
    const since = new Date(at - this.#settings.days * DAY_MS).toISOString();
    const options = { since, until: new Date(at - graceMs).toISOString(), repair };
    const run: ReconcileRun = { account, at: new Date(at).toISOString(), differences: 0, flows: [] };
    for (const flow of flows) {
      if (this.#stopping.signal.aborted) break;
      const report = await this.#compare(flow, options);
      const { drift, periods, ...sums } = report;
      const unequal = periods.filter(({ equal }) => !equal).length;
      if (report.failed !== undefined) log.error({ account, ...sums }, 'a flow could not be compared');
      else if (report.differences > 0)
        log.warn({ account, ...sums, unequal, drift: drift.slice(0, 20) }, 'NetSuite and the CRM differ');
      else log.info({ account, ...sums, periods: periods.length, unequal }, 'reconciled');
      run.flows.push(report);
      run.differences += report.differences;
    }
    return run;
  }

  /** A CRM that has no room just now (HubSpot answers few searches a second) is asked again; any other fault ends the flow's comparison. */
  async #compare(flow: Flow, options: ReconcileOptions): Promise<FlowReport> {
    const { signal } = this.#stopping;
    const compare = flow.direction === 'toCrm' ? reconcileMirror : reconcileInbound;
    for (let tried = 1; ; tried += 1) {
      try {
        return await compare(this.#context, this.#adapters, flow, options, signal);
      } catch (error) {
        const waitMs = tried < TRIES && !signal.aborted ? this.#restOf(flow, error) : null;
        if (waitMs === null) return { ...newReport(flow), failed: String(error) };
        await sleep(waitMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** How long a CRM that is too busy wants to be left alone, in ms; null for other faults. */
  #restOf(flow: Flow, error: unknown): number | null {
    const names = targetsOf(flow, this.#context.crm).map(({ name }) => name);
    const faults = this.#adapters.filter(({ name }) => names.includes(name)).map((one) => one.classifyError(error));
    const busy = faults.find((fault) => fault.class === 'throttle');
    return busy ? Math.min(busy.retryAfterMs ?? REST_MS, LONGEST_REST_MS) : null;
  }

  /** When the last night's run was is kept in the store: of several relays one runs, and a restart in the night makes it up. */
  async #whenDue(): Promise<void> {
    const { store, account, now, log } = this.#context;
    const cursor = `reconcile:${account}`;
    let waitMs = LONGEST_LOOK_MS;
    try {
      const known = await store.getCursor(cursor);
      // A night that has yet to come was told by a clock that was ahead: no other would come before it.
      const isKnown = known !== null && Number(known) <= now();
      const last = isKnown ? Number(known) : now();
      if (!isKnown) await store.setCursor(cursor, String(last));
      const due = new Cron(this.#settings.cron, { timezone: this.#settings.timeZone }).nextRun(new Date(last));
      if (due !== null && due.getTime() <= now() && !this.#stopping.signal.aborted) {
        await store.setCursor(cursor, String(now()));
        const graceMs = this.#settings.graceMinutes * 60_000;
        const run = await this.#runAll(this.#flows(), { repair: this.#settings.repair, graceMs });
        await writeLastRun(store, run);
        waitMs = 0;
      } else if (due !== null) waitMs = Math.min(LONGEST_LOOK_MS, Math.max(0, due.getTime() - now()));
    } catch (error) {
      log.error({ err: error, account }, 'reconciling failed; the next night tries again');
    }
    if (this.#stopping.signal.aborted) return;
    this.#timer = setTimeout(() => void (this.#running = this.#whenDue()), waitMs);
    this.#timer.unref();
  }
}
