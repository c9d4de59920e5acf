import { buildSync } from 'esbuild';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { openPostgresStore } from '../../../relay/store/postgres/open-postgres-store';
import { openSqliteStore } from '../../../relay/store/sqlite/open-sqlite-store';
import type { Store } from '../../../relay/store/types';
import { postgresUrl, stopPostgres } from '../../helpers/postgres';

const ROOT = path.resolve(__dirname, '../../..');
/** Beside the writer thread's bundle, which it must find. */
const VICTIM = path.join(ROOT, 'build/relay', `store-victim-${process.pid}.cjs`);
/** 30 in a full run (`STORE_KILLS=30`); fewer by default, so that the suite stays quick. */
const KILLS = Number(process.env['STORE_KILLS'] ?? 6);
const folder = mkdtempSync(path.join(os.tmpdir(), 'relay-kill-'));

beforeAll(() => {
  buildSync({
    entryPoints: [path.join(ROOT, 'test/helpers/store-victim.ts')],
    outfile: VICTIM,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['better-sqlite3', 'pg-native'],
  });
});
afterAll(async () => {
  rmSync(VICTIM, { force: true });
  rmSync(folder, { recursive: true, force: true });
  await stopPostgres();
});

class Ledger {
  readonly acknowledged = new Set<string>();
  readonly done = new Set<string>();
  /** Record key → versions in the order in which they were taken, across processes. */
  readonly taken = new Map<string, string[]>();

  read(line: string): void {
    const [kind, id = '', version = ''] = line.split(' ');
    if (kind === 'A') this.acknowledged.add(id);
    else if (kind === 'D') this.done.add(id);
    else if (kind === 'T') this.taken.set(id, [...(this.taken.get(id) ?? []), version]);
  }

  /** A later version before an earlier one; the same again is a repeat after a crash, not a fault. */
  get orderFaults(): number {
    return [...this.taken.values()].reduce(
      (sum, versions) => sum + versions.filter((version, at) => at > 0 && version < (versions[at - 1] ?? '')).length,
      0,
    );
  }
}

async function runAndKill(args: string[], ledger: Ledger): Promise<void> {
  const child = spawn(process.execPath, [VICTIM, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = new Promise((resolve) => child.once('close', resolve));
  createInterface({ input: child.stdout }).on('line', (line) => {
    ledger.read(line);
    // The moment is random, the trigger is not: it is at work.
    if (line === 'GO') setTimeout(() => child.kill('SIGKILL'), 100 + Math.random() * 500);
  });
  await closed;
}

/** Whatever was left is worked off by one who comes after; then every operation is done and no record is stuck. */
async function workOff(store: Store, ledger: Ledger): Promise<void> {
  const sizing = { maxOperations: 200, maxWeight: 1_000, fixedMs: 1, msPerWeight: 1 };
  const lingerMs = { realtime: 0, bulk: 0, replay: 0 };
  for (;;) {
    await store.wake();
    const { batch } = await store.take({
      pool: 'P',
      holder: 'last',
      sizing: {},
      defaultSizing: sizing,
      leaseMs: 60_000,
      lingerMs,
      borrowBelowMs: 0,
    });
    if (!batch) {
      const { byState } = await store.stats();
      if (byState.queued + byState.sending + byState.retrying === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
      continue;
    }
    for (const { recordKey, version, operationId } of batch.operations)
      ledger.read(`T ${recordKey} ${version} ${operationId}`);
    await store.settle({
      pool: 'P',
      token: batch.token,
      slot: batch.slot,
      settlements: batch.operations.map(({ seq }) => ({ seq, to: 'done', result: 'updated', settlesLostCall: true })),
      call: { status: 200, units: 1, ms: 1 },
      slotUntil: null,
    });
  }
}

async function prove(args: () => string[], open: () => Promise<Store>): Promise<void> {
  const ledger = new Ledger();
  for (let round = 0; round < KILLS; round++) await runAndKill([...args(), String(round)], ledger);
  const store = await open();
  try {
    let lost = 0;
    let undone = 0;
    for (const id of ledger.acknowledged) if (!(await store.getOperation(id))) lost++;
    for (const id of ledger.done) if ((await store.getOperation(id))?.state !== 'done') undone++;
    await workOff(store, ledger);
    const { accepted, byState } = await store.stats();
    expect(ledger.acknowledged.size).toBeGreaterThan(100);
    expect({ lost, undone, orderFaults: ledger.orderFaults }).toEqual({ lost: 0, undone: 0, orderFaults: 0 });
    expect(byState.done).toBe(accepted);
  } finally {
    await store.close();
  }
}

test('kill -9 at any moment loses nothing that was acknowledged, strands no record and keeps their order (SQLite)', () =>
  prove(
    () => [folder, '-'],
    () => openSqliteStore(folder),
  ));

test('kill -9 at any moment loses nothing that was acknowledged, strands no record and keeps their order (PostgreSQL)', async () => {
  const connectionString = await postgresUrl();
  await prove(
    () => [connectionString, 'kills'],
    () => openPostgresStore({ connectionString, schema: 'kills' }),
  );
});
