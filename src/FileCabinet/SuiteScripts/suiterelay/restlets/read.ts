/**
 * Hands out what NetSuite owns and a CRM mirrors, page by page: items, prices, stock, balances, exchange rates.
 * @NApiVersion 2.1
 * @NScriptType Restlet
 * @NModuleScope SameAccount
 */
import { READ_PAGES, type ReadPage, type ReadPageName } from '../../../../../contract/read-page';
import { accountOffset } from '../netsuite/modified-records';
import { readByQuery } from '../netsuite/read-by-query';
import { readBySearch } from '../netsuite/read-by-search';
import { throwRequestError } from '../netsuite/throw-request-error';

const LIMIT = 1000;

export function get(params: { page?: string; since?: string; after?: string }): ReadPage {
  const page = params.page as ReadPageName;
  const since = params.since ?? '1990-01-01T00:00:00Z';
  if (!READ_PAGES.includes(page)) throwRequestError('INVALID_REQUEST_BODY', `page is one of ${READ_PAGES.join(', ')}`);
  if (Number.isNaN(Date.parse(since))) throwRequestError('INVALID_REQUEST_BODY', 'since is ISO 8601');
  const asOf = new Date().toISOString();
  const request = { since, after: params.after ?? '0', limit: LIMIT, offsetMs: 0 };
  const found =
    page === 'stock' || page === 'balances'
      ? readBySearch(page, request)
      : readByQuery(page, { ...request, offsetMs: accountOffset() });
  return found.after === undefined
    ? { page, rows: found.rows, asOf }
    : { page, rows: found.rows, asOf, after: found.after };
}
