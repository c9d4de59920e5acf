import { json, query, type Script, type Tx } from './script';
import { unparkFree } from './finish-operations';
import { HEAD_STATES, inList, S, TRANSITIONS } from './states';
import { toSettled } from './settled';

const PROMOTE = `UPDATE op SET
  state = CASE WHEN state=${S.refused} THEN ${S.held}
    WHEN EXISTS(SELECT 1 FROM edge e WHERE e.seq=op.seq) THEN ${S.parked}
    WHEN COALESCE(run_at,0)>? OR COALESCE((SELECT busy_until FROM rec r WHERE r.rkey=op.rkey),0)>? THEN ${S.delayed}
    ELSE ${S.ready} END,
  run_at = CASE WHEN COALESCE((SELECT busy_until FROM rec r WHERE r.rkey=op.rkey),0)>COALESCE(run_at,0)
    THEN (SELECT busy_until FROM rec r WHERE r.rkey=op.rkey) ELSE run_at END,
  updated_at = ?
  WHERE seq IN (SELECT (SELECT o.seq FROM op o WHERE o.rkey=k.v AND o.state<10 ORDER BY @turn(o) LIMIT 1) FROM @list(text) k)
  AND state IN ${inList(TRANSITIONS.promote.from)}
  AND NOT EXISTS(SELECT 1 FROM op h WHERE h.rkey=op.rkey AND h.state IN ${inList(HEAD_STATES)})
  RETURNING seq, pool, id, request_no, state`;

/** Records whose head is gone: the next operation of each takes its place. Cost grows with the number of records, not with what waits. */
export function* promote(tx: Tx, keys: readonly string[]): Script<void> {
  if (keys.length === 0) return;
  const rows = yield* query<{ seq: number; pool: string; id: string; request_no: number; state: number }>(
    PROMOTE,
    tx.now,
    tx.now,
    tx.now,
    json([...new Set(keys)].sort()),
  );
  yield* unparkFree(
    tx,
    rows.filter(({ state }) => state === S.parked).map(({ seq }) => seq),
  );
  for (const row of rows) {
    if (row.state === S.ready) tx.work.add(row.pool);
    else if (row.state === S.held) tx.settled.push(toSettled(row, 'review'));
  }
}
