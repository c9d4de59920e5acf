import query from 'N/query';
import type { ReconcileRow } from '../../../../../contract/reconcile';
import { CIVIL_FORMAT, toUtc, type AccountClock } from '../reconcile/account-clock';
import { modifiedColumn, typeCode } from '../reconcile/modified-columns';
import { textOf } from '../upsert/normalise';
import { tableOf } from '../upsert/record-tables';
import { stampFields } from '../upsert/stamps';
import { assertReadable } from './assert-readable';
import { queries } from './query-port';
import { searchByKey } from './search-modified';

const marks = (count: number): string => Array.from({ length: count }, () => '?').join(', ');

/**
 * Records by their external ids, in the order of internal ids. A record whose external id belongs to somebody else is known by the key
 * of its stamp. 10 units.
 */
export function recordsByKey(recordType: string, externalIds: readonly string[], clock: AccountClock): ReconcileRow[] {
  assertReadable([recordType]);
  const wanted = externalIds.map((id) => id.toUpperCase());
  if (queries.mode() === 'search') return searchByKey(recordType, wanted);
  const stamp = stampFields(recordType);
  const of = (name: 'key' | 'version' | 'hash'): string => (stamp === null ? 'NULL' : `r.${stamp(name)}`);
  const named = [
    `r.externalid IN (${marks(wanted.length)})`,
    ...(stamp === null ? [] : [`r.${stamp('key')} IN (${marks(wanted.length)})`]),
  ];
  const code = typeCode(recordType);
  const sql =
    `SELECT TO_CHAR(r.id), r.externalid, ${of('key')}, ${of('version')}, ${of('hash')}, ` +
    `TO_CHAR(r.${modifiedColumn(recordType)}, '${CIVIL_FORMAT}') FROM ${tableOf(recordType).table} r ` +
    `WHERE (${named.join(' OR ')})${code === null ? '' : ' AND r.type = ?'} ORDER BY r.id`;
  const params = [...named.flatMap(() => wanted), ...(code === null ? [] : [code])];
  const asked = new Set(wanted);
  return query.runSuiteQL({ query: sql, params }).results.map(({ values }) => {
    const [id, externalId, key, version, hash, at] = values.map((value) => textOf(value) || null);
    const known = [externalId, key].find((name) => name != null && asked.has(name.toUpperCase()));
    return {
      internalId: id ?? '',
      externalId: known?.toUpperCase() ?? null,
      version: version ?? null,
      hash: hash ?? null,
      lastModified: toUtc(at ?? '', clock),
    };
  });
}
