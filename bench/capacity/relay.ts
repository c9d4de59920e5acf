import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { hashApiKey } from '../../relay/security/verify-api-key';
import { spawnChild } from '../../test/helpers/spawn-child';
import { endChild, firstLine } from '../children';

const KEY = 'srl_capacity_bench_key';
const ADMIN = 'srl_capacity_bench_admin';

export interface Feed {
  lane: 'realtime' | 'bulk';
  recordType?: string;
}

/** How long a caller waited, in ms, and how much of it the call of the account took: the rest is the relay's own. */
export interface RealTimeCall {
  ms: number;
  callMs: number;
}

/** The built relay as a process with a store of its own on disk, and what a CRM does with it. */
export interface MeasuredRelay {
  /** Sends so many new records in requests of up to 1,000, four at a time; resolves when all are accepted. */
  load(count: number, feed: Feed): Promise<void>;
  /** Sends one record in real time and waits for its outcome. */
  one(): Promise<RealTimeCall>;
  /** Operations that wait. */
  waiting(lane: Feed['lane']): Promise<number>;
  usable(): Promise<number>;
  stop(): Promise<void>;
}

export async function startRelay(netsuite: object, change: object = {}): Promise<MeasuredRelay> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'relay-capacity-'));
  const file = path.join(folder, 'relay.json');
  writeFileSync(file, JSON.stringify({ ...configOf(netsuite), ...change }));
  const child = spawnChild([path.resolve(__dirname, '../relay/main.cjs'), '--config', file]);
  const { url } = JSON.parse(await firstLine(child, 'relay')) as { url: string };
  return {
    ...callsOf(url),
    stop: async () => {
      try {
        await endChild(child, 'relay', 'SIGKILL');
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

const configOf = (netsuite: object) => ({
  listen: { port: 0 },
  store: { path: 'store' },
  netsuite: [{ ...netsuite, concurrency: { limit: 5 }, events: { mode: 'push' } }],
  sources: [
    { name: 'direct', kind: 'direct', keys: [{ id: 'k', sha256: hashApiKey(KEY), actions: ['direct', 'read'] }] },
    { name: 'ops', kind: 'admin', keys: [{ id: 'a', sha256: hashApiKey(ADMIN), actions: ['admin'] }] },
  ],
  // Slots are measured here: every record goes by a call that takes one.
  bulkJobs: { enabled: false },
  limits: { requests: { quota: 1_000_000, windowSeconds: 60 } },
  log: { level: 'error' },
});

interface Pool {
  usable: number;
}
interface Overview {
  pools: Pool[];
  byPoolAndLane: { lane: string; state: string; count: number }[];
}

let made = 0;

function callsOf(url: string): Omit<MeasuredRelay, 'stop'> {
  const overview = async (): Promise<Overview> => {
    const answer = await fetch(`${url}/v1/admin/overview`, { headers: { authorization: `Bearer ${ADMIN}` } });
    return (await answer.json()) as Overview;
  };
  const send = async (records: object[], lane: string, prefer: Record<string, string>): Promise<string> => {
    const answer = await fetch(`${url}/v1/upserts`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${KEY}`,
        'content-type': 'application/json',
        'idempotency-key': `capacity-${made}`,
        ...prefer,
      },
      body: JSON.stringify({ source: 'direct', records, options: { lane } }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${answer.status}: ${text}`);
    if (Object.keys(prefer).length > 0 && answer.status !== 200) throw new Error(`no outcome in time: ${text}`);
    return text;
  };
  return {
    load: async (count, { lane, recordType = 'customer' }) => {
      let left = count;
      const sender = async (): Promise<void> => {
        while (left > 0) {
          const size = Math.min(1_000, left);
          left -= size;
          await send(
            Array.from({ length: size }, () => record(recordType)),
            lane,
            {},
          );
        }
      };
      await Promise.all(Array.from({ length: 4 }, sender));
    },
    one: async () => {
      const begun = performance.now();
      const text = await send([record('customer')], 'realtime', { prefer: 'wait=25' });
      const ms = performance.now() - begun;
      const { operations } = JSON.parse(text) as { operations: { operationId: string }[] };
      const id = operations[0]?.operationId ?? '';
      const answer = await fetch(`${url}/v1/operations/${id}`, { headers: { authorization: `Bearer ${ADMIN}` } });
      const { attempts } = (await answer.json()) as { attempts: { ms: number }[] };
      return { ms, callMs: attempts.reduce((sum, attempt) => sum + attempt.ms, 0) };
    },
    waiting: async (lane) =>
      (await overview()).byPoolAndLane
        .filter((row) => row.lane === lane && row.state === 'queued')
        .reduce((sum, row) => sum + row.count, 0),
    usable: async () => (await overview()).pools[0]?.usable ?? 0,
  };
}

/** A new company: the subsidiary is named, as an account with several of them demands. */
function record(recordType: string): object {
  const n = made++;
  return {
    recordType,
    action: 'upsert',
    full: true,
    key: { externalId: `SF_ACCT_CAP${n}` },
    fields: {
      companyname: { value: `Capacity ${n}` },
      phone: { value: `+49 30 ${n}` },
      email: { value: `office-${n}@example.com` },
      comments: { value: 'Measured.' },
      subsidiary: {
        ref: { recordType: 'subsidiary', key: { field: 'name', value: 'Parent Company' } },
        write: 'onCreate',
      },
    },
  };
}
