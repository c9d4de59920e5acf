import type { NewOperation } from '../../../relay/store/types';
import type { StoreBench } from '../../helpers/stores';
import { newOperation, onBothEngines } from '../../helpers/stores';

/** What could not be mapped when it came, and is mapped by now, keeps its place and is in all else as if it had come so. */

const refused = { code: 'INVALID_CRM_ID', class: 'data' as const, message: 'no id' };
const failure = { code: 'UNKNOWN_ITEM', class: 'data' as const, message: 'no such item' };
const unmapped = (externalId: string): NewOperation => newOperation(externalId, { full: false, refused });
const keysOf = (batch: { operations: { externalId: string }[] } | null) =>
  batch?.operations.map(({ externalId }) => externalId) ?? [];

onBothEngines((open) => {
  let bench: StoreBench;
  beforeEach(async () => {
    bench = await open();
  });
  afterEach(() => bench.store.close());

  const mapAnew = (id: string | undefined, mapped: NewOperation) =>
    bench.store.replay(id ?? '', { actor: 'ada', mapped });

  test('two that may create one record go one after another, and before whoever comes with the value after them', async () => {
    const [first, second] = await bench.accept(unmapped('A'), unmapped('B'));
    const withValue = (externalId: string) => newOperation(externalId, { serialize: ['entity:email:x@y.z'] });
    await mapAnew(first, withValue('A'));
    await mapAnew(second, withValue('B'));
    await bench.accept(withValue('C'));
    for (const expected of ['A', 'B', 'C']) {
      const batch = await bench.mustTake();
      expect(keysOf(batch)).toEqual([expected]);
      await bench.settleDone(batch);
    }
  });

  test.each(['head', 'behind'])('one that requires a record under way waits for it (%s)', async (where) => {
    if (where === 'behind') await bench.accept(newOperation('O', { recordType: 'salesorder' }));
    const [order] = await bench.accept({ ...unmapped('O'), recordType: 'salesorder' });
    await bench.accept(newOperation('C'));
    const requires = [{ recordType: 'customer', externalId: 'C' }];
    await mapAnew(order, newOperation('O', { recordType: 'salesorder', requires }));
    if (where === 'behind') {
      const ahead = await bench.mustTake();
      expect(keysOf(ahead)).toEqual(['O']);
      await bench.settleDone(ahead);
    }
    const customer = await bench.mustTake();
    expect(keysOf(customer)).toEqual(['C']);
    expect(await bench.take()).toBeNull();
    await bench.settleDone(customer);
    expect((await bench.mustTake()).operations[0]).toMatchObject({ operationId: order });
  });

  test('it waits for a required record as long as its flow says from then on, however old it is', async () => {
    const [order] = await bench.accept({ ...unmapped('O'), requiresLimitMs: 1_000 });
    bench.advance(60_000);
    const requires = [{ recordType: 'customer', externalId: 'C' }];
    await mapAnew(order, newOperation('O', { requires, requiresLimitMs: 30_000 }));
    await bench.settle(await bench.mustTake(), (seq) => ({
      seq,
      to: 'parked',
      missing: requires,
      until: bench.now + 30_000,
      error: failure,
    }));
    await bench.store.wake();
    expect(await bench.stateOf(order ?? '')).toBe('queued');
  });

  test('it is sent whole, and weighs what it became', async () => {
    const [order, other] = await bench.accept(unmapped('O'), unmapped('P'));
    const mapped = (externalId: string) =>
      newOperation(externalId, { weight: 600, warnings: [{ code: 'CUT', message: 'm' }] });
    await mapAnew(order, mapped('O'));
    await mapAnew(other, mapped('P'));
    expect(await bench.store.getOperation(order ?? '')).toMatchObject({ full: true, warnings: [{ code: 'CUT' }] });
    // A batch takes 1,000 at most.
    expect(keysOf(await bench.take())).toEqual(['O']);
    expect(keysOf(await bench.take())).toEqual(['P']);
  });

  test('after its last attempt its successors go on where its flow lets them', async () => {
    const [first, next] = await bench.accept(unmapped('A'), newOperation('A'));
    await mapAnew(first, newOperation('A', { onFailure: 'release', maxAttempts: 1 }));
    const batch = await bench.mustTake();
    expect(batch.operations[0]).toMatchObject({ operationId: first, maxAttempts: 1, onFailure: 'release' });
    await bench.settle(batch, (seq) => ({ seq, to: 'dead', error: failure }));
    expect((await bench.mustTake()).operations[0]).toMatchObject({ operationId: next });
  });
});
