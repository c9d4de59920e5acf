import { extract, ownerColumn, rawColumn } from './column';
import type { ColumnSpec } from './record-table';
import { LINK_TABLES } from './link-tables';
import { postingFlag } from './posting';
import { isShownLine, SETTLING, settledSign } from './settling-lines';
import type { SublistTableSpec } from './sublist-table';
import { typeList } from './table';
import { BY_TYPE, typeCase } from './transaction-types';
import { ITEM_TYPES } from './item-types';
import { isStocked, itemTypeOf } from '../../records/item-kinds';

/** Types whose ledger impact follows from what the record says. */
const STATED =
  'invoice cashsale creditmemo cashrefund vendorbill vendorcredit check expensereport journalentry intercompanyjournalentry advintercompanyjournalentry customerpayment vendorpayment customerrefund deposit';
/** Types that post only the value of the goods they move, which costing keeps beside them (`records/value-stock.ts`). */
const GOODS = 'itemfulfillment itemreceipt inventoryadjustment inventorytransfer assemblybuild assemblyunbuild';
/** Types that post nothing; their lines are rows all the same (`posting` F). */
const UNPOSTED = 'salesorder estimate opportunity purchaseorder returnauthorization';
const STATING = [...STATED.split(' '), ...UNPOSTED.split(' ')];
const TYPES = [...STATING, ...GOODS.split(' ')];
/** Cash goes in or out on the main line: money received is a debit, money paid a credit. */
const RECEIVED = ['customerpayment', 'cashsale', 'deposit'];

const own = (row: string, field: string): string => extract(`${row}.data`, field);
const first = (where: string): string =>
  `(SELECT CAST(a.id AS TEXT) FROM record a WHERE a.type = 'account' AND ${where} ORDER BY a.id LIMIT 1)`;
const ofType = (accountType: string): string => first(`${own('a', 'accttype')} = '${accountType}'`);
const named = (name: string): string => first(`${own('a', 'acctname')} = '${name}'`);
const undeposited = named('Undeposited Funds');
const rate = (row: string): string => `COALESCE(${own(row, 'exchangerate')}, 1)`;
const receivable = (row: string): string => `COALESCE(${own(row, 'aracct')}, ${ofType('AcctRec')})`;
const payable = (row: string): string => `COALESCE(${own(row, 'apacct')}, ${ofType('AcctPay')})`;

/** The account of the main line. */
export const mainAccount = (row: string): string =>
  `CASE ${row}.type WHEN 'invoice' THEN COALESCE(${own(row, 'account')}, ${ofType('AcctRec')}) ` +
  `WHEN 'creditmemo' THEN COALESCE(${own(row, 'account')}, ${ofType('AcctRec')}) ` +
  `WHEN 'vendorbill' THEN COALESCE(${own(row, 'account')}, ${ofType('AcctPay')}) ` +
  `WHEN 'vendorcredit' THEN COALESCE(${own(row, 'account')}, ${ofType('AcctPay')}) ` +
  `WHEN 'cashsale' THEN CASE WHEN ${own(row, 'undepfunds')} IN ('F', 0) THEN ${own(row, 'account')} ELSE ${undeposited} END ` +
  `WHEN 'customerpayment' THEN CASE WHEN ${own(row, 'undepfunds')} IN ('F', 0) THEN ${own(row, 'account')} ELSE ${undeposited} END ` +
  `ELSE ${own(row, 'account')} END`;

/** What the main line posts; debits are positive. */
export const mainAmount = (row: string): string =>
  `CASE WHEN ${typeList(`${row}.type`, RECEIVED)} THEN 1 WHEN ${row}.type IN ('vendorpayment', 'customerrefund') THEN -1 ` +
  `ELSE -(${typeCase(`${row}.type`, (entry) => String(entry.sign), '1')}) END * COALESCE(${own(row, 'total')}, ${own(row, 'payment')}, 0) * ${rate(row)}`;

const STOCKED = Object.keys(ITEM_TYPES)
  .filter((type) => isStocked(itemTypeOf(type)))
  .map((type) => `'${type}'`)
  .join(', ');

/** What a vendor sent to a customer is received by nobody here: its bill is the cost of the sale. */
const isDropShipped = (ordered: string): string =>
  `EXISTS (SELECT 1 FROM record po WHERE po.type = 'purchaseorder' AND po.id = CAST(${ordered} AS INTEGER) AND ${own('po', 'createdfrom')} IS NOT NULL AND ${own('po', 'shipto')} IS NOT NULL)`;

