import { once } from 'node:events';
import { connect } from 'node:net';
import {
  ADMIN,
  KEY,
  relayFolder,
  StandInNetSuite,
  startRelayProcess,
  type RelayProcess,
} from '../../helpers/relay-process';

let netsuite: StandInNetSuite;
let folder: ReturnType<typeof relayFolder>;
let relay: RelayProcess;

beforeEach(async () => {
  netsuite = new StandInNetSuite();
  folder = relayFolder(await netsuite.start(), {
    timeouts: { connectMs: 500, budgetMs: 2_000, lateWriterMarginMs: 500, answerMarginMs: 1_000, drainMs: 4_000 },
  });
  relay = await startRelayProcess(folder.file);
});
afterEach(async () => {
  relay.child.kill('SIGKILL');
  await relay.exited;
  await netsuite.stop();
  folder.remove();
});

const send = (name: string, count: number, lane: 'realtime' | 'bulk', headers: Record<string, string> = {}) =>
  fetch(`${relay.url}/v1/upserts`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${KEY}`,
      'content-type': 'application/json',
      'idempotency-key': name,
      ...headers,
    },
    body: JSON.stringify({
      source: 'direct',
      options: { lane },
      records: Array.from({ length: count }, (_, at) => ({
        recordType: 'customer',
        action: 'upsert',
        key: { externalId: `${name}_${at}` },
        fields: { phone: { value: '1' } },
      })),
    }),
  });

const counts = async () => {
  const answer = await fetch(`${relay.url}/v1/admin/overview`, { headers: { authorization: `Bearer ${ADMIN}` } });
  const { accepted, byState } = (await answer.json()) as { accepted: number; byState: Record<string, number> };
  return { accepted, done: byState['done'] ?? 0 };
};

async function until(so: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await so())) await new Promise((resolve) => setTimeout(resolve, 25));
}

const reloads = () => relay.log().split('configuration reloaded').length - 1;

test('the configuration is read anew under load: every request is answered as before, nothing is lost and nothing doubled', async () => {
  let open = true;
  const statuses: number[] = [];
  const senders = Array.from({ length: 4 }, async (_, sender) => {
    for (let n = 0; open; n++) statuses.push((await send(`R${sender}_${n}`, 1, 'realtime')).status);
  });
  for (let reload = 1; reload <= 8; reload++) {
    folder.write({ limits: { requests: { quota: 100_000 + reload, windowSeconds: 60 } } });
    relay.child.kill('SIGHUP');
    await until(() => reloads() === reload && statuses.length >= reload * 8);
  }
  open = false;
  await Promise.all(senders);
  expect(new Set(statuses)).toEqual(new Set([202]));
  await until(async () => (await counts()).done === statuses.length);
  expect(await counts()).toEqual({ accepted: statuses.length, done: statuses.length });
  expect([...netsuite.applied.values()].every((times) => times === 1)).toBe(true);
});

test('SIGTERM amid a load, waiting callers, an open stream and half a request: ends with 0 in its time; who waited is told that it is stored', async () => {
  expect((await send('LOAD', 400, 'bulk')).status).toBe(202);
  await until(() => netsuite.applied.size > 0);
  // From now on NetSuite answers nobody: the waiting callers' records are written, and their outcome is not known.
  netsuite.misbehave = ({ apply }) => {
    apply();
    return true;
  };
  const stream = await fetch(`${relay.url}/v1/admin/stream`, { headers: { authorization: `Bearer ${ADMIN}` } });
  const half = connect(Number(new URL(relay.url).port), '127.0.0.1');
  half.on('error', () => undefined);
  await once(half, 'connect');
  half.write(`POST /v1/upserts HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${KEY}\r\nContent-Length: 500\r\n\r\n{`);
  const before = netsuite.calls.length;
  const waiting = Array.from({ length: 5 }, (_, at) => send(`WAIT${at}`, 1, 'realtime', { prefer: 'wait=25' }));
  await until(async () => netsuite.calls.length > before && (await counts()).accepted === 405);

  const asked = Date.now();
  relay.child.kill('SIGTERM');
  expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
  expect(await relay.exited).toBe(0);
  // The drain is four seconds; the rest is room for a busy machine.
  expect(Date.now() - asked).toBeLessThan(30_000);
  await stream.text().catch(() => undefined);

  netsuite.misbehave = null;
  relay = await startRelayProcess(folder.file);
  await until(async () => (await counts()).done === 405);
  expect(await counts()).toEqual({ accepted: 405, done: 405 });
  expect(new Set(netsuite.order).size).toBe(netsuite.order.length);
});
