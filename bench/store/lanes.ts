import { setTimeout } from 'node:timers/promises';
import { quantile, round } from '../measure';
import type { NewOperation, Store } from '../../relay/store/types';
import { accept, fill, nextItem, POOL, settleDone, takeInput, toOperation, WORKERS } from './workload';

/** An account that takes 80 ms a call and 4 ms a record. */
const CALL_MS = 80;
const RECORD_MS = 4;
const EVERY_MS = 100;

/** From acceptance to done of one real-time operation every 100 ms beside a bulk load, p99 in ms: with lanes of their own, or all in one. */
export async function measureLanes(store: Store, lanes: boolean, seconds: number): Promise<number> {
  const lane = { reserved: 0, weight: 1 };
  await store.configurePool(POOL, {
    slots: WORKERS,
    lanes: { realtime: { reserved: 1, weight: 4 }, bulk: lane, replay: lane },
  });
  await fill(store, 20_000, 20_000);
  const begun = new Map<string, number>();
  const latencies: number[] = [];
  let running = true;
  const work = async (): Promise<void> => {
    while (running) {
      const { batch } = await store.take(takeInput);
      if (!batch) {
        await setTimeout(5);
        continue;
      }
      await setTimeout(CALL_MS + RECORD_MS * batch.operations.length);
      await settleDone(store, batch);
      for (const { operationId } of batch.operations) {
        const at = begun.get(operationId);
        if (at !== undefined) latencies.push(performance.now() - at);
        begun.delete(operationId);
      }
    }
  };
  const workers = Array.from({ length: WORKERS }, work);
  const more: Partial<NewOperation> = lanes ? { lane: 'realtime', source: 'shop' } : {};
  for (let at = 0; at < (seconds * 1000) / EVERY_MS; at++) {
    const one = toOperation({ ...nextItem(), key: `RT_${at}` }, more);
    const asked = performance.now();
    const answer = await accept(store, [one]);
    if (answer.outcome !== 'mismatch') begun.set(answer.operations[0]?.operationId ?? '', asked);
    await setTimeout(EVERY_MS);
  }
  running = false;
  await Promise.all(workers);
  // What still waits has waited so long already.
  for (const at of begun.values()) latencies.push(performance.now() - at);
  return round(quantile(latencies, 0.99));
}
