import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerResponse } from 'node:http';
import { ADMIN, KEY, relayFolder, StandInNetSuite, startRelayProcess } from '../../helpers/relay-process';
import type { RelayProcess } from '../../helpers/relay-process';
import { freePort } from '../../helpers/free-port';
import { newDatabase, stopPostgres } from '../../helpers/postgres';

/** NetSuite, and what stands between, at their worst. A lost call is over after 1 s + 1 s here. */
const LATE_MS = 2_000;
let netsuite: StandInNetSuite;
let folder: ReturnType<typeof relayFolder>;
let relay: RelayProcess;

beforeEach(async () => {
  netsuite = new StandInNetSuite();
  folder = relayFolder(await netsuite.start(await freePort()), {
    timeouts: { connectMs: 300, budgetMs: 1_000, answerMarginMs: 500, lateWriterMarginMs: 1_000 },
    dispatch: { retry: { firstMs: 100 } },
  });
  relay = await startRelayProcess(folder.file);
});

afterEach(async () => {
  relay.child.kill('SIGKILL');
  await relay.exited;
  await netsuite.stop();
  folder.remove();
});

afterAll(stopPostgres);

/** Another relay in its place, on the same store unless it is told another. */
async function restartWith(settings: Record<string, unknown>, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  relay.child.kill(signal);
  await relay.exited;
  folder.write(settings);
  relay = await startRelayProcess(folder.file);
}

