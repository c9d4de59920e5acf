import { count, execute, query, type Script, type Tx } from './script';
import type { PurgeInput } from '../types';
import { outerState, S, type Inner } from './states';

interface Purged {
  seq: number;
  request_no: number;
  pool: string;
  lane: number;
  state: number;
}

/**
 * Removes final operations with all that hangs on them, a few at a time. What was accepted stays counted. They are locked: a person may
 * replay a dead one at this moment, and what is live again must not go.
 */
export function* purge(tx: Tx, input: PurgeInput): Script<number> {
  const rows = yield* query<Purged>(
    `SELECT seq, request_no, pool, lane, state FROM op WHERE state>=10 AND updated_at<? AND (state<>${S.dead} OR updated_at<?)
     ORDER BY updated_at LIMIT ? @skip`,
    input.olderThan,
    input.deadOlderThan ?? input.olderThan,
    input.limit,
  );
  yield* execute(
    `DELETE FROM request WHERE no IN
     (SELECT no FROM request WHERE first_seq IS NULL AND created_at<? ORDER BY created_at LIMIT ?)`,
    input.olderThan,
    input.limit,
  );
  yield* execute(
    'DELETE FROM batch WHERE token IN (SELECT token FROM batch WHERE started<? ORDER BY started LIMIT ?)',
    input.olderThan,
    input.limit,
  );
  if (rows.length === 0) return 0;
  const seqs = rows.map(({ seq }) => seq);
  for (const table of ['attempt', 'history', 'edge', 'match_wait', 'dedupe', 'op']) {
    yield* execute(`DELETE FROM ${table} WHERE seq IN (SELECT v FROM @list(bigint) k)`, seqs);
  }
  for (const { pool, lane, state } of rows) {
    count(tx, pool, lane, outerState(state as Inner), -1);
    count(tx, pool, lane, 'purged', 1);
  }
  // A request, and with it its idempotency key, goes with the last of its operations.
  yield* execute(
    `DELETE FROM request WHERE no IN (SELECT v FROM @list(bigint) k)
     AND NOT EXISTS(SELECT 1 FROM op o WHERE o.seq BETWEEN first_seq AND last_seq AND o.request_no=request.no)`,
    [...new Set(rows.map(({ request_no }) => request_no))],
  );
  return rows.length;
}
