import {
  acceptedOf,
  newOperation,
  newRequest,
  POOL,
  onBothEngines,
  type StoreBench,
  takeInput,
  withDisk,
} from '../../helpers/stores';

const key = (bodyHash: string) => ({ idempotency: { scope: 'salesforce', key: 'k1', bodyHash } });

onBothEngines((open) => {
  let bench: StoreBench;
  beforeEach(async () => {
    bench = await open();
  });
  afterEach(() => bench.store.close());

  test('a request can be read while one of its operations waits for its next attempt', async () => {
    const { requestId } = acceptedOf(await bench.store.enqueue(newRequest([newOperation('A')])));
    const runAt = bench.now + 5_000;
    const error = { code: 'X', class: 'transient' as const, message: 'x' };
    await bench.settle(await bench.mustTake(), (seq) => ({ seq, to: 'waiting', runAt, counted: true, error }));
    const view = await bench.store.getRequest(requestId);
    expect(view).toMatchObject({ state: 'open', counts: { retrying: 1 } });
    expect(view?.operations[0]).toMatchObject({ state: 'retrying', nextAttemptAt: new Date(runAt).toISOString() });
  });

  test('dead letters outlive what was applied, for as long as their own retention says', async () => {
    await bench.accept(newOperation('DONE'), newOperation('DEAD', { onFailure: 'release' }));
    const batch = await bench.mustTake({});
    const error = { code: 'X', class: 'data' as const, message: 'x' };
    const first = batch.operations[0]?.seq;
    await bench.settle(batch, (seq) =>
      seq === first ? { seq, to: 'done', result: 'created' } : { seq, to: 'dead', error },
    );
    bench.advance(10_000);
    expect(await bench.store.purge({ olderThan: bench.now, deadOlderThan: bench.now - 20_000, limit: 10 })).toBe(1);
    expect((await bench.store.stats()).byState).toMatchObject({ done: 0, dead: 1 });
    expect(await bench.store.purge({ olderThan: bench.now, limit: 10 })).toBe(1);
  });

  test('the same key and body is answered with the same operations; another body is refused', async () => {
    const first = acceptedOf(await bench.store.enqueue(newRequest([newOperation('A'), newOperation('B')], key('x'))));
    const again = acceptedOf(await bench.store.enqueue(newRequest([newOperation('A'), newOperation('B')], key('x'))));
    expect(again).toEqual({ ...first, outcome: 'replayed' });
    expect(await bench.store.enqueue(newRequest([newOperation('Z')], key('y')))).toMatchObject({ outcome: 'mismatch' });
    expect((await bench.store.stats()).accepted).toBe(2);
  });

  test('what could not be mapped is accepted and waits in review with its reason', async () => {
    const refused = { code: 'INVALID_CRM_ID', class: 'data' as const, message: '15 characters', field: 'Id' };
    const [id] = await bench.accept(newOperation('A', { refused }));
    expect(await bench.store.getOperation(id ?? '')).toMatchObject({ state: 'review', error: refused });
    expect(await bench.take()).toBeNull();
  });

  test('what the mapping warned of stands with the operation for good, before what NetSuite warns of', async () => {
    const warnings = [{ code: 'FIELD_TRUNCATED', message: 'cut to 32 characters', field: 'phone' }];
    const [id] = await bench.accept(newOperation('A', { warnings }));
    await bench.settle(await bench.mustTake(), (seq) => ({
      seq,
      to: 'done',
      result: 'updated',
      warnings: [{ code: 'TOTAL_DIFFERS', message: 'by 0.01' }],
      changes: [{ field: 'phone', old: null, new: '1' }],
      skipped: [{ field: 'email', reason: 'owned by NetSuite' }],
    }));
    expect(await bench.store.getOperation(id ?? '')).toMatchObject({
      warnings: [{ code: 'FIELD_TRUNCATED' }, { code: 'TOTAL_DIFFERS' }],
      changes: [{ field: 'phone', old: null, new: '1' }],
      skipped: [{ field: 'email', reason: 'owned by NetSuite' }],
    });
  });

  test('every attempt is kept, with time, slot, batch, units, status and what was answered', async () => {
    const [id] = await bench.accept(newOperation('A'));
    const error = { code: 'RCRD_HAS_BEEN_CHANGED', class: 'conflict' as const, message: 'changed meanwhile' };
    const first = await bench.mustTake();
    await bench.settle(first, (seq) => ({
      seq,
      to: 'waiting',
      runAt: bench.now,
      counted: true,
      error,
      code: error.code,
    }));
    await bench.store.wake();
    const second = await bench.mustTake();
    await bench.settleDone(second);
    const kept = { at: expect.any(String), slot: 1, units: 15, ms: 10, status: 200 };
    expect((await bench.store.getOperation(id ?? ''))?.attempts).toEqual([
      { ...kept, batchId: first.batchId, code: 'RCRD_HAS_BEEN_CHANGED', answer: 'changed meanwhile' },
      { ...kept, batchId: second.batchId, answer: 'created' },
    ]);
  });

  test('a request stays known as long as one of its operations does, and is forgotten with the last', async () => {
    const wanted = newRequest([newOperation('A', { dedupeKey: 'event-1' }), newOperation('B')], key('x'));
    await bench.store.enqueue(wanted);
    const repeat = newRequest([newOperation('A', { dedupeKey: 'event-1' })], {
      idempotency: { scope: 'salesforce', key: 'only-a-repeat', bodyHash: 'x' },
    });
    const { requestId } = acceptedOf(await bench.store.enqueue(repeat));
    const batch = await bench.mustTake();
    const first = batch.operations[0]?.seq;
    const error = { code: 'X', class: 'data' as const, message: 'x' };
    await bench.settle(batch, (seq) =>
      seq === first ? { seq, to: 'done', result: 'created' } : { seq, to: 'review', error },
    );
    bench.advance(10_000);
    expect(await bench.store.purge({ olderThan: bench.now, limit: 10 })).toBe(1);
    expect(await bench.store.getRequest(requestId)).toBeNull();
    expect(await bench.store.enqueue(wanted)).toMatchObject({ outcome: 'replayed' });
    const [held] = (await bench.store.listFailures({}, { limit: 5 })).items;
    await bench.store.resolve(held?.operationId ?? '', { actor: 'ada', note: 'x' });
    bench.advance(10_000);
    expect(await bench.store.purge({ olderThan: bench.now, limit: 10 })).toBe(1);
    expect(await bench.store.enqueue(wanted)).toMatchObject({ outcome: 'accepted' });
  });

  test('accepted equals the sum over states, whatever happened', async () => {
    await bench.accept(...Array.from({ length: 30 }, (_, at) => newOperation(`K${at % 7}`)));
    const failure = { code: 'X', class: 'data' as const, message: 'x' };
    for (let round = 0; round < 12; round++) {
      const batch = await bench.take();
      if (!batch) break;
      await bench.settle(batch, (seq) =>
        seq % 3 === 0
          ? { seq, to: 'dead', error: failure }
          : seq % 5 === 0
            ? { seq, to: 'waiting', runAt: bench.now, counted: true, error: failure }
            : { seq, to: 'done', result: 'created' },
      );
      await bench.store.wake();
      const { accepted, byState } = await bench.store.stats();
      expect(accepted).toBe(30);
      expect(Object.values(byState).reduce((sum, n) => sum + n, 0)).toBe(30);
    }
    bench.advance(1);
    expect(await bench.store.purge({ olderThan: bench.now, limit: 1_000 })).toBeGreaterThan(0);
    expect((await bench.store.stats()).accepted).toBe(30);
  });
});