/** Goods that were received on a purchase order have the asset already: their bill pays what was received and not billed. */
const itemAccount = (line: string, type: string, ordered: string): string => {
  const field = (name: string): string => own('i', name);
  const sale = `COALESCE(${field('incomeaccount')}, ${ofType('Income')})`;
  const asset = `CASE WHEN i.type IN (${STOCKED}) THEN ${named('Inventory Asset')} END`;
  const purchase = `COALESCE(${field('assetaccount')}, ${asset}, ${field('expenseaccount')}, ${field('cogsaccount')}, ${ofType('Expense')})`;
  return (
    `(SELECT CASE WHEN ${type} IN ('vendorbill', 'vendorcredit') AND ${ordered} IS NOT NULL AND ${isDropShipped(ordered)} THEN COALESCE(${field('cogsaccount')}, ${ofType('COGS')}) ` +
    `WHEN ${type} = 'vendorbill' AND ${ordered} IS NOT NULL AND i.type IN (${STOCKED}) THEN ${named('Inventory Received Not Billed')} ` +
    `WHEN ${type} IN ('inventoryadjustment', 'inventorytransfer', 'itemfulfillment', 'itemreceipt') THEN COALESCE(${field('assetaccount')}, ${asset}) ` +
    `WHEN ${type} IN ('vendorbill', 'vendorcredit', 'purchaseorder', 'check') THEN ${purchase} ELSE ${sale} END ` +
    `FROM record i WHERE i.grp = 'item' AND i.id = CAST(${own(line, 'item')} AS INTEGER))`
  );
};

/** The account that a line posts to, or would. */
export const lineAccount = (line: string, body: string): string =>
  `COALESCE(${own(line, 'account')}, ${own(line, 'expenseaccount')}, ${itemAccount(line, `${body}.type`, own(body, 'createdfrom'))})`;

/** What a payment settles: the receivables or payables. */
const settledAccount = (body: string): string =>
  `CASE ${body}.type WHEN 'vendorpayment' THEN ${payable(body)} ELSE ${receivable(body)} END`;

/** The account of any row but the main line. */
export const rowAccount = (line: string, body: string): string =>
  `CASE WHEN ${line}.sublist = 'apply' THEN ${settledAccount(body)} ELSE ${lineAccount(line, body)} END`;

const entry = (line: string, account: string, amount: string): string =>
  `json_object('fields', json_object('line', ${line}, 'account', ${account}, 'amount', ora_round(${amount}, 2))) AS data`;

/** A bank deposit takes payments out of the undeposited funds, other money from where it stands, and gives cash back. */
function depositLines(types: string[]): string {
  if (types.length === 0) return '';
  const account = `CASE n.sublist WHEN 'payment' THEN ${undeposited} ELSE ${own('n', 'account')} END`;
  const amount = `CASE n.sublist WHEN 'payment' THEN -${own('n', 'paymentamount')} WHEN 'other' THEN -${own('n', 'amount')} ELSE ${own('n', 'amount')} END * ${rate('r')}`;
  const before = `(SELECT count(*) FROM line b WHERE b.type = n.type AND b.id = n.id AND b.sublist IN ('cashback', 'other', 'payment') AND (b.sublist, b.seq) < (n.sublist, n.seq))`;
  return (
    `UNION ALL SELECT n.type, n.id, n.sublist, n.seq, ${entry(`1 + ${before}`, account, amount)} FROM line n JOIN record r ON r.type = n.type AND r.id = n.id ` +
    `WHERE n.type = 'deposit' AND n.sublist IN ('payment', 'other', 'cashback') `
  );
}

/** A payment's row for each document it settles, and one for what it leaves unapplied. */
function settlements(types: string[]): string {
  if (types.length === 0) return '';
  const settled = `(${settledSign('r.type')}) * ${own('n', 'amount')} * ${rate('r')}`;
  const own_ = `n.type = r.type AND n.id = r.id AND n.sublist = 'apply' AND ${isShownLine('n')}`;
  const rest = `-(${mainAmount('r')}) - COALESCE((SELECT SUM(${settled}) FROM line n WHERE ${own_}), 0)`;
  const next = `COALESCE((SELECT MAX(n.seq) FROM line n WHERE ${own_}), -1) + 2`;
  return (
    ` UNION ALL SELECT n.type, n.id, n.sublist, n.seq, ${entry('n.seq + 1', settledAccount('r'), settled)} FROM line n JOIN record r ON r.type = n.type AND r.id = n.id ` +
    `WHERE n.sublist = 'apply' AND ${typeList('n.type', types)} AND ${isShownLine('n')} ` +
    `UNION ALL SELECT r.type, r.id, 'other' AS sublist, 0 AS seq, ${entry(next, settledAccount('r'), rest)} ` +
    `FROM record r WHERE r.grp = 'transaction' AND ${typeList('r.type', types)} AND ora_round(${rest}, 2) <> 0`
  );
}

