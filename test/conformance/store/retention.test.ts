import type { StoreBench } from '../../helpers/stores';
import { acceptedOf, newOperation, newRequest, onBothEngines } from '../../helpers/stores';

const failure = { code: 'X', class: 'data' as const, message: 'x' };
const lost = { code: 'NO_ANSWER', class: 'transient' as const, message: 'no answer' };

/** What is final is forgotten after its time, while others of its record, or that wait for it, are still on their way. */
onBothEngines((open) => {
  let bench: StoreBench;
  beforeEach(async () => {
    bench = await open();
  });
  afterEach(() => bench.store.close());

  /** Forgets all that is final; answers how many operations went. */
  async function forget(): Promise<number> {
    bench.advance(10_000);
    let gone = 0;
    for (let some = -1; some !== 0; gone += some) some = await bench.store.purge({ olderThan: bench.now, limit: 1 });
    return gone;
  }
  const takenIds = async () => (await bench.mustTake()).operations.map(({ operationId }) => operationId);
  const gone = async (...ids: (string | undefined)[]) =>
    expect(await Promise.all(ids.map((id) => bench.store.getOperation(id ?? '')))).toEqual(ids.map(() => null));

  test('successors go in their order, one after another, though each before them is forgotten: applied, dead, given up', async () => {
    const [first, second, third, fourth] = await bench.accept(...Array.from({ length: 4 }, () => newOperation('A')));
    await bench.settleDone(await bench.mustTake());
    expect(await forget()).toBe(1);
    await bench.settle(await bench.mustTake(), (seq) => ({ seq, to: 'dead', error: failure }));
    expect(await forget()).toBe(1);
    const held = await bench.mustTake();
    await bench.settle(held, (seq) => ({ seq, to: 'review', error: failure }));
    // What a person has not decided yet is never forgotten, and still holds its record.
    expect(await forget()).toBe(0);
    expect(await bench.take()).toBeNull();
    expect((await bench.store.getOperation(fourth ?? ''))?.behind).toMatchObject({
      operationId: third,
      state: 'review',
    });
    await bench.store.resolve(third ?? '', { actor: 'ada', note: 'by hand' });
    expect(await forget()).toBe(1);
    await gone(first, second, third);
    expect(held.operations.map(({ operationId }) => operationId)).toEqual([third]);
    expect(await takenIds()).toEqual([fourth]);
    expect(await bench.store.stats()).toMatchObject({ accepted: 4, byState: { sending: 1, done: 0, dead: 0 } });
  });

  test('the successor of a lost call that was given up and forgotten waits until that call can write no more', async () => {
    const [first, second] = await bench.accept(newOperation('A'), newOperation('A'));
    const lateUntil = bench.now + 3_600_000;
    await bench.settle(await bench.mustTake(), (seq) => ({
      seq,
      to: 'unknown',
      runAt: lateUntil,
      lateUntil,
      error: lost,
    }));
    await bench.store.cancel(first ?? '', { actor: 'ada' });
    expect(await forget()).toBe(1);
    await bench.store.wake();
    expect(await bench.take()).toBeNull();
    const [later] = await bench.accept(newOperation('A'));
    expect(await bench.take()).toBeNull();
    bench.advance(3_600_000);
    await bench.store.wake();
    const batch = await bench.mustTake();
    expect(batch.operations.map(({ operationId }) => operationId)).toEqual([second]);
    await bench.settleDone(batch);
    expect(await takenIds()).toEqual([later]);
  });

  test('what waits for a record, or for a value another record is being made with, goes on when that is applied, forgotten or not', async () => {
    const requires = [{ recordType: 'customer', externalId: 'C' }];
    const order = (externalId: string) => newOperation(externalId, { recordType: 'salesorder', requires });
    await bench.accept(newOperation('C', { serialize: ['email:a@b'] }));
    const [waiting, twin] = await bench.accept(order('O1'), newOperation('D', { serialize: ['email:a@b'] }));
    await bench.settleDone(await bench.mustTake());
    expect(await forget()).toBe(1);
    // One that comes later finds its customer applied, though nothing tells of the operation any more.
    const [later] = await bench.accept(order('O2'));
    // A call carries records of one type.
    expect([...(await takenIds()), ...(await takenIds())].sort()).toEqual([waiting, twin, later].sort());
  });

  test('a record whose operations are all forgotten gives higher versions than they had, also when the clock was put back', async () => {
    const before = acceptedOf(await bench.store.enqueue(newRequest([newOperation('A'), newOperation('A')]))).operations;
    for (let round = 0; round < 2; round++) await bench.settleDone(await bench.mustTake());
    expect(await forget()).toBe(2);
    bench.advance(-3_600_000);
    const [after] = acceptedOf(await bench.store.enqueue(newRequest([newOperation('A')]))).operations;
    expect((after?.version ?? '') > (before[1]?.version ?? '')).toBe(true);
  });
});
