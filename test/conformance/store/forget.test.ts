import { newOperation, newRequest, onBothEngines, POOL, type StoreBench } from '../../helpers/stores';

onBothEngines((open) => {
  let bench: StoreBench;
  beforeEach(async () => {
    bench = await open();
  });
  afterEach(() => bench.store.close());

  const apply = async (...externalIds: string[]) => {
    await bench.accept(...externalIds.map((externalId) => newOperation(externalId)));
    const batch = await bench.mustTake();
    await bench.settle(batch, (seq) => ({ seq, to: 'done', result: 'created', internalId: `${seq}` }), {
      shadows: externalIds.map((key) => ({ pool: POOL, side: 'netsuite', key: `f|${key}`, projection: {}, hash: 'h' })),
    });
  };
  const event = (dedupeKey: string) => newOperation('E', { source: 'netsuite', pool: 'out:crm', dedupeKey });

  test('what an account is known to hold is forgotten in steps; what was accepted, and what is known of CRMs, stays', async () => {
    const { store } = bench;
    await apply('A', 'B', 'C');
    await store.putShadows([{ pool: POOL, side: 'crm', key: 'f|A', projection: {}, hash: 'crm' }]);
    await store.putShadows([{ pool: 'OTHER', side: 'netsuite', key: 'f|A', projection: {}, hash: 'other' }]);
    await store.setCursor(`changes:${POOL}`, '17');
    await store.setCursor('changes:OTHER', '18');
    const keys = [`netsuite|${POOL}|1|crm`, 'netsuite|OTHER|1|crm'];
    await store.enqueue(newRequest(keys.map(event)));
    const { accepted } = await store.stats();

    expect(await store.forget(POOL, 2)).toEqual({ contents: 2, internalIds: 2, events: 1 });
    expect(await store.forget(POOL, 2)).toEqual({ contents: 1, internalIds: 1, events: 0 });
    expect(await store.forget(POOL, 2)).toEqual({ contents: 0, internalIds: 0, events: 0 });

    const sides = ['crm', 'netsuite'].map((side) => ({ side, key: 'f|A' }));
    expect((await store.getShadows(POOL, sides)).map(({ side }) => side)).toEqual(['crm']);
    expect(await store.getShadow('OTHER', 'netsuite', 'f|A')).not.toBeNull();
    expect(await store.findRecord(POOL, 'customer', { externalId: 'A' })).toMatchObject({ internalId: null });
    expect([await store.getCursor(`changes:${POOL}`), await store.getCursor('changes:OTHER')]).toEqual([null, '18']);
    // The account's first event comes under a number that was there before; the other account's is known.
    await store.enqueue(newRequest(keys.map(event)));
    expect((await store.stats()).accepted).toBe(accepted + 1);
  });

  test('the records that were written last are told with the newest version of each', async () => {
    await apply('A', 'B');
    bench.advance(10);
    const [newer] = await bench.accept(newOperation('A'));
    await bench.settleDone(await bench.mustTake());
    await bench.accept(newOperation('C', { concluded: { result: 'unchanged', skipped: [] } }));
    const applied = await bench.store.lastApplied(POOL, 10);
    expect(applied.map(({ externalId }) => externalId)).toEqual(['A', 'B']);
    expect(applied[0]).toMatchObject({
      recordType: 'customer',
      version: (await bench.store.getOperation(newer ?? ''))?.version,
    });
    expect(await bench.store.lastApplied('OTHER', 10)).toEqual([]);
  });
});
