import format from 'N/format';
import search from 'N/search';
import type { ReadRow } from '../../../../../contract/read-page';
import { keyedPage, type KeyedPage } from '../reconcile/keyed-page';
import { localDay, textOf } from '../upsert/normalise';
import { lastOrderDates } from './last-orders';
import type { PageRequest } from './read-by-query';
import { columnOf, searchPage } from './search-rows';
import { SEARCH_SOURCES, type SearchSource } from './search-sources';

/** Reads a page in the order of internal ids. 10 units, 20 for customers. */
export function readBySearch(name: keyof typeof SEARCH_SOURCES, request: PageRequest): KeyedPage<ReadRow> {
  const source: SearchSource = SEARCH_SOURCES[name];
  const page = readSource(source, request);
  if (!('balance' in source.columns)) return page;
  const dates = lastOrderDates(page.rows.map((row) => String(row['internalId'])));
  for (const row of page.rows) {
    row['lastOrderDate'] = dates.get(String(row['internalId'])) ?? null;
    row['key'] = row['stamp'] ?? row['externalId'] ?? null;
    // A customer that is nobody's subcustomer may show itself as its parent.
    if (row['parent'] === row['internalId']) row['parent'] = null;
  }
  return page;
}

/** A page of any source, keyed by internal ids. 10 units, 20 where currencies are shown. */
export function readSource(source: SearchSource, { ids, since, after, limit }: PageRequest): KeyedPage<ReadRow> {
  const chosen = ids === null ? source.filters(new Date(since)) : [['internalid', 'anyof', ...ids]];
  const rows = rowsOfSource(source, [['internalidnumber', 'greaterthan', after], ...chosen], limit);
  return keyedPage(rows, (row) => String(row['internalId']), limit);
}

const PAGE = 1000;

/** Rows in the order of internal ids that meet all conditions. 10 units for each 1,000. */
export function rowsOfSource(
  source: SearchSource,
  conditions: readonly unknown[],
  limit = Number.MAX_SAFE_INTEGER,
): ReadRow[] {
  const columns = Object.entries(source.columns).map(([member, id]) => ({
    member,
    column: id === 'internalid' ? search.createColumn({ name: id, sort: search.Sort.ASC }) : columnOf(id),
  }));
  const all = [...(source.always ?? []), ...conditions];
  const filters = all.flatMap((one, at) => (at === 0 ? [one] : ['AND', one]));
  const run = search
    .create({ type: source.type, filters: filters as never[], columns: columns.map((one) => one.column) })
    .run();
  const rows: ReadRow[] = [];
  while (rows.length < limit) {
    const end = Math.min(rows.length + PAGE, limit);
    const found = run.getRange({ start: rows.length, end });
    const asked = end - rows.length;
    rows.push(
      ...found.map((result): ReadRow =>
        Object.fromEntries(columns.map(({ member, column }) => [member, memberOf(result, column, member, source)])),
      ),
    );
    if (found.length < asked) break;
  }
  showCurrencies(rows, source);
  return rows;
}

/** Searches show a currency's id or name; a CRM knows its ISO code. */
function showCurrencies(rows: readonly ReadRow[], { currencies = [] }: SearchSource): void {
  if (currencies.length === 0 || rows.length === 0) return;
  const symbols = new Map(
    searchPage({
      type: 'currency',
      filters: [['isinactive', 'is', 'F']],
      columns: ['internalid', 'symbol'],
      limit: PAGE,
    }).map(([id, symbol]) => [id, symbol ?? null]),
  );
  for (const row of rows) for (const member of currencies) row[member] = symbols.get(String(row[member])) ?? null;
}

function memberOf(result: search.Result, column: search.Column, member: string, source: SearchSource): ReadRow[string] {
  if (source.texts?.includes(member) === true) return result.getText(column) || null;
  const value: unknown = result.getValue(column);
  if (source.flags?.includes(member) === true) return value === true || value === 'T';
  const text = textOf(value);
  if (text === '') return null;
  if (source.numbers.includes(member)) return Number(text);
  if (source.days?.includes(member) === true) return localDay(format.parse({ value: text, type: format.Type.DATE }));
  if (source.times?.includes(member) !== true) return text;
  return format.parse({ value: text, type: format.Type.DATETIME }).toISOString();
}
