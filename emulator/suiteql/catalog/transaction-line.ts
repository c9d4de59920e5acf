import type { Sql } from '../compile/sql';
import { extract, rawColumn } from './column';
import { nameOf } from './display';
import { itemTypeCase } from './item-types';
import type { CatalogSettings, ColumnSpec } from './record-table';
import { isSettled, isShownLine, settledSign } from './settling-lines';
import { SublistTable, type SublistTableSpec } from './sublist-table';
import { typeList, type Table } from './table';
import { typeCase } from './transaction-types';

/**
 * Sublists whose lines are lines of the transaction; the account itself adds `cogs` for the cost of goods, and `transferin` for what a
 * transfer brings to its second location. Of `apply` only what `isShownLine` says.
 */
export const LINE_SUBLISTS = ['item', 'expense', 'line', 'inventory', 'cogs', 'transferin', 'apply'];
/** `main` is the row of the transaction itself. */
export const MAIN = 'main';

/**
 * Main lines and lines of all transactions in the shape of the `line` table. Each transaction is read twice, once for itself and once for
 * its lines: unlike a UNION, this can be merged into the query around it, so that its conditions reach the indexes. A journal entry is
 * nothing but its lines.
 */
export function allLines(types: string[]): string {
  return (
    `(SELECT r.type, r.id, COALESCE(n.sublist, '${MAIN}') AS sublist, COALESCE(n.seq, -1) AS seq, COALESCE(n.data, r.data) AS data, ${own('r', 'createdfrom')} AS createdfrom ` +
    `FROM record r JOIN json_each('[0,1]') k LEFT JOIN line n ON k.value = 1 AND n.type = r.type AND n.id = r.id ` +
    `AND ${typeList('n.sublist', LINE_SUBLISTS)} AND ${isShownLine('n')} WHERE r.grp = 'transaction' AND ${typeList('r.type', types)} AND ((k.value = 0 AND r.type NOT LIKE '%journalentry') OR n.id IS NOT NULL))`
  );
}

const mainLines = (types: string[]): string =>
  `(SELECT r.type, r.id, '${MAIN}' AS sublist, -1 AS seq, r.data, ${own('r', 'createdfrom')} AS createdfrom FROM record r WHERE r.grp = 'transaction' AND ${typeList('r.type', types)})`;

const isMain = (row: string): string => `${row}.sublist = '${MAIN}'`;
/** Amounts of these are in base currency, debits positive. */
const isCogs = (row: string): string => `${row}.sublist = 'cogs'`;
const own = (row: string, field: string): string => extract(`${row}.data`, field);
/** A field of the transaction, for a line. */
const parent = (row: string, field: string): string =>
  `(SELECT ${extract('p.data', field)} FROM record p WHERE p.type = ${row}.type AND p.id = ${row}.id)`;
const lineOnly = (row: string, sql: string): string => `CASE WHEN NOT ${isMain(row)} THEN ${sql} END`;

/** Goods of a line; an adjustment says by how much it changes the stock, and the lines of a transfer take away. */
export const lineQuantity = (row: string): string =>
  `COALESCE(${own(row, 'quantity')}, CASE ${row}.type WHEN 'inventorytransfer' THEN -1 ELSE 1 END * ${own(row, 'adjustqtyby')})`;

/** The line's own, and of a transfer's lines that of the transfer. */
export const lineLocation = (row: string): string =>
  `COALESCE(${own(row, 'location')}, CASE ${row}.sublist WHEN 'inventory' THEN ${parent(row, 'location')} END)`;

/** What the goods of a line that moves stock are worth, in base currency, positive where they come in. */
export const goodsValue = (row: string): string =>
  `CASE WHEN ${row}.sublist = 'inventory' OR ${row}.type IN ('itemfulfillment', 'itemreceipt') THEN (SELECT ${own('v', 'amount')} FROM line v WHERE v.type = ${row}.type AND v.id = ${row}.id ` +
  `AND v.sublist = 'stockvalue' AND ${own('v', 'line')} = ${own(row, 'line')}) END`;

const number = (make: (row: string) => string): ColumnSpec => ({ make: (row) => rawColumn(make(row), 'number') });
const never: ColumnSpec = { make: () => ({ sql: "'F'", type: 'bool', constant: false }) };

function lineItem(row: string): Sql {
  const raw = own(row, 'item');
  return rawColumn(raw, 'key', 'item');
}

/** The line's own value, or the transaction's on the main line and where the line has none. */
const segment = (field: string, target: string): ColumnSpec => ({
  make: (row) => rawColumn(own(row, field), 'key', target),
});

