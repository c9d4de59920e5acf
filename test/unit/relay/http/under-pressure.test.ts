import { EventEmitter } from 'node:events';
import { Webhook } from 'standardwebhooks';
import { getStream } from '../../../../relay/http/routes/stream';
import type { RouteContext } from '../../../../relay/http/request-context';
import { StoreUnavailable } from '../../../../relay/store/errors';
import type { StoreStats } from '../../../../relay/store/types';
import { KEYS, startHttpRelay, WHSEC, type HttpRelay } from '../../../helpers/http-relay';
import { account, envelope, expectProblem, sendUpserts } from '../../../helpers/upsert-calls';

let relay: HttpRelay;
afterEach(() => relay.close());

describe('a full queue', () => {
  const hook = (id: string): Promise<Response> => {
    const body = JSON.stringify({
      type: 'companies.updated',
      data: { id, properties: { name: 'Acme', hs_object_id: id } },
    });
    const at = new Date();
    return relay.call('/v1/hooks/standard/hubspot', {
      method: 'POST',
      key: null,
      body,
      headers: {
        'webhook-id': `msg_${id}`,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Webhook(WHSEC).sign(`msg_${id}`, at, body),
      },
    });
  };

  test('keeps signed notifications outside too: their senders repeat them', async () => {
    relay = await startHttpRelay({ limits: { queue: 1 } });
    expect((await hook('33')).status).toBe(204);
    // A count of what waits is used for a second.
    relay.setNow(Date.now() + 1_500);
    const refused = await hook('34');
    expect(refused.headers.get('retry-after')).toBe('60');
    await expectProblem(refused, 503, 'queue-full');
    expect(await relay.store.operations()).toHaveLength(1);
  });

  test('is told to nobody whose signature does not fit', async () => {
    relay = await startHttpRelay({ limits: { queue: 1 } });
    await hook('35');
    relay.setNow(Date.now() + 1_500);
    const unsigned = await relay.call('/v1/hooks/standard/hubspot', { method: 'POST', key: null, body: '{}' });
    await expectProblem(unsigned, 401, 'signature-invalid');
  });
});

describe('a store that can not be asked', () => {
  const gone = () => Promise.reject(new StoreUnavailable('disconnected', "PostgreSQL can't be reached."));

  test('is a 503 with a time to come back, for what is read as for what is written', async () => {
    relay = await startHttpRelay();
    Object.assign(relay.store, { getOperation: gone, listOperations: gone, listFailures: gone, stats: gone });
    for (const path of ['/v1/operations', '/v1/operations/op_0000000001abcdef', '/v1/failures']) {
      const answer = await relay.call(path);
      expect(answer.headers.get('retry-after')).toBe('10');
      await expectProblem(answer, 503, 'store-unavailable');
    }
    await expectProblem(await sendUpserts(relay, envelope(account())), 503, 'store-unavailable');
  });
});

test('a record that is put with a key of no valid form is refused: without its key a repeat would count as new', async () => {
  relay = await startHttpRelay();
  const put = (key: string): Promise<Response> =>
    relay.call('/v1/records/customer/ERP_1', {
      method: 'PUT',
      key: KEYS.direct,
      json: { fields: { companyname: { value: 'A' } } },
      headers: { 'idempotency-key': key },
    });
  await expectProblem(await put('k'.repeat(300)), 400, 'invalid-request');
  expect(await relay.store.operations()).toHaveLength(0);
  expect((await put('k')).status).toBe(202);
  expect((await put('k')).status).toBe(202);
  expect(await relay.store.operations()).toHaveLength(1);
});

describe('the console’s stream', () => {
  /** A caller that leaves `when`: how many still listen to the store after it. */
  async function listenersAfter(when: 'before' | 'during' | 'after'): Promise<number> {
    relay = await startHttpRelay();
    const { store } = relay;
    let listening = 0;
    const counted =
      (subscribe: (listener: () => void) => () => void) =>
      (listener: () => void): (() => void) => {
        listening += 1;
        const stop = subscribe(listener);
        return () => {
          listening -= 1;
          stop();
        };
      };
    let counts: (stats: StoreStats) => void = () => undefined;
    const asked = new Promise<StoreStats>((resolve) => (counts = resolve));
    const stats = await store.stats();
    Object.assign(store, { onSettled: counted(store.onSettled), onWork: counted(store.onWork), stats: () => asked });
    const response = Object.assign(new EventEmitter(), {
      destroyed: false,
      status: () => response,
      set: () => response,
      flushHeaders: () => undefined,
      write: () => true,
      end: () => undefined,
    });
    const request = new EventEmitter();
    const leave = (): void => {
      response.destroyed = true;
      response.emit('close');
      request.emit('close');
    };
    const principal = { actions: new Set(['admin']), source: 'ops', objects: null, actor: 'ops' };
    if (when === 'before') leave();
    const context = { services: relay.services, principal, response, request };
    const streaming = getStream(context as unknown as RouteContext);
    if (when === 'during') leave();
    counts(stats);
    await streaming;
    if (when === 'after') leave();
    return listening;
  }

  test.each(['before', 'during', 'after'] as const)(
    'leaves no listener behind for a caller that leaves %s the first counts',
    async (when) => {
      expect(await listenersAfter(when)).toBe(0);
    },
  );
});
