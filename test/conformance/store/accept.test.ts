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
