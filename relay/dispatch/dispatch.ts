import type { Logger } from 'pino';
import type { CallFailure, RestletClient } from '../netsuite';
import type { Breaker, Lane, PoolConfig, Store, TakenBatch } from '../store/types';
import type { CountOutcomes } from '../telemetry/count-outcomes';
import type { BackoffPlan } from './backoff';
import type { CallBudget } from './build-request';
import { errandClient, errandLeaseMs, runErrand, type ErrandSlot, type ErrandTimes } from './errand';
import { FileContents, FileNotRead, type FileReader } from './file-contents';
import { SizingLearner, type SizingOptions } from './learn-sizing';
import { runBatch } from './run-batch';
import { SEND_WITHIN_MS, startStopwatch, type Stopwatch } from './stopwatch';
import { HealthWatch, type Outage } from './watch-health';

export interface CallInfo {
  batch: TakenBatch;
  ok: boolean;
  ms: number;
  units: number | null;
  deferred: number;
  failure?: CallFailure;
}

export interface DispatchOptions {
  store: Store;
  /** NetSuite account. */
  pool: string;
  client: RestletClient;
  slots: PoolConfig;
  /** Lanes that begin stopped, until a person lets them go on. */
  paused?: readonly Lane[];
  budget: CallBudget;
  timeouts: { connectMs: number; answerMarginMs: number; lateWriterMarginMs: number };
  sizing?: Partial<SizingOptions>;
  lingerMs?: Partial<Record<Lane, number>>;
  sourceWeights?: Readonly<Record<string, number>> | undefined;
  retry?: Partial<Omit<BackoffPlan, 'random'>>;
  /** Names this relay in slot leases. */
  holder: string;
  log: Logger;
  now: () => number;
  random: () => number;
  onCall?: (info: CallInfo) => void;
  /** Told what a call made of its operations. */
  onSettled?: CountOutcomes;
  /** NetSuite made a record that it was known to hold: somebody deleted it, or the account is not the one it was. */
  onMadeAnew?: () => void;
  /** Reads the contents of files, for operations of the type `file`. */
  readFile?: FileReader | undefined;
}

const UNITS_OF_A_RESTLET = 5_000;
/** A wake-up that got lost costs at most this, in ms. */
const LOOK_MS = 1_000;
/** For how long one relay's lack of a connection stops the others as well, in ms: until one of them has tried. */
const ALL_REST_MS = 2_000;
/** A call priced shorter than this may use another lane's reserved slot, in ms. */
const BORROW_BELOW_MS = 2_000;

const noReader: FileReader = () =>
  Promise.reject(
    new FileNotRead({ class: 'configuration', code: 'NO_CRM', message: 'no CRM is configured to read files from' }),
  );

/** What waited for a slot when the dispatch stopped was not begun. */
export class DispatchStopped extends Error {
  override readonly name = 'DispatchStopped' as const;
  constructor() {
    super('The dispatch is stopped.');
  }
}

/** Sends one account's operations: takes a batch whenever a slot is free, calls, settles. */
export class Dispatch {
  readonly options: DispatchOptions;
  readonly sizing: SizingLearner;
  readonly backoff: BackoffPlan;
  readonly files: FileContents;
  /** For calls that carry no operations, made inside `withSlot`. */
  readonly errandClient: RestletClient;
  readonly #errandTimes: ErrandTimes;
  readonly #health = new HealthWatch();
  readonly #calls = new Set<Promise<void>>();
  /** Calls without operations that wait for a slot; they go before the next batch. */
  readonly #errands: { go: (slot: ErrandSlot) => void; giveUp: (reason: Error) => void }[] = [];
  #unlisten: () => void = () => undefined;
  #timer: NodeJS.Timeout | undefined;
  #looking = false;
  #lastLook: Promise<void> = Promise.resolve();
  #lookAgain = false;
  #started = false;
  #stopped = false;
  #held = false;
  #broken = false;
  /** Until then this relay takes nothing, whatever the others do. */
  #restUntil = 0;

