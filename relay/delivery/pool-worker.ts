import type { Logger } from 'pino';
import { setAsideDamaged } from '../store/set-aside-damaged';
import type { Settlement, SettleInput, Sizing, Store, TakenBatch } from '../store/types';

/** What a worker does with a batch: how each operation is to be settled, and what the call showed. */
export interface WorkDone {
  settlements: readonly Settlement[];
  call: SettleInput['call'];
  pressure: NonNullable<SettleInput['pressure']>;
}

export interface PoolWorkerOptions {
  store: Store;
  pool: string;
  holder: string;
  /** Calls in flight at once. */
  slots: number;
  /** Most operations of a call. */
  batch: number;
  /** From the take to the end of a call, in ms. */
  leaseMs: number;
  /** Waits until the target may be called again. */
  pace: (signal: AbortSignal) => Promise<void>;
  work: (batch: TakenBatch, signal: AbortSignal) => Promise<WorkDone>;
  log: Logger;
  now: () => number;
}

/** Time after which a worker looks by itself when nothing woke it, in ms: a missed wake-up costs at most this. */
const LOOK_MS = 1_000;

const NOTHING_SENT: WorkDone = {
  settlements: [],
  call: { status: null, units: null, ms: 0 },
  pressure: { kind: 'ok' },
};

/** Takes from one pool, does the work, settles; as many at once as the pool has slots. */
export class PoolWorker {
  readonly #options: PoolWorkerOptions;
  readonly #running = new Set<Promise<void>>();
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | null = null;
  #unlisten: () => void = () => undefined;
  #stopped = false;
  #taking = false;
  #again = false;

  constructor(options: PoolWorkerOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { store, pool, slots } = this.#options;
    const lane = { reserved: 0, weight: 1 };
    await store.configurePool(pool, {
      slots,
      lanes: { realtime: slots > 1 ? { reserved: 1, weight: 4 } : lane, bulk: lane, replay: lane },
    });
    this.#unlisten = store.onWork((ready) => {
      if (ready === pool) this.#look();
    });
    this.#look();
  }

  /** Takes nothing new and waits for what runs, at most `drainMs`. */
  async stop(drainMs: number): Promise<void> {
    this.#stopped = true;
    this.#unlisten();
    if (this.#timer) clearTimeout(this.#timer);
    const cut = setTimeout(() => this.#stopping.abort(), drainMs);
    // A take that is under way may still start a call: wait until nothing runs any more.
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
    clearTimeout(cut);
  }

  #look(): void {
    if (this.#stopped) return;
    if (this.#taking) {
      this.#again = true;
      return;
    }
    this.#taking = true;
    const run = this.#takeAll().finally(() => this.#running.delete(run));
    this.#running.add(run);
  }

  async #takeAll(): Promise<void> {
    let nextAt: number | null = null;
    try {
      do {
        this.#again = false;
        nextAt = await this.#takeOnce();
      } while (!this.#stopped && (nextAt === null || this.#again));
    } catch (error) {
      this.#options.log.error({ err: error, pool: this.#options.pool }, 'taking work failed; looking again');
      nextAt = this.#options.now() + LOOK_MS;
    }
    this.#taking = false;
    if (this.#stopped) return;
    const now = this.#options.now();
    const delayMs = Math.min(Math.max((nextAt ?? now) - now, 10), LOOK_MS);
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), delayMs);
    this.#timer.unref();
  }

  /** Null after a batch was taken (look again at once), otherwise when to look again. */
  async #takeOnce(): Promise<number | null> {
    const { store, pool, holder, batch, leaseMs, now } = this.#options;
    const sizing: Sizing = { maxOperations: batch, maxWeight: batch * 1000, fixedMs: 100, msPerWeight: 1 };
    const taken = await store.take({
      pool,
      holder,
      sizing: {},
      defaultSizing: sizing,
      leaseMs,
      lingerMs: { realtime: 25, bulk: 250, replay: 250 },
      borrowBelowMs: leaseMs,
    });
    if (taken.batch === null) return taken.at ?? now() + LOOK_MS;
    const run = this.#carryOut(taken.batch).finally(() => {
      this.#running.delete(run);
      this.#look();
    });
    this.#running.add(run);
    return null;
  }

  /** A batch that could not be settled goes again when its lease ends: deliveries are recognised by their ids. */
  async #carryOut(batch: TakenBatch): Promise<void> {
    try {
      await this.#runBatch(batch);
    } catch (error) {
      const { log, pool } = this.#options;
      log.error({ err: error, pool, batchId: batch.batchId }, 'a batch could not be settled');
    }
  }

  async #runBatch(taken: TakenBatch): Promise<void> {
    const { store, pool, pace, work, log } = this.#options;
    const { token, slot, queues } = taken;
    const { sound: batch, damaged } = setAsideDamaged(taken);
    try {
      await pace(this.#stopping.signal);
    } catch {
      await store.release({ pool, token, slot });
      return;
    }
    const { settlements, call, pressure } =
      batch.operations.length > 0 ? await work(batch, this.#stopping.signal) : NOTHING_SENT;
    if (damaged.length > 0)
      log.error({ pool, batchId: taken.batchId, damaged: damaged.length }, 'stored operations can not be read');
    const { fenced } = await store.settle({
      pool,
      token,
      slot,
      queues,
      settlements: [...settlements, ...damaged],
      call,
      pressure,
      slotUntil: null,
    });
    if (fenced > 0)
      log.warn({ pool, batchId: batch.batchId, fenced }, 'another holder had taken operations of this batch');
  }
}
