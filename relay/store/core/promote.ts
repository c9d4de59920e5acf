import { select, type Row, type Script, type Step, type Tx } from './script';
import { unparkFree } from './finish-operations';
import { BEHIND, HEAD } from './live';
import { inList, S, TRANSITIONS } from './states';
import { toSettled } from './settled';

const PROMOTE = `UPDATE op SET
  state = CASE WHEN state=${S.refused} THEN ${S.held}
    WHEN EXISTS(SELECT 1 FROM edge e WHERE e.seq=op.seq) THEN ${S.parked}
    WHEN COALESCE(run_at,0)>? OR COALESCE((SELECT busy_until FROM rec r WHERE r.rkey=op.rkey),0)>? THEN ${S.delayed}
    ELSE ${S.ready} END,
  run_at = CASE WHEN COALESCE((SELECT busy_until FROM rec r WHERE r.rkey=op.rkey),0)>COALESCE(run_at,0)
    THEN (SELECT busy_until FROM rec r WHERE r.rkey=op.rkey) ELSE run_at END,
  updated_at = ?
  WHERE seq IN (SELECT (SELECT o.seq FROM op o WHERE o.rkey=k.v AND o.${BEHIND} ORDER BY @turn(o) LIMIT 1) FROM @list(text) k)
  AND state IN ${inList(TRANSITIONS.promote.from)}
  AND NOT EXISTS(SELECT 1 FROM op h WHERE h.rkey=op.rkey AND h.${HEAD})
  RETURNING seq, pool, id, request_no, state`;

/** Records whose head is gone: the next operation of each takes its place. Cost grows with the number of records, not with what waits. */
export function* promote(tx: Tx, keys: readonly string[]): Script<void> {
  if (keys.length > 0) yield* announcePromoted(tx, (yield promoteStep(tx, keys)) as Row[]);
}

/** The first step of `promote`, and what follows of its rows. */
export const promoteStep = (tx: Tx, keys: readonly string[]): Step =>
  select(PROMOTE, tx.now, tx.now, tx.now, [...new Set(keys)].sort());

export function* announcePromoted(tx: Tx, promoted: readonly Row[]): Script<void> {
  const rows = promoted as unknown as { seq: number; pool: string; id: string; request_no: number; state: number }[];
  yield* unparkFree(
    tx,
    rows.filter(({ state }) => state === S.parked).map(({ seq }) => seq),
  );
  for (const row of rows) {
    if (row.state === S.ready) tx.work.add(row.pool);
    else if (row.state === S.held) tx.settled.push(toSettled(row, 'review'));
  }
}
