import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openPostgresStore } from '../relay/store/postgres/open-postgres-store';
import { openSqliteStore } from '../relay/store/sqlite/open-sqlite-store';
import type { NewOperation, Store, TakeInput } from '../relay/store/types';
import { closedLoop, quantile, round } from './measure';
import type { Benchmark } from './types';

/**
 * The store alone: accepting, taking, settling, and taking from a long queue. `BENCH_POSTGRES=postgres://…` measures that engine too.
 * Peer: bare inserts into SQLite with an fsync each, the least that durable acceptance can cost on this disk.
 */
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 3);
const BACKLOG = Number(process.env['BENCH_BACKLOG'] ?? 200_000);
const CLAIMS = 300;
const POOL = 'BENCH';
const TYPES = ['customer', 'contact', 'salesorder', 'customrecord_note'];
const BODY = { fields: Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`field_${at}`, 'x'.repeat(30)])) };

let counter = 0;
let requests = 0;
function newOperation(keys: number): NewOperation {
  const n = counter++;
  return {
    pool: POOL,
    source: 'salesforce',
    object: 'Account',
    lane: 'bulk',
    recordType: TYPES[n % TYPES.length] ?? 'customer',
    action: 'upsert',
    externalId: `SF_${(n * 7919) % keys}`,
    body: BODY,
    full: true,
  };
}

const enqueue = (store: Store, operations: NewOperation[]) =>
  store.enqueue({
    source: 'salesforce',
    traceId: 'a'.repeat(32),
    idempotency: { scope: 'salesforce', key: `k${requests++}`, bodyHash: 'x' },
    operations,
  });

const takeInput: TakeInput = {
  pool: POOL,
  holder: 'bench',
  sizing: {},
  defaultSizing: { maxOperations: 50, maxWeight: 1_000, fixedMs: 100, msPerWeight: 1 },
  leaseMs: 60_000,
  lingerMs: { realtime: 0, bulk: 0, replay: 0 },
  borrowBelowMs: 2_000,
};

async function fill(store: Store, count: number, keys: number): Promise<void> {
  for (let at = 0; at < count; at += 2_000) {
    const chunks = Array.from({ length: 4 }, () => Array.from({ length: 500 }, () => newOperation(keys)));
    await Promise.all(chunks.map((operations) => enqueue(store, operations)));
  }
}

/** Takes and settles batches; answers how long each take took, in ms, and how many operations went through. */
async function work(store: Store, claims: number): Promise<{ takes: number[]; operations: number }> {
  const takes: number[] = [];
  let operations = 0;
  while (takes.length < claims) {
    const at = performance.now();
    const { batch } = await store.take(takeInput);
    if (!batch) break;
    takes.push(performance.now() - at);
    operations += batch.operations.length;
    await store.settle({
      pool: POOL,
      token: batch.token,
      slot: batch.slot,
      settlements: batch.operations.map(({ seq }) => ({ seq, to: 'done', result: 'updated', internalId: String(seq) })),
      call: { status: 200, units: 100, ms: 500 },
      slotUntil: null,
      pressure: { kind: 'ok' },
    });
  }
  return { takes, operations };
}

async function measureEngine(prefix: string, open: () => Promise<Store>, say: (line: string) => void) {
  const figures: Record<string, number> = {};
  const note = (name: string, value: number): void => {
    figures[`${prefix}.${name}`] = value;
    say(`${prefix}.${name} ${value}`);
  };
  const store = await open();
  try {
    const lane = { reserved: 0, weight: 1 };
    await store.configurePool(POOL, { slots: 5, lanes: { realtime: lane, bulk: lane, replay: lane } });
    for (const callers of [1, 16, 64]) {
      const rate = await closedLoop(callers, SECONDS * 1000, () => enqueue(store, [newOperation(10_000)]));
      note(`enqueue.c${callers}.perSecond`, rate.perSecond);
      note(`enqueue.c${callers}.p99Ms`, rate.p99Ms);
    }
    const batches = await closedLoop(4, SECONDS * 1000, () =>
      enqueue(
        store,
        Array.from({ length: 50 }, () => newOperation(10_000)),
      ),
    );
    note('enqueue50.c4.operationsPerSecond', batches.perSecond * 50);
    note('enqueue50.c4.p99Ms', batches.p99Ms);
    const begun = performance.now();
    const workers = await Promise.all(Array.from({ length: 5 }, () => work(store, 100)));
    const through = workers.reduce((sum, one) => sum + one.operations, 0);
    note('takeAndSettle.operationsPerSecond', Math.round((through * 1000) / (performance.now() - begun)));
    const { byState } = await store.stats();
    const waiting = byState.queued;
    if (waiting < BACKLOG) await fill(store, BACKLOG - waiting, 50_000);
    const { takes } = await work(store, CLAIMS);
    note('take.backlog', (await store.stats()).byState.queued);
    note('take.p50Ms', round(quantile(takes, 0.5)));
    note('take.p99Ms', round(quantile(takes, 0.99)));
  } finally {
    await store.close();
  }
  return figures;
}

async function measureStart(folder: string): Promise<number> {
  const begun = performance.now();
  const store = await openSqliteStore(folder);
  const ms = performance.now() - begun;
  await store.close();
  return Math.round(ms);
}

/** One insert, one commit, one fsync. */
function bareInserts(folder: string): number {
  const db = new Database(path.join(folder, 'bare.db'));
  db.pragma('journal_mode=WAL');
  db.pragma('synchronous=FULL');
  db.exec('CREATE TABLE t(id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT');
  const insert = db.prepare('INSERT INTO t(body) VALUES(?)');
  const body = JSON.stringify(BODY);
  const end = performance.now() + SECONDS * 1000;
  let n = 0;
  while (performance.now() < end) {
    insert.run(body);
    n++;
  }
  db.close();
  return Math.round(n / SECONDS);
}

export const storeBench: Benchmark = {
  name: 'store',
  about: 'accept, take and settle in the durable store',
  async run(say) {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'relay-bench-'));
    try {
      const peer = { 'sqlite.bareInsert.perSecond': bareInserts(folder) };
      const figures = await measureEngine('sqlite', () => openSqliteStore(folder), say);
      figures['sqlite.start.ms'] = await measureStart(folder);
      const connectionString = process.env['BENCH_POSTGRES'];
      if (connectionString !== undefined) {
        const schema = `bench_${process.pid}`;
        Object.assign(
          figures,
          await measureEngine('postgres', () => openPostgresStore({ connectionString, schema }), say),
        );
      }
      return { name: 'store', figures, peer };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