/** One row for the main line, one for each line, and for payments the side of the customer or vendor. */
const accountingLines = (types: string[]): string => {
  const having = (list: string[]): string[] => list.filter((type) => types.includes(type));
  const stating = having(STATING);
  const lineAmount = `(${typeCase('n.type', ({ sign }) => String(sign), '1')}) * COALESCE(${own('n', 'amount')}, ${own('n', 'debit')}, -${own('n', 'credit')}, 0) * ${rate('r')}`;
  const lineId = `COALESCE(${own('n', 'line')}, n.seq + 1)`;
  return (
    `(SELECT r.type, r.id, 'main' AS sublist, -1 AS seq, ${entry('0', mainAccount('r'), mainAmount('r'))} FROM record r ` +
    `WHERE r.grp = 'transaction' AND r.type NOT LIKE '%journalentry' AND ${typeList('r.type', stating)} ` +
    `UNION ALL SELECT n.type, n.id, n.sublist, n.seq, ${entry(lineId, lineAccount('n', 'r'), lineAmount)} FROM line n JOIN record r ON r.type = n.type AND r.id = n.id ` +
    `WHERE n.sublist IN ('item', 'expense', 'line') AND ${typeList('n.type', stating)} ` +
    depositLines(having(['deposit'])) +
    `UNION ALL SELECT n.type, n.id, n.sublist, n.seq, n.data FROM line n WHERE n.sublist IN ('cogs', 'stockvalue') AND ${own('n', 'account')} IS NOT NULL AND ${typeList('n.type', types)}` +
    `${settlements(having(SETTLING))})`
  );
};

const number = (make: (row: string) => string): ColumnSpec => ({ make: (row) => rawColumn(make(row), 'number') });
const amount = (row: string): string => own(row, 'amount');
const parent = (row: string, field: string): string =>
  `(SELECT ${own('p', field)} FROM record p WHERE p.type = ${row}.type AND p.id = ${row}.id)`;
/** Goods are valued when they move, so their rows post; of the others the transaction tells. */
const posting = (row: string): string =>
  `CASE WHEN ${typeList(
    `${row}.type`,
    STATED.split(' ').filter((type) => BY_TYPE.get(type)?.posting === true),
  )} THEN (SELECT ${postingFlag('p')} FROM record p WHERE p.type = ${row}.type AND p.id = ${row}.id) ` +
  `WHEN ${typeList(`${row}.type`, GOODS.split(' '))} THEN 'T' ELSE 'F' END`;

const ACCOUNTING_LINE: SublistTableSpec = {
  label: 'transactionAccountingLine',
  types: TYPES,
  sublists: [],
  registryFields: false,
  from: accountingLines,
  columns: {
    transaction: { make: ownerColumn('transaction') },
    transactionline: number((row) => own(row, 'line')),
    account: { make: (row) => rawColumn(own(row, 'account'), 'key', 'account') },
    accounttype: {
      make: (row) =>
        rawColumn(
          `(SELECT ${own('a', 'accttype')} FROM record a WHERE a.type = 'account' AND a.id = CAST(${own(row, 'account')} AS INTEGER))`,
          'text',
        ),
    },
    accountingbook: number(() => '1'),
    amount: number(amount),
    netamount: number(amount),
    debit: number((row) => `CASE WHEN ${amount(row)} > 0 THEN ${amount(row)} END`),
    credit: number((row) => `CASE WHEN ${amount(row)} < 0 THEN -${amount(row)} END`),
    exchangerate: number((row) => `COALESCE(${parent(row, 'exchangerate')}, 1)`),
    amountunpaid: number((row) => `CASE WHEN ${row}.sublist = 'main' THEN ${parent(row, 'amountremaining')} END`),
    amountpaid: number((row) => `CASE WHEN ${row}.sublist = 'main' THEN ${parent(row, 'amountpaid')} END`),
    posting: { make: (row) => ({ sql: posting(row), type: 'bool', constant: false }) },
    lastmodifieddate: { make: (row) => rawColumn(parent(row, 'lastmodifieddate'), 'datetime') },
  },
};

/** Ledger and document links of transactions (page section_158513731864, analytics data source). */
export const LEDGER_TABLES: Record<string, SublistTableSpec> = {
  transactionaccountingline: ACCOUNTING_LINE,
  ...LINK_TABLES,
};
