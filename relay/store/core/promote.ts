import { select, type Row, type Script, type Step, type Tx } from './script';
import { unparkFree } from './finish-operations';
import { BEHIND, HEAD } from './live';
import { inList, S, TRANSITIONS } from './states';
import { toSettled } from './settled';

const HEADLESS = `WHERE NOT EXISTS(SELECT 1 FROM op h WHERE h.rkey=k.v AND h.${HEAD})`;

/** First found, then written: what is asked of a record is asked once, and the sum keeps PostgreSQL from reading the index of all that waits. */
const promoteAmong = (headless: string): string => `WITH next AS MATERIALIZED (
    SELECT (SELECT o.seq FROM op o WHERE o.rkey=k.v AND o.${BEHIND} ORDER BY @turn(o) LIMIT 1) AS seq,
      COALESCE((SELECT r.busy_until FROM rec r WHERE r.rkey=k.v),0) AS busy
    FROM @list(text) k ${headless})
  UPDATE op SET
  state = CASE WHEN op.state=${S.refused} THEN ${S.held}
    WHEN EXISTS(SELECT 1 FROM edge e WHERE e.seq=op.seq) THEN ${S.parked}
    WHEN COALESCE(op.run_at,0)>? OR next.busy>? THEN ${S.delayed}
    ELSE ${S.ready} END,
  run_at = CASE WHEN next.busy>COALESCE(op.run_at,0) THEN next.busy ELSE op.run_at END,
  updated_at = ?
  FROM next WHERE op.seq=next.seq AND op.state+0 IN ${inList(TRANSITIONS.promote.from)}
  RETURNING op.seq, op.pool, op.id, op.request_no, op.state,
    CASE WHEN op.state=${S.held} THEN (SELECT q.id FROM request q WHERE q.no=op.request_no) END AS request_id`;
const PROMOTE = promoteAmong(HEADLESS);
const PROMOTE_NEXT = promoteAmong('');

/** Records whose head is gone: the next operation of each takes its place. Cost grows with the number of records, not with what waits. */
export function* promote(tx: Tx, keys: readonly string[]): Script<void> {
  if (keys.length > 0) yield* announcePromoted(tx, (yield promoteStep(tx, keys)) as Row[]);
}

/**
 * The first step of `promote`, and what follows of its rows. `headless`: the transaction itself ended the heads of all these records, so that
 * none has to be looked for; were it wrong, the index that keeps a record to one head would refuse it.
 */
export const promoteStep = (tx: Tx, keys: readonly string[], headless = false): Step =>
  select(headless ? PROMOTE_NEXT : PROMOTE, [...new Set(keys)].sort(), tx.now, tx.now, tx.now);

interface Promoted {
  seq: number;
  pool: string;
  id: string;
  request_no: number;
  state: number;
  /** Of one that went to review. */
  request_id: string | null;
}

/** Asks for more only where one of them waits for something. */
export function* announcePromoted(tx: Tx, promoted: readonly Row[]): Script<void> {
  const rows = promoted as unknown as Promoted[];
  yield* unparkFree(
    tx,
    rows.filter(({ state }) => state === S.parked).map(({ seq }) => seq),
  );
  for (const row of rows) {
    if (row.state === S.ready) tx.work.add(row.pool);
    else if (row.state === S.held) tx.settled.push(toSettled({ ...row, request_id: row.request_id ?? '' }, 'review'));
  }
}
