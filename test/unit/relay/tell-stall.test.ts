import { stallTeller } from '../../../demo/tell-stall';
import { newOperation, POOL, StoreBench } from '../../helpers/stores';

const failure = { code: 'ECONNRESET', class: 'transient' as const, message: 'gone' };

test('slots kept for calls that were lost are named as what is waited for, once a stall; calls under way are not', async () => {
  const bench = await StoreBench.inMemory(1);
  try {
    const said: string[] = [];
    const overview = async () => {
      const status = await bench.store.poolStatus(POOL);
      return { pools: status ? [status] : [], byPoolAndLane: (await bench.store.stats()).byPoolAndLane };
    };
    const tell = stallTeller({ overview }, 'key', (text) => said.push(text));
    await bench.accept(newOperation('A'), newOperation('B'));
    await tell(60_000);
    const batch = await bench.mustTake();
    await tell(0);
    await tell(60_000);
    expect(said).toEqual([]);
    await bench.settle(
      batch,
      (seq) => ({ seq, to: 'unknown', runAt: bench.now, lateUntil: bench.now + 60_000, error: failure }),
      { slotUntil: bench.now + 60_000 },
    );
    await tell(0);
    for (const sinceMs of [4_000, 6_000, 60_000]) await tell(sinceMs);
    expect(said).toEqual([expect.stringContaining(`all slots of ${POOL} are taken`)]);
  } finally {
    await bench.store.close();
  }
});
