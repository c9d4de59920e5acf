import { CIVIL_FORMAT } from '../reconcile/account-clock';
import type { QueryColumn, QuerySource } from './read-by-query';

/** `CustInvc:A` in newer accounts, `A` in older ones. */
export const letterOf = (alias: string): string =>
  `SUBSTR(TO_CHAR(${alias}.status), INSTR(TO_CHAR(${alias}.status), ':') + 1)`;

/** The sales order a transaction came from: directly, or over the invoice a credit memo was made of. */
export const fromOrder = (column: string): string => `COALESCE(o.${column}, oo.${column})`;

/** Members of every transaction's row. */
export const COMMON: readonly QueryColumn[] = [
  { name: 'internalId', sql: 'TO_CHAR(t.id)' },
  { name: 'externalId', sql: 't.externalid' },
  { name: 'type', sql: 'TO_CHAR(t.type)' },
  { name: 'number', sql: 't.tranid' },
  { name: 'date', sql: "TO_CHAR(t.trandate, 'YYYY-MM-DD')" },
  { name: 'statusCode', sql: letterOf('t') },
  { name: 'status', sql: 'BUILTIN.DF(t.status)', as: 'label' },
  { name: 'currency', sql: 'TO_CHAR(y.symbol)' },
  { name: 'total', sql: 'TO_CHAR(t.foreigntotal)', as: 'number' },
  { name: 'poNumber', sql: 't.otherrefnum' },
  { name: 'voided', sql: 'TO_CHAR(t.voided)', as: 'flag' },
  { name: 'customerId', sql: 'TO_CHAR(m.entity)' },
  // The stamp: a customer that was linked keeps whatever external id it had before.
  { name: 'customerKey', sql: 'COALESCE(c.custentity_srl_key, c.externalid)' },
  { name: 'lastModified', sql: `TO_CHAR(t.lastmodifieddate, '${CIVIL_FORMAT}')`, as: 'time' },
];

export const ORDER: readonly QueryColumn[] = [
  { name: 'orderId', sql: `TO_CHAR(${fromOrder('id')})` },
  { name: 'orderKey', sql: `COALESCE(o.custbody_srl_key, o.externalid, oo.custbody_srl_key, oo.externalid)` },
  { name: 'orderNumber', sql: fromOrder('tranid') },
];

/** `createdfrom` stands on the lines alone, also that of the transaction itself (its main line). */
const HEAD =
  "transaction t INNER JOIN transactionline m ON m.transaction = t.id AND m.mainline = 'T' " +
  'LEFT JOIN customer c ON c.id = m.entity LEFT JOIN currency y ON y.id = t.currency ';
export const WITH_ORDER =
  HEAD +
  "LEFT JOIN transaction o ON o.id = m.createdfrom AND o.type = 'SalesOrd' " +
  "LEFT JOIN transactionline om ON om.transaction = m.createdfrom AND om.mainline = 'T' " +
  "LEFT JOIN transaction oo ON oo.id = om.createdfrom AND oo.type = 'SalesOrd'";

export const SINCE = `t.lastmodifieddate >= TO_DATE(?, '${CIVIL_FORMAT}')`;
const LINES = "INNER JOIN transactionline l ON l.transaction = t.id AND l.mainline = 'F' AND l.taxline = 'F'";

const ORDERS: QuerySource = {
  columns: [
    ...COMMON,
    { name: 'key', sql: 'COALESCE(t.custbody_srl_key, t.externalid)' },
    { name: 'shipDate', sql: "TO_CHAR(t.shipdate, 'YYYY-MM-DD')" },
    { name: 'startDate', sql: "TO_CHAR(t.startdate, 'YYYY-MM-DD')" },
    { name: 'endDate', sql: "TO_CHAR(t.enddate, 'YYYY-MM-DD')" },
  ],
  from: HEAD,
  where: ["t.type = 'SalesOrd'"],
  since: SINCE,
  key: 't.id',
};

