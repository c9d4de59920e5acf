import { BEHIND, liveOf } from './live';
import {
  execute,
  query,
  queryOne,
  toNumbers,
  updateEach,
  updateRows,
  type Row,
  type Script,
  type Step,
  type Tx,
} from './script';

/** As it is stored and sent: versions compare as text. */
export const toVersion = (version: number): string => String(version).padStart(16, '0');

/** The next version of a record: grows with time, and past any given before, so that a store restored from a backup still goes up. */
export const nextVersion = (nowMs: number, last: number): number => Math.max(nowMs * 1000, last + 1);

/**
 * Versions for operations of records whose last one is given (of several records: the highest). Where transactions run alone they count up
 * over all records; elsewhere the last one is found by the record's row and its live operations. Either way the row need not be written
 * with every operation of the record.
 */
export function* issueVersions(tx: Tx, count: number, last: number): Script<number[]> {
  const least = nextVersion(tx.now, last);
  if (!tx.alone) return Array.from({ length: count }, (_, at) => least + at);
  return toNumbers((yield { kind: 'allocate', sequence: 'version', count, least }) as Row[]);
}

/** The last version of a record that was sent or still may be. */
export function* lastVersion(rkey: string): Script<number> {
  const found = yield* queryOne<{ version: string | null }>(
    `SELECT MAX(version) AS version FROM (SELECT last_version AS version FROM rec WHERE rkey=?
     UNION ALL SELECT version FROM op WHERE seq IN ${liveOf('rkey=?')}) v`,
    rkey,
    rkey,
    rkey,
  );
  return Number(found?.version ?? 0);
}

/**
 * Operations that wait behind the head of a record, from a number on, and were never sent get versions above the last one: with those they
 * were given before something newer came ahead of them they would be taken for late news.
 */
export function* reissueFrom(tx: Tx, rkey: string, from: number, last: number): Script<void> {
  const rows = yield* query<{ seq: number }>(
    `SELECT seq FROM op WHERE rkey=? AND ${BEHIND} AND seq>=? AND attempts=0 ORDER BY @turn`,
    rkey,
    from,
  );
  if (rows.length === 0) return;
  const versions = (yield* issueVersions(tx, rows.length, last)).map(toVersion);
  yield* updateEach(
    'UPDATE op SET version=v.version @each(seq bigint, version text) WHERE op.seq=v.seq',
    rows.map(({ seq }, at) => [seq, versions[at] ?? '']),
  );
  yield* execute('UPDATE rec SET last_version=? WHERE rkey=?', versions.at(-1) ?? null, rkey);
}

/** Of operations that leave the living without being applied: a call of theirs may have been, so their versions are spent. */
export const spendVersions = (rows: readonly (readonly [rkey: string, version: string])[]): Step =>
  updateRows(
    `UPDATE rec SET last_version=v.version @each(rkey text, version text)
     WHERE rec.rkey=v.rkey AND COALESCE(rec.last_version,'')<v.version`,
    rows,
  );
