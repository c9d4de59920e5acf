import { hostname } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { openPostgresStore } from '../../../relay/store/postgres/open-postgres-store';
import type { Store } from '../../../relay/store/types';
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
/** Writes accepted before something happens, and after it: so much work that every relay has its part in it. */
const SOME = 2 * KEYS.length;
const MANY = 200 * KEYS.length;

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

async function until(met: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await met())) await setTimeout(20);
}

/** Whether a relay holds a slot of the account whose lease has not ended. */
async function holdsSlot(store: Store, { child }: RelayProcess): Promise<boolean> {
  const { holders = [] } = (await store.poolStatus(account.accountId)) ?? {};
  return holders.some(({ holder }) => holder === `${hostname()}:${child.pid}`);
}

/** Stops a relay in the middle of a call: one that had just ended its last would have nothing that could age. */
async function stopInCall(store: Store, relay: RelayProcess): Promise<void> {
  for (;;) {
    await until(() => holdsSlot(store, relay));
    relay.child.kill('SIGSTOP');
    if (await holdsSlot(store, relay)) return;
    relay.child.kill('SIGCONT');
  }
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
    const acceptedMore = (count: number): Promise<void> => {
      const wanted = load.accepted() + count;
      return until(() => load.accepted() >= wanted);
    };
    await acceptedMore(SOME);
    killed.child.kill('SIGKILL');
    const store = await openPostgresStore({ connectionString });
    await stopInCall(store, stopped);
    const successor = await startRelay(connectionString);
    // Its lease ends by the server's clock, and the others go on with what it had.
    await until(async () => !(await holdsSlot(store, stopped)));
    stopped.child.kill('SIGCONT');
    await until(() => holdsSlot(store, stopped));
    await acceptedMore(LONG ? MANY : SOME);
    await load.end();

    expect(await load.judge(store, account, LATE_MS)).toEqual(FLAWLESS);
    expect(await load.repeated(account)).toBe(0);
    await store.close();
    for (const relay of [successor, stopped]) {
      relay.child.kill('SIGTERM');
      expect(await relay.exited).toBe(0);
    }
  },
  300_000,
);
