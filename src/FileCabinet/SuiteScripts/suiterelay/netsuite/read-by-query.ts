import query from 'N/query';
import type { ReadRow } from '../../../../../contract/read-page';
import { civilSince, toUtc, type AccountClock } from '../reconcile/account-clock';
import { keyedPage, type KeyedPage } from '../reconcile/keyed-page';
import { textOf } from '../upsert/normalise';

export interface PageRequest {
  /** ISO 8601; only what changed since. */
  since: string;
  after: string;
  /** Exactly these records, whenever they changed. */
  ids: readonly string[] | null;
  limit: number;
}

/** A page asked for by SuiteQL, which speaks the account's own time. */
export interface QueryRequest extends PageRequest {
  clock: AccountClock;
}

export interface QueryColumn {
  name: string;
  sql: string;
  /** `label`: the part of a status behind its record type, `Open` of `Invoice : Open`. */
  as?: 'number' | 'flag' | 'time' | 'label';
}

export interface QuerySource {
  columns: readonly QueryColumn[];
  from: string;
  where: readonly string[];
  /** Condition on when a row changed; one parameter, in the account's own time. */
  since: string;
  /** Column that orders the rows and is the cursor: a number. */
  key: string;
}

/** Reads a page in the order of its key. 10 units. */
export function readByQuery(source: QuerySource, request: QueryRequest): KeyedPage<ReadRow> {
  const list = source.columns.map((column) => column.sql).join(', ');
  const { ids, limit, clock } = request;
  const chosen = ids === null ? source.since : `${source.key} IN (${ids.map(() => '?').join(', ')})`;
  const where = [...source.where, chosen, `${source.key} > ?`].join(' AND ');
  const inner = `SELECT ${list} FROM ${source.from} WHERE ${where} ORDER BY ${source.key}`;
  const sql = `SELECT * FROM (${inner}) WHERE ROWNUM <= ${limit}`;
  const params = [...(ids === null ? [civilSince(request.since, clock)] : ids.map(Number)), Number(request.after)];
  const rows = query.runSuiteQL({ query: sql, params }).results.map(({ values }) => toRow(source, values, clock));
  return keyedPage(rows, (row) => String(row['internalId']), limit);
}

function toRow(source: QuerySource, values: readonly unknown[], clock: AccountClock): ReadRow {
  const row: ReadRow = {};
  source.columns.forEach(({ name, as }, at) => {
    const text = textOf(values[at]);
    if (text === '') row[name] = null;
    else if (as === 'number') row[name] = Number(text);
    else if (as === 'flag') row[name] = text === 'T';
    else if (as === 'label') row[name] = text.split(' : ').at(-1) ?? text;
    else row[name] = as === 'time' ? toUtc(text, clock) : text;
  });
  return row;
}
