import format from 'N/format';
import search from 'N/search';
import type { ReadRow } from '../../../../../contract/read-page';
import { keyedPage, type KeyedPage } from '../reconcile/keyed-page';
import { textOf } from '../upsert/normalise';
import type { PageRequest } from './read-by-query';

interface Source {
  type: string;
  filters: (since: Date) => unknown[];
  columns: Readonly<Record<string, string>>;
  numbers: readonly string[];
}

const DATE_TIME = (at: Date): string => format.format({ value: at, type: format.Type.DATETIME }) as string;

/** An item's last-modified date does not move when its stock does; `lastquantityavailablechange` does. */
const STOCK: Source = {
  type: 'item',
  filters: (since) => [['lastquantityavailablechange', 'onorafter', DATE_TIME(since)]],
  columns: {
    internalId: 'internalid',
    sku: 'itemid',
    location: 'inventorylocation',
    available: 'locationquantityavailable',
    onHand: 'locationquantityonhand',
    backordered: 'locationquantitybackordered',
  },
  numbers: ['available', 'onHand', 'backordered'],
};

/** Balances move without a trace on the customer: a full pass each night, and one customer after a payment. */
const BALANCES: Source = {
  type: 'customer',
  filters: () => [['isinactive', 'is', 'F']],
  columns: {
    internalId: 'internalid',
    externalId: 'externalid',
    balance: 'balance',
    overdueBalance: 'overduebalance',
    daysOverdue: 'daysoverdue',
    depositBalance: 'depositbalance',
    unbilledOrders: 'unbilledorders',
    creditLimit: 'creditlimit',
  },
  numbers: ['balance', 'overdueBalance', 'daysOverdue', 'depositBalance', 'unbilledOrders', 'creditLimit'],
};

export const SEARCH_SOURCES = { stock: STOCK, balances: BALANCES } as const;

/** Reads a page in the order of internal ids. 10 units. */
export function readBySearch(name: keyof typeof SEARCH_SOURCES, request: PageRequest): KeyedPage<ReadRow> {
  const source: Source = SEARCH_SOURCES[name];
  const columns = Object.entries(source.columns).map(([member, id]) => ({
    member,
    column: search.createColumn(id === 'internalid' ? { name: id, sort: search.Sort.ASC } : { name: id }),
  }));
  const filters = [
    ['internalidnumber', 'greaterthan', request.after],
    ...source.filters(new Date(request.since)).flatMap((one) => ['AND', one]),
  ];
  const found = search
    .create({ type: source.type, filters: filters as never[], columns: columns.map((one) => one.column) })
    .run()
    .getRange({ start: 0, end: request.limit });
  const rows = found.map((result): ReadRow =>
    Object.fromEntries(
      columns.map(({ member, column }) => {
        const text = textOf(result.getValue(column));
        return [member, text === '' ? null : source.numbers.includes(member) ? Number(text) : text];
      }),
    ),
  );
  return keyedPage(rows, (row) => String(row['internalId']), request.limit);
}
