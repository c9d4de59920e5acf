import { insert, query, queryOne, type Cell, type Script } from './script';

/** Rows beyond which the counts are summed up. */
const MANY = 500;

/** Sums the counts up into one row each. */
export function* compactTally(): Script<void> {
  const many = yield* queryOne<{ n: number }>('SELECT COUNT(*) AS n FROM (SELECT 1 FROM tally LIMIT ?) t', MANY);
  if ((many?.n ?? 0) < MANY) return;
  const rows = yield* query<{ pool: string; lane: number; state: string; n: number }>(
    'DELETE FROM tally RETURNING pool, lane, state, n',
  );
  const sums = new Map<string, Cell[]>();
  for (const { pool, lane, state, n } of rows) {
    const key = `${pool}\u0000${lane}\u0000${state}`;
    const before = sums.get(key)?.[3];
    sums.set(key, [pool, lane, state, n + (typeof before === 'number' ? before : 0)]);
  }
  yield* insert(
    'tally',
    ['pool', 'lane', 'state', 'n'],
    [...sums.values()].filter((row) => row[3] !== 0),
  );
}
