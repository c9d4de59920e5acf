import { extract, ownerColumn, rawColumn } from './column';
import type { ColumnSpec, RecordTableSpec } from './record-table';
import type { SublistTableSpec } from './sublist-table';

/**
 * Addresses. An address book line and its address share one key: the line's internal id, or its unique key where no id was stored.
 * Addresses of transactions are negative keys, two a transaction, so that the two kinds never meet.
 */
const ADDRESS_FIELDS = [
  'addr1',
  'addr2',
  'addr3',
  'city',
  'state',
  'zip',
  'country',
  'addressee',
  'attention',
  'addrphone',
  'addrtext',
];
const TARGETS: Record<string, string | undefined> = { country: 'list:country', state: undefined };

export const addressKey = (row: string): string =>
  `CAST(COALESCE(${['internalid', 'addressid', 'id', 'lineuniquekey'].map((field) => extract(`${row}.data`, field)).join(', ')}, ${row}.id * 1000 + ${row}.seq) AS INTEGER)`;

/** By the key lines of address books are looked up from customers and from each other; without an index each look-up reads all of them. */
const keyColumn: ColumnSpec = {
  make: (row) => ({
    ...rawColumn(addressKey(row), 'number'),
    stored: {
      sql: addressKey(row),
      form: 'number',
      ofLines: { expression: addressKey('line').replaceAll('line.', ''), sublist: 'addressbook' },
    },
  }),
};

type TransactionAddress = 'billingaddress' | 'shippingaddress';

export const addressKeyOfTransaction = (row: string, which: TransactionAddress): string =>
  `CASE WHEN json_type(${row}.data, '$.subrecords.${which}') IS NOT NULL THEN -2 * ${row}.id - ${which === 'billingaddress' ? 0 : 1} END`;

/** A part of an address; its text follows from the parts where none was given. */
export function subfield(path: string, field: string, row: string): string {
  const fields = `'$.subrecords.${path}.fields`;
  const part = `json_extract(${row}.data, ${fields}.${field}')`;
  return field === 'addrtext' ? `COALESCE(${part}, ora_addresstext(json_extract(${row}.data, ${fields}')))` : part;
}

function addressColumns(path: string): Record<string, ColumnSpec> {
  const columns: Record<string, ColumnSpec> = {};
  for (const field of ADDRESS_FIELDS) {
    columns[field] = {
      make: (row) => rawColumn(subfield(path, field, row), field in TARGETS ? 'key' : 'text', TARGETS[field]),
    };
  }
  columns.dropdownstate = columns.state as ColumnSpec;
  columns.override = { make: (row) => rawColumn(subfield(path, 'override', row), 'bool') };
  return columns;
}

const ENTITIES: Record<string, string[]> = {
  customer: ['customer', 'lead', 'prospect'],
  contact: ['contact'],
  vendor: ['vendor'],
  employee: ['employee'],
  partner: ['partner'],
};

const ENTITY_TYPES = Object.values(ENTITIES).flat();

const BOOK_COLUMNS: Record<string, ColumnSpec> = {
  entity: { make: ownerColumn('entity') },
  internalid: keyColumn,
  addressbookaddress: keyColumn,
  label: { field: 'label', type: 'text' },
  defaultbilling: { field: 'defaultbilling', type: 'bool' },
  defaultshipping: { field: 'defaultshipping', type: 'bool' },
  isresidential: { field: 'isresidential', type: 'bool' },
};

const KEY_COLUMNS: Record<string, ColumnSpec> = {
  nkey: keyColumn,
  recordowner: { make: ownerColumn('entity') },
};

/** `customeraddressbook`, `customeraddressbookentityaddress` …, and `entityaddress` over all entities. */
export function addressTables(): Record<string, SublistTableSpec> {
  const tables: Record<string, SublistTableSpec> = {};
  const address = (label: string, types: string[]): SublistTableSpec => ({
    label,
    types,
    sublists: ['addressbook'],
    columns: { ...KEY_COLUMNS, ...addressColumns('addressbookaddress') },
    registryFields: false,
  });
  for (const [entity, types] of Object.entries(ENTITIES)) {
    tables[`${entity}addressbook`] = {
      label: `${entity}AddressBook`,
      types,
      sublists: ['addressbook'],
      columns: BOOK_COLUMNS,
      registryFields: false,
    };
    tables[`${entity}addressbookentityaddress`] = address(`${entity}AddressbookEntityAddress`, types);
  }
  tables.entityaddressbook = {
    ...(tables.customeraddressbook as SublistTableSpec),
    label: 'EntityAddressbook',
    types: ENTITY_TYPES,
  };
  tables.entityaddress = address('EntityAddress', ENTITY_TYPES);
  return tables;
}

/**
 * The addresses that transactions have. Their key is a column of its own, and the limit keeps SQLite from putting the expression behind it in
 * its place: for a bare column it makes an index when many transactions ask for theirs.
 */
const transactionAddresses = (which: TransactionAddress) => (): string =>
  `(SELECT a.*, ${addressKeyOfTransaction('a', which)} AS nkey FROM record a WHERE a.grp = 'transaction' ` +
  `AND json_type(a.data, '$.subrecords.${which}') IS NOT NULL LIMIT -1)`;

export const transactionAddressTable = (
  label: string,
  types: string[],
  which: TransactionAddress,
): RecordTableSpec => ({
  label,
  types,
  group: 'transaction',
  registryFields: false,
  from: transactionAddresses(which),
  columns: { nkey: { make: (row) => rawColumn(`${row}.nkey`, 'number') }, ...addressColumns(which) },
});
