import { setTimeout } from 'node:timers/promises';
import { openPostgresStore } from '../../../relay/store/postgres/open-postgres-store';
import { startAccount, type NetSuiteAccount } from '../../helpers/netsuite/account-process';
import { FLAWLESS, startNumberedWrites } from '../../helpers/netsuite/numbered-writes';
import { newDatabase, stopPostgres } from '../../helpers/postgres';
import { relayFolder, startRelayProcess, type RelayProcess } from '../../helpers/relay-process';

/** Relays, account and database as processes of their own. `RELAYS_LONG=1` runs two and four relays, for a minute each. */
const LONG = process.env['RELAYS_LONG'] === '1';
const KEYS = Array.from({ length: 20 }, (_, at) => `SF_ACCT_MANY${at}`);
const PACE_MS = 200;
/** After this a lost call is surely over: its budget and the margin. */
const LATE_MS = 2_000;
/** Lease of a call under the time-outs below: 500 + 1,500 + 1,000, and 5,000 within which it must leave. */
const LEASE_MS = 8_000;

let account: NetSuiteAccount;
const relays: RelayProcess[] = [];
const folders: ReturnType<typeof relayFolder>[] = [];

beforeEach(async () => {
  account = await startAccount();
  await account.control('POST', 'faults', [{ kind: 'latency', ms: 80, perRecordMs: 4, real: true }]);
});
afterEach(async () => {
  for (const { child } of relays.splice(0)) child.kill('SIGKILL');
  for (const folder of folders.splice(0)) folder.remove();
  await account.stop();
});
afterAll(stopPostgres);

async function startRelay(postgres: string): Promise<RelayProcess> {
  const folder = relayFolder(account.url, {
    store: { postgres },
    netsuite: [
      {
        account: account.accountId,
        baseUrl: account.url,
        auth: { type: 'tba', ...account.tba },
        concurrency: { limit: 5 },
        events: { mode: 'push' },
      },
    ],
    limits: { requests: { quota: 1_000_000, windowSeconds: 60 } },
    timeouts: { connectMs: 500, budgetMs: 1_500, lateWriterMarginMs: LATE_MS - 1_500, answerMarginMs: 1_000 },
  });
  folders.push(folder);
  // Each on a machine with a time of its own.
  const relay = await startRelayProcess(folder.file, { clockShiftMs: (folders.length % 3) * 60_000 - 60_000 });
  relays.push(relay);
  return relay;
}

test.each(LONG ? [2, 4] : [4])(
  '%d relays on one database, one killed and one stopped beyond its lease: limit never exceeded, order kept, each write made once',
  async (count) => {
    const connectionString = await newDatabase(`relays_${count}`);
    const started = await Promise.all(Array.from({ length: count }, () => startRelay(connectionString)));
    const [killed, stopped] = started as [RelayProcess, RelayProcess];
    const load = startNumberedWrites(KEYS, PACE_MS, () =>
      relays.filter(({ child }) => child.exitCode === null && child.signalCode === null),
    );
    await setTimeout(1_000);
    killed.child.kill('SIGKILL');
    stopped.child.kill('SIGSTOP');
    const beyond = setTimeout(LEASE_MS + 500);
    const successor = await startRelay(connectionString);
    await beyond;
    stopped.child.kill('SIGCONT');
    await setTimeout(LONG ? 40_000 : 1_000);
    await load.end();

    const store = await openPostgresStore({ connectionString });
    expect(await load.judge(store, account, LATE_MS)).toEqual(FLAWLESS);
    const written = await account.control<{ type: string }[]>('GET', 'ledger/records?scriptId=customscript_srl_upsert');
    expect(written.filter(({ type }) => type === 'customer')).toHaveLength(load.accepted());
    await store.close();
    for (const relay of [successor, stopped]) {
      relay.child.kill('SIGTERM');
      expect(await relay.exited).toBe(0);
    }
  },
  300_000,
);
