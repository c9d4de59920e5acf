import type { ReadRow } from '../../../../../contract/read-page';
import type { KeyedPage } from '../reconcile/keyed-page';
import { statusLetter } from '../reconcile/status-letters';
import { documentSource, type DocumentPage } from './document-sources';
import { ordersBehind } from './orders-behind';
import { completed, isLoaded, LOADED_LIMIT } from './read-by-load';
import type { PageRequest } from './read-by-query';
import { readSource, rowsOfSource } from './read-by-search';

/** A page of transactions or their lines by N/search, for roles that may not run SuiteQL. 10 to 30 units, and 10 for each record loaded. */
export function readDocuments(page: DocumentPage, request: PageRequest): KeyedPage<ReadRow> {
  const limit = isLoaded(page) ? Math.min(request.limit, LOADED_LIMIT) : request.limit;
  const found = readSource(documentSource(page), { ...request, limit });
  const rows = finished(found.rows);
  return { rows: isLoaded(page) ? completed(page, rows) : rows, after: found.after };
}

/** Documents of certain types that were made from certain transactions, each with its order. 10 units for each 1,000, and the orders'. */
export function documentsFrom(page: DocumentPage, types: readonly string[], createdFrom: readonly string[]): ReadRow[] {
  if (createdFrom.length === 0) return [];
  return finished(rowsOfSource(documentSource(page, types), [['createdfrom', 'anyof', ...createdFrom]]));
}

function finished(rows: readonly ReadRow[]): ReadRow[] {
  const orders = ordersBehind(rows.flatMap((row) => textOrNull(row['_createdFrom']) ?? []));
  return rows.map((row) => finishDocument(row, orders));
}

type Orders = ReturnType<typeof ordersBehind>;

/** Turns what searches show into the members that SuiteQL's rows have. */
function finishDocument(raw: ReadRow, orders: Orders): ReadRow {
  const row = Object.fromEntries(Object.entries(raw).filter(([member]) => !member.startsWith('_')));
  const status = textOrNull(raw['_status']);
  if ('_status' in raw) {
    row['statusCode'] = status === null ? null : statusLetter(String(raw['type']), status);
    row['voided'] = status === 'voided';
    row['currency'] ??= null;
  }
  if ('_customerKey' in raw) row['customerKey'] = raw['_customerKey'] ?? raw['_customerExternalId'] ?? null;
  const key = raw['_key'] ?? raw['_externalId'] ?? null;
  if ('_key' in raw) row['lineId' in raw ? 'orderKey' : 'key'] = key;
  if ('quantity' in row) row['quantity'] = absolute(row['quantity']);
  if (CREDITS.has(String(raw['type'])))
    for (const member of ['total', 'amountRemaining']) row[member] = absolute(row[member]);
  if ('_createdFrom' in raw) {
    const order = orders.get(textOrNull(raw['_createdFrom']) ?? '');
    row['orderId'] = order?.id ?? null;
    row['orderKey'] = order?.key ?? null;
    row['orderNumber'] = order?.number ?? null;
    row['orderStatusCode'] = order?.statusCode ?? null;
  }
  return row;
}

/** Searches show what is given back as negative. */
const CREDITS: ReadonlySet<string> = new Set(['CustCred', 'CustRfnd', 'CustDep']);
const absolute = (value: ReadRow[string] | undefined): ReadRow[string] =>
  typeof value === 'number' ? Math.abs(value) : (value ?? null);
const textOrNull = (value: ReadRow[string] | undefined): string | null => (typeof value === 'string' ? value : null);
