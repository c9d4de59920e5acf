import { entityColumn } from './transaction-entity';
import { type Sql, quote } from '../compile/sql';
import { extract, rawColumn } from './column';
import type { ColumnSpec } from './record-table';
import { addressKeyOfTransaction } from './address-tables';
import { nameOf } from './display';
import { postingFlag } from './posting';
import { statusLabelSql, statusLetterSql } from './status';
import { BY_CODE, typeCase } from './transaction-types';

const text = (sql: string, display?: () => string): Sql => ({
  sql,
  type: 'text',
  constant: false,
  ...(display ? { display } : {}),
});
const fixed = (sql: string, type: Sql['type']): ColumnSpec => ({ make: () => ({ sql, type, constant: false }) });

/** `type`: the code of the analytics data source; comparing it with a known code becomes a comparison of the stored type. */
export function transactionCode(row: string): Sql {
  return {
    sql: typeCase(`${row}.type`, (entry) => quote(entry.code), `${row}.type`),
    type: 'text',
    constant: false,
    display: () => typeCase(`${row}.type`, (entry) => quote(entry.label), `${row}.type`),
    equals: (code) => {
      const known = (BY_CODE.get(code.toLowerCase()) ?? []).filter((entry) => entry.code === code);
      const types = known.length > 0 ? known.map(({ type }) => type) : [`no type has code ${code}`];
      return `${row}.type ${types.length === 1 ? `= ${quote(types[0]!)}` : `IN (${types.map(quote).join(', ')})`}`;
    },
  };
}

/** `status`: the letter; comparisons take `SalesOrd:B` as well, which is what BUILTIN.CF answers. Labels like `Sales Order : Pending Fulfillment`. */
export function transactionStatus(row: string): Sql {
  const letter = statusLetterSql(row);
  const code = typeCase(`${row}.type`, (entry) => quote(entry.code), `${row}.type`);
  return {
    sql: letter,
    alternative: `${code} || ':' || ${letter}`,
    type: 'status',
    constant: false,
    display: () =>
      `${typeCase(`${row}.type`, (entry) => quote(entry.label), `${row}.type`)} || ' : ' || ${statusLabelSql(row)}`,
  };
}

const total = (row: string): string => extract(`${row}.data`, 'total');
const rate = (row: string): string => `COALESCE(${extract(`${row}.data`, 'exchangerate')}, 1)`;

/** What `transaction` adds to, or calls otherwise than, the fields of transaction records. */
export const TRANSACTION_COLUMNS: Record<string, ColumnSpec> = {
  type: { make: transactionCode },
  abbrevtype: { make: transactionCode },
  recordtype: { make: (row) => text(`${row}.type`) },
  status: { make: transactionStatus },
  trandisplayname: { make: (row) => text(nameOf(row, 'transaction')) },
  typebaseddocumentnumber: { field: 'tranid', type: 'text' },
  tranid: { field: 'tranid', type: 'text' },
  transactionnumber: { anyOf: ['transactionnumber', 'tranid'], type: 'text' },
  number: {
    make: (row) =>
      rawColumn(`CAST(ora_regexp_substr(${extract(`${row}.data`, 'tranid')}, '[0-9]+$') AS INTEGER)`, 'number'),
  },
  trandate: { field: 'trandate', type: 'date' },
  entity: { make: entityColumn },
  customer: { make: entityColumn },
  employee: { anyOf: ['salesrep', 'employee'], type: 'key', target: 'employee' },
  salesrep: { field: 'salesrep', type: 'key', target: 'employee' },
  createddate: { anyOf: ['createddate', 'datecreated'], type: 'datetime' },
  lastmodifieddate: { field: 'lastmodifieddate', type: 'datetime' },
  createdby: { field: 'createdby', type: 'key', target: 'entity' },
  lastmodifiedby: { field: 'lastmodifiedby', type: 'key', target: 'entity' },
  foreigntotal: { make: (row) => rawColumn(total(row), 'number') },
  total: { make: (row) => rawColumn(total(row), 'number') },
  basetotalaftertaxes: { make: (row) => rawColumn(`ora_round(${total(row)} * ${rate(row)}, 2)`, 'number') },
  exchangerate: { field: 'exchangerate', type: 'number' },
  currency: { field: 'currency', type: 'key', target: 'currency' },
  built: {
    make: (row) =>
      rawColumn(`COALESCE(${extract(`${row}.data`, 'built')}, CASE ${row}.type WHEN 'workorder' THEN 0 END)`, 'number'),
  },
  memo: { field: 'memo', type: 'text' },
  otherrefnum: { field: 'otherrefnum', type: 'text' },
  duedate: { field: 'duedate', type: 'date' },
  closedate: { field: 'closedate', type: 'date' },
  shipdate: { field: 'shipdate', type: 'date' },
  actualshipdate: { field: 'actualshipdate', type: 'date' },
  startdate: { field: 'startdate', type: 'date' },
  enddate: { field: 'enddate', type: 'date' },
  terms: { field: 'terms', type: 'key', target: 'term' },
  opportunity: { field: 'opportunity', type: 'key', target: 'opportunity' },
  postingperiod: { field: 'postingperiod', type: 'key', target: 'accountingperiod' },
  email: { field: 'email', type: 'text' },
  title: { field: 'title', type: 'text' },
  probability: { make: (row) => rawColumn(extract(`${row}.data`, 'probability'), 'number') },
  projectedtotal: { field: 'projectedtotal', type: 'number' },
  expectedclosedate: { field: 'expectedclosedate', type: 'date' },
  entitystatus: { field: 'entitystatus', type: 'key', target: 'customerstatus' },
  foreignamountpaid: { field: 'amountpaid', type: 'number' },
  foreignamountunpaid: { field: 'amountremaining', type: 'number' },
  billingaddress: { make: (row) => rawColumn(addressKeyOfTransaction(row, 'billingaddress'), 'number') },
  shippingaddress: { make: (row) => rawColumn(addressKeyOfTransaction(row, 'shippingaddress'), 'number') },
  shipmethod: { field: 'shipmethod', type: 'key', target: 'shipitem' },
  posting: {
    make: (row) => ({
      sql: postingFlag(row),
      type: 'bool',
      constant: false,
    }),
  },
  void: {
    make: (row) => ({
      sql: `CASE WHEN ${extract(`${row}.data`, 'voided')} IN (1, 'T') THEN 'T' ELSE 'F' END`,
      type: 'bool',
      constant: false,
    }),
  },
  voided: { field: 'voided', type: 'bool' },
  customtype: fixed('-1', 'number'),
};

/** Fields of the record that the analytics data source keeps on the lines only; public captures of the refusal. */
export const TRANSACTION_HIDDEN: Record<string, string> = Object.fromEntries(
  (
    'subsidiary createdfrom shipcountry shipcity shipstate shipzip billcountry item quantity rate amount netamount mainline line lineuniquekey ' +
    'taxtotal amountremaining amountpaid statusref datecreated fxamount account'
  )
    .split(' ')
    .map((field) => [field, 'NOT_EXPOSED']),
);
