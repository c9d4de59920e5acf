import format from 'N/format';
import type { ReconcileRow } from '../../../../../contract/reconcile';
import { modifiedColumn, SWEPT_STAMPS, typeCode, type ModifiedRecord } from '../reconcile/modified-columns';
import { tableOf } from '../upsert/record-tables';
import { stampFields } from '../upsert/stamps';
import { searchPage } from './search-rows';

const MINUTE_MS = 60_000;

const asText = (at: number): string => format.format({ value: new Date(at), type: format.Type.DATETIME }) as string;
const fromText = (text: string): string => format.parse({ value: text, type: format.Type.DATETIME }).toISOString();
const minuteOf = (iso: string): number => Math.floor(Date.parse(iso) / MINUTE_MS) * MINUTE_MS;

/** A period's records by N/search. Searches know minutes only, so both ends are cut to the minute: adjoining periods still share no record and leave none out. */
export function searchModified(
  recordType: string,
  window: { from: string; to: string; after?: string | undefined; limit: number },
): ModifiedRecord[] {
  const filters = [
    [modifiedColumn(recordType), 'onorafter', asText(minuteOf(window.from))],
    [modifiedColumn(recordType), 'before', asText(minuteOf(window.to))],
    ['internalidnumber', 'greaterthan', window.after ?? '0'],
  ];
  return searchStamped(recordType, filters, window.limit);
}

/** Records by their external ids. */
export const searchByKey = (recordType: string, externalIds: readonly string[]): ReconcileRow[] =>
  searchStamped(recordType, [['externalid', 'anyof', ...externalIds]], externalIds.length).map(
    ({ internalId, externalId, version, hash, lastModified }) => ({
      internalId,
      externalId: externalId?.toUpperCase() ?? null,
      version,
      hash,
      lastModified,
    }),
  );

/** Records of a type with their stamps, in the order of their ids. 10 units for each 1,000 rows. */
function searchStamped(recordType: string, chosen: (string | number)[][], limit: number): ModifiedRecord[] {
  const table = tableOf(recordType);
  const stamp = stampFields(recordType);
  const modified =
    recordType.endsWith('item') && !recordType.startsWith('custom') ? 'modified' : modifiedColumn(recordType);
  const code = typeCode(recordType);
  const filters: (string | number)[][] = [
    ...chosen,
    ...(table.table === 'transaction' ? [['mainline', 'is', 'T']] : []),
    ...(code === null ? [] : [['type', 'anyof', code]]),
  ];
  const type = table.typeColumn === 'searchstage' ? 'stage' : 'type';
  const named = [
    'internalid',
    'externalid',
    modified,
    ...(table.typeColumn === undefined ? [] : [type]),
    ...(stamp === null ? [] : SWEPT_STAMPS.map((name) => stamp(name))),
  ];
  return searchPage({ type: table.table, filters, columns: named, limit }).map((row) => {
    const shown = new Map(named.map((name, at) => [name, row[at] ?? null]));
    const mark = (name: (typeof SWEPT_STAMPS)[number]): string | null =>
      stamp === null ? null : (shown.get(stamp(name)) ?? null);
    return {
      recordType: table.typeOf?.[(shown.get(type) ?? '').toUpperCase()] ?? recordType,
      internalId: shown.get('internalid') ?? '',
      externalId: shown.get('externalid') ?? null,
      lastModified: fromText(shown.get(modified) ?? ''),
      crmId: mark('crm_id'),
      opId: mark('op'),
      version: mark('version'),
      hop: mark('hop'),
      seen: mark('seen'),
      hash: mark('hash'),
    };
  });
}
