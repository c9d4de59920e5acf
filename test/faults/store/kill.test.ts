import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openPostgresStore } from '../../../relay/store/postgres/open-postgres-store';
import { openSqliteStore } from '../../../relay/store/sqlite/open-sqlite-store';
import type { Store } from '../../../relay/store/types';
import { buildVictim, judge, Ledger, runAndKill, UNBROKEN, VICTIM } from '../../helpers/kill-ledger';
import { postgresUrl, stopPostgres } from '../../helpers/postgres';

/** 30 in a full run (`STORE_KILLS=30`); fewer by default, so that the suite stays quick. */
const KILLS = Number(process.env['STORE_KILLS'] ?? 6);
const folder = mkdtempSync(path.join(os.tmpdir(), 'relay-kill-'));

jest.setTimeout(180_000 + KILLS * 10_000);
beforeAll(buildVictim);
afterAll(async () => {
  rmSync(VICTIM, { force: true });
  rmSync(folder, { recursive: true, force: true });
  await stopPostgres();
});

async function prove(args: string[], open: () => Promise<Store>): Promise<void> {
  const ledger = new Ledger();
  for (let round = 0; round < KILLS; round++) await runAndKill([...args, String(round)], ledger);
  const store = await open();
  try {
    expect(ledger.acknowledged.size).toBeGreaterThan(100);
    expect(await judge(store, ledger)).toEqual(UNBROKEN);
  } finally {
    await store.close();
  }
}

test('kill -9 at any moment loses nothing that was acknowledged, strands no record and keeps their order (SQLite)', () =>
  prove([folder, '-'], () => openSqliteStore(folder)));

test('kill -9 at any moment loses nothing that was acknowledged, strands no record and keeps their order (PostgreSQL)', async () => {
  const connectionString = await postgresUrl();
  await prove([connectionString, 'kills'], () => openPostgresStore({ connectionString, schema: 'kills' }));
});
