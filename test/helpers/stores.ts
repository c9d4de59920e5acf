import { mkdtempSync, rmSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { openPostgresStore } from '../../relay/store/postgres/open-postgres-store';
import { openMemoryStore, openSqliteStore } from '../../relay/store/sqlite/open-sqlite-store';
import type { NewOperation, NewRequest, Settlement, Store, TakeInput, TakenBatch } from '../../relay/store/types';

import { postgresUrl, stopPostgres } from './postgres';

export const POOL = 'TSTDRV1';

export const newOperation = (externalId: string, more: Partial<NewOperation> = {}): NewOperation => ({
  pool: POOL,
  source: 'salesforce',
  object: 'Account',
  lane: 'realtime',
  recordType: 'customer',
  action: 'upsert',
  externalId,
  body: { recordType: 'customer', action: 'upsert', key: { externalId }, fields: {} },
  full: true,
  ...more,
});

export const newRequest = (operations: NewOperation[], more: Partial<NewRequest> = {}): NewRequest => ({
  source: 'salesforce',
  traceId: 'a'.repeat(32),
  operations,
  ...more,
});

export const takeInput = (more: Partial<TakeInput> = {}): TakeInput => ({
  pool: POOL,
  holder: 'r1',
  sizing: {},
  defaultSizing: { maxOperations: 50, maxWeight: 1_000, fixedMs: 100, msPerWeight: 1 },
  leaseMs: 60_000,
  lingerMs: { realtime: 0, bulk: 0, replay: 0 },
  borrowBelowMs: 2_000,
  ...more,
});

export type Engine = 'sqlite' | 'postgres';

/** The machine's clock, moved. */
class MovedClock {
  offsetMs = 0;
  get now(): number {
    return Date.now() + this.offsetMs;
  }
  set now(to: number) {
    this.offsetMs = to - Date.now();
  }
}

/** The same tests over both engines. */
export function onBothEngines(tests: (open: (slots?: number) => Promise<StoreBench>) => void): void {
  describe.each<Engine>(['sqlite', 'postgres'])('%s', (engine) => {
    if (engine === 'postgres') afterAll(stopPostgres);
    tests((slots) => StoreBench.open(engine, slots));
  });
}

/** A store with what tests do all the time. Time stands still until it is moved. */
export class StoreBench {
  readonly store: Store;
  readonly #clock: { now: number };

  constructor(store: Store, clock: { now: number }) {
    this.store = store;
    this.#clock = clock;
  }

  /** An empty store of an engine; PostgreSQL's time runs on, the other's stands still. */
  static async open(engine: Engine, slots = 5): Promise<StoreBench> {
    if (engine === 'sqlite') return StoreBench.inMemory(slots);
    const clock = new MovedClock();
    const schema = `t${randomUUID().replaceAll('-', '')}`;
    const store = await openPostgresStore({
      connectionString: await postgresUrl(),
      schema,
      offsetMs: () => clock.offsetMs,
      connections: 4,
    });
    const bench = new StoreBench(store, clock);
    await bench.configure(slots);
    return bench;
  }

  static async inMemory(slots = 5): Promise<StoreBench> {
    const clock = { now: Date.parse('2026-03-01T00:00:00Z') };
    const bench = new StoreBench(
      openMemoryStore(() => clock.now),
      clock,
    );
    await bench.configure(slots);
    return bench;
  }

  get now(): number {
    return this.#clock.now;
  }

  advance(ms: number): void {
    this.#clock.now += ms;
  }

  async configure(slots: number, reserved = 0): Promise<void> {
    const lane = { reserved: 0, weight: 1 };
    await this.store.configurePool(POOL, {
      slots,
      lanes: { realtime: { reserved, weight: 1 }, bulk: lane, replay: lane },
    });
  }

  async accept(...operations: NewOperation[]): Promise<string[]> {
    const { operations: accepted } = acceptedOf(await this.store.enqueue(newRequest(operations)));
    return accepted.map(({ operationId }) => operationId);
  }

  async take(more: Partial<TakeInput> = {}): Promise<TakenBatch | null> {
    return (await this.store.take(takeInput(more))).batch;
  }

  async mustTake(more: Partial<TakeInput> = {}): Promise<TakenBatch> {
    const batch = await this.take(more);
    if (!batch) throw new Error('nothing to take');
    return batch;
  }

  async settle(batch: TakenBatch, to: (seq: number) => Settlement, more: Partial<Parameters<Store['settle']>[0]> = {}) {
    return this.store.settle({
      pool: POOL,
      token: batch.token,
      slot: batch.slot,
      queues: batch.queues,
      settlements: batch.operations.map(({ seq }) => to(seq)),
      call: { status: 200, units: 15, ms: 10 },
      slotUntil: null,
      pressure: { kind: 'ok' },
      ...more,
    });
  }

  settleDone(batch: TakenBatch) {
    return this.settle(batch, (seq) => ({
      seq,
      to: 'done',
      result: 'created',
      internalId: `i${seq}`,
      settlesLostCall: true,
    }));
  }

  async stateOf(operationId: string): Promise<string> {
    return (await this.store.getOperation(operationId))?.state ?? 'absent';
  }
}

export function acceptedOf(result: Awaited<ReturnType<Store['enqueue']>>) {
  if (result.outcome === 'mismatch') throw new Error('refused as another body');
  return result;
}

/** Opens an embedded store in a folder of its own that is removed afterwards. */
export async function withDisk<T>(work: (folder: string, open: () => Promise<Store>) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'relay-store-'));
  try {
    return await work(folder, () => openSqliteStore(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
