import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { openPostgresStore } from '../../../relay/store/postgres/open-postgres-store';
import { openSqliteStore } from '../../../relay/store/sqlite/open-sqlite-store';
import { startHostileProxy, type HostileProxy, type Trouble } from '../../helpers/hostile-proxy';
import { startAccount, type NetSuiteAccount } from '../../helpers/netsuite/account-process';
import { FLAWLESS, startNumberedWrites } from '../../helpers/netsuite/numbered-writes';
import { newDatabase, stopPostgres } from '../../helpers/postgres';
import { ADMIN, relayFolder, startRelayProcess, type RelayProcess } from '../../helpers/relay-process';

/** Relay and account as processes of their own, the built scripts, and between them a network at its worst. */
const KEYS = Array.from({ length: 10 }, (_, at) => `SF_ACCT_KILL${at}`);
const PACE_MS = 600;
const PLAN: readonly Trouble[] = [
  'none',
  'cut after',
  'none',
  'half',
  'cut before',
  'none',
  'silence',
  'foreign page',
  'none',
];
/** After this a lost call is surely over: its budget and the margin. */
const LATE_MS = 2_500;
/** The clock of the relay's machine is two minutes slow: its deadlines must not be by it. */
const SLOW_CLOCK = { clockShiftMs: -120_000 };

let account: NetSuiteAccount;
let proxy: HostileProxy;
let folder: ReturnType<typeof relayFolder>;
let relay: RelayProcess;

beforeEach(async () => {
  account = await startAccount();
  // A call whose caller was cut off is still under way when the slot would be used again.
  await account.control('POST', 'faults', [{ kind: 'latency', ms: 300, perRecordMs: 4, real: true }]);
  proxy = await startHostileProxy(account.url, PLAN);
});
afterEach(async () => {
  relay.child.kill('SIGKILL');
  await relay.exited;
  await proxy.stop();
  await account.stop();
  folder.remove();
});
afterAll(stopPostgres);

const doneSoFar = async (): Promise<number> => {
  const answer = await fetch(`${relay.url}/v1/admin/overview`, { headers: { authorization: `Bearer ${ADMIN}` } });
  return ((await answer.json()) as { byState: { done: number } }).byState.done;
};

async function until(so: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await so())) await setTimeout(25);
}

test.each(['sqlite', 'postgres'] as const)(
  'kill -9 of the relay in the middle, on a network that loses, halves and swallows answers: every change is in NetSuite in its order, nothing is lost or doubled, and the limit holds (%s)',
  async (engine) => {
    const postgres = engine === 'postgres' ? await newDatabase('kill_through') : '';
    folder = relayFolder(proxy.url, {
      store: engine === 'postgres' ? { postgres } : { path: 'store' },
      netsuite: [
        {
          account: account.accountId,
          baseUrl: proxy.url,
          auth: { type: 'tba', ...account.tba },
          concurrency: { limit: 5 },
          events: { mode: 'push' },
        },
      ],
      timeouts: { connectMs: 500, budgetMs: 1_000, lateWriterMarginMs: LATE_MS - 1_000, answerMarginMs: 1_000 },
      dispatch: { retry: { firstMs: 100 } },
    });
    relay = await startRelayProcess(folder.file, SLOW_CLOCK);
    const load = startNumberedWrites(KEYS, PACE_MS, () => [relay]);
    // Every kind of trouble was there, and calls are in flight.
    await until(() => new Set(PLAN).size === proxy.counts.size);
    relay.child.kill('SIGKILL');
    await relay.exited;
    relay = await startRelayProcess(folder.file, SLOW_CLOCK);
    const before = proxy.counts.get('cut after') ?? 0;
    await until(() => (proxy.counts.get('cut after') ?? 0) > before);
    await load.end();
    proxy.calm();

    await until(async () => (await doneSoFar()) >= load.accepted());
    relay.child.kill('SIGTERM');
    expect(await relay.exited).toBe(0);
    const store =
      engine === 'postgres'
        ? await openPostgresStore({ connectionString: postgres })
        : await openSqliteStore(path.join(folder.folder, 'store'));
    const verdict = await load.judge(store, account, Infinity);
    // An account that took longer than it may is no longer counted on: on a machine too busy for it, calls may be turned away.
    const { refused } = proxy.longestMs() < LATE_MS - 500 ? FLAWLESS : verdict;
    expect(verdict).toEqual({ ...FLAWLESS, refused });
    await store.close();
  },
  180_000,
);
