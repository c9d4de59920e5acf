import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { pino } from 'pino';
import { crmSchema } from '../../../relay/config/schema-crm';
import type { CrmConfig } from '../../../relay/config/schema-crm';
import { settleFault } from '../../../relay/delivery/decide-settlement';
import { PoolWorker } from '../../../relay/delivery/pool-worker';
import { WebhookRouter } from '../../../relay/delivery/route-events';
import { EventInlet } from '../../../relay/delivery/take-events';
import { WebhookAdapter } from '../../../relay/delivery/webhook-adapter';
import { writeToCrm } from '../../../relay/delivery/write-to-crm';
import type { ChangeEvent } from '../../../contract';
import { openPostgresStore } from '../../../relay/store/postgres/open-postgres-store';
import { openMemoryStore } from '../../../relay/store/sqlite/open-sqlite-store';
import type { Store, TakenOperation } from '../../../relay/store/types';
import { postgresUrl, stopPostgres } from '../../helpers/postgres';

const SECRET = `whsec_${Buffer.from('a secret of twenty-four bytes or more').toString('base64')}`;
const NEXT = `whsec_${Buffer.from('the next secret, of enough bytes too').toString('base64')}`;
/** Long enough that no machine's own time reaches the next attempt. */
const RETRY = [100, 1_000, 10_000];

const event = (id: string, internalId = '7'): ChangeEvent => ({
  specversion: '1.0',
  id,
  source: '/netsuite/A',
  type: 'com.netsuite.customer.updated.v1',
  subject: `customer/${internalId}`,
  time: '2026-11-21T00:00:00Z',
  datacontenttype: 'application/json',
  sequence: id,
  partitionkey: `customer/${internalId}`,
  data: {
    recordType: 'customer',
    internalId,
    externalId: null,
    lastModified: null,
    changes: [{ field: 'phone', old: '1', new: '2' }],
    origin: { opId: null, version: null, hop: 0, ownSave: false, context: 'USERINTERFACE', user: null },
    foundBy: 'capture',
  },
});

