import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { createApp } from '../../../../relay/http/create-app';
import { listen, type RunningServer } from '../../../../relay/runtime/http-server';
import { KEYS, startHttpRelay, type HttpRelay } from '../../../helpers/http-relay';
import { account, envelope } from '../../../helpers/upsert-calls';

let relay: HttpRelay;
let server: RunningServer;
const sockets: Socket[] = [];

beforeEach(async () => {
  relay = await startHttpRelay();
  const { config } = relay.services.settings();
  const local = { ...config.listen, host: '127.0.0.1', port: 0 };
  // As in production, only sooner.
  server = await listen({ listen: local }, { headersMs: 300, requestMs: 600, lookMs: 50 });
  server.serve(createApp(relay.services));
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server.stop(0);
  await relay.close();
});

/** A connection on which anything can be sent; `text` is all that came back so far. */
async function open(): Promise<{ socket: Socket; text: () => string; ended: Promise<unknown> }> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  sockets.push(socket);
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  socket.on('error', () => undefined);
  const ended = new Promise((resolve) => socket.once('close', resolve));
  await once(socket, 'connect');
  return { socket, text: () => text, ended };
}

/** What is answered to the very bytes given. */
async function exchange(...lines: string[]): Promise<string> {
  const { socket, text, ended } = await open();
  socket.write(lines.join('\r\n'));
  await ended;
  return text();
}

const body = JSON.stringify(envelope(account()));
const head = (...more: string[]): string[] => [
  'POST /v1/upserts HTTP/1.1',
  'Host: relay',
  'Connection: close',
  'Content-Type: application/json',
  ...more,
];
const authorization = `Authorization: Bearer ${KEYS.salesforce}`;
const length = `Content-Length: ${Buffer.byteLength(body)}`;
const stored = async () => (await relay.store.stats()).accepted;

test.each([
  ['two idempotency keys', ['Idempotency-Key: a', 'Idempotency-Key: b', authorization, length], 'idempotency-key'],
  ['two credentials', ['Idempotency-Key: a', authorization, 'Authorization: Bearer other', length], 'authorization'],
  ['two content types', ['Idempotency-Key: a', authorization, 'Content-Type: text/plain', length], 'content-type'],
])('%s in one request are refused by name, and nothing is stored', async (_what, headers, named) => {
  const answer = await exchange(...head(...headers), '', body);
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer).toContain(`names ${named} more than once`);
  expect(await stored()).toBe(0);
});

test.each([
  ['a length and chunks', [length, 'Transfer-Encoding: chunked']],
  ['two lengths', [length, 'Content-Length: 5']],
  ['a transfer encoding nobody knows', ['Transfer-Encoding: chunked, cow']],
])(
  '%s leave open where the request ends: 400, the connection is closed, and nothing is stored',
  async (_what, framing) => {
    const smuggled = 'GET /healthz HTTP/1.1\r\nHost: relay\r\n\r\n';
    const answer = await exchange(...head('Idempotency-Key: a', authorization, ...framing), '', `${body}${smuggled}`);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    expect(await stored()).toBe(0);
  },
);

test('callers that dribble headers or a body are cut off in their time, and keep nobody else waiting', async () => {
  const slow = await Promise.all(
    Array.from({ length: 200 }, async (_, at) => {
      const { socket, ended } = await open();
      const begun =
        at % 2 === 0 ? 'GET /healthz HTTP/1.1\r\nX-A: ' : `${head(authorization, length).join('\r\n')}\r\n\r\n{`;
      socket.write(begun);
      const dribble = setInterval(() => socket.write('a'), 20);
      void ended.then(() => clearInterval(dribble));
      return { ended };
    }),
  );
  const honest = await fetch(`${server.url}/v1/upserts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEYS.salesforce}`, 'idempotency-key': 'h', 'content-type': 'application/json' },
    body,
  });
  expect(honest.status).toBe(202);
  await Promise.all(slow.map(({ ended }) => ended));
  expect(await stored()).toBe(1);
});

