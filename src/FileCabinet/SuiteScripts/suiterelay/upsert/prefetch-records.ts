import { groupOf } from '../../../../../contract/glossary';
import type { Kind } from './normalise';
import type { FoundRecord, FoundRecords } from './found-records';
import { tableOf, type RecordTable } from './record-tables';
import { asDay, asText, isOneOf, type Branch } from './sql-branches';
import { stampFields } from './stamps';

export interface KeysOfBatch {
  recordType: string;
  externalIds: string[];
  internalIds: string[];
  crmIds: string[];
}

const STAMPS = ['key', 'crm_id', 'op', 'version', 'hash'] as const;

/** The condition that names the batch's records, over the table alias `r`. */
export function recordCondition(keys: KeysOfBatch): { where: string; params: string[] } {
  const parts: string[] = [];
  const params: string[] = [];
  const add = (column: string, values: string[]): void => {
    if (values.length === 0) return;
    parts.push(isOneOf(column, values.length));
    params.push(...values);
  };
  add('r.externalid', keys.externalIds);
  add('r.id', keys.internalIds);
  const crm = stampFields(keys.recordType)?.('crm_id');
  if (crm !== undefined) add(`r.${crm}`, keys.crmIds);
  return { where: `(${parts.join(' OR ')})`, params };
}

/** Reads the batch's records: keys, stamps, stage and the current values of every field that may have to be compared. */
export function recordBranch(keys: KeysOfBatch, fields: ReadonlyMap<string, Kind>, found: FoundRecords): Branch {
  const table = tableOf(keys.recordType);
  const stamp = stampFields(keys.recordType);
  const hidden = new Set(table.hidden ?? []);
  const queried = [...fields].filter(([field, kind]) => !hidden.has(field) && kind !== 'datetime');
  for (const [field] of fields) if (!queried.some(([name]) => name === field)) found.notQueryable.add(field);
  const columns = [
    { name: 'id', sql: asText('r.id') },
    { name: 'externalid', sql: 'r.externalid' },
    ...(table.typeColumn === undefined ? [] : [{ name: table.typeColumn, sql: asText(`r.${table.typeColumn}`) }]),
    ...(stamp === null ? [] : STAMPS.map((name) => ({ name: stamp(name), sql: `r.${stamp(name)}` }))),
    ...queried.map(([field, kind]) => ({
      name: `f.${field}`,
      sql: table.sql?.[field] ?? columnSql(columnOf(table, field), kind),
    })),
  ];
  const { where, params } = recordCondition(keys);
  return {
    mark: 'R',
    columns,
    from: queried.some(([field]) => isOnMainLine(table, field)) ? `${table.table} r ${MAIN_LINE}` : `${table.table} r`,
    where,
    params,
    search: recordSearch(keys, queried),
    essential: columns.filter((column) => !column.name.startsWith('f.')).map((column) => column.name),
    read: (row) => readRecord(row, keys.recordType, table, found),
    dropped: (names) => names.forEach((name) => found.notQueryable.add(name.slice(2))),
    unavailable: () => found.unreadParts.add('records'),
  };
}

/** Days come in the user's own date format from a search: they are compared after a load. */
function recordSearch(keys: KeysOfBatch, queried: readonly (readonly [string, Kind])[]): NonNullable<Branch['search']> {
  const table = tableOf(keys.recordType);
  const stamp = stampFields(keys.recordType);
  const any: NonNullable<Branch['search']>['any'] = [
    { field: 'externalid', operator: 'anyof', values: keys.externalIds },
    { field: 'internalid', operator: 'anyof', values: keys.internalIds },
    ...(stamp === null ? [] : [{ field: stamp('crm_id'), operator: 'is' as const, values: keys.crmIds }]),
  ];
  const type = table.typeColumn === 'searchstage' ? 'stage' : 'type';
  return {
    type: table.table,
    any: any.filter((condition) => condition.values.length > 0),
    all: table.table === 'transaction' ? [['mainline', 'is', 'T']] : [],
    columns: {
      id: 'internalid',
      externalid: 'externalid',
      ...(table.typeColumn === undefined ? {} : { [table.typeColumn]: type }),
      ...(stamp === null ? {} : Object.fromEntries(STAMPS.map((name) => [stamp(name), stamp(name)]))),
      ...Object.fromEntries(
        queried.filter(([, kind]) => kind === 'plain' || kind === 'number').map(([field]) => [`f.${field}`, field]),
      ),
    },
  };
}

const MAIN_LINE = "LEFT JOIN transactionline m ON m.transaction = r.id AND m.mainline = 'T'";
const isOnMainLine = (table: RecordTable, field: string): boolean => table.mainLine?.includes(field) === true;

const columnOf = (table: RecordTable, field: string): string =>
  isOnMainLine(table, field) ? `m.${field}` : `r.${table.columns?.[field] ?? field}`;

function columnSql(column: string, kind: Kind): string {
  if (kind === 'date') return asDay(column);
  if (kind === 'text') return `BUILTIN.DF(${column})`;
  return asText(column);
}

function readRecord(
  row: ReadonlyMap<string, string | null>,
  recordType: string,
  table: RecordTable,
  found: FoundRecords,
): void {
  const stamp = stampFields(recordType);
  const mark = (name: (typeof STAMPS)[number]): string | null =>
    stamp === null ? null : (row.get(stamp(name)) ?? null);
  const internalId = row.get('id') ?? '';
  const told = table.typeColumn === undefined ? null : (row.get(table.typeColumn) ?? '').toUpperCase();
  const exact = told === null ? recordType : (table.typeOf?.[told] ?? told.toLowerCase());
  const values = new Map<string, string | null>();
  for (const [name, value] of row) if (name.startsWith('f.')) values.set(name.slice(2), value);
  const record: FoundRecord = {
    internalId,
    externalId: row.get('externalid') ?? null,
    recordType: exact,
    stage: table.typeColumn === 'searchstage' ? told : null,
    stamp: { key: mark('key'), crmId: mark('crm_id'), op: mark('op'), version: mark('version'), hash: mark('hash') },
    values,
    lines: new Map(),
    subrecords: new Map(),
    current: true,
  };
  found.add(record);
}

/** Who holds the wanted external ids in the whole group: an employee's would make the save fail, units spent. */
export function holderBranch(keys: KeysOfBatch, found: FoundRecords): Branch | null {
  const table = tableOf(keys.recordType);
  if (table.holders === undefined || keys.externalIds.length === 0) return null;
  return {
    mark: 'H',
    columns: [
      { name: 'id', sql: asText('e.id') },
      { name: 'externalid', sql: 'e.externalid' },
      { name: 'type', sql: asText('e.type') },
    ],
    from: `${table.holders} e`,
    where: isOneOf('e.externalid', keys.externalIds.length),
    params: keys.externalIds,
    search: {
      type: table.holders,
      any: [{ field: 'externalid', operator: 'anyof', values: keys.externalIds }],
      all: [],
      columns: { id: 'internalid', externalid: 'externalid', type: 'type' },
    },
    essential: ['id', 'externalid'],
    read: (row) =>
      found.addHolder(row.get('externalid') ?? '', row.get('id') ?? '', row.get('type') ?? groupOf(keys.recordType)),
    dropped: () => undefined,
    unavailable: () => found.unreadParts.add('holders'),
  };
}
