import path from 'node:path';
import { Client } from 'pg';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { openPostgresStore } from '../../../relay/store/postgres/open-postgres-store';
import type { OperationDetail } from '../../../relay/store/types';
import { postgresUrl, stopPostgres } from '../../helpers/postgres';
import { KEY, relayFolder, startRelayProcess, type RelayProcess } from '../../helpers/relay-process';
import { spawnChild, type LeashedChild } from '../../helpers/spawn-child';

/**
 * Relays, account and database as processes of their own. Every operation changes one field of its record to the next number, so the
 * differences that NetSuite reports tell in which order they were applied, and the account's ledger how often.
 * `RELAYS_LONG=1` runs two and four relays, for a minute each.
 */
const LONG = process.env['RELAYS_LONG'] === '1';
const KEYS = Array.from({ length: 20 }, (_, at) => `SF_ACCT_MANY${at}`);
const PACE_MS = 200;
/** Lease of a call under the time-outs below: 500 + 2,000 + 1,000, and 5,000 within which it must leave. */
const LEASE_MS = 8_500;

interface Ready {
  url: string;
  accountId: string;
  credentials: { tba: Record<string, string> };
}

let emulator: LeashedChild;
let account: Ready;
const relays: RelayProcess[] = [];
const folders: ReturnType<typeof relayFolder>[] = [];

beforeEach(async () => {
  emulator = spawnChild([path.resolve(__dirname, '../../../build/emulator/main.cjs')]);
  const lines = createInterface({ input: emulator.stdout });
  account = await new Promise<Ready>((resolve) => lines.once('line', (line) => resolve(JSON.parse(line) as Ready)));
  const latency = [{ kind: 'latency', ms: 80, perRecordMs: 4, real: true }];
  await fetch(`${account.url}/_emulator/faults`, { method: 'POST', body: JSON.stringify(latency) });
});
afterEach(() => {
  for (const { child } of relays.splice(0)) child.kill('SIGKILL');
  for (const folder of folders.splice(0)) folder.remove();
  emulator.kill('SIGKILL');
});
afterAll(stopPostgres);

const control = async <T>(call: string): Promise<T> =>
  (await (await fetch(`${account.url}/_emulator/${call}`)).json()) as T;

async function startRelay(connectionString: string): Promise<RelayProcess> {
  const folder = relayFolder(account.url, {
    store: { postgres: connectionString },
    netsuite: [
      {
        account: account.accountId,
        baseUrl: account.url,
        auth: { type: 'tba', ...account.credentials.tba },
        concurrency: { limit: 5 },
        events: { mode: 'push' },
      },
    ],
    limits: { requests: { quota: 1_000_000, windowSeconds: 60 } },
    timeouts: { connectMs: 500, budgetMs: 2_000, lateWriterMarginMs: 500, answerMarginMs: 1_000 },
  });
  folders.push(folder);
  const relay = await startRelayProcess(folder.file);
  relays.push(relay);
  return relay;
}

async function newDatabase(name: string): Promise<string> {
  const url = await postgresUrl();
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  return url.replace(/postgres$/, name);
}

const customer = (externalId: string, n: number): object => ({
  recordType: 'customer',
  action: 'upsert',
  full: true,
  key: { externalId },
  fields: {
    companyname: { value: `Company ${externalId}` },
    comments: { value: `v${n}` },
    subsidiary: { ref: { recordType: 'subsidiary', internalId: '1' }, write: 'onCreate' },
  },
});

/** Sends the next number of a record to whichever relay answers; a relay that does not is asked again elsewhere, with the same key. */
async function send(alive: () => RelayProcess[], externalId: string, n: number): Promise<string> {
  for (;;) {
    const some = alive();
    const relay = some[Math.floor(Math.random() * some.length)] as RelayProcess;
    try {
      const answer = await fetch(`${relay.url}/v1/upserts`, {
        method: 'POST',
        signal: AbortSignal.timeout(1_500),
        headers: {
          authorization: `Bearer ${KEY}`,
          'content-type': 'application/json',
          'idempotency-key': `${externalId}-${n}`,
        },
        body: JSON.stringify({ source: 'direct', records: [customer(externalId, n)] }),
      });
      if (answer.status === 202)
        return ((await answer.json()) as { operations: { operationId: string }[] }).operations[0]?.operationId ?? '';
    } catch {
      await setTimeout(20);
    }
  }
}

/** Every difference starts where the one before ended; what a lost call wrote is known as a repeat and has none of its own. */
function orderFaults(operations: readonly OperationDetail[]): string[] {
  const faults: string[] = [];
  let value: unknown;
  for (const [at, { operationId, result, changes }] of operations.entries()) {
    const change = changes.find(({ field }) => field === 'comments');
    if (result !== 'duplicate' && !(at === 0 && result === 'created')) {
      if (change?.old !== value)
        faults.push(`${operationId}: ${String(result)} from ${String(change?.old)}, expected ${String(value)}`);
    }
    value = `v${at + 1}`;
  }
  return faults;
}

test.each(LONG ? [2, 4] : [4])(
  '%d relays on one database, one killed and one stopped beyond its lease: limit never exceeded, order kept, each write made once',
  async (count) => {
    const connectionString = await newDatabase(`relays_${count}`);
    for (let at = 0; at < count; at++) await startRelay(connectionString);
    let open = true;
    const accepted = new Map<string, string[]>(KEYS.map((key) => [key, []]));
    const alive = () => relays.filter(({ child }) => child.exitCode === null && child.signalCode === null);
    const senders = KEYS.map(async (key) => {
      for (let n = 1; open; n++) {
        accepted.get(key)?.push(await send(alive, key, n));
        await setTimeout(PACE_MS);
      }
    });
    const [killed, stopped] = relays as [RelayProcess, RelayProcess];
    await setTimeout(1_000);
    killed.child.kill('SIGKILL');
    const successor = await startRelay(connectionString);
    stopped.child.kill('SIGSTOP');
    await setTimeout(LEASE_MS + 1_000);
    stopped.child.kill('SIGCONT');
    await setTimeout(LONG ? 40_000 : 1_500);
    open = false;
    await Promise.all(senders);

    const store = await openPostgresStore({ connectionString });
    const total = [...accepted.values()].flat().length;
    while ((await store.stats()).byState.done < total) await setTimeout(100);
    const faults: string[] = [];
    for (const ids of accepted.values()) {
      const operations = await Promise.all(ids.map((id) => store.getOperation(id)));
      faults.push(...orderFaults(operations as OperationDetail[]));
    }
    const { accepted: stored } = await store.stats();
    await store.close();
    const writes = await control<{ type: string }[]>('ledger/records?scriptId=customscript_srl_upsert');
    const { peak, rejected } = await control<{ peak: number; rejected: number }>('concurrency');
    expect(faults).toEqual([]);
    expect(stored).toBe(total);
    expect(writes.filter(({ type }) => type === 'customer')).toHaveLength(total);
    expect(rejected).toBe(0);
    expect(peak).toBeLessThanOrEqual(5);
    for (const relay of [successor, stopped]) {
      relay.child.kill('SIGTERM');
      expect(await relay.exited).toBe(0);
    }
  },
  300_000,
);
