import { groupOf } from '../../../contract';
import type { CrossReference } from '../types';
import { liveOf } from './live';
import { mergeRecords } from './merge-records';
import { recordKeyOf } from './record-key';
import { insert, lock, query, queryOne, type Script, type Tx } from './script';

interface RecordRow {
  rkey: string;
  pool: string;
  grp: string;
  external_id: string;
  internal_id: string | null;
  last_version: string | null;
  applied_at: number | null;
  merged_into: string | null;
}

const COLUMNS = 'rkey, pool, grp, external_id, internal_id, last_version, applied_at, merged_into';

export type RecordName = { externalId: string } | { internalId: string } | { alias: string };

export function* findRecord(pool: string, recordType: string, by: RecordName): Script<CrossReference | null> {
  const group = groupOf(recordType);
  let row: RecordRow | undefined;
  if ('externalId' in by) row = yield* load(recordKeyOf(pool, recordType, by.externalId));
  else if ('internalId' in by) {
    row = yield* queryOne<RecordRow>(
      `SELECT ${COLUMNS} FROM rec WHERE pool=? AND grp=? AND internal_id=? ORDER BY merged_into IS NOT NULL LIMIT 1`,
      pool,
      group,
      by.internalId,
    );
  } else {
    const alias = yield* queryOne<{ rkey: string }>(
      'SELECT rkey FROM alias WHERE pool=? AND grp=? AND alias=?',
      pool,
      group,
      by.alias,
    );
    row = alias ? yield* load(alias.rkey) : undefined;
  }
  while (row?.merged_into) row = yield* load(row.merged_into);
  return row ? yield* describe(row) : null;
}

/** Gives a record one more name. Two records that turn out to share a name become one. */
export function* linkAlias(
  tx: Tx,
  pool: string,
  recordType: string,
  externalId: string,
  alias: string,
): Script<{ recordKey: string; merged: boolean }> {
  const group = groupOf(recordType);
  const rkey = recordKeyOf(pool, recordType, externalId);
  yield* lock([rkey, `alias:${pool}|${group}|${alias}`]);
  yield* insert(
    'rec',
    ['rkey', 'pool', 'grp', 'external_id', 'created_at'],
    [[rkey, pool, group, externalId.toUpperCase(), tx.now]],
    '(rkey) DO NOTHING',
  );
  let own = (yield* load(rkey)) as RecordRow;
  while (own.merged_into) own = (yield* load(own.merged_into)) as RecordRow;
  const known = yield* queryOne<{ rkey: string }>(
    'SELECT rkey FROM alias WHERE pool=? AND grp=? AND alias=?',
    pool,
    group,
    alias,
  );
  if (known && known.rkey !== own.rkey) {
    yield* mergeRecords(tx, known.rkey, own.rkey);
    return { recordKey: known.rkey, merged: true };
  }
  yield* insert(
    'alias',
    ['pool', 'grp', 'alias', 'rkey'],
    [[pool, group, alias, own.rkey]],
    '(pool, grp, alias) DO NOTHING',
  );
  return { recordKey: own.rkey, merged: false };
}

const load = (rkey: string): Script<RecordRow | undefined> =>
  queryOne<RecordRow>(`SELECT ${COLUMNS} FROM rec WHERE rkey=?`, rkey);

const newer = (a: string | null, b: string | null): string | null => ((a ?? '') > (b ?? '') ? a : b);

function* describe(row: RecordRow): Script<CrossReference> {
  const aliases = yield* query<{ alias: string }>('SELECT alias FROM alias WHERE rkey=? ORDER BY alias', row.rkey);
  const live = yield* queryOne<{ n: number; version: string | null }>(
    `SELECT COUNT(*) AS n, MAX(version) AS version FROM op WHERE seq IN ${liveOf('rkey=?')}`,
    row.rkey,
    row.rkey,
  );
  return {
    recordKey: row.rkey,
    pool: row.pool,
    group: row.grp,
    externalId: row.external_id,
    internalId: row.internal_id,
    aliases: aliases.map(({ alias }) => alias),
    lastVersion: [row.last_version, live?.version ?? null].reduce(newer),
    appliedAt: row.applied_at,
    liveOperations: live?.n ?? 0,
  };
}