test('a body that is compressed twice, or grows beyond the limit, is refused before it takes memory', async () => {
  const huge = gzipSync(Buffer.alloc(64 * 1024 * 1024, 32));
  const before = process.memoryUsage().rss;
  for (const [encoding, content, status] of [
    ['gzip', huge, 413],
    ['gzip, gzip', gzipSync(gzipSync(body)), 415],
    ['br', Buffer.from(body), 415],
  ] as const) {
    const answer = await fetch(`${server.url}/v1/upserts`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${KEYS.salesforce}`,
        'idempotency-key': encoding,
        'content-type': 'application/json',
        'content-encoding': encoding,
      },
      body: content,
    });
    expect(answer.status).toBe(status);
  }
  expect(process.memoryUsage().rss - before).toBeLessThan(40 * 1024 * 1024);
});

test('U+0000 is refused wherever it comes in, with a pointer, whatever the store: no database keeps it and NetSuite does not know it', async () => {
  const direct = (externalId: string, phone: string) => ({
    source: 'direct',
    records: [{ recordType: 'customer', action: 'upsert', key: { externalId }, fields: { phone: { value: phone } } }],
  });
  const send = (json: unknown, key: string) =>
    relay.call('/v1/upserts', { key: KEYS.direct, json, headers: { 'idempotency-key': key } });
  for (const [json, pointer] of [
    [direct('A\u0000B', '1'), '#/records/0/key/externalId'],
    [direct('AB', '1\u0000'), '#/records/0/fields/phone/value'],
  ] as const) {
    const answer = await send(json, 'nul');
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ code: 'validation-failed', errors: [{ pointer }] });
  }
  expect((await send(direct('AB', 'a backslash before: \\u0000'), 'no-nul')).status).toBe(202);
  expect((await relay.call('/v1/operations/op_%00')).status).toBe(400);
  expect((await relay.call('/v1/operations?externalId=A%00')).status).toBe(400);
});

test('a method that a path does not take is answered with those that it takes', async () => {
  const answer = await relay.call('/v1/upserts');
  expect(answer.status).toBe(405);
  expect(answer.headers.get('allow')).toBe('POST');
  expect(await answer.json()).toMatchObject({ code: 'method-not-allowed', retryable: false });
  expect((await relay.call('/v1/operations/op_1', { method: 'DELETE' })).headers.get('allow')).toBe('GET, HEAD');
  expect((await relay.call('/v1/nothing')).status).toBe(404);
});

test.each(['__proto__', '__prot\\u006f__'])(
  'a member named %s, which copies of a record would lose without a word, is refused',
  async (name) => {
    const answer = await fetch(`${server.url}/v1/upserts`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${KEYS.direct}`,
        'idempotency-key': 'proto',
        'content-type': 'application/json',
      },
      body: `{"source":"direct","records":[{"recordType":"customer","action":"upsert","key":{"externalId":"P"},"fields":{"${name}":{"value":"x"}}}]}`,
    });
    expect({ status: answer.status, text: await answer.text() }).toEqual({
      status: 422,
      text: expect.stringContaining('named __proto__'),
    });
    expect(await stored()).toBe(0);
  },
);

test.each([
  ['an external id on two lines', '"key":{"externalId":"A\\nB"},"fields":{}', '#/records/0/key/externalId'],
  ['an id of the CRM with a tab', '"key":{"externalId":"A","crmId":"1\\t2"},"fields":{}', '#/records/0/key/crmId'],
  [
    'a line known by a text on two lines',
    '"key":{"externalId":"A"},"fields":{},"sublists":{"item":{"keyField":"custcol_srl_line_key","mode":"merge","lines":[{"key":"1\\r\\n2","fields":{}}]}}',
    '#/records/0/sublists/item/lines/0/key',
  ],
  [
    'a number that JavaScript would round',
    '"key":{"externalId":"A"},"fields":{"creditlimit":{"value":9007199254740993}}',
    '#/records/0/fields/creditlimit/value',
  ],
  [
    'a member that stands twice',
    '"key":{"externalId":"A"},"fields":{"phone":{"value":"1"},"phone":{"value":"2"}}',
    '#/records/0/fields/phone',
  ],
  [
    'half a character',
    '"key":{"externalId":"A"},"fields":{"phone":{"value":"\\ud83d"}}',
    '#/records/0/fields/phone/value',
  ],
])('%s is refused with its place, and nothing is stored', async (_what, record, pointer) => {
  const answer = await relay.call('/v1/upserts', {
    key: KEYS.direct,
    method: 'POST',
    headers: { 'idempotency-key': 'changed', 'content-type': 'application/json' },
    body: `{"source":"direct","records":[{"recordType":"salesorder","action":"upsert",${record}}]}`,
  });
  expect(answer.status).toBe(422);
  expect(await answer.json()).toMatchObject({ code: 'validation-failed', errors: [{ pointer }] });
  expect(await stored()).toBe(0);
});

test('a caller that ends its half of the connection after its request is answered; one that does so within it has stored nothing', async () => {
  const whole = await open();
  whole.socket.end([...head('Idempotency-Key: half', authorization, length), '', body].join('\r\n'));
  await whole.ended;
  expect(whole.text()).toMatch(/^HTTP\/1\.1 202 /);
  const cut = await open();
  cut.socket.end([...head('Idempotency-Key: cut', authorization, length), '', body.slice(0, -5)].join('\r\n'));
  await cut.ended;
  expect(cut.text()).not.toMatch(/ 20\d /);
  expect(await stored()).toBe(1);
});

test('a caller that waits for the outcome and leaves is waited for no longer, and what it sent stays', async () => {
  const { socket } = await open();
  const waits = jest.spyOn(relay.services.settlements, 'waitFor');
  socket.write([...head('Idempotency-Key: w', 'Prefer: wait=25', authorization, length), '', body].join('\r\n'));
  while (waits.mock.results.length === 0) await setTimeout(10);
  socket.destroy();
  expect(await waits.mock.results[0]?.value).toBe(false);
  expect(await stored()).toBe(1);
});
