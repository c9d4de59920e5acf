import { LINE_KEY_COLUMN } from '../../../../../contract/stamps';
import type { FoundRecords } from './found-records';
import type { Kind } from './normalise';
import { recordCondition, type KeysOfBatch } from './prefetch-records';
import { tableOf } from './record-tables';
import { asDay, asText, type Branch } from './sql-branches';

/** Columns of transactionline whose name or sign differs from the sublist's field. Sales quantities are stored negative there. */
const LINE_SQL: Readonly<Record<string, string>> = {
  quantity: 'TO_CHAR(ABS(l.quantity))',
  description: 'TO_CHAR(l.memo)',
};

/** Line fields that transactionline does not show in the form in which they are set. */
const HIDDEN_LINE_FIELDS: ReadonlySet<string> = new Set(['amount', 'options', 'inventorydetail', 'addressbookaddress']);

/** Reads the `item` lines of the batch's transactions. */
export function lineBranch(keys: KeysOfBatch, fields: ReadonlyMap<string, Kind>, found: FoundRecords): Branch | null {
  const table = tableOf(keys.recordType);
  if (table.lines !== true) {
    found.unreadParts.add('item');
    return null;
  }
  const readable = [...fields].filter(([field]) => !HIDDEN_LINE_FIELDS.has(field) && field !== LINE_KEY_COLUMN);
  for (const [field] of fields) if (HIDDEN_LINE_FIELDS.has(field)) found.unreadParts.add(`item.${field}`);
  const columns = [
    { name: 'owner', sql: asText('r.id') },
    { name: LINE_KEY_COLUMN, sql: `l.${LINE_KEY_COLUMN}` },
    ...readable.map(([field, kind]) => ({ name: `f.${field}`, sql: lineSql(field, kind) })),
  ];
  const { where, params } = recordCondition(keys);
  return {
    mark: 'L',
    columns,
    from: `${table.table} r INNER JOIN transactionline l ON l.transaction = r.id`,
    where: `${where} AND l.mainline = 'F' AND l.taxline = 'F'`,
    params,
    essential: ['owner', LINE_KEY_COLUMN],
    read: (row) => addLine(found, 'item', row),
    dropped: (names) => names.forEach((name) => found.unreadParts.add(`item.${name.slice(2)}`)),
    unavailable: () => found.unreadParts.add('item'),
  };
}

function lineSql(field: string, kind: Kind): string {
  const special = LINE_SQL[field];
  if (special !== undefined) return special;
  if (kind === 'date') return asDay(`l.${field}`);
  if (kind === 'text') return `BUILTIN.DF(l.${field})`;
  return asText(`l.${field}`);
}

function addLine(found: FoundRecords, sublist: string, row: ReadonlyMap<string, string | null>): void {
  const record = found.byInternalId(row.get('owner') ?? '');
  if (record === undefined) return;
  const values = new Map([...row].map(([name, value]) => [name.replace(/^f\./, ''), value] as const));
  record.lines.set(sublist, [...(record.lines.get(sublist) ?? []), { values }]);
}

const ADDRESS_LINE_FIELDS: ReadonlySet<string> = new Set([
  'label',
  'defaultbilling',
  'defaultshipping',
  'isresidential',
]);

/** Reads the address books of the batch's entities: fields of the line and, as `addressbookaddress.x`, of the address itself. */
export function addressBranch(keys: KeysOfBatch, addressFields: readonly string[], found: FoundRecords): Branch | null {
  const table = tableOf(keys.recordType);
  if (table.addressTables === undefined) {
    found.unreadParts.add('addressbook');
    return null;
  }
  const columns = [
    { name: 'owner', sql: asText('r.id') },
    ...[...ADDRESS_LINE_FIELDS].map((field) => ({ name: `f.${field}`, sql: asText(`b.${field}`) })),
    ...addressFields.map((field) => ({ name: `f.addressbookaddress.${field}`, sql: asText(`a.${field}`) })),
  ];
  const { where, params } = recordCondition(keys);
  const { book, address } = table.addressTables;
  return {
    mark: 'A',
    columns,
    from: `${table.table} r INNER JOIN ${book} b ON b.entity = r.id INNER JOIN ${address} a ON a.nkey = b.addressbookaddress`,
    where,
    params,
    essential: ['owner', 'f.label'],
    read: (row) => addLine(found, 'addressbook', row),
    dropped: () => found.unreadParts.add('addressbook'),
    unavailable: () => found.unreadParts.add('addressbook'),
  };
}

const SUBRECORD_TABLES: Readonly<Record<string, { table: string; column: string }>> = {
  shippingaddress: { table: 'transactionshippingaddress', column: 'shippingaddress' },
  billingaddress: { table: 'transactionbillingaddress', column: 'billingaddress' },
};

/** Reads one address subrecord of the batch's transactions. */
export function subrecordBranch(
  keys: KeysOfBatch,
  name: string,
  fields: readonly string[],
  found: FoundRecords,
): Branch | null {
  const table = tableOf(keys.recordType);
  const source = SUBRECORD_TABLES[name];
  if (table.table !== 'transaction' || source === undefined) {
    found.unreadParts.add(name);
    return null;
  }
  const { where, params } = recordCondition(keys);
  return {
    mark: `S${name}`,
    columns: [
      { name: 'owner', sql: asText('r.id') },
      ...fields.map((field) => ({ name: `f.${field}`, sql: asText(`s.${field}`) })),
    ],
    from: `${table.table} r INNER JOIN ${source.table} s ON s.nkey = r.${source.column}`,
    where,
    params,
    essential: ['owner'],
    read: (row) => {
      const values = new Map([...row].map(([column, value]) => [column.replace(/^f\./, ''), value] as const));
      found.byInternalId(row.get('owner') ?? '')?.subrecords.set(name, values);
    },
    dropped: () => found.unreadParts.add(name),
    unavailable: () => found.unreadParts.add(name),
  };
}
