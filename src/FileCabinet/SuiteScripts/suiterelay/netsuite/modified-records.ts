import query from 'N/query';
import { CIVIL_FORMAT, civilSince, civilUntil, toUtc, type AccountClock } from '../reconcile/account-clock';
import type { KeyedPage } from '../reconcile/keyed-page';
import { modifiedColumn, SWEPT_STAMPS, typeCode, type ModifiedRecord } from '../reconcile/modified-columns';
import { assertReadable } from './assert-readable';
import { queries } from './query-port';
import { searchModified } from './search-modified';
import { textOf } from '../upsert/normalise';
import { tableOf } from '../upsert/record-tables';
import { stampFields } from '../upsert/stamps';

interface Window {
  from: string;
  to: string;
  after?: string | undefined;
  limit: number;
}

/**
 * Records last modified in [from, to), in the order of their ids: a keyed window, because SuiteQL pages without one repeat and lose
 * rows while records change (Oracle page section_158316295024). 10 units.
 */
export function modifiedRecords(recordType: string, window: Window, clock: AccountClock): KeyedPage<ModifiedRecord> {
  assertReadable([recordType]);
  if (queries.mode() === 'search') return toPage(searchModified(recordType, window), window.limit);
  const { rows, after } = toPage(queryModified(recordType, window, clock), window.limit);
  const [from, to] = [wholeSeconds(window.from), wholeSeconds(window.to)];
  // In the night in which the clocks are put back, account time alone does not tell its two hours apart.
  const isWithin = (at: string): boolean => at >= from && at < to;
  return { rows: rows.filter(({ lastModified }) => isWithin(wholeSeconds(lastModified))), after };
}

const toPage = (rows: ModifiedRecord[], limit: number): KeyedPage<ModifiedRecord> => ({
  rows,
  after: rows.length < limit ? undefined : rows.at(-1)?.internalId,
});

/** `TO_CHAR` shows whole seconds. */
const wholeSeconds = (iso: string): string => new Date(iso).toISOString().slice(0, 19);

function queryModified(recordType: string, window: Window, clock: AccountClock): ModifiedRecord[] {
  const table = tableOf(recordType);
  const stamp = stampFields(recordType);
  const modified = modifiedColumn(recordType);
  const stamps = SWEPT_STAMPS.map((name) => (stamp === null ? 'NULL' : `r.${stamp(name)}`)).join(', ');
  const type = table.typeColumn === undefined ? 'NULL' : `TO_CHAR(r.${table.typeColumn})`;
  const conditions = [
    `r.${modified} >= TO_DATE(?, '${CIVIL_FORMAT}')`,
    `r.${modified} < TO_DATE(?, '${CIVIL_FORMAT}')`,
  ];
  const params: (string | number)[] = [civilSince(window.from, clock), civilUntil(window.to, clock)];
  const code = typeCode(recordType);
  if (code !== null) {
    conditions.push('r.type = ?');
    params.push(code);
  }
  if (window.after !== undefined) {
    conditions.push('r.id > ?');
    params.push(Number(window.after));
  }
  const inner = `SELECT TO_CHAR(r.id), r.externalid, ${type}, TO_CHAR(r.${modified}, '${CIVIL_FORMAT}'), ${stamps} FROM ${table.table} r WHERE ${conditions.join(' AND ')} ORDER BY r.id`;
  const sql = `SELECT * FROM (${inner}) WHERE ROWNUM <= ${window.limit}`;
  return query.runSuiteQL({ query: sql, params }).results.map(({ values }) => {
    const texts = values.map((value) => textOf(value) || null);
    const [id, externalId, told, at, crmId, opId, version, hop, seen, hash] = texts;
    return {
      recordType: table.typeOf?.[(told ?? '').toUpperCase()] ?? recordType,
      internalId: id ?? '',
      externalId: externalId ?? null,
      lastModified: toUtc(at ?? '', clock, seen),
      crmId: crmId ?? null,
      opId: opId ?? null,
      version: version ?? null,
      hop: hop ?? null,
      seen: seen ?? null,
      hash: hash ?? null,
    };
  });
}