test('a store on disk keeps everything over a restart, versions included', () =>
  withDisk(async (_, open) => {
    const before = await open();
    const first = acceptedOf(await before.enqueue(newRequest([newOperation('A')], key('x'))));
    await before.close();
    const after = await open();
    expect(acceptedOf(await after.enqueue(newRequest([newOperation('A')], key('x')))).outcome).toBe('replayed');
    const next = acceptedOf(await after.enqueue(newRequest([newOperation('A')])));
    expect((next.operations[0]?.version ?? '') > (first.operations[0]?.version ?? '')).toBe(true);
    await after.close();
  }));

test('a second process on the same store is refused and told why', () =>
  withDisk(async (_, open) => {
    const store = await open();
    await expect(open()).rejects.toMatchObject({ name: 'StoreRefused', reason: 'locked' });
    await store.close();
  }));

test('many writers at once are all answered, each with its own operations', () =>
  withDisk(async (_, open) => {
    const store = await open();
    const lane = { reserved: 0, weight: 1 };
    await store.configurePool(POOL, { slots: 5, lanes: { realtime: lane, bulk: lane, replay: lane } });
    const results = await Promise.all(
      Array.from({ length: 200 }, (_unused, at) => store.enqueue(newRequest([newOperation(`K${at}`)]))),
    );
    expect(new Set(results.map((result) => acceptedOf(result).operations[0]?.operationId)).size).toBe(200);
    expect((await store.take(takeInput())).batch?.operations).toHaveLength(50);
    await store.close();
  }));

test('of many requests with one key in the same moment one is stored; those with its body get its answer, those with another are refused', () =>
  withDisk(async (_, open) => {
    const store = await open();
    const results = await Promise.all(
      Array.from({ length: 60 }, (_unused, at) =>
        store.enqueue(newRequest([newOperation('A')], key(at % 2 === 0 ? 'even' : 'odd'))),
      ),
    );
    const counted = { accepted: 0, replayed: 0, mismatch: 0 };
    for (const { outcome } of results) counted[outcome] += 1;
    expect(counted).toEqual({ accepted: 1, replayed: 29, mismatch: 30 });
    expect((await store.stats()).accepted).toBe(1);
    await store.close();
  }));

test('a loan of slots outlasts a restart', () =>
  withDisk(async (_, open) => {
    const lane = { reserved: 0, weight: 1 };
    const start = async () => {
      const store = await open();
      await store.configurePool(POOL, { slots: 2, lanes: { realtime: lane, bulk: lane, replay: lane } });
      return store;
    };
    const before = await start();
    await before.lendSlots(POOL, 2, Date.now() + 600_000);
    await before.close();
    const after = await start();
    await after.enqueue(newRequest([newOperation('A')]));
    expect(await after.take(takeInput())).toMatchObject({ batch: null, reason: 'slots' });
    await after.lendSlots(POOL, 0, Date.now());
    expect((await after.take(takeInput())).batch?.operations).toHaveLength(1);
    await after.close();
  }));
