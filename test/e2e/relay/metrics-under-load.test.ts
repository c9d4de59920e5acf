import { setTimeout as sleep } from 'node:timers/promises';
import { ADMIN, KEY } from '../../helpers/relay-process';
import { relayStage } from '../../helpers/relay-stage';

const stage = relayStage();
const REQUESTS = 24;
const EACH = 25;
const ALL = REQUESTS * EACH;
const STATES = ['queued', 'sending', 'retrying', 'done', 'review'] as const;

let url: string;
const overview = async () =>
  (await (await fetch(`${url}/v1/admin/overview`, { headers: { authorization: `Bearer ${ADMIN}` } })).json()) as {
    accepted: number;
    byState: Record<string, number>;
  };

/** The value of one series; of all its labels together when none are given. */
async function scrape(): Promise<(name: string, labels?: string) => number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return (name, labels) =>
    text
      .split('\n')
      .filter((line) =>
        labels === undefined ? new RegExp(`^${name}[{ ]`).test(line) : line.startsWith(`${name}{${labels}} `),
      )
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}

async function send(part: number): Promise<number> {
  const records = Array.from({ length: EACH }, (_, at) => ({
    recordType: 'customer',
    action: 'upsert',
    key: { externalId: `M${part}_${at}` },
    fields: { phone: { value: '1' } },
  }));
  const answer = await fetch(`${url}/v1/upserts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json', 'idempotency-key': `part-${part}` },
    body: JSON.stringify({ source: 'direct', records }),
  });
  return answer.status;
}

test('metrics agree with the store at every moment of a load, and to the last operation after it; a restart takes nothing from what they tell of the store', async () => {
  const { netsuite } = stage;
  netsuite.delayMs = 20;
  for (let part = 0; part < REQUESTS; part++) netsuite.refused.set(`M${part}_3`, 'not valid');
  const relay = await stage.start();
  ({ url } = relay);
  const sending = Promise.all(Array.from({ length: REQUESTS }, (_, part) => send(part)));
  let looks = 0;
  for (let open = ALL; open > 0; looks++) {
    const before = await overview();
    const read = await scrape();
    const after = await overview();
    const held = STATES.reduce((sum, state) => sum + read('suiterelay_operations', `state="${state}"`), 0);
    expect(held).toBe(read('suiterelay_operations'));
    expect(held).toBeGreaterThanOrEqual(before.accepted);
    expect(held).toBeLessThanOrEqual(after.accepted);
    for (const state of ['done', 'review']) {
      const told = read('suiterelay_operations', `state="${state}"`);
      expect(told).toBeGreaterThanOrEqual(before.byState[state] ?? 0);
      expect(told).toBeLessThanOrEqual(after.byState[state] ?? 0);
    }
    expect(read('suiterelay_slots', 'pool="TSTDRV1000001",kind="in_use"')).toBeLessThanOrEqual(5);
    open = ALL - (after.byState['done'] ?? 0) - (after.byState['review'] ?? 0);
  }
  expect(looks).toBeGreaterThan(1);
  expect(new Set(await sending)).toEqual(new Set([202]));

  // What this process saw is counted after it is stored.
  let read = await scrape();
  for (
    const end = Date.now() + 30_000;
    read('suiterelay_operations_settled_total') < ALL && Date.now() < end;
    read = await scrape()
  )
    await sleep(50);
  const told = {
    accepted: read('suiterelay_operations_accepted_total'),
    done: read('suiterelay_operations_settled_total', 'state="done"'),
    review: read('suiterelay_operations_settled_total', 'state="review"'),
    answered: read('suiterelay_http_requests_total', 'route="/v1/upserts",status="202"'),
    timed: read('suiterelay_http_request_seconds_count', 'route="/v1/upserts"'),
  };
  expect(told).toEqual({ accepted: ALL, done: ALL - REQUESTS, review: REQUESTS, answered: REQUESTS, timed: REQUESTS });
  expect((await overview()).byState).toMatchObject({ done: told.done, review: told.review });
  expect(netsuite.applied.size).toBe(told.done);

  relay.child.kill('SIGKILL');
  await relay.exited;
  ({ url } = await stage.start());
  read = await scrape();
  expect(STATES.map((state) => read('suiterelay_operations', `state="${state}"`))).toEqual([
    0,
    0,
    0,
    told.done,
    told.review,
  ]);
  expect(read('suiterelay_operations_accepted_total')).toBe(0);
});
