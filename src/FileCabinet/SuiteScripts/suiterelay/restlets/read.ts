/**
 * Hands out what NetSuite owns and a CRM mirrors, page by page: items, prices, stock, balances, orders, invoices, payments, credits,
 * fulfilments, entitlements, exchange rates.
 * @NApiVersion 2.1
 * @NScriptType Restlet
 * @NModuleScope SameAccount
 */
import {
  READ_IDS,
  READ_PAGES,
  type ReadPage,
  type ReadPageName,
  type ReadRow,
} from '../../../../../contract/read-page';
import { assertReadable } from '../netsuite/assert-readable';
import { readAccountClock } from '../netsuite/read-account-clock';
import { isLoaded, readByLoad } from '../netsuite/read-by-load';
import { readByOrder } from '../netsuite/read-by-order';
import { readByQuery, type PageRequest } from '../netsuite/read-by-query';
import { readBySearch } from '../netsuite/read-by-search';
import { readDocuments } from '../netsuite/read-documents';
import { readEntitlements } from '../netsuite/read-entitlements';
import { readRates } from '../netsuite/read-rates';
import { QUERY_SOURCES } from '../netsuite/read-sources';
import { searchByOrder } from '../netsuite/search-by-order';
import { queries } from '../netsuite/query-port';
import { throwRequestError } from '../netsuite/throw-request-error';
import type { KeyedPage } from '../reconcile/keyed-page';

const LIMIT = 1000;

export function get(params: { page?: string; since?: string; after?: string; ids?: string }): ReadPage {
  const page = params.page as ReadPageName;
  const since = params.since ?? '1990-01-01T00:00:00Z';
  if (!READ_PAGES.includes(page)) throwRequestError('INVALID_REQUEST_BODY', `page is one of ${READ_PAGES.join(', ')}`);
  if (Number.isNaN(Date.parse(since))) throwRequestError('INVALID_REQUEST_BODY', 'since is ISO 8601');
  const asOf = new Date().toISOString();
  const request = { since, after: params.after ?? '0', ids: idsOf(params.ids), limit: LIMIT };
  const found = readPage(page, request);
  return found.after === undefined
    ? { page, rows: found.rows, asOf }
    : { page, rows: found.rows, asOf, after: found.after };
}

/** Record types that a page's rows come from. */
const PAGE_TYPES: Readonly<Record<ReadPageName, readonly string[]>> = {
  items: ['item'],
  prices: ['item', 'pricelevel', 'currency'],
  stock: ['item', 'location'],
  stockTotals: ['item'],
  balances: ['customer'],
  rates: ['currency'],
  customers: ['customer'],
  identities: ['customer'],
  contactIdentities: ['contact', 'customer'],
  orders: ['salesorder', 'customer'],
  orderLines: ['salesorder', 'item'],
  invoices: ['invoice', 'salesorder', 'customer'],
  invoiceLines: ['invoice', 'item', 'customer'],
  billing: ['invoice', 'creditmemo', 'salesorder', 'customer'],
  credits: ['creditmemo', 'customerrefund', 'customerdeposit', 'customer'],
  payments: ['customerpayment', 'customer'],
  fulfillments: ['itemfulfillment', 'salesorder', 'customer'],
  shipments: ['itemfulfillment', 'salesorder', 'customer'],
  entitlements: ['customer', 'salesorder', 'item'],
};

const SEARCHED = ['stock', 'stockTotals', 'balances', 'customers', 'identities', 'contactIdentities'] as const;
const isSearched = (page: ReadPageName): page is (typeof SEARCHED)[number] =>
  (SEARCHED as readonly string[]).includes(page);

function readPage(page: ReadPageName, request: PageRequest): KeyedPage<ReadRow> {
  assertReadable(PAGE_TYPES[page]);
  if (isSearched(page)) return readBySearch(page, request);
  if (page === 'entitlements') return readEntitlements(request.ids);
  return queries.mode() === 'search' ? readWithoutSuiteQl(page, request) : readWithSuiteQl(page, request);
}

type QueriedPage = Exclude<ReadPageName, (typeof SEARCHED)[number] | 'entitlements'>;

function readWithSuiteQl(page: QueriedPage, request: PageRequest): KeyedPage<ReadRow> {
  const inAccountTime = { ...request, clock: readAccountClock() };
  if (page === 'billing' || page === 'shipments') return readByOrder(page, inAccountTime);
  const source = QUERY_SOURCES[page];
  return isLoaded(page) ? readByLoad(page, source, inAccountTime) : readByQuery(source, inAccountTime);
}

/** A role without SuiteAnalytics Workbook reads the same pages by searches. */
function readWithoutSuiteQl(page: QueriedPage, request: PageRequest): KeyedPage<ReadRow> {
  switch (page) {
    case 'items':
    case 'prices':
      return readBySearch(page, request);
    case 'rates':
      return readRates();
    case 'billing':
    case 'shipments':
      return searchByOrder(page, request);
    default:
      return readDocuments(page, request);
  }
}

function idsOf(text: string | undefined): string[] | null {
  if (text === undefined || text === '') return null;
  const ids = text.split(',');
  if (ids.length > READ_IDS || ids.some((id) => !/^\d+$/.test(id)))
    throwRequestError('INVALID_REQUEST_BODY', `ids are at most ${READ_IDS} internal ids, separated by commas`);
  return ids;
}
