import { extract, ownerColumn, rawColumn } from './column';
import type { CatalogSettings, ColumnSpec } from './record-table';
import { SublistTable } from './sublist-table';
import { type Table, typeList } from './table';
import { typeCase } from './transaction-types';

const own = (row: string, field: string): string => extract(`${row}.data`, field);
const number = (make: (row: string) => string): ColumnSpec => ({ make: (row) => rawColumn(make(row), 'number') });

/** Assignments in the inventory details of lines; of the line there are its id and its item beside them. */
const assignments = (types: string[]): string =>
  `(SELECT n.type, n.id, n.sublist, n.seq, a.value AS data, COALESCE(${own('n', 'line')}, n.seq + 1) AS line, ${own('n', 'item')} AS item ` +
  `FROM line n, json_each(n.data, '$.subrecords.inventorydetail.sublists.inventoryassignment') a ` +
  `WHERE n.sublist IN ('item', 'inventory') AND ${typeList('n.type', types)})`;

/** What was issued is named by its number's id, what was received by its text and item. */
const inventoryNumber = (row: string): string =>
  `COALESCE(${own(row, 'issueinventorynumber')}, (SELECT CAST(n.id AS TEXT) FROM record n WHERE n.type = 'inventorynumber' ` +
  `AND ${own('n', 'inventorynumber')} = ${own(row, 'receiptinventorynumber')} AND ${own('n', 'item')} = ${row}.item))`;

/** Quantities bear the sign of their line: what goes out is negative. */
const sign = (row: string): string =>
  `CASE ${row}.type WHEN 'inventorytransfer' THEN -1 ELSE ${typeCase(`${row}.type`, (entry) => String(entry.sign), '1')} END`;

export function inventoryAssignmentTable(types: string[], signed: boolean, settings: CatalogSettings): Table {
  return new SublistTable(
    {
      label: 'inventoryAssignment',
      types,
      sublists: [],
      registryFields: false,
      from: assignments,
      columns: {
        transaction: { make: ownerColumn('transaction') },
        transactionline: number((row) => `${row}.line`),
        inventorynumber: { make: (row) => rawColumn(inventoryNumber(row), 'key', 'inventorynumber') },
        quantity: number((row) => (signed ? `(${sign(row)}) * ${own(row, 'quantity')}` : own(row, 'quantity'))),
        bin: { field: 'binnumber', type: 'key', target: 'bin' },
        inventorystatus: { field: 'inventorystatus', type: 'key', target: 'inventorystatus' },
        expirationdate: { field: 'expirationdate', type: 'date' },
      },
    },
    settings,
  );
}
