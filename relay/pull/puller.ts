import type { ReadPageName } from '../../contract';
import { inPool } from '../delivery/pools';
import type { SlotLease } from '../store/types';
import { nextRunAt } from './next-run';
import { planJobs, type PullJob, type PullPlan } from './plan-jobs';
import { readPosition } from './pull-position';
import { pullOnce, type PullContext, type PulledPage } from './read-once';

export interface PullerOptions extends PullContext {
  holder: string;
  /** Time between two looks when nothing is due sooner, in ms. */
  lookMs?: number;
  /** How long the turn of a relay that has died stands in the way of others, in ms. */
  leaseMs?: number;
}

const LOOK_MS = 5_000;
/** The turn is held for so long at a time, and renewed while it lasts: a relay that has died keeps others waiting no longer. In ms. */
const LEASE_MS = 30_000;
/** Renewals in the time of one lease: two may fail. */
const RENEWALS = 3;
const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 900_000;
/** Events come in flocks: so long after the first one the page is read. */
const SETTLE_MS = 250;

/** Somebody asked for a flow, or for all of them. */
interface Command {
  flow: string | null;
  resolve: (pages: PulledPage[]) => void;
  reject: (error: unknown) => void;
}

/** The work of reading an account stands in a pool of one slot, so that of several relays one at a time does it. */
export const pullPool = (account: string): string => inPool(`netsuite:${account}`);

/** Reads one account's pages when they are due, when a change event says so, and when somebody asks. */
export class Puller {
  readonly #options: PullerOptions;
  readonly #failures = new Map<string, { count: number; until: number }>();
  readonly #asked = new Map<string, number>();
  readonly #waiting: Command[] = [];
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #busy = false;
  #again = false;
  /** When to look because of nudges that came while a look was under way: its end must not put them off. */
  #nudged = Infinity;
  #stopped = false;
  /** Another relay has taken the turn: this one was standing still for too long. */
  #lost = false;

  constructor(options: PullerOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const lane = { reserved: 0, weight: 1 };
    const lanes = { realtime: lane, bulk: lane, replay: lane };
    await this.#options.store.configurePool(pullPool(this.#options.account), { slots: 1, lanes });
    this.#look();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
    for (const { reject } of this.#waiting) reject(new Error('the relay is stopping'));
  }

  /** A record of these pages changed: jobs that live by events run soon. */
  nudge(pages: readonly ReadPageName[]): void {
    const at = this.#options.now() + SETTLE_MS;
    for (const job of this.#plan().jobs) {
      if (!job.onEvent || !pages.includes(job.page) || this.#asked.has(job.cursor)) continue;
      this.#asked.set(job.cursor, at);
      this.#nudged = Math.min(this.#nudged, at);
      this.#lookAt(at);
    }
  }

  /** Runs the jobs of a flow, or all, now; resolves when what they led to is stored. Rejects when NetSuite can't be read. */
  async run(flow: string | null): Promise<{ pages: Omit<PulledPage, 'more'>[] }> {
    const pages = await new Promise<PulledPage[]>((resolve, reject) => {
      this.#waiting.push({ flow, resolve, reject });
      this.#look();
    });
    return { pages: pages.map(({ more: _more, ...page }) => page) };
  }

  #plan(): PullPlan {
    return planJobs(this.#options.account, this.#options.set().flows);
  }

  #look(): void {
    if (this.#stopped) return;
    this.#again = true;
    if (this.#busy) return;
    this.#busy = true;
    this.#running = this.#work().finally(() => {
      this.#busy = false;
      if (this.#again) this.#look();
    });
  }

  #lookAt(atMs: number): void {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    const { now, lookMs = LOOK_MS } = this.#options;
    this.#timer = setTimeout(() => this.#look(), Math.min(Math.max(0, atMs - now()), lookMs));
    this.#timer.unref();
  }

  async #work(): Promise<void> {
    this.#again = false;
    this.#nudged = Infinity;
    const { store, account, holder, now, log, leaseMs = LEASE_MS } = this.#options;
    let lease: SlotLease | null = null;
    let renewing: NodeJS.Timeout | undefined;
    let due = now() + LOOK_MS;
    try {
      // One process alone has the embedded store: a turn that stands there is that of the process before it.
      const takeOver = store.engine === 'sqlite';
      lease = await store.leaseSlot({ pool: pullPool(account), holder, leaseMs, takeOver });
      if (lease !== null) {
        const held = lease;
        this.#lost = false;
        renewing = setInterval(() => void this.#renew(held, leaseMs), leaseMs / RENEWALS);
        due = await this.#runDue();
      }
      // Another relay reads; what this one was asked to do waits for its turn.
      else if (this.#waiting.length > 0) due = now() + 200;
    } catch (error) {
      log.error({ err: error, account }, 'reading pages failed; looking again');
    } finally {
      clearInterval(renewing);
      if (lease !== null) await store.freeSlot(lease).catch(() => undefined);
    }
    this.#lookAt(Math.min(due, this.#nudged));
  }

  async #renew(lease: SlotLease, leaseMs: number): Promise<void> {
    const { store, account, log } = this.#options;
    try {
      if (await store.keepSlot(lease, leaseMs)) return;
      this.#lost = true;
      log.warn({ account }, 'another relay reads the account by now; this one stops behind its page');
    } catch (error) {
      log.warn({ err: error, account }, 'the turn to read could not be renewed; trying again');
    }
  }

  /** Whether to go on with another page or job. */
  get #mayGoOn(): boolean {
    return !this.#stopped && !this.#lost;
  }

