import { ShadowOvertaken } from '../../../relay/store/errors';
import type { ShadowWrite } from '../../../relay/store/types';
import { newOperation, newRequest, onBothEngines, POOL, type StoreBench } from '../../helpers/stores';

const shadow = (hash: string, more: Partial<ShadowWrite> = {}): ShadowWrite => ({
  pool: POOL,
  side: 'crm',
  key: 'flow|A',
  projection: { name: hash },
  hash,
  ...more,
});

onBothEngines((open) => {
  let bench: StoreBench;
  beforeEach(async () => {
    bench = await open();
  });
  afterEach(() => bench.store.close());

  const stored = async () => (await bench.store.getShadows(POOL, [{ side: 'crm', key: 'flow|A' }]))[0];
  const accept = (...shadows: ShadowWrite[]) => bench.store.enqueue(newRequest([newOperation('A')], { shadows }));

  test('a request that builds on knowledge which changed meanwhile stores nothing at all', async () => {
    await accept(shadow('one', { basedOn: null }));
    await accept(shadow('two', { basedOn: 'one' }));
    await expect(accept(shadow('three', { basedOn: 'one' }))).rejects.toBeInstanceOf(ShadowOvertaken);
    await expect(accept(shadow('three', { basedOn: null }))).rejects.toBeInstanceOf(ShadowOvertaken);
    expect((await stored())?.hash).toBe('two');
    expect((await bench.store.stats()).accepted).toBe(2);
  });

  test('of many that build on the same knowledge at once, exactly one is stored', async () => {
    const tries = await Promise.allSettled(
      Array.from({ length: 8 }, (_, at) => accept(shadow(`v${at}`, { basedOn: null }))),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await bench.store.stats()).accepted).toBe(1);
  });

  test('what a call showed is written with its settlement, and is void when the row was written since the call began', async () => {
    const ids = await bench.accept(newOperation('A'));
    const batch = await bench.mustTake();
    const known = shadow('applied', { origin: ids[0], knownSince: batch.takenAt });
    await bench.settle(batch, (seq) => ({ seq, to: 'done', result: 'created' }), { shadows: [known] });
    expect(await stored()).toMatchObject({ hash: 'applied', projection: { name: 'applied' } });

    bench.advance(10);
    const [second] = await bench.accept(newOperation('A'));
    const next = await bench.mustTake();
    bench.advance(10);
    await bench.store.putShadows([shadow('edited')]);
    const late = shadow('late', { origin: second, knownSince: next.takenAt });
    await bench.settle(next, (seq) => ({ seq, to: 'done', result: 'updated' }), { shadows: [late] });
    expect(await stored()).toMatchObject({ hash: '', projection: {} });
  });

  test('what is concluded on acceptance is done at once, holds nobody back, and counts', async () => {
    const [first] = await bench.accept(newOperation('A'));
    const skipped = [{ field: 'name', reason: 'not-owner' }];
    const [known] = await bench.accept(newOperation('A', { concluded: { result: 'unchanged', skipped } }));
    const [next] = await bench.accept(newOperation('A'));
    expect(await bench.store.getOperation(known ?? '')).toMatchObject({ state: 'done', result: 'unchanged', skipped });
    const batch = await bench.mustTake();
    expect(batch.operations.map(({ operationId }) => operationId)).toEqual([first]);
    await bench.settleDone(batch);
    expect((await bench.mustTake()).operations.map(({ operationId }) => operationId)).toEqual([next]);
    const { accepted, byState } = await bench.store.stats();
    expect(accepted).toBe(3);
    expect(Object.values(byState).reduce((sum, count) => sum + count, 0)).toBe(3);
  });
});
