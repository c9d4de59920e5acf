import { execute, query, select, type Row, type Script, type Step, type Tx } from './script';
import { S } from './states';

interface Leaving {
  /** Their own waits stay: review keeps them for a replay. */
  keepEdges?: boolean;
  /** Their match values stay: by them a replay finds its place. */
  keepValues?: boolean;
  /** They waited for nothing any more. */
  waitless?: boolean;
}

/** Operations that left the living, or went to a person: what waited for them alone goes on. Their own waits end too. */
export function* finishOperations(
  tx: Tx,
  seqs: readonly number[],
  { keepEdges = false, keepValues = false, waitless = false }: Leaving = {},
): Script<void> {
  if (seqs.length === 0) return;
  const [valued] = yield* query<{ mval: string }>(keepValues ? SOME_VALUE : FORGET_VALUES, seqs);
  if (valued && !waitless) yield* handOn(seqs);
  if (!keepEdges && !waitless) yield* execute('DELETE FROM edge WHERE seq IN (SELECT v FROM @list(bigint) k)', seqs);
  if (valued)
    yield* releaseEdges(
      tx,
      seqs.map((seq) => `op:${seq}`),
    );
}

const SOME_VALUE = 'SELECT mval FROM match_wait WHERE seq IN (SELECT v FROM @list(bigint) k) LIMIT 1';
const FORGET_VALUES = 'DELETE FROM match_wait WHERE seq IN (SELECT v FROM @list(bigint) k) RETURNING mval';

/** Who leaves a line before its turn: whoever waited for it waits for those it waited for. */
function* handOn(seqs: readonly number[]): Script<void> {
  const waiting = yield* query<{ seq: number }>(
    `SELECT DISTINCT seq FROM edge WHERE seq IN (SELECT v FROM @list(bigint) k) AND target LIKE 'op:%' ORDER BY seq`,
    seqs,
  );
  for (const { seq } of waiting)
    yield* execute(
      `INSERT INTO edge(seq, target) SELECT w.seq, own.target FROM edge w JOIN edge own ON own.seq=?
       WHERE w.target=? AND own.target LIKE 'op:%' ON CONFLICT(seq, target) DO NOTHING`,
      seq,
      `op:${seq}`,
    );
}

/** Removes waits for the targets; operations that wait for nothing any more become ready. */
export function* releaseEdges(tx: Tx, targets: readonly string[]): Script<void> {
  if (targets.length > 0) yield* unparkReleased(tx, (yield releaseStep(targets)) as Row[]);
}

/** The first step of `releaseEdges`, and what follows of its rows. */
export const releaseStep = (targets: readonly string[]): Step =>
  select('DELETE FROM edge WHERE target IN (SELECT v FROM @list(text) k) RETURNING seq', targets);

export function* unparkReleased(tx: Tx, released: readonly Row[]): Script<void> {
  const rows = released as unknown as { seq: number }[];
  if (rows.length === 0) return;
  // Another transaction may remove the last other wait at this moment: whoever gets the rows second sees that nothing is left.
  if (!tx.alone)
    yield* execute(
      'SELECT seq FROM op WHERE seq IN (SELECT v FROM @list(bigint) k) ORDER BY seq @lock',
      rows.map(({ seq }) => seq),
    );
  yield* unparkFree(
    tx,
    rows.map((row) => row.seq),
  );
}

/** Of the operations, those that wait for nothing any more go on. The rows must be locked by now, or be our own. */
export function* unparkFree(tx: Tx, seqs: readonly number[]): Script<void> {
  if (seqs.length === 0) return;
  const freed = yield* query<{ pool: string; state: number }>(UNPARK, tx.now, tx.now, tx.now, [...new Set(seqs)]);
  for (const { pool, state } of freed) if (state === S.ready) tx.work.add(pool);
}

const BUSY = 'COALESCE((SELECT r.busy_until FROM rec r WHERE r.rkey=op.rkey),0)';
/**
 * Not before its own time, nor while a lost call on its record may still write. Found by number: the sum keeps PostgreSQL from reading the
 * index of all that is parked beside it.
 */
const UNPARK = `UPDATE op SET error=NULL, updated_at=?,
  state=CASE WHEN COALESCE(run_at,0)>? OR ${BUSY}>? THEN ${S.delayed} ELSE ${S.ready} END,
  run_at=CASE WHEN ${BUSY}>COALESCE(run_at,0) THEN ${BUSY} ELSE run_at END
  WHERE seq IN (SELECT v FROM @list(bigint) k) AND state+0=${S.parked}
  AND NOT EXISTS(SELECT 1 FROM edge e WHERE e.seq=op.seq) RETURNING pool, state`;
