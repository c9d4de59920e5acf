import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiKeys } from './relay-config';
import type { OperationView, RelayClient } from './relay-client';
import type { SentRecord } from './send-sample';

const SETTLED = new Set(['done', 'superseded', 'dead', 'cancelled', 'review']);
const LOOK_MS = 500;

export interface Outcome {
  record: SentRecord['record'];
  view: OperationView;
}

export interface AwaitOptions {
  client: RelayClient;
  keys: ApiKeys;
  /** Give up after so many ms without any progress. */
  patienceMs: number;
  onProgress: (settled: number, of: number) => void;
  /** Told at each look for how long, in ms, nothing has settled. */
  onWait?: (sinceMs: number) => Promise<void>;
}

/** Waits until every operation is final, lies in review, or stands behind one of its record that does; then reads each one with its attempts. */
export async function awaitOutcomes(sent: readonly SentRecord[], options: AwaitOptions): Promise<Outcome[]> {
  const { client, keys, patienceMs, onProgress, onWait } = options;
  const open = new Map(sent.map(({ requestId, record }) => [requestId, record.source]));
  let settled = -1;
  let changedAt = Date.now();
  const done = new Map<string, number>();
  for (;;) {
    for (const [requestId, source] of open) {
      const { counts, operations } = await client.request(keys[source], requestId);
      const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
      let final = Object.entries(counts).reduce((sum, [state, count]) => sum + (SETTLED.has(state) ? count : 0), 0);
      const left = operations.filter(({ state }) => !SETTLED.has(state));
      // What waits for its turn alone may wait for a person's decision about an earlier copy of the record.
      if (left.every(({ waitsFor }) => waitsFor === 'turn')) {
        const views = await Promise.all(left.map(({ operationId }) => client.operation(keys[source], operationId)));
        final += views.filter(({ behind }) => behind?.state === 'review').length;
      }
      done.set(requestId, final);
      if (final === total) open.delete(requestId);
    }
    const now = [...done.values()].reduce((sum, count) => sum + count, 0);
    if (now !== settled) {
      settled = now;
      changedAt = Date.now();
      onProgress(settled, sent.length);
    }
    if (open.size === 0) break;
    if (Date.now() - changedAt > patienceMs) break;
    await onWait?.(Date.now() - changedAt);
    await sleep(LOOK_MS);
  }
  return readAll(sent, client, keys);
}

async function readAll(sent: readonly SentRecord[], client: RelayClient, keys: ApiKeys): Promise<Outcome[]> {
  const waiting = [...sent];
  const outcomes: Outcome[] = [];
  const reader = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const view = await client.operation(keys[next.record.source], next.operation.operationId);
      outcomes.push({ record: next.record, view });
    }
  };
  await Promise.all(Array.from({ length: 8 }, reader));
  return outcomes;
}