/** A sales order's quantities are negative in the books' sense: the sign is turned here, once. */
const lineColumns: readonly QueryColumn[] = [
  { name: 'internalId', sql: 'TO_CHAR(t.id)' },
  { name: 'lineId', sql: 'TO_CHAR(l.uniquekey)' },
  { name: 'lineKey', sql: 'l.custcol_srl_line_key' },
  { name: 'sku', sql: 'i.itemid' },
  { name: 'description', sql: 'l.memo' },
  { name: 'quantity', sql: 'TO_CHAR(ABS(l.quantity))', as: 'number' },
  { name: 'rate', sql: 'TO_CHAR(l.rate)', as: 'number' },
  { name: 'amount', sql: 'TO_CHAR(-l.foreignamount)', as: 'number' },
  { name: 'currency', sql: 'TO_CHAR(y.symbol)' },
  { name: 'lastModified', sql: `TO_CHAR(t.lastmodifieddate, '${CIVIL_FORMAT}')`, as: 'time' },
];

const ORDER_LINES: QuerySource = {
  columns: [
    ...lineColumns,
    { name: 'orderKey', sql: 'COALESCE(t.custbody_srl_key, t.externalid)' },
    { name: 'fulfilled', sql: 'TO_CHAR(l.quantityshiprecv)', as: 'number' },
    { name: 'billed', sql: 'TO_CHAR(l.quantitybilled)', as: 'number' },
    { name: 'closed', sql: 'TO_CHAR(l.isclosed)', as: 'flag' },
  ],
  from: `transaction t LEFT JOIN currency y ON y.id = t.currency ${LINES} INNER JOIN item i ON i.id = l.item`,
  where: ["t.type = 'SalesOrd'"],
  since: SINCE,
  key: 't.id',
};

const INVOICES: QuerySource = {
  columns: [
    ...COMMON,
    ...ORDER,
    { name: 'dueDate', sql: "TO_CHAR(t.duedate, 'YYYY-MM-DD')" },
    { name: 'amountPaid', sql: 'TO_CHAR(t.foreignamountpaid)', as: 'number' },
    { name: 'amountRemaining', sql: 'TO_CHAR(t.foreignamountunpaid)', as: 'number' },
  ],
  from: WITH_ORDER,
  where: ["t.type = 'CustInvc'"],
  since: SINCE,
  key: 't.id',
};

const INVOICE_LINES: QuerySource = {
  columns: [
    ...lineColumns,
    { name: 'invoiceNumber', sql: 't.tranid' },
    { name: 'customerKey', sql: 'COALESCE(c.custentity_srl_key, c.externalid)' },
  ],
  from: `transaction t LEFT JOIN customer c ON c.id = t.entity LEFT JOIN currency y ON y.id = t.currency ${LINES} INNER JOIN item i ON i.id = l.item`,
  where: ["t.type = 'CustInvc'"],
  since: SINCE,
  key: 't.id',
};

/** Credit memos, refunds and deposits, told apart by `type`. Their sums are given without sign: accounts book some of them as negative. */
const CREDITS: QuerySource = {
  columns: [
    ...COMMON.filter(({ name }) => name !== 'total'),
    ...ORDER,
    { name: 'total', sql: 'TO_CHAR(ABS(t.foreigntotal))', as: 'number' },
    { name: 'amountRemaining', sql: 'TO_CHAR(ABS(t.foreignamountunpaid))', as: 'number' },
  ],
  from: WITH_ORDER,
  where: ["t.type IN ('CustCred', 'CustRfnd', 'CustDep')"],
  since: SINCE,
  key: 't.id',
};

/** Heads of what has to be loaded for the rest: packages of a fulfilment, the invoices a payment is applied to. */
const loaded = (type: string): QuerySource => ({
  columns: [...COMMON, ...ORDER],
  from: WITH_ORDER,
  where: [`t.type = '${type}'`],
  since: SINCE,
  key: 't.id',
});

export const TRANSACTION_SOURCES = {
  orders: ORDERS,
  orderLines: ORDER_LINES,
  invoices: INVOICES,
  invoiceLines: INVOICE_LINES,
  credits: CREDITS,
  payments: loaded('CustPymt'),
  fulfillments: loaded('ItemShip'),
} as const;
