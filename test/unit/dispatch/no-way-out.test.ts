import { setTimeout as passed } from 'node:timers/promises';
import pino from 'pino';
import type { UpsertRequest } from '../../../contract';
import { CONTRACT_VERSION } from '../../../contract/version';
import { Dispatch } from '../../../relay/dispatch/dispatch';
import type { CallFailure, RestletClient } from '../../../relay/netsuite';
import { stopPostgres } from '../../helpers/postgres';
import { newOperation, POOL, StoreBench } from '../../helpers/stores';

afterAll(stopPostgres);

const RECORDS = 120;
const lane = { reserved: 0, weight: 1 };

/** NetSuite as a relay with a connection meets it. */
const reaches: RestletClient = {
  call: async ({ body }) => {
    const { batchId, operations } = body as UpsertRequest;
    await passed(10);
    const results = (operations as { opId: string; key: { externalId: string } }[]).map(({ opId, key }) => ({
      opId,
      status: 'created',
      internalId: key.externalId.slice(2),
      externalId: key.externalId,
      warnings: [],
    }));
    const usage = { unitsUsed: 10, unitsLeft: 4_990, ms: 10, perOperation: results.map(() => 1) };
    return { ok: true, ms: 10, body: { contract: CONTRACT_VERSION, batchId, results, usage } };
  },
  close: () => Promise.resolve(),
};

const failure = {
  kind: 'unsent',
  class: 'transient',
  code: 'EHOSTUNREACH',
  message: 'no route',
  status: null,
  login: false,
} as unknown as CallFailure;

test('a relay whose own way out is broken rests, and the others on its PostgreSQL go on: they stand still for two seconds, not for its half minute', async () => {
  const { store } = await StoreBench.open('postgres');
  const tried: number[] = [];
  const reachesNothing: RestletClient = {
    call: () => {
      tried.push(store.now());
      return Promise.resolve({ ok: false, ms: 0, failure });
    },
    close: () => Promise.resolve(),
  };
  const dispatchOf = (holder: string, client: RestletClient): Dispatch =>
    new Dispatch({
      ...{ store, pool: POOL, client, holder, now: () => store.now(), random: () => 0.5 },
      slots: { slots: 5, lanes: { realtime: lane, bulk: lane, replay: lane } },
      budget: { ms: 30_000 },
      timeouts: { connectMs: 100, answerMarginMs: 1_000, lateWriterMarginMs: 1_000 },
      sizing: { first: { entity: 2, transaction: 2, item: 2, default: 2 }, most: 2 },
      log: pino({ level: 'silent' }),
    });
  const broken = dispatchOf('broken', reachesNothing);
  const well = dispatchOf('well', reaches);
  let done = 0;
  const allDone = new Promise<void>((resolve) => {
    store.onSettled((settled) => {
      done += settled.filter(({ state }) => state === 'done').length;
      if (done >= RECORDS) resolve();
    });
  });
  const operations = Array.from({ length: RECORDS }, (_, at) => newOperation(`K_${at}`));
  await store.enqueue({ source: 'salesforce', traceId: 'a'.repeat(32), operations });
  const begun = store.now();
  await broken.start();
  while (tried.length === 0) await passed(5);
  await well.start();
  await allDone;
  const took = store.now() - begun;
  await Promise.all([broken.stop(1_000), well.stop(1_000)]);
  await store.close();
  expect(took).toBeLessThan(15_000);
});