/** What is shipped was picked and packed. */
const atLeastShipped = (column: string): ColumnSpec =>
  number((row) =>
    lineOnly(row, `MAX(COALESCE(${own(row, column)}, 0), COALESCE(${own(row, 'quantityfulfilled')}, 0))`),
  );

/** Columns without a sign. */
const UNSIGNED_COLUMNS: Record<string, ColumnSpec> = {
  department: segment('department', 'department'),
  class: segment('class', 'classification'),
  location: { make: (row) => rawColumn(lineLocation(row), 'key', 'location') },
  price: { field: 'price', type: 'key', target: 'pricelevel' },
  units: { field: 'units', type: 'key', target: 'unit' },
  taxcode: { field: 'taxcode', type: 'key', target: 'salestaxitem' },
  expenseaccount: { anyOf: ['account', 'expenseaccount'], type: 'key', target: 'account' },
  quantitybilled: number((row) => lineOnly(row, `COALESCE(${own(row, 'quantitybilled')}, 0)`)),
  quantityshiprecv: number((row) =>
    lineOnly(
      row,
      `COALESCE(${own(row, 'quantityshiprecv')}, ${own(row, 'quantityfulfilled')}, ${own(row, 'quantityreceived')}, 0)`,
    ),
  ),
  quantitypicked: atLeastShipped('quantitypicked'),
  quantitypacked: atLeastShipped('quantitypacked'),
  quantitycommitted: number((row) => lineOnly(row, own(row, 'quantitycommitted'))),
  quantitybackordered: number((row) => lineOnly(row, own(row, 'quantitybackordered'))),
  isclosed: { field: 'isclosed', type: 'bool' },
  isbillable: { field: 'isbillable', type: 'bool' },
  expectedshipdate: { field: 'expectedshipdate', type: 'date' },
  expectedreceiptdate: { field: 'expectedreceiptdate', type: 'date' },
  linelastmodifieddate: {
    make: (row) =>
      rawColumn(
        `CASE WHEN ${isMain(row)} THEN ${own(row, 'lastmodifieddate')} ELSE ${parent(row, 'lastmodifieddate')} END`,
        'datetime',
      ),
  },
  taxline: never,
  iscogs: { make: (row) => ({ sql: `CASE WHEN ${isCogs(row)} THEN 'T' ELSE 'F' END`, type: 'bool', constant: false }) },
  donotdisplayline: never,
  transactiondiscount: never,
};

