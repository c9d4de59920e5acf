import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { buildOpenApi } from '../../../../relay/http/openapi/build-openapi';
import { handleError } from '../../../../relay/http/handle-error';
import { readBody } from '../../../../relay/http/read-body';
import { KEYS, startHttpRelay, type HttpRelay } from '../../../helpers/http-relay';
import { account, envelope, expectProblem, sendUpserts } from '../../../helpers/upsert-calls';

let relay: HttpRelay;
beforeEach(async () => {
  relay = await startHttpRelay({ limits: { queue: 1, bodyBytes: 10_000 } });
});
afterEach(() => relay.close());

test('an ETag is known again when a proxy made a weak one of it, and among others', async () => {
  await sendUpserts(relay, envelope(account()));
  const path = `/v1/operations/${(await relay.store.operations())[0]!.operationId}`;
  const etag = (await relay.call(path)).headers.get('etag')!;
  for (const held of [`W/${etag}`, `"old", W/${etag}`, `W/"old",${etag}`, '*'])
    expect((await relay.call(path, { headers: { 'if-none-match': held } })).status).toBe(304);
  expect((await relay.call(path, { headers: { 'if-none-match': 'W/"old"' } })).status).toBe(200);
});

test('HEAD of the stream ends with its headers: what follows on the connection is answered', async () => {
  const socket = connect(Number(new URL(relay.url).port), '127.0.0.1');
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  const head = `HEAD /v1/admin/stream HTTP/1.1\r\nHost: relay\r\nAuthorization: Bearer ${KEYS.admin}\r\n\r\n`;
  socket.write(`${head}GET /healthz HTTP/1.1\r\nHost: relay\r\nConnection: close\r\n\r\n`);
  await closed;
  expect(text).toContain('text/event-stream');
  expect(text).toContain('{"status":"ok"}');
});

test('a count of what waits does not stand for as long as the clock is set back', async () => {
  await sendUpserts(relay, envelope(account()));
  relay.setNow(Date.now() + 1_500);
  await expectProblem(await sendUpserts(relay, envelope(account())), 503, 'queue-full');
  await relay.store.finish({ to: 'done', result: 'created' });
  relay.setNow(Date.now() - 3_600_000);
  expect((await sendUpserts(relay, envelope(account()))).status).toBe(202);
});

test('a body that does not come in time is 408, to be sent again, and its connection is closed', async () => {
  const { services } = relay;
  const server = createServer((request, response) => {
    readBody(request, 1_000, 50).catch((error: unknown) => {
      const answer = Object.assign(response, {
        set: (headers: Record<string, string>) => Object.entries(headers).map((one) => response.setHeader(...one)),
        status: (code: number) => Object.assign(response, { statusCode: code }),
        type: () => response,
        send: (text: string) => response.end(text),
      });
      handleError(services)(error, Object.assign(request, { path: '/' }) as never, answer as never, () => undefined);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.write('POST / HTTP/1.1\r\nHost: relay\r\nContent-Length: 100\r\n\r\n{');
  await closed;
  expect(text).toMatch(/^HTTP\/1\.1 408 /);
  expect(text).toMatch(/^Connection: close\r$/im);
  expect(text).toContain('"retryable":true');
  server.close();
});

describe('the OpenAPI document', () => {
  test('says which parts of a query are needed', () => {
    const paths = buildOpenApi('3.1', 'https://relay.example.com')['paths'] as Record<string, Record<string, object>>;
    expect(paths['/v1/context']!['get']).toMatchObject({
      parameters: expect.arrayContaining([
        expect.objectContaining({ name: 'customer', required: true }),
        expect.objectContaining({ name: 'source', required: false }),
      ]) as unknown,
    });
  });

  // Each answer is held against the document by the helper that makes the call.
  const json = { 'content-type': 'application/json' };
  const tooLarge = { method: 'POST', body: 'x'.repeat(20_000), headers: json };
  const packed = { method: 'POST', body: '{}', headers: { ...json, 'content-encoding': 'br' } };
  test.each(['/v1/failures/op_1/replay', '/v1/failures/op_1/resolve', '/v1/failures/replay', '/v1/validate'])(
    'names what %s answers to a body that is too large or packed in a way nobody knows',
    async (path) => {
      await expectProblem(await relay.call(path, tooLarge), 413, 'payload-too-large');
      await expectProblem(await relay.call(path, packed), 415, 'unsupported-media-type');
    },
  );

  test('names that undoing is answered with the outcome where that is waited for', async () => {
    await sendUpserts(relay, envelope(account()));
    const update = { to: 'done' as const, result: 'updated' as const, internalId: '1' };
    await relay.store.finish({ ...update, changes: [{ field: 'phone', old: '1', new: '2' }] });
    relay.setNow(Date.now() + 1_500);
    const [{ operationId } = { operationId: '' }] = await relay.store.operations();
    const undoing = relay.call(`/v1/operations/${operationId}/undo`, { method: 'POST', headers: { prefer: 'wait=5' } });
    while ((await relay.store.operations()).length < 2) await new Promise((resolve) => setImmediate(resolve));
    await relay.store.finish(update);
    expect((await undoing).status).toBe(200);
  });
});
