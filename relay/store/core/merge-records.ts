import { releaseEdges } from './finish-operations';
import { promote } from './promote';
import { execute, lock, query, select, type Row, type Script, type Step, type Tx } from './script';
import { HEAD, liveOf } from './live';
import { inList, S, TRANSITIONS } from './states';
import { lastVersion, reissueFrom, toVersion } from './versions';

export interface Identified {
  pool: string;
  group: string;
  rkey: string;
  internalId: string;
}

/** Whether two of the records got one internal id in the same batch. */
export function hasTwins(identified: readonly Identified[]): boolean {
  const first = new Map<string, string>();
  return identified.some(({ pool, group, rkey, internalId }) => {
    const id = `${pool}\u0000${group}\u0000${internalId}`;
    const known = first.get(id);
    first.set(id, known ?? rkey);
    return known !== undefined && known !== rkey;
  });
}

/** Answers showed internal ids that other keys of the group may have too: each pair is one record. One query for the whole batch. */
export const findTwins = (identified: readonly Identified[]): Step =>
  select(
    `SELECT r.rkey AS older, v.rkey AS younger FROM @rows(pool text, grp text, rkey text, internal_id text) v
     JOIN rec r ON r.pool=v.pool AND r.grp=v.grp AND r.internal_id=v.internal_id AND r.rkey<>v.rkey
     JOIN rec own ON own.rkey=v.rkey
     WHERE r.merged_into IS NULL AND own.merged_into IS NULL ORDER BY r.created_at`,
    identified.map((one) => [one.pool, one.group, one.rkey, one.internalId]),
  );

export function* mergeTwins(tx: Tx, twins: readonly Row[]): Script<void> {
  const gone = new Set<string>();
  for (const { older, younger } of twins as unknown as { older: string; younger: string }[]) {
    if (gone.has(older) || gone.has(younger)) continue;
    yield* mergeRecords(tx, older, younger);
    gone.add(younger);
  }
}

interface Known {
  last_version: string | null;
  applied_at: number | null;
  internal_id: string | null;
  busy_until: number | null;
}

/** The younger record's queue goes behind the older's, in one transaction; what is under way finishes first and keeps its own key till then. */
export function* mergeRecords(tx: Tx, older: string, younger: string): Script<void> {
  yield* lock([older, younger]);
  const live = yield* query<{ state: number }>(
    `SELECT state FROM op WHERE seq IN ${liveOf('rkey=?')} ORDER BY seq @lock`,
    younger,
    younger,
  );
  if (live.some(({ state }) => state === S.leased)) return;
  const moved = inList(TRANSITIONS.merge.from);
  const behind = yield* query<{ seq: number; attempts: number }>(
    `UPDATE op SET state=CASE WHEN state IN (${S.held},${S.refused}) THEN ${S.refused} ELSE ${S.blocked} END, rkey=?, updated_at=?
     WHERE seq IN ${liveOf('rkey=?')} AND state IN ${moved} RETURNING seq, attempts`,
    older,
    tx.now,
    younger,
    younger,
  );
  yield* execute('UPDATE rec SET merged_into=? WHERE rkey=?', older, younger);
  yield* execute('UPDATE alias SET rkey=? WHERE rkey=?', older, younger);
  const versions = yield* query<Known>(
    'SELECT last_version, applied_at, internal_id, busy_until FROM rec WHERE rkey IN (SELECT v FROM @list(text) k)',
    [older, younger],
  );
  // Of its live operations too, among which the younger's are by now.
  const last = Math.max(...versions.map((row) => Number(row.last_version ?? 0)), yield* lastVersion(older));
  const applied = versions.map((row) => row.applied_at).filter((at) => at !== null);
  const busy = Math.max(...versions.map((row) => row.busy_until ?? 0));
  yield* execute(
    'UPDATE rec SET last_version=?, applied_at=?, busy_until=?, internal_id=COALESCE(internal_id, ?) WHERE rkey=?',
    last > 0 ? toVersion(last) : null,
    applied.length > 0 ? Math.max(...applied) : null,
    busy > 0 ? busy : null,
    versions.find((row) => row.internal_id !== null)?.internal_id ?? null,
    older,
  );
  const [first] = behind.filter(({ attempts }) => attempts === 0).sort((a, b) => a.seq - b.seq);
  // Those of the older that come after the first of them, too: all go by their numbers now.
  if (first) yield* reissueFrom(tx, older, first.seq, last);
  if (busy > tx.now) yield* delayHead(older, busy);
  yield* promote(tx, [older]);
  yield* moveEdges(tx, older, younger, applied.length > 0);
}

/** A lost call under the other name may still write the record: nothing goes ahead of that moment. */
function* delayHead(rkey: string, until: number): Script<void> {
  yield* execute(
    `UPDATE op SET state=CASE WHEN state=${S.ready} THEN ${S.delayed} ELSE state END, run_at=?
     WHERE rkey=? AND ${HEAD} AND state IN ${inList([S.ready, S.waiting, S.delayed])} AND COALESCE(run_at,0)<?`,
    until,
    rkey,
    until,
  );
}

/** What waited for the younger waits for the older, or no longer if that is there. */
function* moveEdges(tx: Tx, older: string, younger: string, applied: boolean): Script<void> {
  if (applied) {
    yield* releaseEdges(tx, [`rec:${younger}`, `rec:${older}`]);
    return;
  }
  yield* execute(
    `INSERT INTO edge(seq, target) SELECT seq, CAST(? AS text) FROM edge WHERE target=? ON CONFLICT(seq, target) DO NOTHING`,
    `rec:${older}`,
    `rec:${younger}`,
  );
  yield* execute('DELETE FROM edge WHERE target=?', `rec:${younger}`);
}
