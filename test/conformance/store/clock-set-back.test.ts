import { stopPostgres } from '../../helpers/postgres';
import { newOperation, POOL, StoreBench } from '../../helpers/stores';

/** A PostgreSQL server's clock that is set back while relays work, or that of another server which takes its place. */

const HOUR_MS = 3_600_000;
const failure = { code: 'UNKNOWN_ITEM', class: 'data' as const, message: 'no such item' };
const keysOf = (batch: { operations: { externalId: string }[] } | null) =>
  batch?.operations.map(({ externalId }) => externalId) ?? [];

let bench: StoreBench;
beforeEach(async () => {
  bench = await StoreBench.open('postgres', 2);
});
afterEach(async () => {
  await bench.store.close();
});
afterAll(stopPostgres);

/** One that is tried again in 30 s; one whose relay is gone, with its slot, for a minute; one that is ready. */
async function setUp(): Promise<void> {
  await bench.accept(newOperation('AGAIN'));
  const error = failure;
  const runAt = bench.now + 30_000;
  await bench.settle(await bench.mustTake(), (seq) => ({ seq, to: 'waiting', runAt, counted: true, error }));
  await bench.accept(newOperation('LOST'));
  expect(keysOf(await bench.mustTake({ leaseMs: 60_000 }))).toEqual(['LOST']);
  await bench.accept(newOperation('READY'));
}

test('keeps no slot, no retry and nothing that is ready waiting for as long as it was moved', async () => {
  await setUp();
  bench.advance(-HOUR_MS);
  await bench.store.wake();
  const ready = await bench.mustTake();
  expect(keysOf(ready)).toEqual(['READY']);
  await bench.settleDone(ready);
  bench.advance(31_000);
  await bench.store.wake();
  expect((await bench.store.listOperations({ externalId: 'AGAIN' }, { limit: 1 })).items[0]?.waitsFor).toBe('slot');
  bench.advance(30_000);
  await bench.store.wake();
  // The lost relay's slot is free too, and what it held goes once more.
  expect(keysOf(await bench.take()).sort()).toEqual(['AGAIN', 'LOST']);
});

test('is followed once, also where what began before it was set back ends after that', async () => {
  await setUp();
  bench.advance(-HOUR_MS);
  await bench.store.wake();
  bench.advance(HOUR_MS);
  await bench.accept(newOperation('LATE', { concluded: { result: 'unchanged', skipped: [] } }));
  bench.advance(-HOUR_MS);
  await Promise.all([bench.store.wake(), bench.store.wake()]);
  // The lease of the lost relay has a minute from the first time, not none.
  expect((await bench.store.wake()).reaped).toBe(0);
  expect((await bench.store.poolStatus(POOL))?.inUse).toBe(1);
  bench.advance(61_000);
  expect((await bench.store.wake()).reaped).toBe(1);
});

test('that goes on as it should leaves every moment where it is', async () => {
  await setUp();
  await bench.store.wake();
  bench.advance(25_000);
  expect(await bench.store.wake()).toMatchObject({ woken: 0, reaped: 0 });
  bench.advance(6_000);
  expect(await bench.store.wake()).toMatchObject({ woken: 1, reaped: 0 });
});
