import type { PreparedRequest } from '../core/prepare-request';
import { BEHIND, HEAD } from '../core/live';
import { columnType } from './column-types';
import type { Guess, Insert } from './guess-enqueue';
import type { Statement, Value } from './join-statements';

/** The server's clock, in ms since the epoch. */
export const SERVER_NOW = '(extract(epoch FROM clock_timestamp())*1000)::bigint';
/** How far the time that a plan was made for may lie behind the server's, in ms. */
const CLOCK_TOLERANCE_MS = 250;
/** Numbers for the next request, and the server's time. */
export const NUMBERS = `nextval('seq_op') AS op, nextval('seq_request') AS request, ${SERVER_NOW} AS now`;

/**
 * That the guess was right: it is the time that was thought, no operation has got a number since (numbers are the order of acceptance, for
 * records too that turn out to be one), the record has no live operation, is no other by now, has no lost call that may still write and no
 * version as high, and the request's key is new. `$1` record, `$2` time, `$3` version, `$4` and `$5` the key, `$6` the operation's number.
 */
const FREE = `SELECT r.rkey IS NULL AS fresh FROM (SELECT ${SERVER_NOW} AS now) t LEFT JOIN rec r ON r.rkey=$1::text
  WHERE t.now-$2::bigint BETWEEN 0 AND ${CLOCK_TOLERANCE_MS} AND (SELECT last_value FROM seq_op)=$6::bigint
  AND r.merged_into IS NULL AND COALESCE(r.busy_until,0)<=$2::bigint
  AND COALESCE(r.last_version,'')<$3::text
  AND NOT EXISTS(SELECT 1 FROM op h WHERE h.rkey=$1::text AND h.${HEAD})
  AND NOT EXISTS(SELECT 1 FROM op b WHERE b.rkey=$1::text AND b.${BEHIND})
  AND NOT EXISTS(SELECT 1 FROM request q WHERE q.scope=$4::text AND q.ikey=$5::text)`;
const PARAMETERS = 6;

/** Texts by the tables and columns that they write. */
const texts = new Map<string, string>();

/**
 * All of a guess as one statement: what it writes is written if the guess was right, else nothing is. Answers `accepted`, and numbers for
 * the next. `offsetMs` is what the store's time is ahead of the server's.
 */
export function guardedInsert(
  request: PreparedRequest,
  { tx, numbers, answers, inserts }: Guess,
  offsetMs: number,
): Statement {
  const [operation] = request.operations;
  const [answer] = answers;
  const version = answer && 'operations' in answer ? answer.operations[0]?.version : undefined;
  const key = [request.scope, request.ikey];
  const values: Value[] = [operation?.rkey ?? null, tx.now - offsetMs, version ?? null, ...key, numbers.op];
  for (const { rows } of inserts) values.push(...(rows[0] ?? []));
  const shape = inserts.map(({ table, columns }) => `${table}(${columns.length})`).join(' ');
  let text = texts.get(shape);
  if (text === undefined) {
    text = textOf(inserts);
    texts.set(shape, text);
  }
  return { text, values };
}

function textOf(inserts: readonly Insert[]): string {
  let before = PARAMETERS;
  const written = inserts.map(({ table, columns }, at) => {
    const values = columns.map((column) => `$${++before}::${columnType(table, column)}`);
    // A record is written when it is new; nobody else can write it under its lock, so that there is no conflict to look for.
    return `s${at} AS (INSERT INTO ${table}(${columns.join(',')}) SELECT ${values.join(',')} FROM free${table === 'rec' ? ' WHERE fresh' : ''})`;
  });
  return `WITH free AS MATERIALIZED (${FREE}), ${written.join(', ')} SELECT EXISTS(SELECT 1 FROM free) AS accepted, ${NUMBERS}`;
}
