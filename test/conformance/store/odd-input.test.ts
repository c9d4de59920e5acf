import { randomBytes } from 'node:crypto';
import type { StoreBench } from '../../helpers/stores';
import { newOperation, newRequest, onBothEngines } from '../../helpers/stores';

/** What callers may send is stored, or found to be nothing: whatever it is, the store does not fail by it. */

const long = (): string => randomBytes(6_000).toString('base64');

onBothEngines((open) => {
  let bench: StoreBench;
  beforeEach(async () => {
    bench = await open();
  });
  afterEach(() => bench.store.close());

  test.each(['1.5', 'Infinity', '1e400', '1e30', '-7', 'x', ''])('a page after %p', async (after) => {
    await bench.accept(newOperation('A'));
    expect(await bench.store.listOperations({}, { limit: 10, after })).toMatchObject({ next: null });
  });

  test('names of events, values and ids as long as they like', async () => {
    const [first] = await bench.accept(newOperation('A', { dedupeKey: `event|${'e'.repeat(10)}` }));
    const key = long();
    const [one] = await bench.accept(newOperation('B', { dedupeKey: key, serialize: [long()], crmId: long() }));
    const again = await bench.store.enqueue(newRequest([newOperation('B', { dedupeKey: key })]));
    expect(again).toMatchObject({ operations: [{ duplicateOf: one }] });
    expect(one).not.toBe(first);
  });
});