/** A receiver that verifies what it gets with the reference library and answers as told. */
class Receiver {
  readonly got: { id: string; verified: boolean; event: string }[] = [];
  answer: { status: number; headers?: Record<string, string> } = { status: 204 };
  secret = SECRET;
  readonly #server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const headers = request.headers as Record<string, string>;
      let verified = true;
      try {
        new Webhook(this.secret).verify(body, headers);
      } catch {
        verified = false;
      }
      this.got.push({ id: headers['webhook-id'] ?? '', verified, event: (JSON.parse(body) as { id: string }).id });
      response.writeHead(this.answer.status, this.answer.headers).end('no');
    });
  });
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/in`;
  }
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

let receiver: Receiver;
let config: CrmConfig;
let store: Store;
let worker: PoolWorker;
let adapter: WebhookAdapter;
/** Time runs, and jumps where a test says so. */
let jumped: number;
const now = () => Date.now() + jumped;
const log = pino({ level: 'silent' });

async function openStore(engine: 'sqlite' | 'postgres'): Promise<Store> {
  if (engine === 'sqlite') return openMemoryStore(now);
  const schema = `d${randomUUID().replaceAll('-', '')}`;
  return openPostgresStore({ connectionString: await postgresUrl(), schema, offsetMs: () => jumped, connections: 4 });
}

describe.each(['sqlite', 'postgres'] as const)('changes on their way to a webhook (%s)', (engine) => {
  if (engine === 'postgres') afterAll(stopPostgres);

  beforeEach(async () => {
    jumped = 0;
    receiver = new Receiver();
    config = crmSchema.parse({
      name: 'hook',
      kind: 'webhook',
      url: await receiver.start(),
      allowPrivateHosts: ['127.0.0.1'],
      signingSecrets: [SECRET, NEXT],
    });
    store = await openStore(engine);
    adapter = new WebhookAdapter(config, 2_000);
    const plan = { retrySeconds: RETRY, now, random: () => 0.5 };
    worker = new PoolWorker({
      store,
      pool: 'out:hook',
      holder: 'test',
      slots: 2,
      batch: 10,
      leaseMs: 60_000,
      pace: () => Promise.resolve(),
      work: (batch, signal) => writeToCrm(adapter, batch, signal, plan),
      log,
      now,
    });
    await worker.start();
  });
  afterEach(async () => {
    await worker.stop(1_000);
    await adapter.close();
    await store.close();
    await receiver.stop();
  });

  const inlet = () => new EventInlet(store, () => [new WebhookRouter([config], RETRY)], log);
  const states = async () =>
    (await store.listOperations({ pool: 'out:hook' }, { limit: 100 })).items.map(({ state }) => state);
  async function until(done: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await done())) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  /** Moves time to the next attempt. */
  async function pass(ms: number): Promise<void> {
    jumped += ms;
    await store.wake();
  }

  test('changes of a record arrive in their order, signed so that either secret fits', async () => {
    await inlet().take('A', [event('1'), event('2'), event('3'), event('4', '8')]);
    await until(() => receiver.got.length === 4);
    expect(receiver.got.filter(({ event: id }) => id !== '4').map(({ event: id }) => id)).toEqual(['1', '2', '3']);
    expect(receiver.got.every(({ verified }) => verified)).toBe(true);
    receiver.secret = NEXT;
    await inlet().take('A', [event('5')]);
    await until(() => receiver.got.length === 5);
    expect(receiver.got[4]?.verified).toBe(true);
  });

  test('an event that comes twice is delivered once, and the position of the pull is stored with it', async () => {
    expect(await inlet().take('A', [event('1')], { cursors: { 'changes:A': '10' } })).toEqual({
      accepted: 1,
      duplicates: 0,
    });
    expect(await inlet().take('A', [event('1')], { cursors: { 'changes:A': '11' } })).toEqual({
      accepted: 0,
      duplicates: 1,
    });
    await until(async () => (await states()).includes('done'));
    expect(receiver.got).toHaveLength(1);
    expect(await store.getCursor('changes:A')).toBe('11');
  });

  test('a target that is down gets it again, with the same webhook-id, until all attempts are used; then it is a dead letter', async () => {
    receiver.answer = { status: 500 };
    await inlet().take('A', [event('1')]);
    for (const [index, seconds] of RETRY.entries()) {
      await until(async () => (await states())[0] === 'retrying');
      expect(receiver.got).toHaveLength(index + 1);
      await pass(seconds * 1000 * 0.79);
      expect((await states())[0]).toBe('retrying');
      await pass(seconds * 1000 * 0.42);
      await until(() => receiver.got.length === index + 2);
    }
    await until(async () => (await states())[0] === 'dead');
    expect(new Set(receiver.got.map(({ id }) => id)).size).toBe(1);
    const [failure] = (await store.listFailures({ pool: 'out:hook' }, { limit: 1 })).items;
    expect(failure?.error).toMatchObject({ code: 'HTTP_500', class: 'transient' });
    receiver.answer = { status: 204 };
    await store.replay(failure?.operationId ?? '', { actor: 'test' });
    await until(async () => (await states())[0] === 'done');
  });

  test('a busy target is given the time it asks for, and no attempt is counted', async () => {
    receiver.answer = { status: 429, headers: { 'retry-after': '30' } };
    await inlet().take('A', [event('1')]);
    await until(async () => (await states())[0] === 'retrying');
    const [operation] = (await store.listOperations({ pool: 'out:hook' }, { limit: 1 })).items;
    expect(operation?.attemptCount).toBe(0);
    expect(Date.parse(operation?.nextAttemptAt ?? '') - now()).toBeGreaterThan(10_000);
    receiver.answer = { status: 204 };
    await pass(31_000);
    await until(async () => (await states())[0] === 'done');
  });

  test('a refusal of the content is final at once, and the next change goes on', async () => {
    receiver.answer = { status: 422 };
    await inlet().take('A', [event('1')]);
    await until(async () => (await states())[0] === 'dead');
    receiver.answer = { status: 204 };
    await inlet().take('A', [event('2')]);
    await until(async () => (await states()).includes('done'));
  });

  test('a redirect is not followed: a signed change goes where it was configured to go', async () => {
    receiver.answer = { status: 302, headers: { location: 'http://127.0.0.1:1/' } };
    await inlet().take('A', [event('1')]);
    await until(async () => (await states())[0] === 'dead');
    expect((await store.listFailures({}, { limit: 1 })).items[0]?.error?.code).toBe('HTTP_302');
  });

  test('a target in a private network is refused unless it is named', () => {
    expect(() => new WebhookAdapter({ ...config, allowPrivateHosts: [] }, 1000)).toThrow(/allowPrivateHosts/);
  });

  test('delays grow by the plan, spread by a fifth either way', () => {
    const operation = (attempt: number) => ({ seq: 1, attempt, onFailure: 'release' }) as TakenOperation;
    const fault = { class: 'transient' as const, code: 'X', message: 'x' };
    const at = (attempt: number, random: number) => {
      const settled = settleFault(operation(attempt), fault, { retrySeconds: RETRY, nowMs: 0, random: () => random });
      return settled.to === 'waiting' ? settled.runAt : settled.to;
    };
    expect([at(1, 0), at(1, 1), at(3, 0.5), at(4, 0.5)]).toEqual([80_000, 120_000, 10_000_000, 'dead']);
  });
});
