import { setTimeout as sleep } from 'node:timers/promises';
import { startAccount, type NetSuiteAccount } from '../../helpers/netsuite/account-process';
import { newDatabase, stopPostgres } from '../../helpers/postgres';
import { ADMIN, KEY, relayFolder, startRelayProcess, type RelayProcess } from '../../helpers/relay-process';

/** A load of several requests and several parts through relay, account and scripts as they are deployed. */
const RECORDS = 1_010;
let account: NetSuiteAccount;
let folder: ReturnType<typeof relayFolder> | null = null;
let relay: RelayProcess | null = null;

beforeEach(async () => {
  account = await startAccount();
});
afterEach(async () => {
  relay?.child.kill('SIGKILL');
  await relay?.exited;
  await account.stop();
  folder?.remove();
});
afterAll(stopPostgres);

async function storeOf(engine: 'sqlite' | 'postgres'): Promise<object> {
  return engine === 'sqlite' ? { path: 'store' } : { postgres: await newDatabase('large_job') };
}

const customer = (at: number): object => ({
  recordType: 'customer',
  action: 'upsert',
  full: true,
  key: { externalId: `SF_ACCT_LARGE${at}` },
  fields: {
    companyname: { value: `Large ${at}` },
    subsidiary: {
      ref: { recordType: 'subsidiary', key: { field: 'name', value: 'Parent Company' } },
      write: 'onCreate',
    },
  },
});

const ask = async <T>(path: string, key: string, more: RequestInit = {}): Promise<T> => {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': path };
  const answer = await fetch(`${relay?.url ?? ''}${path}`, { ...more, headers: { ...headers, ...more.headers } });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
};

async function load(count: number): Promise<void> {
  for (let from = 0; from < count; from += 1_000) {
    const records = Array.from({ length: Math.min(1_000, count - from) }, (_, at) => customer(from + at));
    const body = JSON.stringify({ source: 'direct', records, options: { lane: 'bulk' } });
    await ask('/v1/upserts', KEY, { method: 'POST', body, headers: { 'idempotency-key': `load-${from}` } });
  }
}

test.each(['sqlite', 'postgres'] as const)(
  '%s: a load of several parts goes as one job whose end NetSuite tells: with an hour between two questions it is settled at once',
  async (engine) => {
    folder = relayFolder(account.url, {
      store: await storeOf(engine),
      netsuite: [
        {
          account: account.accountId,
          baseUrl: account.url,
          auth: { type: 'tba', ...account.tba },
          events: { mode: 'pull', everySeconds: 0.5 },
        },
      ],
      bulkJobs: { above: 500, pollSeconds: 3_600 },
      // Single calls carry one record and take two seconds here: the load is still there when it is counted.
      dispatch: { sizing: { most: 1, first: { default: 1 } } },
    });
    const slow = { kind: 'latency', match: { scriptId: 'customscript_srl_upsert' }, ms: 2_000, real: true };
    await account.control('POST', 'faults', [slow]);
    relay = await startRelayProcess(folder.file);
    await load(RECORDS);

    const end = Date.now() + 160_000;
    let byState: Record<string, number> = {};
    while (Date.now() < end && byState['done'] !== RECORDS) {
      await sleep(500);
      ({ byState } = await ask<{ byState: Record<string, number> }>('/v1/admin/overview', ADMIN));
    }
    expect(Object.fromEntries(Object.entries(byState).filter(([, count]) => count > 0))).toEqual({ done: RECORDS });
    const written = await account.control<{ op: string; type: string }[]>('GET', 'ledger/records');
    expect(written.filter(({ op, type }) => op === 'create' && type === 'customer')).toHaveLength(RECORDS);
  },
  180_000,
);