  constructor(options: DispatchOptions) {
    this.options = options;
    this.files = new FileContents(options.readFile ?? noReader);
    this.backoff = { firstMs: 500, longestMs: 600_000, ...options.retry, random: options.random };
    const { budget, timeouts, now } = options;
    this.#errandTimes = { now, connectMs: timeouts.connectMs, lateMs: budget.ms + timeouts.lateWriterMarginMs };
    this.errandClient = errandClient(options.client);
    const usable = Math.min(options.budget.units ?? UNITS_OF_A_RESTLET, UNITS_OF_A_RESTLET);
    this.sizing = new SizingLearner({
      targetUnits: usable * 0.6,
      targetMs: options.budget.ms * 0.6,
      first: { entity: 50, transaction: 20, item: 50, default: 100 },
      most: 300,
      ...options.sizing,
    });
  }

  async start(): Promise<void> {
    const { store, pool, slots, paused = [] } = this.options;
    await store.configurePool(pool, slots);
    for (const lane of paused) await store.pauseLane(pool, lane, true);
    this.#unlisten = store.onWork((ready) => {
      if (ready === pool) this.look();
    });
    this.#started = true;
    this.look();
  }

  /** Takes nothing new; resolves when the calls in flight are settled, or after `drainMs`. */
  async stop(drainMs: number): Promise<void> {
    this.#stopped = true;
    this.#unlisten();
    clearTimeout(this.#timer);
    this.files.stop();
    for (const { giveUp } of this.#errands.splice(0)) giveUp(new DispatchStopped());
    let cut: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => (cut = setTimeout(resolve, drainMs)));
    // A take that is under way ends first: what it finds is given back, unsent.
    const done = this.#lastLook.then(() => Promise.allSettled([...this.#calls]));
    await Promise.race([done, patience]);
    clearTimeout(cut);
  }

  /** Resolves when every call that was begun is settled: after a stop and the end of their connections, in a moment. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.#calls]);
  }

  get inFlight(): number {
    return this.#calls.size;
  }

  /** Carries out a call that carries no operations, in a slot of its own. Rejects with `DispatchStopped` once the dispatch stops. */
  async withSlot<T>(work: () => Promise<T>): Promise<T> {
    if (this.#stopped) throw new DispatchStopped();
    const slot = await new Promise<ErrandSlot>((go, giveUp) => {
      this.#errands.push({ go, giveUp });
      this.look();
    });
    return runErrand(work, slot, this.options.store, this.#errandTimes);
  }

  /** The same while nothing is sent, before the dispatch starts or while it is held; null where the account has no slot for it. */
  async askFirst<T>(work: () => Promise<T>): Promise<T | null> {
    const { store, pool, slots } = this.options;
    await store.configurePool(pool, slots);
    const slot = await this.#leaseErrandSlot();
    return slot && runErrand(work, slot, store, this.#errandTimes);
  }

  /** Sends nothing more, until `go`; calls under way end as they will. */
  hold(): void {
    this.#held = true;
  }

  go(): void {
    this.#held = false;
    this.look();
  }

  /** Looks for work now, or once more after the look that is under way. */
  look(): void {
    if (!this.#started || this.#stopped || this.#held) return;
    this.#lookAgain = true;
    if (!this.#looking) this.#lastLook = this.#lookWhileWork();
  }

  /** An account over its limit may refuse logins: such a refusal counts as throttling. */
  seenAs(failure: CallFailure): CallFailure {
    const overload = this.#health.looksLikeOverload(failure, this.options.now(), this.#calls.size - 1);
    return overload ? { ...failure, class: 'throttle', login: false } : failure;
  }

  async healthy(): Promise<void> {
    this.#health.succeeded(this.options.now());
    this.#restUntil = 0;
    if (!this.#broken) return;
    this.#broken = false;
    await this.options.store.setBreaker(this.options.pool, { state: 'closed', until: null, reason: null });
  }

  async unhealthy(failure: CallFailure): Promise<void> {
    const breaker = this.#health.failed(failure, this.options.now());
    if (!breaker) return;
    this.#broken = true;
    await this.options.store.setBreaker(this.options.pool, failure.kind === 'unsent' ? this.#rest(breaker) : breaker);
  }

  /**
   * Nothing left this machine: other relays may well reach NetSuite. This one rests for the whole time, all of them together for a moment, and the
   * first that gets through lets the calls go on.
   */
  #rest(breaker: Breaker): Breaker {
    const { store, now } = this.options;
    if (store.engine === 'sqlite' || breaker.until === null) return breaker;
    this.#restUntil = breaker.until;
    return { ...breaker, until: Math.min(breaker.until, now() + ALL_REST_MS) };
  }

  /** A call without an answer; null while it may have been this call alone. */
  async unanswered(failure: CallFailure): Promise<Outage | null> {
    // A stop cuts calls off by itself.
    if (this.#stopped) return null;
    const outage = this.#health.lost(failure, this.options.now());
    if (!outage) return null;
    this.#broken = true;
    await this.options.store.setBreaker(this.options.pool, outage.breaker);
    return outage;
  }

  async #lookWhileWork(): Promise<void> {
    this.#looking = true;
    let nextAt: number | null = null;
    try {
      while (this.#lookAgain && !this.#stopped && !this.#held) {
        this.#lookAgain = false;
        nextAt = await this.#takeOne();
      }
    } catch (error) {
      this.options.log.error({ err: error, pool: this.options.pool }, 'taking work failed; looking again in a second');
    } finally {
      this.#looking = false;
    }
    if (this.#stopped) return;
    const now = this.options.now();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.look(), Math.min(Math.max((nextAt ?? now + LOOK_MS) - now, 1), LOOK_MS));
  }

  /** Takes a batch and starts its call; answers when to look again if there was none. */
  async #takeOne(): Promise<number | null> {
    const { store, pool, holder, budget, timeouts, lingerMs } = this.options;
    if (this.options.now() < this.#restUntil) return this.#restUntil;
    // While calls are stopped an errand gets a slot only where no operation will try whether they may go on.
    if (this.#errands.length > 0 && (await this.#startErrand())) return null;
    const sinceTake = startStopwatch(this.options.now);
    const { batch, ...none } = await store.take({
      pool,
      holder,
      sizing: this.sizing.all(),
      defaultSizing: this.sizing.sizingOf('*'),
      sourceWeights: this.options.sourceWeights,
      leaseMs:
        timeouts.connectMs +
        budget.ms +
        Math.max(timeouts.answerMarginMs, timeouts.lateWriterMarginMs) +
        SEND_WITHIN_MS,
      lingerMs: { realtime: 20, bulk: 250, replay: 250, ...lingerMs },
      borrowBelowMs: BORROW_BELOW_MS,
    });
    if (!batch) return 'at' in none ? none.at : null;
    if (this.#stopped || this.#held) {
      await store.release({ pool, token: batch.token, slot: batch.slot });
      return null;
    }
    this.#lookAgain = true;
    this.sizing.sizingOf(batch.recordType);
    const call = this.#carryOut(batch, sinceTake).finally(() => {
      this.#calls.delete(call);
      this.look();
    });
    this.#calls.add(call);
    return null;
  }

  /** False when there is no slot for it now. */
  async #startErrand(): Promise<boolean> {
    const slot = await this.#leaseErrandSlot();
    if (!slot) return false;
    const errand = this.#held ? undefined : this.#errands.shift();
    this.#lookAgain = true;
    // Given up meanwhile, by a stop, or held.
    if (errand) errand.go(slot);
    else await this.options.store.freeSlot(slot.lease);
    return true;
  }

  async #leaseErrandSlot(): Promise<ErrandSlot | null> {
    const { store, pool, holder, now } = this.options;
    const sinceLease = startStopwatch(now);
    const lease = await store.leaseSlot({ pool, holder, leaseMs: errandLeaseMs(this.#errandTimes) });
    return lease && { lease, sinceLease };
  }

  async #carryOut(batch: TakenBatch, sinceTake: Stopwatch): Promise<void> {
    const { store, pool, log } = this.options;
    try {
      const done = await runBatch(this, batch, sinceTake);
      const settled = await store.settle(done);
      this.options.onSettled?.(batch.operations, done.settlements);
      if (settled.fenced > 0)
        log.warn(
          { pool, batchId: batch.batchId, fenced: settled.fenced },
          'another relay had taken operations of this batch over',
        );
    } catch (error) {
      // Its lease ends by itself, and the operations go again: the stamps make that harmless.
      log.error({ err: error, pool, batchId: batch.batchId }, 'a batch could not be settled');
    }
  }
}
