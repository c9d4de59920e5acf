import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { ADMIN, KEY, relayFolder, startRelayProcess, type RelayProcess } from '../../helpers/relay-process';
import { spawnChild, type LeashedChild } from '../../helpers/spawn-child';

/** Relay and account as processes of their own; the scripts are the built ones. */
interface Ready {
  url: string;
  accountId: string;
  credentials: { tba: Record<'realm' | 'consumerKey' | 'consumerSecret' | 'tokenId' | 'tokenSecret', string> };
}

interface Write {
  op: string;
  type: string;
  id: string;
}

const COUNT = 300;
const KEYS = Array.from({ length: COUNT }, (_, at) => `SF_ACCT_KILL${at}`);
let emulator: LeashedChild;
let ready: Ready;
const relays: RelayProcess[] = [];

beforeAll(async () => {
  emulator = spawnChild([path.resolve(__dirname, '../../../build/emulator/main.cjs')]);
  const lines = createInterface({ input: emulator.stdout });
  ready = await new Promise<Ready>((resolve) => lines.once('line', (line) => resolve(JSON.parse(line) as Ready)));
});

afterAll(() => {
  for (const { child } of relays) child.kill('SIGKILL');
  emulator.kill('SIGKILL');
});

const control = async <T>(call: string): Promise<T> =>
  (await (await fetch(`${ready.url}/_emulator/${call}`)).json()) as T;

/** Asks again until it is so, twenty times a second: the relay's own rate limit (6,000 a minute) counts these questions too. */
async function until(so: () => Promise<boolean>): Promise<void> {
  while (!(await so())) await setTimeout(50);
}

const customer = (externalId: string): object => ({
  recordType: 'customer',
  action: 'upsert',
  full: true,
  key: { externalId },
  fields: {
    companyname: { value: `Company ${externalId}` },
    subsidiary: {
      ref: { recordType: 'subsidiary', key: { field: 'name', value: 'Parent Company' } },
      write: 'onCreate',
    },
  },
});

const send = (url: string, part: number): Promise<Response> =>
  fetch(`${url}/v1/upserts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json', 'idempotency-key': `part-${part}` },
    body: JSON.stringify({ source: 'direct', records: KEYS.slice(part * 30, part * 30 + 30).map(customer) }),
  });

const states = async (url: string): Promise<Record<string, number>> => {
  const answer = await fetch(`${url}/v1/admin/overview`, { headers: { authorization: `Bearer ${ADMIN}` } });
  if (!answer.ok) throw new Error(`the overview answered ${answer.status}: ${await answer.text()}`);
  return ((await answer.json()) as { byState: Record<string, number> }).byState;
};

test('kill -9 of the relay in the middle: every customer is in NetSuite exactly once, and none was written again', async () => {
  const folder = relayFolder(ready.url, {
    netsuite: [
      {
        account: ready.accountId,
        baseUrl: ready.url,
        auth: { type: 'tba', ...ready.credentials.tba },
        events: { mode: 'push' },
      },
    ],
    timeouts: { connectMs: 500, budgetMs: 4_000, lateWriterMarginMs: 500, answerMarginMs: 1_000 },
  });
  const first = await startRelayProcess(folder.file);
  relays.push(first);
  const accepted = await Promise.all(Array.from({ length: COUNT / 30 }, (_, part) => send(first.url, part)));
  expect(accepted.map(({ status }) => status)).toEqual(accepted.map(() => 202));
  await until(async () => (await control<Write[]>('ledger/records?scriptId=customscript_srl_upsert')).length > 40);
  first.child.kill('SIGKILL');
  await first.exited;

  const second = await startRelayProcess(folder.file);
  relays.push(second);
  await until(async () => (await states(second.url))['done'] === COUNT);
  const writes = (await control<Write[]>('ledger/records?scriptId=customscript_srl_upsert')).filter(
    ({ type }) => type === 'customer',
  );
  expect(writes).toHaveLength(COUNT);
  expect(writes.every(({ op }) => op === 'create')).toBe(true);
  expect(new Set(writes.map(({ id }) => id)).size).toBe(COUNT);
  second.child.kill('SIGTERM');
  expect(await second.exited).toBe(0);
  folder.remove();
});
