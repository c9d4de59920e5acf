import format from 'N/format';
import search from 'N/search';
import type { ReadRow } from '../../../../../contract/read-page';
import { keyedPage, type KeyedPage } from '../reconcile/keyed-page';
import { textOf } from '../upsert/normalise';
import { lastOrderDates } from './last-orders';
import type { PageRequest } from './read-by-query';

interface Source {
  type: string;
  filters: (since: Date) => unknown[];
  columns: Readonly<Record<string, string>>;
  numbers: readonly string[];
  /** Members that hold the name of what a list field points to. */
  texts?: readonly string[];
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

const CUSTOMER_COLUMNS = {
  internalId: 'internalid',
  externalId: 'externalid',
  crmId: 'custentity_srl_crm_id',
  number: 'entityid',
  stage: 'stage',
  terms: 'terms',
  creditLimit: 'creditlimit',
  creditHold: 'creditholdoverride',
  balance: 'balance',
  overdueBalance: 'overduebalance',
  daysOverdue: 'daysoverdue',
  depositBalance: 'depositbalance',
  unbilledOrders: 'unbilledorders',
};
const CUSTOMER_NUMBERS = [
  'balance',
  'overdueBalance',
  'daysOverdue',
  'depositBalance',
  'unbilledOrders',
  'creditLimit',
] as const;

/** Balances move without a trace on the customer: a full pass each night, and one customer after a payment. */
const BALANCES: Source = {
  type: 'customer',
  filters: () => [['isinactive', 'is', 'F']],
  columns: CUSTOMER_COLUMNS,
  numbers: CUSTOMER_NUMBERS,
  texts: ['terms', 'creditHold'],
};

/** The same of customers that somebody changed. */
const CUSTOMERS: Source = {
  ...BALANCES,
  filters: (since) => [['lastmodifieddate', 'onorafter', DATE_TIME(since)]],
};

const SEARCH_SOURCES = { stock: STOCK, balances: BALANCES, customers: CUSTOMERS } as const;

/** Reads a page in the order of internal ids. 10 units, 20 for customers. */
export function readBySearch(name: keyof typeof SEARCH_SOURCES, request: PageRequest): KeyedPage<ReadRow> {
  const source: Source = SEARCH_SOURCES[name];
  const columns = Object.entries(source.columns).map(([member, id]) => ({
    member,
    column: search.createColumn(id === 'internalid' ? { name: id, sort: search.Sort.ASC } : { name: id }),
  }));
  const filters = [
    ['internalidnumber', 'greaterthan', request.after],
    ...(request.ids === null
      ? source.filters(new Date(request.since))
      : [['internalid', 'anyof', ...request.ids]]
    ).flatMap((one) => ['AND', one]),
  ];
  const found = search
    .create({ type: source.type, filters: filters as never[], columns: columns.map((one) => one.column) })
    .run()
    .getRange({ start: 0, end: request.limit });
  const rows = found.map((result): ReadRow =>
    Object.fromEntries(
      columns.map(({ member, column }) => {
        const text = source.texts?.includes(member) === true ? result.getText(column) : textOf(result.getValue(column));
        return [member, text === '' || text === null ? null : source.numbers.includes(member) ? Number(text) : text];
      }),
    ),
  );
  if (source.type === 'customer') {
    const dates = lastOrderDates(rows.map((row) => String(row['internalId'])));
    for (const row of rows) row['lastOrderDate'] = dates.get(String(row['internalId'])) ?? null;
  }
  return keyedPage(rows, (row) => String(row['internalId']), request.limit);
}
