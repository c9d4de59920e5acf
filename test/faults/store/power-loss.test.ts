import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openPostgresStore } from '../../../relay/store/postgres/open-postgres-store';
import { openSqliteStore } from '../../../relay/store/sqlite/open-sqlite-store';
import { buildVictim, judge, Ledger, runAndKill, UNBROKEN, VICTIM } from '../../helpers/kill-ledger';
import { postgresOn, stopPostgres } from '../../helpers/postgres';

/** 10 in a full run (`STORE_POWER_CUTS=10`). */
const CUTS = Number(process.env['STORE_POWER_CUTS'] ?? 3);
const folder = mkdtempSync(path.join(os.tmpdir(), 'relay-power-'));
const server = mkdtempSync(path.join(os.tmpdir(), 'relay-power-pg-'));
const compiler = process.platform === 'linux' && spawnSync('cc', ['--version']).status === 0;

jest.setTimeout(180_000 + CUTS * 10_000);
beforeAll(buildVictim);
afterAll(async () => {
  rmSync(VICTIM, { force: true });
  await stopPostgres();
  for (const one of [folder, server]) rmSync(one, { recursive: true, force: true });
});

// The model is a library that is preloaded; without a C compiler it can't be made.
(compiler ? test : test.skip)(
  'after a power cut the embedded store holds every operation that was acknowledged, strands no record and keeps their order',
  async () => {
    const library = path.join(folder, 'power-loss.so');
    execFileSync('cc', [
      '-shared',
      '-fPIC',
      '-O1',
      '-o',
      library,
      path.resolve(__dirname, '../../helpers/power-loss.c'),
      '-ldl',
      '-lpthread',
    ]);
    const ledger = new Ledger();
    let present = path.join(folder, 'store-0');
    mkdirSync(present);
    for (let cut = 0; cut < CUTS; cut++) {
      // The next life begins with what the cut left: only what had been synced.
      const left = path.join(folder, `store-${cut + 1}`);
      cpSync(present, left, { recursive: true });
      const env = { LD_PRELOAD: library, POWER_FROM: present, POWER_TO: left };
      await runAndKill([present, '-', String(cut)], ledger, { env });
      present = left;
    }
    const store = await openSqliteStore(present);
    expect(ledger.acknowledged.size).toBeGreaterThan(50);
    expect(await judge(store, ledger)).toEqual(UNBROKEN);
    await store.close();
  },
);

test('after a crash of the whole PostgreSQL server nothing that was acknowledged is gone, no record is stranded, their order is kept', async () => {
  const data = path.join(server, 'data');
  const ledger = new Ledger();
  for (let cut = 0; cut < CUTS; cut++) {
    const connectionString = await postgresOn(data);
    const postmaster = Number(readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
    const kill = (relay: number) => {
      process.kill(postmaster, 'SIGKILL');
      process.kill(relay, 'SIGKILL');
    };
    await runAndKill([connectionString, 'cuts', String(cut)], ledger, { kill });
    await stopPostgres();
  }
  const store = await openPostgresStore({ connectionString: await postgresOn(data), schema: 'cuts' });
  expect(ledger.acknowledged.size).toBeGreaterThan(50);
  expect(await judge(store, ledger)).toEqual(UNBROKEN);
  await store.close();
});
