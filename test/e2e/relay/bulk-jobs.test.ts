import { setTimeout as sleep } from 'node:timers/promises';
import { holdAt } from '../../helpers/netsuite/hold';
import { startAccount, type NetSuiteAccount } from '../../helpers/netsuite/account-process';
import { ADMIN, KEY, relayFolder, startRelayProcess, type RelayProcess } from '../../helpers/relay-process';

/** Relay, account and scripts as they are deployed; loads of 60 and more go as bulk jobs. */
const ABOVE = 60;
let account: NetSuiteAccount;
let folder: ReturnType<typeof relayFolder>;
let relay: RelayProcess;

beforeEach(async () => {
  account = await startAccount();
  folder = relayFolder(account.url, {
    netsuite: [
      {
        account: account.accountId,
        baseUrl: account.url,
        auth: { type: 'tba', ...account.tba },
        events: { mode: 'push' },
      },
    ],
    bulkJobs: { above: ABOVE, pollSeconds: 0.2 },
    // Single calls carry one record and take two seconds here: the load is still there when it is counted.
    dispatch: { sizing: { most: 1, first: { default: 1 } } },
  });
  const slow = { kind: 'latency', match: { scriptId: 'customscript_srl_upsert' }, ms: 2_000, real: true };
  await account.control('POST', 'faults', [slow]);
  relay = await startRelayProcess(folder.file);
});

afterEach(async () => {
  relay.child.kill('SIGKILL');
  await relay.exited;
  await account.stop();
  folder.remove();
});

const customer = (externalId: string, subsidiary = 'Parent Company') => ({
  recordType: 'customer',
  action: 'upsert',
  full: true,
  key: { externalId },
  fields: {
    companyname: { value: `Company ${externalId}` },
    subsidiary: {
      ref: { recordType: 'subsidiary', key: { field: 'name', value: subsidiary } },
      write: 'onCreate',
    },
  },
});

