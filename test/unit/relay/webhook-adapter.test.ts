import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CrmCallError, SignInRefused } from '../../../relay/crm/http-call';
import { classifyHubSpot } from '../../../relay/crm/hubspot/hubspot-faults';
import { classifySalesforce } from '../../../relay/crm/salesforce/salesforce-faults';
import { settleOutcome } from '../../../relay/delivery/decide-settlement';
import { WebhookAdapter } from '../../../relay/delivery/webhook-adapter';
import { crmSchema } from '../../../relay/config/schema-crm';

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** What becomes of one delivery to a target that answers so. */
async function deliver(answer: RequestListener) {
  return (await deliverAll(answer, ['op_1']))[0];
}

async function deliverAll(answer: RequestListener, ids: readonly string[]) {
  server = createServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const adapter = new WebhookAdapter(
    crmSchema.parse({ name: 'hook', kind: 'webhook', url, allowPrivateHosts: ['127.0.0.1'] }),
    30_000,
  );
  const items = ids.map((operationId) => ({ operationId, fields: { a: 1 }, crmId: '1' }));
  const batch = { object: 'Account', items } as unknown as Parameters<typeof adapter.writeBatch>[0];
  const outcomes = await adapter.writeBatch(batch, AbortSignal.timeout(30_000));
  await adapter.close();
  return outcomes;
}

test('an answer without end is read as far as it is told, then the connection is ended: no target fills the memory', async () => {
  let sent = 0;
  const endless =
    (status: number): RequestListener =>
    (_request, response) => {
      response.writeHead(status);
      const chunk = Buffer.alloc(16 * 1024, 'x');
      const more = (): void => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.length;
      };
      response.on('drain', more);
      more();
    };
  const before = process.memoryUsage().rss;
  expect(await deliver(endless(200))).toMatchObject({ ok: true });
  server.closeAllConnections();
  server.close();
  expect(await deliver(endless(400))).toMatchObject({ ok: false, fault: { class: 'data', code: 'HTTP_400' } });
  expect(sent).toBeLessThan(64 * 1024 * 1024);
  expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
});

test('a date in Retry-After is waited for', async () => {
  const at = new Date(Date.now() + 90_000).toUTCString();
  const outcome = await deliver((_request, response) => response.writeHead(503, { 'retry-after': at }).end());
  expect(outcome).toMatchObject({ ok: false, fault: { class: 'transient' } });
  const { retryAfterMs = 0 } = outcome && !outcome.ok ? outcome.fault : {};
  expect(retryAfterMs).toBeGreaterThan(60_000);
  expect(retryAfterMs).toBeLessThanOrEqual(90_000);
});

test('a target that asks for rest gets nothing more of the batch, and all of that waits as long as it says', async () => {
  const posted: unknown[] = [];
  const outcomes = await deliverAll(
    (request, response) => {
      posted.push(request.headers['webhook-id']);
      response.writeHead(posted.length === 2 ? 429 : 200, { 'retry-after': '30' }).end();
    },
    ['op_1', 'op_2', 'op_3', 'op_4'],
  );
  expect(posted).toEqual(['op_1', 'op_2']);
  const rested = { ok: false, fault: { class: 'throttle', code: 'HTTP_429', retryAfterMs: 30_000 } };
  expect(outcomes).toMatchObject([{ ok: true }, rested, rested, rested]);
});

test('a target that is out of service, or knows the caller no longer, for good ends as a dead letter, one that is only busy never', async () => {
  const retrySeconds = [1, 60];
  const operation = (attempt: number) =>
    ({ seq: 1, attempt, onFailure: 'release' }) as unknown as Parameters<typeof settleOutcome>[0];
  const plan = { retrySeconds, nowMs: 0, random: () => 0.5 };
  const settled = async (status: number, attempt: number) => {
    const outcome = await deliver((_request, response) => response.writeHead(status).end());
    if (!outcome) throw new Error('no outcome');
    return settleOutcome(operation(attempt), outcome, plan);
  };
  expect(await settled(503, 1)).toMatchObject({ to: 'waiting', counted: true, runAt: 1_000 });
  expect(await settled(503, 3)).toMatchObject({ to: 'dead', error: { code: 'HTTP_503' } });
  expect(await settled(401, 1)).toMatchObject({ to: 'waiting', counted: true, runAt: 1_000 });
  expect(await settled(401, 3)).toMatchObject({ to: 'dead', error: { code: 'HTTP_401' } });
  // As a gateway answers while the target behind it starts anew.
  expect(await settled(404, 1)).toMatchObject({ to: 'waiting', counted: true, runAt: 1_000 });
  expect(await settled(404, 3)).toMatchObject({ to: 'dead', error: { code: 'HTTP_404', class: 'configuration' } });
  expect(await settled(410, 1)).toMatchObject({ to: 'dead' });
  expect(await settled(403, 1)).toMatchObject({ to: 'dead' });
  expect(await settled(429, 3)).toMatchObject({ to: 'waiting', counted: false });
});

test.each([
  ['Salesforce', classifySalesforce],
  ['HubSpot', classifyHubSpot],
])('credentials that %s refuses are no fault of what was to be written', (_crm, classify) => {
  const about = (error: CrmCallError): boolean => classify(error).refusedCaller === true;
  expect(about(new SignInRefused(400, { error: 'invalid_grant' }, undefined))).toBe(true);
  expect(about(new CrmCallError(401, [{ errorCode: 'INVALID_SESSION_ID' }], undefined))).toBe(true);
  expect(about(new SignInRefused(503, '<html>', undefined))).toBe(false);
  expect(about(new CrmCallError(403, {}, undefined))).toBe(false);
});
