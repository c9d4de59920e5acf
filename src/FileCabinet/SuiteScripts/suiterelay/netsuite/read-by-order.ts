import query from 'N/query';
import type { ReadRow } from '../../../../../contract/read-page';
import { toCivil } from '../reconcile/account-clock';
import type { KeyedPage } from '../reconcile/keyed-page';
import { textOf } from '../upsert/normalise';
import type { PageRequest } from './read-by-query';
import { readByQuery, type QuerySource } from './read-by-query';
import { completed } from './read-by-load';
import { COMMON, fromOrder, letterOf, ORDER, SINCE, WITH_ORDER } from './transaction-sources';

/** Orders of a page. Each fulfilment is loaded (10 units), so there are fewer of them. */
const ORDERS_OF = { billing: 200, shipments: 40 } as const;
/** Documents of a page's orders: what SuiteQL answers at once, and what can be loaded with the units of a RESTlet. */
const MOST_DOCUMENTS = { billing: 4_900, shipments: 300 } as const;

const TYPES = { billing: "('CustInvc', 'CustCred')", shipments: "('ItemShip')" } as const;

const documentsOf = (page: keyof typeof TYPES, orders: readonly string[]): QuerySource => ({
  columns: [
    ...COMMON,
    ...ORDER,
    { name: 'orderStatusCode', sql: `COALESCE(${letterOf('o')}, ${letterOf('oo')})` },
    { name: 'dueDate', sql: "TO_CHAR(t.duedate, 'YYYY-MM-DD')" },
    { name: 'amountPaid', sql: 'TO_CHAR(t.foreignamountpaid)', as: 'number' },
    { name: 'amountRemaining', sql: 'TO_CHAR(t.foreignamountunpaid)', as: 'number' },
  ],
  from: WITH_ORDER,
  where: [`t.type IN ${TYPES[page]}`, `${fromOrder('id')} IN (${orders.map(Number).join(', ')})`],
  since: SINCE,
  key: 't.id',
});

/** One row for each sales order of which a document changed: all its invoices and credits, or all its fulfilments, together. */
export function readByOrder(page: keyof typeof TYPES, request: PageRequest): KeyedPage<ReadRow> {
  const asked = request.ids === null ? changedOrders(page, request) : idsBehind(request.ids, request.after);
  const most = MOST_DOCUMENTS[page];
  const all = { ...request, ids: null, since: '1990-01-01T00:00:00Z', after: '0', limit: most };
  let orders = asked;
  if (orders.length === 0) return { rows: [], after: undefined };
  let heads = readByQuery(documentsOf(page, orders), all).rows;
  // Too many documents: the page ends after fewer orders, so that none of them is told by half.
  while (heads.length >= most && orders.length > 1) {
    orders = orders.slice(0, Math.ceil(orders.length / 2));
    heads = readByQuery(documentsOf(page, orders), all).rows;
  }
  const documents = page === 'billing' ? heads : completed('fulfillments', heads);
  const byOrder = new Map<string, ReadRow[]>();
  for (const row of documents)
    byOrder.set(String(row['orderId']), [...(byOrder.get(String(row['orderId'])) ?? []), row]);
  const sum = page === 'billing' ? billingOf : shipmentsOf;
  const rows = [...byOrder].map(([internalId, list]) => ({ ...headOf(internalId, list), ...sum(list) }));
  const more = orders.length < asked.length || (request.ids === null && asked.length === ORDERS_OF[page]);
  return { rows, after: more ? orders.at(-1) : undefined };
}

const idsBehind = (ids: readonly string[], after: string): string[] =>
  ids.filter((id) => Number(id) > Number(after)).sort((a, b) => Number(a) - Number(b));

function changedOrders(page: keyof typeof TYPES, { since, after, offsetMs }: PageRequest): string[] {
  const inner =
    `SELECT DISTINCT ${fromOrder('id')} AS order_id FROM ${WITH_ORDER} WHERE t.type IN ${TYPES[page]} AND ${SINCE} ` +
    `AND ${fromOrder('id')} > ? ORDER BY 1`;
  const sql = `SELECT * FROM (${inner}) WHERE ROWNUM <= ${ORDERS_OF[page]}`;
  const { results } = query.runSuiteQL({ query: sql, params: [toCivil(since, offsetMs), Number(after)] });
  return results.map(({ values }) => textOf(values[0]));
}

const headOf = (internalId: string, [first]: readonly ReadRow[]): ReadRow => ({
  internalId,
  key: first?.['orderKey'] ?? null,
  orderNumber: first?.['orderNumber'] ?? null,
  currency: first?.['currency'] ?? null,
  customerKey: first?.['customerKey'] ?? null,
});

const texts = (rows: readonly ReadRow[], member: string): string[] =>
  [...new Set(rows.map((row) => row[member]).filter((value) => typeof value === 'string' && value !== ''))] as string[];

/** Cents, so that adding up amounts makes no new digits. */
const sumOf = (rows: readonly ReadRow[], member: string): number =>
  rows.reduce((sum, row) => sum + Math.round(Number(row[member] ?? 0) * 1e8), 0) / 1e8;

/** A voided invoice is worth nothing but stays in sight. */
function billingOf(documents: readonly ReadRow[]): ReadRow {
  const invoices = documents.filter((row) => row['type'] === 'CustInvc');
  const credits = documents.filter((row) => row['type'] === 'CustCred');
  const valid = invoices.filter((row) => row['voided'] !== true);
  const open = valid.filter((row) => Number(row['amountRemaining'] ?? 0) > 0);
  const due = texts(open.length > 0 ? open : valid, 'dueDate').sort();
  const paid = sumOf(valid, 'amountPaid');
  return {
    invoiceNumber: texts(invoices, 'number').join('; ') || null,
    // While something is open the first day it falls due, afterwards the last one.
    dueDate: (open.length > 0 ? due[0] : due.at(-1)) ?? null,
    total: sumOf(valid, 'total'),
    amountPaid: paid,
    amountRemaining: sumOf(valid, 'amountRemaining'),
    paymentStatus: paymentStatus(valid.length, open.length, paid),
    creditNumber: texts(credits, 'number').join('; ') || null,
    creditTotal: credits.length > 0 ? Math.abs(sumOf(credits, 'total')) : null,
  };
}

function paymentStatus(valid: number, open: number, paid: number): string {
  if (valid === 0) return 'Voided';
  if (open === 0) return 'Paid In Full';
  return paid > 0 ? 'Partially Paid' : 'Open';
}

function shipmentsOf(documents: readonly ReadRow[]): ReadRow {
  const shipped = documents.filter((row) => row['statusCode'] === 'C');
  const numbers = texts(documents, 'tracking').flatMap((list) => list.split('; '));
  // F pending billing, G billed, H closed: nothing is left to go out.
  const complete = texts(documents, 'orderStatusCode').some((code) => 'FGH'.includes(code));
  return {
    tracking: [...new Set(numbers)].join('; ') || null,
    carrier: texts(documents, 'carrier').join('; ') || null,
    shipDate: texts(shipped, 'date').sort().at(-1) ?? null,
    fulfillments: documents.length,
    fulfillmentStatus: shipped.length === 0 ? 'In Preparation' : complete ? 'Fulfilled' : 'Partially Fulfilled',
  };
}