const load = async (records: object[], key: string, lane = 'bulk'): Promise<{ requestId: string }> => {
  const answer = await fetch(`${relay.url}/v1/upserts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ source: 'direct', records, options: { lane } }),
  });
  if (answer.status !== 202) throw new Error(await answer.text());
  return (await answer.json()) as { requestId: string };
};

const overview = async () => {
  const answer = await fetch(`${relay.url}/v1/admin/overview`, { headers: { authorization: `Bearer ${ADMIN}` } });
  return (await answer.json()) as {
    byState: Record<string, number>;
    pools: { jobs: { jobId: string | null; stage: string; operations: number }[] }[];
  };
};

/**
 * Asks again until there is an answer; what the relay logged explains why there is none. After a kill the slots of lost calls are held for
 * most of a minute, and what is left goes through one of the five.
 */
async function until<T>(ask: () => Promise<T | undefined | false>): Promise<T> {
  const end = Date.now() + 150_000;
  while (Date.now() < end) {
    const answer = await ask();
    if (answer) return answer;
    await sleep(50);
  }
  throw new Error(`no answer in time: ${JSON.stringify(await overview())} ${relay.log().slice(-3_000)}`);
}

const creations = async (scriptId: string): Promise<number> =>
  (await account.control<{ op: string; type: string }[]>('GET', `ledger/records?scriptId=${scriptId}`)).filter(
    ({ op, type }) => op === 'create' && type === 'customer',
  ).length;

const operationsOf = async (requestId: string) => {
  const answer = await fetch(`${relay.url}/v1/operations/${requestId}`, {
    headers: { authorization: `Bearer ${KEY}` },
  });
  return (await answer.json()) as {
    counts: Record<string, number>;
    operations: { state: string; result?: string; internalId?: string; externalId: string; error?: { code: string } }[];
  };
};

test('a load above the threshold is applied by one job in NetSuite, and each operation gets its own outcome', async () => {
  const records = Array.from({ length: 149 }, (_, at) => customer(`SF_ACCT_JOB${at}`));
  records.push(customer('SF_ACCT_BAD', 'Nowhere Ltd'));
  const { requestId } = await load(records, 'load');
  await until(async () => {
    const { byState } = await overview();
    return (byState['done'] ?? 0) + (byState['review'] ?? 0) + (byState['dead'] ?? 0) === 150;
  });
  const { counts, operations } = await operationsOf(requestId);
  expect(counts).toEqual({ done: 149, [counts['dead'] ? 'dead' : 'review']: 1 });
  expect(operations.filter(({ state }) => state === 'done').every((one) => one.result === 'created')).toBe(true);
  expect(operations[149]?.error?.code).toBeTruthy();
  const inBulk = await creations('customscript_srl_apply_bulk');
  // What went by single calls before the load was counted and its job was open.
  expect(inBulk).toBeGreaterThan(ABOVE);
  expect(inBulk + (await creations('customscript_srl_upsert'))).toBe(149);
  const stored = await account.byExternalId('customer', 'SF_ACCT_JOB7');
  expect(stored?.id).toBe(operations[7]?.internalId);
});

test('kill -9 of the relay while a job is under way: the next one goes on with the same job, and nothing is written twice', async () => {
  const hold = {
    kind: 'hold',
    match: { scriptId: 'customscript_srl_apply_bulk', api: 'record.save', stage: 'reduce' },
  };
  const [fault] = await account.control<{ faultId: string }[]>('POST', 'faults', [hold]);
  await load(
    Array.from({ length: 120 }, (_, at) => customer(`SF_ACCT_KILLED${at}`)),
    'load',
  );
  const { jobId, operations } = await until(async () => {
    const { pools } = await overview();
    return pools[0]?.jobs.find(({ stage }) => stage === 'running');
  });
  relay.child.kill('SIGKILL');
  await relay.exited;
  relay = await startRelayProcess(folder.file);
  expect((await overview()).pools[0]?.jobs).toMatchObject([{ jobId, stage: 'running', operations }]);
  await account.control('POST', `faults/${fault?.faultId}/release`);
  await until(async () => (await overview()).byState['done'] === 120);
  expect(await creations('customscript_srl_apply_bulk')).toBe(operations);
  expect(await creations('customscript_srl_upsert')).toBe(120 - operations);
  await until(async () => (await overview()).pools[0]?.jobs.length === 0);
});

test('a real-time change of a record inside a running job goes at once; the job finds its own operation out of date', async () => {
  // Before anything of the job is written.
  const hold = await holdAt(account, { scriptId: 'customscript_srl_apply_bulk', stage: 'getInputData' });
  const records = Array.from({ length: 120 }, (_, at) => customer(`SF_ACCT_PASSED${at}`));
  const { requestId } = await load(records, 'load');
  await until(async () => (await overview()).pools[0]?.jobs.some(({ stage }) => stage === 'running'));
  await hold.reached();
  // Single calls take from the other end.
  const older = (await operationsOf(requestId)).operations.at(-1);
  expect(older?.state).toBe('sending');
  const now = customer(older?.externalId ?? '');
  const change = await load(
    [{ ...now, fields: { ...now.fields, phone: { value: '+49 30 1' } } }],
    'change',
    'realtime',
  );
  await until(async () => (await operationsOf(change.requestId)).counts['done'] === 1);
  expect((await overview()).pools[0]?.jobs).toMatchObject([{ stage: 'running' }]);
  await hold.release();
  await until(async () => (await overview()).byState['done'] === 121);
  const passed = (await operationsOf(requestId)).operations.find(({ externalId }) => externalId === older?.externalId);
  expect(passed).toMatchObject({ state: 'done', result: 'stale' });
  const stored = await account.byExternalId('customer', older?.externalId ?? '');
  expect(stored?.fields['phone']).toBe('+49 30 1');
});