function columns(signed: boolean): Record<string, ColumnSpec> {
  const sign = (row: string): string => (signed ? typeCase(`${row}.type`, (entry) => String(entry.sign), '1') : '1');
  // Money that came in is a debit of the bank.
  const mainSign = (row: string): string =>
    `CASE WHEN ${row}.type IN ('customerpayment', 'customerdeposit', 'deposit') THEN 1 ELSE -(${sign(row)}) END`;
  const amount = (row: string): string =>
    `CASE WHEN ${isMain(row)} THEN ${signed ? `(${mainSign(row)}) * ` : ''}COALESCE(${own(row, 'total')}, ${own(row, 'payment')}) ` +
    `WHEN ${isSettled(row)} THEN ${signed ? `(${settledSign(`${row}.type`)}) * ` : ''}${own(row, 'amount')} ` +
    `WHEN ${isCogs(row)} THEN ora_round(${own(row, 'amount')} / COALESCE(${parent(row, 'exchangerate')}, 1), 2) ELSE COALESCE((${sign(row)}) * COALESCE(${own(row, 'amount')}, ${own(row, 'debit')}, -${own(row, 'credit')}), ora_round(${goodsValue(row)} / COALESCE(${parent(row, 'exchangerate')}, 1), 2)) END`;
  const rate = (row: string): string =>
    `CASE WHEN ${isMain(row)} THEN NULL WHEN typeof(${own(row, 'rate')}) = 'text' THEN NULL ELSE ${own(row, 'rate')} END`;
  return {
    id: number(
      (row) =>
        `CASE WHEN ${isMain(row)} THEN 0 WHEN ${isSettled(row)} THEN ${row}.seq + 1 ELSE COALESCE(${own(row, 'line')}, ${row}.seq + 1) END`,
    ),
    uniquekey: number((row) => `CASE WHEN ${isMain(row)} THEN -${row}.id ELSE ${own(row, 'lineuniquekey')} END`),
    linesequencenumber: number((row) => `${row}.seq + 1`),
    transaction: {
      make: (row) => ({ sql: `${row}.id`, type: 'number', constant: false, display: () => transactionName(row) }),
    },
    mainline: {
      make: (row) => ({ sql: `CASE WHEN ${isMain(row)} THEN 'T' ELSE 'F' END`, type: 'bool', constant: false }),
    },
    item: { make: lineItem },
    itemtype: {
      make: (row) => ({
        sql: `(SELECT ${itemTypeCase('i.type', 0)} FROM record i WHERE i.grp = 'item' AND i.id = CAST(${own(row, 'item')} AS INTEGER))`,
        type: 'text',
        constant: false,
      }),
    },
    quantity: number((row) => lineOnly(row, `(${sign(row)}) * ${lineQuantity(row)}`)),
    rate: number(rate),
    rateamount: number(rate),
    ratepercent: number(
      (row) => `CASE WHEN ${own(row, 'rate')} LIKE '%\\%' ESCAPE '\\' THEN CAST(${own(row, 'rate')} AS REAL) END`,
    ),
    foreignamount: number(amount),
    netamount: number(
      (row) =>
        `CASE WHEN ${isCogs(row)} THEN ${own(row, 'amount')} ELSE ora_round((${amount(row)}) * COALESCE(CASE WHEN ${isMain(row)} THEN ${own(row, 'exchangerate')} ELSE ${parent(row, 'exchangerate')} END, 1), 2) END`,
    ),
    creditforeignamount: number((row) => `CASE WHEN ${amount(row)} < 0 THEN -(${amount(row)}) END`),
    debitforeignamount: number((row) => `CASE WHEN ${amount(row)} >= 0 THEN ${amount(row)} END`),
    memo: { make: (row) => rawColumn(`COALESCE(${own(row, 'description')}, ${own(row, 'memo')})`, 'text') },
    // Payments, deposits and refunds keep theirs under `customer`.
    entity: {
      make: (row) =>
        rawColumn(
          `COALESCE(${own(row, 'entity')}, ${own(row, 'customer')}, ${parent(row, 'entity')}, ${parent(row, 'customer')})`,
          'key',
          'entity',
        ),
    },
    subsidiary: {
      make: (row) =>
        rawColumn(`COALESCE(${own(row, 'subsidiary')}, ${parent(row, 'subsidiary')})`, 'key', 'subsidiary'),
    },
    createdfrom: { make: createdFrom },
    ...UNSIGNED_COLUMNS,
  };
}

const CREATED_FROM = { type: 'transaction', field: 'createdfrom' };

function createdFromBeside(row: string): Sql {
  const sql = `${row}.createdfrom`;
  return { ...rawColumn(sql, 'key', 'transaction'), stored: { sql, form: 'key', index: CREATED_FROM } };
}

/** A field of the transaction: what was made from another is found by the index of that field, not by asking each line's transaction. */
function createdFrom(row: string): Sql {
  const column = rawColumn(parent(row, 'createdfrom'), 'key', 'transaction');
  const sql = column.stored?.sql ?? column.sql;
  const found = (test: string): string =>
    `${row}.id IN (SELECT m.id FROM record m WHERE m.grp = 'transaction' AND ${own('m', 'createdfrom')} ${test} UNION ALL SELECT NULL)`;
  return { ...column, stored: { sql, form: 'key', index: CREATED_FROM, found } };
}

const transactionName = (row: string): string =>
  `(SELECT ${nameOf('p', 'transaction')} FROM record p WHERE p.type = ${row}.type AND p.id = ${row}.id)`;

/** Fields of lines that can't be queried, by public captures of the refusal. */
const HIDDEN = Object.fromEntries(
  ['quantityfulfilled', 'amount', 'description', 'line', 'lineuniquekey'].map((field) => [field, 'NOT_EXPOSED']),
);

export function transactionLineTable(types: string[], signed: boolean, settings: CatalogSettings): Table {
  const base: SublistTableSpec = {
    label: 'transactionLine',
    types,
    sublists: LINE_SUBLISTS,
    condition: isShownLine,
    columns: columns(signed),
    hidden: HIDDEN,
  };
  // Where the transaction's row is read as well, its field is a column beside the line.
  const beside = { ...base, columns: { ...base.columns, createdfrom: { make: createdFromBeside } } };
  const table = new SublistTable({ ...beside, from: allLines }, settings);
  table.mainline = {
    T: new SublistTable({ ...beside, from: mainLines }, settings),
    F: new SublistTable(base, settings),
  };
  return table;
}
