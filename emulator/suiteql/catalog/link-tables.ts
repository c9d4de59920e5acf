import { displayName } from './display';
import { extract, rawColumn } from './column';
import type { ColumnSpec } from './record-table';
import type { SublistTableSpec } from './sublist-table';
import { typeList } from './table';
import { BY_TYPE, typeCase } from './transaction-types';

const own = (row: string, field: string): string => extract(`${row}.data`, field);
const number = (make: (row: string) => string): ColumnSpec => ({ make: (row) => rawColumn(make(row), 'number') });

/** How a document came from another (`ShipRcpt`, `OrdBill`), by the later type. */
const LINK: Record<string, string> = {
  itemfulfillment: 'ShipRcpt',
  itemreceipt: 'ShipRcpt',
  invoice: 'OrdBill',
  cashsale: 'OrdBill',
  vendorbill: 'OrdBill',
};
const linkType = (type: string): string =>
  `CASE ${type} ${Object.entries(LINK)
    .map(([each, name]) => `WHEN '${each}' THEN '${name}'`)
    .join(' ')} END`;

/** Only documents that the role may see; seeing all needs no word, and none leaves the indexes as they are. */
const seen = (row: string, types: string[]): string =>
  types.length === BY_TYPE.size ? '' : `AND ${typeList(`${row}.type`, types)} `;

/**
 * Lines made from lines of another transaction (`createdfrom`, `orderline`), and documents that a payment settles. Both ends are columns of
 * their own, bare, so that conditions on them reach the indexes behind, or an index that SQLite makes of the whole.
 */
const linkedLines = (types: string[]): string =>
  `(SELECT n.type, n.id, n.sublist, n.seq, ${own('r', 'createdfrom')} AS previousdoc, r.id AS nextdoc, json_object('fields', json_object('previousline', ${own('n', 'orderline')}, ` +
  `'nextline', COALESCE(${own('n', 'line')}, n.seq + 1), 'linktype', ${linkType('r.type')}, 'amount', ${own('n', 'amount')})) AS data ` +
  `FROM record r JOIN line n ON n.type = r.type AND n.id = r.id AND n.sublist = 'item' WHERE r.grp = 'transaction' ${seen('r', types)}AND ${own('r', 'createdfrom')} IS NOT NULL ` +
  `UNION ALL SELECT n.type, n.id, n.sublist, n.seq, ${own('n', 'doc')}, n.id, json_object('fields', json_object('previousline', 0, ` +
  `'nextline', n.seq + 1, 'linktype', 'Payment', 'amount', ${own('n', 'amount')})) FROM line n ` +
  `WHERE n.sublist = 'apply' ${seen('n', types)}AND ${own('n', 'doc')} IS NOT NULL AND ${own('n', 'apply')} IN (1, 'T'))`;

/** The same between whole documents. */
const linkedDocuments = (types: string[]): string =>
  `(SELECT k.type, k.id, '' AS sublist, min(k.seq) AS seq, k.previousdoc, k.nextdoc, k.data FROM ${linkedLines(types)} k GROUP BY k.previousdoc, k.nextdoc)`;

const otherType = (id: string): string =>
  `(SELECT ${typeCase('o.type', ({ code }) => `'${code}'`, 'o.type')} FROM record o WHERE o.grp = 'transaction' AND o.id = ${id})`;

const link = (label: string, from: (types: string[]) => string): SublistTableSpec => ({
  label,
  types: [...BY_TYPE.keys()],
  sublists: [],
  registryFields: false,
  from,
  indexes: [
    { type: 'transaction', field: 'createdfrom' },
    { type: 'transaction', field: 'doc', sublist: 'apply' },
  ],
  columns: {
    previousdoc: { make: (row) => rawColumn(`${row}.previousdoc`, 'key', 'transaction') },
    nextdoc: {
      make: (row) => ({
        sql: `${row}.nextdoc`,
        type: 'number',
        constant: false,
        display: () => displayName('transaction', `${row}.nextdoc`),
      }),
    },
    previousline: number((row) => own(row, 'previousline')),
    nextline: number((row) => own(row, 'nextline')),
    previoustype: { make: (row) => rawColumn(otherType(`CAST(${row}.previousdoc AS INTEGER)`), 'text') },
    nexttype: { make: (row) => rawColumn(otherType(`${row}.nextdoc`), 'text') },
    linktype: { make: (row) => rawColumn(own(row, 'linktype'), 'text') },
    foreignamount: number((row) => own(row, 'amount')),
  },
});

/** Links between documents and between their lines, seen from either end. */
export const LINK_TABLES: Record<string, SublistTableSpec> = {
  previoustransactionlinelink: link('PreviousTransactionLineLink', linkedLines),
  nexttransactionlinelink: link('NextTransactionLineLink', linkedLines),
  previoustransactionlink: link('PreviousTransactionLink', linkedDocuments),
  nexttransactionlink: link('NextTransactionLink', linkedDocuments),
};
