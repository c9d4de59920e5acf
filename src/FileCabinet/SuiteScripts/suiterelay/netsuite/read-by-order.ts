import query from 'N/query';
import type { ReadRow } from '../../../../../contract/read-page';
import { civilSince } from '../reconcile/account-clock';
import type { KeyedPage } from '../reconcile/keyed-page';
import { textOf } from '../upsert/normalise';
import { readByQuery, type QueryRequest, type QuerySource } from './read-by-query';
import { completed } from './read-by-load';
import { sumOrders } from '../reconcile/sum-orders';
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
export function readByOrder(page: keyof typeof TYPES, request: QueryRequest): KeyedPage<ReadRow> {
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
  const rows = sumOrders(page, page === 'billing' ? heads : completed('fulfillments', heads));
  const more = orders.length < asked.length || (request.ids === null && asked.length === ORDERS_OF[page]);
  return { rows, after: more ? orders.at(-1) : undefined };
}

const idsBehind = (ids: readonly string[], after: string): string[] =>
  ids.filter((id) => Number(id) > Number(after)).sort((a, b) => Number(a) - Number(b));

function changedOrders(page: keyof typeof TYPES, { since, after, clock }: QueryRequest): string[] {
  const inner =
    `SELECT DISTINCT ${fromOrder('id')} AS order_id FROM ${WITH_ORDER} WHERE t.type IN ${TYPES[page]} AND ${SINCE} ` +
    `AND ${fromOrder('id')} > ? ORDER BY 1`;
  const sql = `SELECT * FROM (${inner}) WHERE ROWNUM <= ${ORDERS_OF[page]}`;
  const { results } = query.runSuiteQL({ query: sql, params: [civilSince(since, clock), Number(after)] });
  return results.map(({ values }) => textOf(values[0]));
}
