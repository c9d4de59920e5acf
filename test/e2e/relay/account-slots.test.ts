import { execFile } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { holdAt, type Hold } from '../../helpers/netsuite/hold';
import { startAccount, type NetSuiteAccount } from '../../helpers/netsuite/account-process';
import { ADMIN, KEY, relayFolder, startRelayProcess, type RelayProcess } from '../../helpers/relay-process';

const CLI = path.resolve(__dirname, '../../../build/relay/cli.cjs');
const run = promisify(execFile);

/** An account of five slots whose calls take 100 ms and 5 ms a record, a relay before it, and its command line. */
let account: NetSuiteAccount;
let folder: ReturnType<typeof relayFolder>;
let relay: RelayProcess;

beforeEach(async () => {
  account = await startAccount();
  const match = { scriptId: 'customscript_srl_upsert' };
  await account.control('POST', 'faults', [{ kind: 'latency', match, ms: 100, perRecordMs: 5, real: true }]);
  folder = relayFolder(account.url, {
    netsuite: [
      {
        account: account.accountId,
        baseUrl: account.url,
        auth: { type: 'tba', ...account.tba },
        concurrency: { limit: 5 },
        events: { mode: 'push' },
      },
    ],
    dispatch: { sizing: { most: 5, first: { default: 5 } } },
  });
  relay = await startRelayProcess(folder.file);
});

afterEach(async () => {
  relay.child.kill('SIGKILL');
  await relay.exited;
  await account.stop();
  folder.remove();
});

const cli = async (...args: string[]): Promise<string> => {
  const env = { ...process.env, SUITERELAY_URL: relay.url, SUITERELAY_KEY: ADMIN };
  const { stdout } = await run(process.execPath, [CLI, ...args], { env });
  return stdout;
};

let sent = 0;
const send = async (count: number, lane: 'realtime' | 'bulk', prefer?: string): Promise<Response> => {
  const records = Array.from({ length: count }, () => ({
    recordType: 'customer',
    action: 'upsert',
    full: true,
    key: { externalId: `SF_ACCT_SLOT${sent++}` },
    fields: {
      companyname: { value: `Company ${sent}` },
      subsidiary: {
        ref: { recordType: 'subsidiary', key: { field: 'name', value: 'Parent Company' } },
        write: 'onCreate',
      },
    },
  }));
  return fetch(`${relay.url}/v1/upserts`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${KEY}`,
      'content-type': 'application/json',
      'idempotency-key': `slots-${sent}`,
      ...(prefer === undefined ? {} : { prefer }),
    },
    body: JSON.stringify({ source: 'direct', records, options: { lane } }),
  });
};

interface Lane {
  lane: string;
  inUse: number;
  paused: boolean;
}
interface Overview {
  byState: Record<string, number>;
  pools: { usable: number; lent: number; inUse: number; lanes: Lane[] }[];
}
const overview = async (): Promise<Overview> =>
  (await (
    await fetch(`${relay.url}/v1/admin/overview`, { headers: { authorization: `Bearer ${ADMIN}` } })
  ).json()) as Overview;
const concurrency = () =>
  account.control<{ inFlight: number; peak: number; admitted: number; rejected: number }>('GET', 'concurrency');

async function until(so: () => Promise<boolean>): Promise<void> {
  while (!(await so())) await sleep(40);
}

/** A load whose first four calls stand still within the account: all slots that a load may have. */
async function standingLoad(count: number): Promise<Hold[]> {
  const holds: Hold[] = [];
  for (let call = 0; call < 4; call++)
    holds.push(await holdAt(account, { scriptId: 'customscript_srl_upsert', api: 'record.save' }));
  await send(count, 'bulk');
  for (const hold of holds) await hold.reached();
  return holds;
}

test('A09 A10 a load uses the whole account and never more, and a won deal does not wait for it', async () => {
  await send(1, 'realtime', 'wait=25');
  const holds = await standingLoad(160);
  // The slot kept for real time is free: no deal waits for a call of the load, none of which moves.
  for (let deal = 0; deal < 5; deal++) expect((await send(1, 'realtime', 'wait=25')).status).toBe(200);
  expect((await overview()).byState).toMatchObject({ queued: 140, sending: 20, done: 6 });
  for (const hold of holds) await hold.release();
  await until(async () => (await overview()).byState['done'] === 166);
  expect(await concurrency()).toMatchObject({ peak: 5, rejected: 0 });
});

test('P15 others take two of the five slots: the relay settles at three after a few refusals, none of which costs an attempt', async () => {
  await account.control('POST', 'faults', [{ kind: 'foreignLoad', slots: 2 }]);
  const { requestId } = (await (await send(100, 'bulk')).json()) as { requestId: string };
  await until(async () => (await overview()).byState['done'] === 100);
  expect((await overview()).pools[0]).toMatchObject({ usable: 3 });
  const { rejected, admitted } = await concurrency();
  expect(rejected).toBeGreaterThan(0);
  expect(rejected).toBeLessThanOrEqual(4);
  expect(admitted).toBeGreaterThanOrEqual(20);
  const request = (await (
    await fetch(`${relay.url}/v1/operations/${requestId}`, { headers: { authorization: `Bearer ${KEY}` } })
  ).json()) as { operations: { attemptCount: number }[] };
  expect(request.operations.every(({ attemptCount }) => attemptCount === 1)).toBe(true);
});

test('`slots lend` leaves slots to others for a while, `slots pause` stops a lane after what it has begun, `slots show` tells', async () => {
  await cli('slots', 'lend', '2', '--for', '10m');
  await send(60, 'bulk');
  await until(async () => (await overview()).byState['done'] === 60);
  expect((await concurrency()).peak).toBeLessThanOrEqual(3);
  // The relay may be asking for change events at this moment, in a slot of its own.
  expect(await cli('slots', 'show')).toMatch(new RegExp(`${account.accountId} +[01] of 5 +5 +2`));
  await cli('slots', 'lend', '0');

  // A deal first: the load leaves the slot for the next one free.
  expect((await send(1, 'realtime', 'wait=25')).status).toBe(200);
  const holds = await standingLoad(100);
  await cli('slots', 'pause', 'bulk');
  for (const hold of holds) await hold.release();
  await until(async () => (await overview()).byState['sending'] === 0);
  expect((await overview()).byState).toMatchObject({ queued: 80, done: 81 });
  expect((await send(1, 'realtime', 'wait=25')).status).toBe(200);
  expect((await overview()).byState).toMatchObject({ queued: 80, done: 82 });
  await cli('slots', 'resume', 'bulk');
  await until(async () => (await overview()).byState['done'] === 162);
});

test('`doctor --admin-token` compares the limit with what the account tells an Administrator', async () => {
  const { access_token } = await account.control<{ access_token: string }>('POST', 'token', { entity: -5, role: 3 });
  const findings = async (): Promise<string> =>
    cli('doctor', '--config', folder.file, '--admin-token', access_token).catch(
      (error: { stdout: string }) => error.stdout,
    );
  expect(await findings()).toContain('concurrency: limit 5, as configured');
  folder.write({
    netsuite: [
      {
        account: account.accountId,
        baseUrl: account.url,
        auth: { type: 'tba', ...account.tba },
        concurrency: { limit: 9 },
      },
    ],
  });
  expect(await findings()).toContain('limit 9 is configured, the account allows 5');
});
