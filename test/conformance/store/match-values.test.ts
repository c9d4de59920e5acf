import type { NewOperation } from '../../../relay/store/types';
import type { StoreBench } from '../../helpers/stores';
import { newOperation, onBothEngines } from '../../helpers/stores';

/** Operations that may create the same record under different keys go one after another, and none waits for what never ends its wait. */

const X = 'entity:email:x@y.z';
const Y = 'entity:email:y@y.z';
const refusal = { code: 'NO_NAME', class: 'data' as const, message: 'no name' };
const withValue = (externalId: string, value: string, more: Partial<NewOperation> = {}): NewOperation =>
  newOperation(externalId, { serialize: [value], ...more });
const keysOf = (batch: { operations: { externalId: string }[] } | null) =>
  batch?.operations.map(({ externalId }) => externalId) ?? [];

onBothEngines((open) => {
  let bench: StoreBench;
  beforeEach(async () => {
    bench = await open();
  });
  afterEach(() => bench.store.close());

  test('one that could not be mapped keeps nobody waiting', async () => {
    await bench.accept(withValue('A', X, { refused: refusal }), withValue('B', X));
    expect(keysOf(await bench.take())).toEqual(['B']);
  });

  test('one that requires itself keeps nobody waiting', async () => {
    const requires = [{ recordType: 'customer', externalId: 'A' }];
    await bench.accept(withValue('A', X, { requires }), withValue('B', X));
    expect(keysOf(await bench.take())).toEqual(['B']);
  });

  test('the last of a circle keeps nobody waiting', async () => {
    const on = (externalId: string) => [{ recordType: 'customer', externalId }];
    await bench.accept(
      newOperation('P', { requires: on('A') }),
      withValue('A', X, { requires: on('P') }),
      withValue('B', X),
    );
    expect(keysOf(await bench.take())).toEqual(['B']);
  });

  test('one that is replaced in the moment it comes hands its place on', async () => {
    await bench.accept(withValue('A', X, { coalesce: true }), withValue('B', X), withValue('A', X, { coalesce: true }));
    const first = await bench.mustTake();
    expect(keysOf(first)).toHaveLength(1);
    await bench.settleDone(first);
    expect([...keysOf(first), ...keysOf(await bench.take())].sort()).toEqual(['A', 'B']);
  });

  test('one that is replaced by one with another value keeps nobody waiting who comes along', async () => {
    await bench.accept(withValue('A', X));
    await bench.accept(withValue('A', Y, { coalesce: true }), withValue('B', X));
    expect(keysOf(await bench.take())).toEqual(['A', 'B']);
  });

  test('replayed failures with one value go one after another', async () => {
    const ids = await bench.accept(withValue('A', X), withValue('B', X), withValue('C', X));
    for (let at = 0; at < ids.length; at++) {
      const batch = await bench.mustTake();
      expect(keysOf(batch)).toHaveLength(1);
      await bench.settle(batch, (seq) => ({ seq, to: at < 2 ? 'review' : 'dead', error: refusal }));
    }
    expect(await bench.store.replayAll({}, { actor: 'ada', limit: 10 })).toHaveLength(3);
    const went: string[] = [];
    for (let at = 0; at < ids.length; at++) {
      const batch = await bench.mustTake();
      expect(keysOf(batch)).toHaveLength(1);
      went.push(...keysOf(batch));
      await bench.settleDone(batch);
    }
    expect(went.sort()).toEqual(['A', 'B', 'C']);
  });

  test('one that comes while a failure of its value is replayed waits for it', async () => {
    const [held] = await bench.accept(withValue('A', X));
    await bench.settle(await bench.mustTake(), (seq) => ({ seq, to: 'review', error: refusal }));
    await bench.accept(withValue('B', X));
    const other = await bench.mustTake();
    await bench.store.replay(held ?? '', { actor: 'ada' });
    expect(await bench.take()).toBeNull();
    await bench.accept(withValue('C', X));
    expect(await bench.take()).toBeNull();
    await bench.settleDone(other);
    const replayed = await bench.mustTake();
    expect(keysOf(replayed)).toEqual(['A']);
    await bench.settleDone(replayed);
    expect(keysOf(await bench.take())).toEqual(['C']);
  });
});
