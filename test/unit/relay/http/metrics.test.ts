import { Webhook } from 'standardwebhooks';
import { countOutcomes } from '../../../../relay/http/metrics';
import { StoreUnavailable } from '../../../../relay/store/errors';
import type { TakenOperation } from '../../../../relay/store/types';
import { KEYS, startHttpRelay, WHSEC, type HttpRelay } from '../../../helpers/http-relay';

let relay: HttpRelay;
beforeEach(async () => {
  relay = await startHttpRelay();
});
afterEach(() => relay.close());

const scrape = async (): Promise<string> => (await relay.call('/metrics', { key: null })).text();

test('while the store can not be asked the metrics of everything else are told, none of the store, and that it is away', async () => {
  expect(await scrape()).toMatch(/^suiterelay_store_up 1$/m);
  const gone = () => Promise.reject(new StoreUnavailable('disconnected', "PostgreSQL can't be reached."));
  const { stats, pools } = relay.store;
  Object.assign(relay.store, { stats: gone, pools: gone });
  const text = await scrape();
  expect(text).toMatch(/^suiterelay_store_up 0$/m);
  expect(text).toMatch(/^suiterelay_http_requests_total\{route="\/metrics",status="200"\} 1$/m);
  expect(text).not.toMatch(/^suiterelay_(operations\{|oldest_queued_seconds|slots)/m);
  Object.assign(relay.store, { stats, pools });
  expect(await scrape()).toMatch(/^suiterelay_oldest_queued_seconds 0$/m);
});

test('what callers name their objects makes a bounded number of time series', async () => {
  const send = (from: number) =>
    relay.call('/v1/upserts', {
      key: KEYS.direct,
      headers: { 'idempotency-key': `many-${from}` },
      json: {
        source: 'direct',
        object: `object-${from}`,
        records: [{ recordType: 'customer', action: 'upsert', key: { externalId: `E${from}` }, fields: {} }],
      },
    });
  for (let at = 0; at < 600; at += 1) expect((await send(at)).status).toBe(202);
  const count = countOutcomes(relay.services.metrics, Date.now);
  for (let seq = 0; seq < 600; seq += 1)
    count(
      [{ seq, flow: null, object: `object-${seq}`, createdAt: 0 } as TakenOperation],
      [{ seq, to: 'done', result: 'created', internalId: '1', warnings: [] }],
    );
  const lines = (await scrape()).split('\n');
  const accepted = lines.filter((line) => line.startsWith('suiterelay_operations_accepted_total{'));
  expect(accepted.length).toBeLessThanOrEqual(501);
  expect(accepted.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)).toBe(600);
  expect(lines.filter((line) => line.startsWith('suiterelay_flow_outcomes_total{')).length).toBeLessThanOrEqual(501);
});

test('a notification that comes again counts as accepted once', async () => {
  const body = JSON.stringify({
    type: 'companies.updated',
    data: { id: '33', properties: { name: 'Acme', hs_object_id: '33' } },
  });
  const at = new Date();
  const headers = {
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(WHSEC).sign('msg_1', at, body),
  };
  for (let times = 0; times < 3; times += 1)
    await relay.call('/v1/hooks/standard/hubspot', { method: 'POST', key: null, body, headers });
  expect(await scrape()).toContain('suiterelay_operations_accepted_total{source="hubspot",object="companies"} 1\n');
});
