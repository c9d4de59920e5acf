import query from 'N/query';
import { CIVIL_FORMAT, offsetToUtc, toCivil, toUtc } from '../reconcile/account-clock';
import { modifiedColumn, SWEPT_STAMPS, typeCode, type ModifiedRecord } from '../reconcile/modified-columns';
import { assertReadable } from './assert-readable';
import { queries } from './query-port';
import { searchModified } from './search-modified';
import { textOf } from '../upsert/normalise';
import { tableOf } from '../upsert/record-tables';
import { stampFields } from '../upsert/stamps';

/** How far the account's clock is from UTC, in ms. 10 units; none where SuiteQL is not used. */
export function accountOffset(): number {
  // Searches show date-times in the user's own zone and read them back in it.
  if (queries.mode() === 'search') return 0;
  const [row] = query.runSuiteQL({ query: `SELECT TO_CHAR(SYSDATE, '${CIVIL_FORMAT}') FROM DUAL` }).results;
  return offsetToUtc(textOf(row?.values[0]), Date.now());
}

/**
 * Records last modified in [from, to), in the order of their ids: a keyed window, because SuiteQL pages without one repeat and lose
 * rows while records change (Oracle page section_158316295024). 10 units.
 */
export function modifiedRecords(
  recordType: string,
  window: { from: string; to: string; after?: string | undefined; limit: number },
  offsetMs: number,
): ModifiedRecord[] {
  assertReadable([recordType]);
  if (queries.mode() === 'search') return searchModified(recordType, window);
  const table = tableOf(recordType);
  const stamp = stampFields(recordType);
  const modified = modifiedColumn(recordType);
  const stamps = SWEPT_STAMPS.map((name) => (stamp === null ? 'NULL' : `r.${stamp(name)}`)).join(', ');
  const type = table.typeColumn === undefined ? 'NULL' : `TO_CHAR(r.${table.typeColumn})`;
  const conditions = [
    `r.${modified} >= TO_DATE(?, '${CIVIL_FORMAT}')`,
    `r.${modified} < TO_DATE(?, '${CIVIL_FORMAT}')`,
  ];
  const params: (string | number)[] = [toCivil(window.from, offsetMs), toCivil(window.to, offsetMs)];
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
      lastModified: toUtc(at ?? '', offsetMs),
      crmId: crmId ?? null,
      opId: opId ?? null,
      version: version ?? null,
      hop: hop ?? null,
      seen: seen ?? null,
      hash: hash ?? null,
    };
  });
}