  /** Runs what is due, commands first; answers when to look again. */
  async #runDue(): Promise<number> {
    const plan = this.#plan();
    for (const command of this.#waiting.splice(0)) await this.#carryOut(plan, command);
    let next = Infinity;
    for (const job of plan.jobs) {
      if (!this.#mayGoOn) return next;
      const at = await this.#dueAt(job);
      if (at > this.#options.now()) next = Math.min(next, at);
      else await this.#runJob(plan, job).catch((error: unknown) => this.#noteFailure(job, error));
    }
    return next;
  }

  async #carryOut(plan: PullPlan, { flow, resolve, reject }: Command): Promise<void> {
    try {
      const pages: PulledPage[] = [];
      for (const job of plan.jobs)
        if (flow === null || job.flows.some(({ id }) => id === flow)) pages.push(...(await this.#runJob(plan, job)));
      resolve(pages);
    } catch (error) {
      reject(error);
    }
  }

  async #dueAt(job: PullJob): Promise<number> {
    const { store, now } = this.#options;
    const position = readPosition(await store.getCursor(job.cursor));
    const scheduled = position.after !== undefined ? 0 : (nextRunAt(job.cadence, position.ranAt, now()) ?? Infinity);
    const asked = this.#asked.get(job.cursor) ?? Infinity;
    return Math.max(Math.min(scheduled, asked), this.#failures.get(job.cursor)?.until ?? 0);
  }

  async #runJob(plan: PullPlan, job: PullJob): Promise<PulledPage[]> {
    this.#asked.delete(job.cursor);
    const pages: PulledPage[] = [];
    do pages.push(await pullOnce(this.#options, plan, job));
    while (this.#mayGoOn && pages.at(-1)?.more === true);
    this.#failures.delete(job.cursor);
    return pages;
  }

  #noteFailure(job: PullJob, error: unknown): void {
    const { log, now, account } = this.#options;
    const count = (this.#failures.get(job.cursor)?.count ?? 0) + 1;
    const delayMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (count - 1));
    this.#failures.set(job.cursor, { count, until: now() + delayMs });
    log.warn({ err: error, account, page: job.page, delayMs }, 'a page could not be read; trying again');
  }
}
