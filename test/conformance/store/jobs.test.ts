import type { BulkJob, NewOperation, NextJobInput, Settlement } from '../../../relay/store/types';
import { newOperation, onBothEngines, POOL, withDisk, newRequest } from '../../helpers/stores';
import type { StoreBench } from '../../helpers/stores';

type DistributiveOmit<T, K extends keyof T> = T extends unknown ? Omit<T, K> : never;

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

  describe('a real-time change of a record that a job holds', () => {
    const held = async (more: Partial<NewOperation> = {}): Promise<{ job: BulkJob; older: string }> => {
      const [older = ''] = await bench.accept(newOperation('OVER', { lane: 'bulk', flow: 'f', ...more }));
      await fill(4, { lane: 'bulk', flow: 'f' });
      return { job: await filled(), older };
    };
    const change = async (more: Partial<NewOperation> = {}): Promise<string> =>
      (await bench.accept(newOperation('OVER', { flow: 'f', ...more })))[0] ?? '';
    const answer = async (job: BulkJob, id: string, to: DistributiveOmit<Settlement, 'seq'>) => {
      const [one] = await bench.store.jobOperations(job.token, { ids: [id] });
      if (!one) throw new Error('not in the job');
      return bench.store.settle({
        pool: POOL,
        token: job.token,
        slot: 0,
        settlements: [{ seq: one.seq, ...to }],
        call: { status: 200, units: null, ms: 1 },
        slotUntil: null,
      });
    };

    test('goes at once and in a newer version; the older one is still the job’s, and ends stale without a trace in the order', async () => {
      const { job, older } = await held();
      const newer = await change();
      const next = await change({ externalId: 'over' });
      const batch = await bench.mustTake();
      expect(batch.operations.map(({ operationId }) => operationId)).toEqual([newer]);
      expect(await bench.stateOf(older)).toBe('sending');
      expect((await bench.store.jobOperations(job.token, { after: 0, limit: 9 }))[0]?.operationId).toBe(older);
      await bench.settleDone(batch);
      const second = await bench.mustTake();
      expect(second.operations.map(({ operationId }) => operationId)).toEqual([next]);
      expect(await answer(job, older, { to: 'done', result: 'stale' })).toEqual({ applied: 1, fenced: 0 });
      await bench.settleDone(second);
      expect(await bench.store.getOperation(older)).toMatchObject({
        state: 'done',
        result: 'stale',
        supersededBy: null,
      });
      expect((await bench.store.getOperation(newer))?.history.map(({ kind }) => kind)).toContain('overtakes');
      expect((await bench.store.stats()).byState).toMatchObject({ done: 3, sending: 4, queued: 0, superseded: 0 });
    });

    test('supersedes it where the job could not write it, or was given up', async () => {
      const { job, older } = await held();
      const newer = await change();
      expect(await answer(job, older, { to: 'review', error: { code: 'X', class: 'data', message: 'no' } })).toEqual({
        applied: 1,
        fenced: 0,
      });
      expect(await bench.store.getOperation(older)).toMatchObject({ state: 'superseded', supersededBy: newer });
      await bench.accept(
        newOperation((await bench.store.jobOperations(job.token, { after: 0, limit: 1 }))[0]?.externalId ?? '', {
          flow: 'f',
        }),
      );
      expect(await bench.store.endJob(job.token, 'given up')).toBe(4);
      expect(await bench.store.jobs(POOL)).toEqual([]);
      expect((await bench.store.stats()).byState).toMatchObject({ superseded: 2, queued: 5, sending: 0 });
    });

    test('takes the place of whole versions that wait behind the job', async () => {
      const { older } = await held();
      const between = await change({ lane: 'bulk' });
      expect(await bench.store.getOperation(between)).toMatchObject({ state: 'queued', waitsFor: 'turn' });
      const newer = await change();
      expect((await bench.mustTake()).operations.map(({ operationId }) => operationId)).toEqual([newer]);
      expect(await bench.store.getOperation(between)).toMatchObject({ state: 'superseded', supersededBy: newer });
      expect(await bench.stateOf(older)).toBe('sending');
    });

    test.each<[string, Partial<NewOperation>, Partial<NewOperation>]>([
      ['the job writes a part of the record only', { full: false }, {}],
      ['the change is a part only', {}, { full: false }],
      ['another flow wrote the older one', { flow: 'other' }, {}],
      ['it comes by the bulk lane', {}, { lane: 'bulk' }],
      ['it deletes the record', {}, { action: 'delete' }],
    ])('waits its turn when %s', async (_why, before, after) => {
      const { older } = await held(before);
      const newer = await change(after);
      expect(await bench.take()).toBeNull();
      expect(await bench.store.getOperation(newer)).toMatchObject({ state: 'queued', waitsFor: 'turn' });
      expect(await bench.stateOf(older)).toBe('sending');
    });

    test('waits its turn when a part of the record waits behind the job', async () => {
      await held();
      const part = await change({ full: false });
      const newer = await change();
      expect(await bench.take()).toBeNull();
      expect([await bench.stateOf(part), await bench.stateOf(newer)]).toEqual(['queued', 'queued']);
    });
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

  test('a job that is being filled leaves the operations with which stopped calls are tried again', async () => {
    await fill(5, { lane: 'bulk' });
    const job = await bench.store.nextJob(wanted());
    await bench.store.setBreaker(POOL, { state: 'open', until: bench.now, reason: 'no answer' });
    expect(await bench.store.fillJob(job?.token ?? 0, 5)).toBe(0);
    await bench.settleDone(await bench.mustTake());
    expect(await bench.store.fillJob(job?.token ?? 0, 5)).toBe(4);
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
