import type { ReadRow } from '../../../../../contract/read-page';
import type { KeyedPage } from '../reconcile/keyed-page';
import { sumOrders } from '../reconcile/sum-orders';
import { DATE_TIME } from './search-sources';
import { documentsFrom } from './read-documents';
import { ordersBehind } from './orders-behind';
import { completed } from './read-by-load';
import type { PageRequest } from './read-by-query';
import { searchPage } from './search-rows';

/** Changed documents of a page; a fulfilment is loaded (10 units), so there are fewer of them. */
const CHANGED_OF = { billing: 200, shipments: 40 } as const;
/** Documents of a page's orders in all, for the same reason. */
const MOST_DOCUMENTS = { billing: 5000, shipments: 300 } as const;
const TYPES = { billing: ['CustInvc', 'CustCred'], shipments: ['ItemShip'] } as const;

/**
 * `readByOrder` by N/search. Searches can't go through documents by order, so the cursor is the last document's id: an order of which
 * several documents changed may come on several pages, each time as it stands.
 */
export function searchByOrder(page: keyof typeof TYPES, request: PageRequest): KeyedPage<ReadRow> {
  const asked = request.ids === null ? changedDocuments(page, request) : [];
  const orderOf = ordersBehind(asked.map(({ createdFrom }) => createdFrom));
  const chosen = request.ids?.filter((id) => Number(id) > Number(request.after)).sort((a, b) => Number(a) - Number(b));
  const wanted = chosen ?? [...new Set(asked.flatMap(({ createdFrom }) => orderOf.get(createdFrom)?.id ?? []))];
  let orders = wanted;
  let documents = documentsOf(page, orders);
  // Too many documents: the page ends after fewer orders, so that none of them is told by half.
  while (documents.length > MOST_DOCUMENTS[page] && orders.length > 1) {
    orders = orders.slice(0, Math.ceil(orders.length / 2));
    const kept = new Set(orders);
    documents = documents.filter((row) => kept.has(String(row['orderId'])));
  }
  const rows = sumOrders(page, page === 'billing' ? documents : completed('fulfillments', documents));
  if (chosen !== undefined) return { rows, after: orders.length < chosen.length ? orders.at(-1) : undefined };
  const told = new Set(orders);
  const isTold = ({ createdFrom }: Changed): boolean => {
    const order = orderOf.get(createdFrom);
    return order === undefined || told.has(order.id);
  };
  const first = asked.findIndex((one) => !isTold(one));
  const done = first < 0 ? asked : asked.slice(0, first);
  const more = first >= 0 || asked.length === CHANGED_OF[page];
  return { rows, after: more ? (done.at(-1)?.id ?? request.after) : undefined };
}

interface Changed {
  id: string;
  createdFrom: string;
}

const changedDocuments = (page: keyof typeof TYPES, { since, after }: PageRequest): Changed[] =>
  searchPage({
    type: 'transaction',
    filters: [
      ['type', 'anyof', ...TYPES[page]],
      ['mainline', 'is', 'T'],
      ['lastmodifieddate', 'onorafter', DATE_TIME(new Date(since))],
      ['internalidnumber', 'greaterthan', after],
    ],
    columns: ['internalid', 'createdfrom'],
    limit: CHANGED_OF[page],
  }).map(([id, createdFrom]) => ({ id: id ?? '', createdFrom: createdFrom ?? '' }));

/** All documents of orders: those made from them, and credits made from their invoices. */
function documentsOf(page: keyof typeof TYPES, orders: readonly string[]): ReadRow[] {
  const direct = documentsFrom(page === 'billing' ? 'invoices' : 'fulfillments', TYPES[page], orders);
  if (page === 'shipments') return direct;
  const invoices = direct.filter((row) => row['type'] === 'CustInvc').map((row) => String(row['internalId']));
  return [...direct, ...documentsFrom('invoices', ['CustCred'], invoices)];
}
