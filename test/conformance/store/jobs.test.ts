import type { BulkJob, NextJobInput } from '../../../relay/store/types';
import { newOperation, onBothEngines, POOL, withDisk, newRequest } from '../../helpers/stores';
import type { StoreBench } from '../../helpers/stores';

const wanted = (more: Partial<NextJobInput> = {}): NextJobInput => ({
  pool: POOL,
  holder: 'r1',
  leaseMs: 60_000,
  above: 5,
  ...more,
});

onBothEngines((open) => {
  let bench: StoreBench;
  beforeEach(async () => {
    bench = await open();
  });
  afterEach(() => bench.store.close());

  const fill = (n: number, more = {}) =>
    bench.accept(...Array.from({ length: n }, (_, at) => newOperation(`J${at}-${Math.random()}`, more)));
  const filled = async (limit = 100): Promise<BulkJob> => {
    const job = await bench.store.nextJob(wanted());
    if (!job) throw new Error('no job');
    await bench.store.fillJob(job.token, limit);
    return (await bench.store.jobs(POOL))[0] as BulkJob;
  };

  test('a load becomes a job by its size, for one source and record type; real time and small loads do not', async () => {
    await fill(9);
    await fill(4, { lane: 'bulk' });
    await fill(4, { lane: 'bulk', recordType: 'contact' });
    expect(await bench.store.nextJob(wanted())).toBeNull();
    expect(await bench.store.nextJob(wanted({ aboveBySource: { salesforce: 4 } }))).toMatchObject({ stage: 'filling' });
  });

  test('what a job was given is under way: no single call takes it, and no lease of it ends', async () => {
    const ids = await fill(6, { lane: 'bulk' });
    const [gone] = await fill(1, { lane: 'bulk', action: 'delete' });
    const job = await filled();
    expect(job).toMatchObject({ operations: 6, recordType: 'customer', source: 'salesforce' });
    expect(await bench.stateOf(ids[0] ?? '')).toBe('sending');
    expect((await bench.mustTake()).operations.map(({ operationId }) => operationId)).toEqual([gone]);
    bench.advance(24 * 3_600_000);
    await bench.store.wake();
    expect(await bench.stateOf(ids[0] ?? '')).toBe('sending');
    const operations = await bench.store.jobOperations(job.token, { after: 0, limit: 4 });
    expect(operations.map(({ operationId }) => operationId)).toEqual(ids.slice(0, 4));
  });

  test('its results settle its operations once; what it left goes by single calls and into no second job', async () => {
    const ids = await fill(6, { lane: 'bulk' });
    const { token } = await filled();
    const settle = async (from: number, to: number) => {
      const some = await bench.store.jobOperations(token, { ids: ids.slice(from, to) });
      return bench.store.settle({
        pool: POOL,
        token,
        slot: 0,
        settlements: some.map(({ seq }) => ({ seq, to: 'done', result: 'created', internalId: String(seq) })),
        call: { status: 200, units: null, ms: 1 },
        slotUntil: null,
      });
    };
    expect(await settle(0, 4)).toEqual({ applied: 4, fenced: 0 });
    expect(await settle(0, 4)).toEqual({ applied: 0, fenced: 0 });
    expect(await bench.store.endJob(token, 'given up')).toBe(2);
    expect(await bench.store.jobs(POOL)).toEqual([]);
    expect((await bench.store.stats()).byState).toMatchObject({ done: 4, queued: 2, sending: 0 });
    expect(await bench.store.nextJob(wanted({ above: 1 }))).toBeNull();
    expect((await bench.mustTake()).operations.map(({ operationId }) => operationId)).toEqual(ids.slice(4));
  });

  test('a job has one holder; another relay takes it over when nothing was heard of it for the length of its lease', async () => {
    await fill(5, { lane: 'bulk' });
    const { token } = await filled();
    expect(await bench.store.nextJob(wanted({ holder: 'r2' }))).toBeNull();
    bench.advance(60_100);
    await bench.store.wake();
    expect(await bench.store.nextJob(wanted({ holder: 'r2' }))).toMatchObject({ token, operations: 5 });
    expect(await bench.store.noteJob({ token, holder: 'r1', leaseMs: 1, stage: 'running' })).toBe(false);
    expect(await bench.store.noteJob({ token, holder: 'r2', leaseMs: 1, stage: 'running', jobId: '7' })).toBe(true);
    expect(await bench.store.jobs(POOL)).toMatchObject([{ stage: 'running', jobId: '7' }]);
  });

  test('no job begins in a paused lane, nor while calls are stopped', async () => {
    await fill(5, { lane: 'bulk' });
    await bench.store.pauseLane(POOL, 'bulk', true);
    expect(await bench.store.nextJob(wanted())).toBeNull();
    await bench.store.pauseLane(POOL, 'bulk', false);
    await bench.store.setBreaker(POOL, { state: 'open', until: bench.now + 1_000, reason: 'login' });
    expect(await bench.store.nextJob(wanted())).toBeNull();
  });
});

test('a restart leaves a job and its operations where they are', async () => {
  await withDisk(async (_folder, open) => {
    let store = await open();
    const lane = { reserved: 0, weight: 1 };
    await store.configurePool(POOL, { slots: 5, lanes: { realtime: lane, bulk: lane, replay: lane } });
    await store.enqueue(newRequest(Array.from({ length: 5 }, (_, at) => newOperation(`R${at}`, { lane: 'bulk' }))));
    const job = await store.nextJob(wanted());
    await store.fillJob(job?.token ?? 0, 5);
    await store.close();
    store = await open();
    expect((await store.stats()).byState).toMatchObject({ sending: 5, queued: 0 });
    expect(await store.nextJob(wanted({ holder: 'next' }))).toMatchObject({ token: job?.token, operations: 5 });
    await store.close();
  });
});
