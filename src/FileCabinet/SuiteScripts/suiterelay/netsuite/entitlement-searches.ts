import format from 'N/format';
import search from 'N/search';
import { localDay } from '../upsert/normalise';
import type { Row } from '../upsert/ports';
import { columnOf, searchRows } from './search-rows';
import { toText } from './to-text';

/** What `read-entitlements` asks by SuiteQL, by search: the same columns in the same order. 10 units each, and for each further 1,000 rows. */

/** Id, number, external id, overdue balance. */
export const searchHeads = (ids: readonly string[]): Row[] =>
  searchRows({
    type: 'customer',
    any: [{ field: 'internalid', operator: 'anyof', values: [...ids] }],
    all: [],
    columns: ['internalid', 'entityid', 'externalid', 'overduebalance'],
  });

const OPEN: ReadonlySet<string> = new Set(['pendingFulfillment', 'partiallyFulfilled', 'pendingBillingPartFulfilled']);

/** Customer, how many orders are open, the last day of any, today. */
export function searchOrders(ids: readonly string[]): Row[] {
  const today = localDay(new Date());
  const found = new Map<string, { open: number; end: string | null }>();
  const rows = summedOrders(ids, [['mainline', 'is', 'T']], {
    entity: search.Summary.GROUP,
    statusref: search.Summary.GROUP,
    internalid: search.Summary.COUNT,
    enddate: search.Summary.MAX,
  });
  for (const [customer, status, count, end] of rows) {
    const sum = found.get(customer ?? '') ?? { open: 0, end: null };
    const day = end == null ? null : localDay(format.parse({ value: end, type: format.Type.DATE }));
    found.set(customer ?? '', {
      open: sum.open + (OPEN.has(status ?? '') ? Number(count ?? 0) : 0),
      end:
        [sum.end, day]
          .filter((one) => one !== null)
          .sort()
          .at(-1) ?? null,
    });
  }
  return [...found].map(([customer, { open, end }]) => [customer, String(open), end, today]);
}

/** Customer, SKU, quantity, the item's id, in the order of SKUs. */
export const searchItems = (ids: readonly string[]): Row[] =>
  summedOrders(
    ids,
    [
      ['mainline', 'is', 'F'],
      ['taxline', 'is', 'F'],
      ['shipping', 'is', 'F'],
      ['cogs', 'is', 'F'],
    ],
    {
      entity: search.Summary.GROUP,
      'item.itemid': search.Summary.GROUP,
      quantity: search.Summary.SUM,
      'item.internalid': search.Summary.GROUP,
    },
  )
    .filter(([, sku]) => sku != null)
    .map(([customer, sku, quantity, id]): Row => [
      customer ?? null,
      sku ?? null,
      String(Math.abs(Number(quantity ?? 0))),
      id ?? null,
    ])
    .sort(([, a], [, b]) => ((a ?? '') < (b ?? '') ? -1 : 1));

/** The item's id, what is available of it over all locations. */
export const searchStock = (itemIds: readonly string[]): Row[] =>
  searchRows({
    type: 'item',
    any: [{ field: 'internalid', operator: 'anyof', values: [...itemIds] }],
    all: [['quantityavailable', 'isnotempty', '']],
    columns: ['internalid', 'quantityavailable'],
  });

const PAGE = 1000;

/** Sums over the customers' sales orders; cancelled ones give no right to anything. */
function summedOrders(
  ids: readonly string[],
  more: string[][],
  wanted: Readonly<Record<string, search.Summary>>,
): Row[] {
  const all = [['type', 'anyof', 'SalesOrd'], ['status', 'noneof', 'SalesOrd:C'], ['entity', 'anyof', ...ids], ...more];
  const columns = Object.entries(wanted).map(([name, summary]) => columnOf(name, summary));
  const filters = all.flatMap((one, at) => (at === 0 ? [one] : ['AND', one]));
  const run = search.create({ type: 'salesorder', filters: filters as never[], columns }).run();
  const rows: Row[] = [];
  for (let start = 0; ; start += PAGE) {
    const page = run.getRange({ start, end: start + PAGE });
    rows.push(...page.map((result) => columns.map((column) => toText(result.getValue(column)))));
    if (page.length < PAGE) return rows;
  }
}
