import type { TypeMeta } from '../../kernel/types';
import { addressTables } from './address-tables';
import { rawColumn } from './column';
import { UNKEPT_TABLES } from './fixed-tables';
import { inventoryAssignmentTable } from './inventory-assignment';
import { nameOf } from './display';
import { type CatalogSettings, type ColumnSpec, RecordTable } from './record-table';
import { SublistTable } from './sublist-table';
import type { Table } from './table';
import { CUSTOM_RECORD_COLUMNS, LIST_COLUMNS, RECORD_TABLES, SUBLIST_TABLES, TABLE_ALIASES } from './table-specs';
import { unsupported } from '../syntax/errors';
import { transactionLineTable } from './transaction-line';
import { ITEM_TYPES } from './item-types';
import { BY_TYPE, TRANSACTION_TYPES } from './transaction-types';
import { multiselectTable } from './map-table';

export interface Catalog {
  /** Undefined when no such record exists. Names are case-insensitive. */
  find(name: string): Table | undefined;
}

export function createCatalog(settings: CatalogSettings & { lineSigns(): boolean }): Catalog {
  const addresses = addressTables();
  const make = (name: string): Table | undefined => {
    const alias = TABLE_ALIASES[name] ?? name;
    const record = RECORD_TABLES[alias];
    if (record) {
      const types = record.group === 'transaction' ? transactionTypes(settings) : record.types;
      return new RecordTable({ ...record, types }, settings);
    }
    const single = BY_TYPE.has(alias)
      ? RECORD_TABLES.transaction
      : alias in ITEM_TYPES
        ? RECORD_TABLES.item
        : undefined;
    // One type of transactions or items: a query type of N/query (`query.Type.SALES_ORDER`).
    if (single)
      return new RecordTable(
        { label: alias, types: [alias], columns: single.columns ?? {}, hidden: single.hidden ?? {} },
        settings,
      );
    const sublist = SUBLIST_TABLES[alias] ?? addresses[alias];
    if (sublist) return new SublistTable(sublist, settings);
    if (alias === 'transactionline')
      return transactionLineTable(transactionTypes(settings), settings.lineSigns(), settings);
    if (alias === 'inventoryassignment')
      return inventoryAssignmentTable(transactionTypes(settings), settings.lineSigns(), settings);
    if (Object.hasOwn(UNKEPT_TABLES, alias)) throw unsupported(`${alias}: ${UNKEPT_TABLES[alias] ?? ''}`);
    if (alias.startsWith('map_')) return multiselectTable(alias, settings);
    return ofType(settings.registry.type(alias), settings);
  };
  return { find: (name) => make(name.toLowerCase()) };
}

export function transactionTypes(settings: Pick<CatalogSettings, 'registry'>): string[] {
  const known = TRANSACTION_TYPES.map((entry) => entry.type);
  const custom = settings.registry
    .types()
    .filter((meta) => meta.group === 'transaction' && /^custom(transaction|sale|purchase)_/.test(meta.id));
  return [...known, ...custom.map((meta) => meta.id)];
}

/** `fullname` of a list whose entries lie below others. */
const nestedName = (type: string): Record<string, ColumnSpec> => ({
  fullname: { make: (row) => rawColumn(nameOf(row, type), 'text') },
});

/** A record type of its own. Transactions and items are rows of `transaction` and `item`, never tables by type. */
function ofType(meta: TypeMeta | undefined, settings: CatalogSettings): Table | undefined {
  if (
    !meta ||
    ['transaction', 'item', 'lead', 'prospect'].includes(meta.group) ||
    meta.id === 'lead' ||
    meta.id === 'prospect'
  )
    return undefined;
  const columns = /^custom(record|list)/.test(meta.id)
    ? CUSTOM_RECORD_COLUMNS
    : meta.fields.name
      ? { ...LIST_COLUMNS, ...(meta.fields.parent ? nestedName(meta.id) : {}) }
      : {};
  return new RecordTable(
    { label: meta.id.startsWith('custom') ? meta.id.toUpperCase() : meta.id, types: [meta.id], columns },
    settings,
  );
}