let sent = 0;
async function send(...externalIds: string[]): Promise<string[]> {
  const records = externalIds.map((externalId) => ({
    recordType: 'customer',
    action: 'upsert',
    key: { externalId },
    fields: { phone: { value: '1' } },
  }));
  const answer = await fetch(`${relay.url}/v1/upserts`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${KEY}`,
      'content-type': 'application/json',
      'idempotency-key': `hostile-${sent++}`,
    },
    body: JSON.stringify({ source: 'direct', records }),
  });
  const { operations } = (await answer.json()) as { operations: { operationId: string }[] };
  return operations.map(({ operationId }) => operationId);
}

interface Operation {
  state: string;
  result?: string;
  attemptCount: number;
  attempts: { status: number | null; code?: string }[];
}

const operation = async (id: string | undefined): Promise<Operation> =>
  (await (
    await fetch(`${relay.url}/v1/operations/${id ?? ''}`, { headers: { authorization: `Bearer ${KEY}` } })
  ).json()) as Operation;

const pool = async () => {
  const answer = await fetch(`${relay.url}/v1/admin/overview`, { headers: { authorization: `Bearer ${ADMIN}` } });
  const { pools } = (await answer.json()) as {
    pools: { breaker: { state: string }; usable: number; inUse: number; coolingUntil: number | null }[];
  };
  return pools[0];
};

async function done(...ids: (string | undefined)[]): Promise<Operation[]> {
  for (;;) {
    const operations = await Promise.all(ids.map(operation));
    if (operations.every(({ state }) => state === 'done')) return operations;
    await sleep(25);
  }
}

const answer = (response: ServerResponse, status: number, body: string, headers: Record<string, string> = {}) =>
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
const login = JSON.stringify({ error: { code: 'INVALID_LOGIN_ATTEMPT', message: 'Invalid login attempt.' } });

test('P13 the connection breaks after the write: the same operation goes again at once and is recognised, its successor waits for it', async () => {
  netsuite.misbehave = ({ nth, response, apply }) => {
    if (nth > 1) return false;
    apply();
    response.destroy();
    return true;
  };
  const [first] = await send('A');
  const [second] = await send('A');
  const [one, two] = await done(first, second);
  expect(one).toMatchObject({ result: 'duplicate', attemptCount: 2 });
  expect(two).toMatchObject({ result: 'created', attemptCount: 1 });
  expect(netsuite.applied.get(first ?? '')).toBe(2);
  expect(netsuite.applied.get(second ?? '')).toBe(1);
});

test('P13 nobody answers: the call is given up after its budget and margin, its slot is held until nothing more can be written', async () => {
  netsuite.misbehave = ({ nth }) => nth === 1;
  const begun = Date.now();
  const [id] = await send('A');
  const [one] = await done(id);
  expect(one?.attempts[0]).toMatchObject({ status: null, code: 'UND_ERR_HEADERS_TIMEOUT' });
  expect((netsuite.calls[1] ?? 0) - begun).toBeGreaterThanOrEqual(1_400);
  const held = await pool();
  if (Date.now() - (netsuite.calls[0] ?? 0) < LATE_MS - 100) expect(held).toMatchObject({ inUse: 1 });
  while ((await pool())?.inUse !== 0) await sleep(50);
  expect(Date.now() - (netsuite.calls[0] ?? 0)).toBeGreaterThanOrEqual(LATE_MS - 100);
});

test('a gateway that answers HTML, and an answer cut in half, leave the outcome unknown: tried again, applied once more at most', async () => {
  netsuite.misbehave = ({ nth, response, apply }) => {
    if (nth === 1) answer(response, 502, '<html>bad gateway</html>', { 'content-type': 'text/html' });
    else if (nth === 2) {
      apply();
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"contract":1,');
      response.socket?.destroySoon();
    } else if (nth === 3) answer(response, 200, '{"maintenance":true}');
    else return false;
    return true;
  };
  const [id] = await send('A');
  const [one] = await done(id);
  expect(one).toMatchObject({ result: 'duplicate', attemptCount: 4 });
  expect(one?.attempts.map(({ status }) => status)).toEqual([502, null, 200, 200]);
});

test('Retry-After is honoured: nothing is sent before, and no attempt is counted', async () => {
  const refusal = JSON.stringify({ error: { code: 'SSS_REQUEST_LIMIT_EXCEEDED', message: 'Request Limit Exceeded' } });
  netsuite.misbehave = ({ nth, response }) => {
    if (nth > 1) return false;
    answer(response, 429, refusal, { 'retry-after': '1' });
    return true;
  };
  const ids = await send('A', 'B');
  const operations = await done(...ids);
  expect((netsuite.calls[1] ?? 0) - (netsuite.calls[0] ?? 0)).toBeGreaterThanOrEqual(950);
  expect(operations.map(({ attemptCount }) => attemptCount)).toEqual([1, 1]);
});

test('P16 a login refused while other calls are under way is the account’s limit: it is tried again, and nothing is stopped', async () => {
  // The call that is held is given up long after this test, however slow the machine.
  await restartWith({ timeouts: { connectMs: 5_000, budgetMs: 200_000, answerMarginMs: 30_000 } });
  await done(...(await send('FIRST')));
  const held: ServerResponse[] = [];
  netsuite.misbehave = ({ nth, response }) => {
    if (nth === 2) held.push(response);
    else if (nth === 3) answer(response, 401, login);
    else return false;
    return true;
  };
  await send('HELD');
  while (netsuite.calls.length < 2) await sleep(5);
  const [id] = await send('REFUSED');
  const [one] = await done(id);
  expect(one).toMatchObject({ attemptCount: 1, result: 'created' });
  expect(await pool()).toMatchObject({ breaker: { state: 'closed' } });
  for (const response of held) response.destroy();
});

test('P32 refused credentials stop the calls after three tries, and cost no attempt', async () => {
  netsuite.misbehave = ({ response }) => {
    answer(response, 401, login);
    return true;
  };
  const ids = await send('A', 'B', 'C');
  while (netsuite.calls.length < 3) await sleep(25);
  await sleep(1_000);
  expect(netsuite.calls).toHaveLength(3);
  expect(await pool()).toMatchObject({ breaker: { state: 'open' } });
  expect(await operation(ids[0])).toMatchObject({ state: 'queued', attemptCount: 0 });
});

test('an account that can not be reached stops the calls for moments; everything goes once it is back', async () => {
  const port = Number(new URL(folder.baseUrl).port);
  await netsuite.stop();
  const ids = await send('A', 'B');
  while ((await pool())?.breaker.state !== 'open') await sleep(25);
  // From time to time one is tried, and comes back.
  while ((await operation(ids[0])).state !== 'queued') await sleep(25);
  expect(await operation(ids[0])).toMatchObject({ attemptCount: 0 });
  netsuite = new StandInNetSuite();
  await netsuite.start(port);
  const operations = await done(...ids);
  expect(operations.every(({ attemptCount }) => attemptCount === 1)).toBe(true);
});

test('calls that were stopped before a restart go on after it, and are no longer tried one by one', async () => {
  const port = Number(new URL(folder.baseUrl).port);
  await netsuite.stop();
  const ids = await send('A', 'B', 'C');
  while ((await pool())?.breaker.state !== 'open') await sleep(25);
  relay.child.kill('SIGKILL');
  await relay.exited;
  netsuite = new StandInNetSuite();
  await netsuite.start(port);
  await restartWith({});
  await done(...ids);
  expect(await pool()).toMatchObject({ breaker: { state: 'closed' } });
});

test('a NetSuite that answers nobody stops the calls and costs no operation more than the attempts that showed it; everything goes once it is back', async () => {
  let away = true;
  netsuite.misbehave = ({ response }) => {
    if (away) answer(response, 503, 'The service is unavailable.', { 'content-type': 'text/plain' });
    return away;
  };
  const ids = await send('A', 'B', 'C', 'D');
  while (netsuite.calls.length < 6) await sleep(25);
  const [third = 0, fourth = 0, fifth = 0, sixth = 0] = netsuite.calls.slice(2);
  // The gaps include the pauses between the tries, which double from a second on.
  expect(fourth - third).toBeGreaterThanOrEqual(950);
  expect(fifth - fourth).toBeGreaterThanOrEqual(1_900);
  expect(sixth - fifth).toBeGreaterThanOrEqual(3_800);
  away = false;
  const operations = await done(...ids);
  expect(Math.max(...operations.map(({ attemptCount }) => attemptCount))).toBeLessThanOrEqual(4);
  expect(await pool()).toMatchObject({ breaker: { state: 'closed' } });
});

test('a question without operations whose answer is lost keeps its slot too, until NetSuite is surely done with it', async () => {
  relay.child.kill('SIGTERM');
  await relay.exited;
  netsuite.errands.length = 0;
  netsuite.misbehaveElsewhere = ({ nth, response }) => {
    if (nth === 1) response.destroy();
    return nth === 1;
  };
  folder.write({
    netsuite: [
      {
        account: 'TSTDRV1000001',
        baseUrl: folder.baseUrl,
        auth: { type: 'tba', consumerKey: 'a', consumerSecret: 'b', tokenId: 'c', tokenSecret: 'd' },
        concurrency: { limit: 1 },
        events: { mode: 'pull', everySeconds: 60 },
      },
    ],
  });
  relay = await startRelayProcess(folder.file);
  while (netsuite.errands.length === 0) await sleep(5);
  await done(...(await send('A')));
  const [asked = 0] = netsuite.errands;
  const next = Math.min(netsuite.calls[0] ?? Infinity, netsuite.errands[1] ?? Infinity);
  expect(next - asked).toBeGreaterThanOrEqual(LATE_MS - 100);
});

test('a relay whose clock is two minutes slow holds the slot of a lost call as long as any other: deadlines are by the clock of the store (PostgreSQL)', async () => {
  relay.child.kill('SIGKILL');
  await relay.exited;
  netsuite.misbehave = ({ nth }) => nth === 1;
  folder.write({
    store: { postgres: await newDatabase('slow_clock') },
    netsuite: [
      {
        account: 'TSTDRV1000001',
        baseUrl: folder.baseUrl,
        auth: { type: 'tba', consumerKey: 'a', consumerSecret: 'b', tokenId: 'c', tokenSecret: 'd' },
        concurrency: { limit: 1 },
        events: { mode: 'push' },
      },
    ],
    timeouts: { connectMs: 300, budgetMs: 1_000, answerMarginMs: 500, lateWriterMarginMs: 4_000 },
  });
  relay = await startRelayProcess(folder.file, { clockShiftMs: -120_000 });
  await done(...(await send('A')));
  // Given up after 1.5 s; the only slot, and with it the second call, waits until 5 s have passed.
  expect((netsuite.calls[1] ?? 0) - (netsuite.calls[0] ?? 0)).toBeGreaterThanOrEqual(4_900);
});
