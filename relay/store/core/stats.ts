import { STATES, type OperationState, type StoreStats } from '../types';
import { laneName, query, queryOne, type Script } from './script';
import { findCandidates } from './take';

const isState = (text: string): text is OperationState => (STATES as readonly string[]).includes(text);

/** Counts, kept as operations move: never a scan of them. */
export function* stats(): Script<StoreStats> {
  const rows = yield* query<{ pool: string; lane: number; state: string; n: number }>(
    'SELECT pool, lane, state, SUM(n) AS n FROM tally GROUP BY pool, lane, state HAVING SUM(n)<>0 ORDER BY pool, lane, state',
  );
  const byState = Object.fromEntries(STATES.map((state) => [state, 0])) as Record<OperationState, number>;
  let purged = 0;
  for (const { state, n } of rows) {
    if (isState(state)) byState[state] += n;
    else purged += n;
  }
  const kept = Object.values(byState).reduce((sum, n) => sum + n, 0);
  return {
    accepted: kept + purged,
    purged,
    byState,
    byPoolAndLane: rows.flatMap(({ pool, lane, state, n }) =>
      isState(state) ? [{ pool, lane: laneName(lane), state, count: n }] : [],
    ),
    oldestQueuedAt: yield* oldestReady(),
  };
}

function* oldestReady(): Script<number | null> {
  let oldest: number | null = null;
  for (const { pool } of yield* query<{ pool: string }>('SELECT pool FROM gate')) {
    for (const { seq } of yield* findCandidates(pool)) {
      const row = yield* queryOne<{ created_at: number }>('SELECT created_at FROM op WHERE seq=?', seq);
      if (row && (oldest === null || row.created_at < oldest)) oldest = row.created_at;
    }
  }
  return oldest;
}
