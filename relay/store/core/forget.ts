import type { AppliedRecord, Forgotten } from '../types';
import { execute, query, type Script } from './script';
import { S } from './states';

/** How far one call goes: a large store is forgotten in steps. */
interface ForgetStep {
  pool: string;
  limit: number;
}

/**
 * Drops what an account is known to hold: contents, internal ids, events that were seen, positions of readings. What was accepted, its
 * order and its versions stay, and so does what is known of the CRMs. Answers what went, at most `limit` of each: call again until it is none.
 */
export function* forget({ pool, limit }: ForgetStep): Script<Forgotten> {
  const contents = yield* query(
    `DELETE FROM shadow WHERE pool=? AND side='netsuite' AND skey IN
     (SELECT skey FROM shadow WHERE pool=? AND side='netsuite' LIMIT ?) RETURNING 1 AS one`,
    pool,
    pool,
    limit,
  );
  const internalIds = yield* query(
    `UPDATE rec SET internal_id=NULL WHERE rkey IN (SELECT rkey FROM rec WHERE pool=? AND internal_id IS NOT NULL LIMIT ?)
     RETURNING 1 AS one`,
    pool,
    limit,
  );
  // An account that was set up anew numbers its events anew: they must not pass for those that came before.
  const events = yield* query(
    `DELETE FROM dedupe WHERE source='netsuite' AND dkey IN
     (SELECT dkey FROM dedupe WHERE source='netsuite' AND dkey LIKE ? LIMIT ?) RETURNING 1 AS one`,
    `netsuite|${pool}|%`,
    limit,
  );
  yield* execute(`DELETE FROM cursor_position WHERE name=? OR name LIKE ?`, `changes:${pool}`, `pull:${pool}:%`);
  return { contents: contents.length, internalIds: internalIds.length, events: events.length };
}

/** Operations looked at for records that were written. */
const LOOKED_AT = 1_000;

/** Records that NetSuite said it wrote, by the newest operation of each, the newest first. */
export function* lastApplied(pool: string, limit: number): Script<AppliedRecord[]> {
  return yield* query<AppliedRecord>(
    `SELECT type AS "recordType", external_id AS "externalId", MAX(version) AS version FROM
     (SELECT pool, type, external_id, version, state, result, action, updated_at FROM op WHERE state>=10
      ORDER BY updated_at DESC LIMIT ${LOOKED_AT}) o
     WHERE pool=? AND state=${S.done} AND result IN ('created','updated','duplicate') AND action IN ('upsert','create','update')
     GROUP BY type, external_id ORDER BY MAX(updated_at) DESC LIMIT ?`,
    pool,
    limit,
  );
}
