import format from 'N/format';
import search from 'N/search';
import type { ReadRow } from '../../../../../contract/read-page';
import { keyedPage, type KeyedPage } from '../reconcile/keyed-page';
import { textOf } from '../upsert/normalise';
import { lastOrderDates } from './last-orders';
import type { PageRequest } from './read-by-query';
import { columnOf, searchPage } from './search-rows';
import { SEARCH_SOURCES, type SearchSource } from './search-sources';

/** Reads a page in the order of internal ids. 10 units, 20 for customers. */
export function readBySearch(name: keyof typeof SEARCH_SOURCES, request: PageRequest): KeyedPage<ReadRow> {
  const source: SearchSource = SEARCH_SOURCES[name];
  const columns = Object.entries(source.columns).map(([member, id]) => ({
    member,
    column: id === 'internalid' ? search.createColumn({ name: id, sort: search.Sort.ASC }) : columnOf(id),
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
    Object.fromEntries(columns.map(({ member, column }) => [member, memberOf(result, column, member, source)])),
  );
  if (source.currencies !== undefined && rows.length > 0) {
    const symbols = new Map(
      searchPage({
        type: 'currency',
        filters: [['isinactive', 'is', 'F']],
        columns: ['internalid', 'symbol'],
        limit: 1000,
      }).map(([id, symbol]) => [id, symbol ?? null]),
    );
    for (const row of rows)
      for (const member of source.currencies) row[member] = symbols.get(String(row[member])) ?? null;
  }
  if ('balance' in source.columns) {
    const dates = lastOrderDates(rows.map((row) => String(row['internalId'])));
    for (const row of rows) {
      row['lastOrderDate'] = dates.get(String(row['internalId'])) ?? null;
      row['key'] = row['stamp'] ?? row['externalId'] ?? null;
    }
  }
  return keyedPage(rows, (row) => String(row['internalId']), request.limit);
}

function memberOf(result: search.Result, column: search.Column, member: string, source: SearchSource): ReadRow[string] {
  if (source.texts?.includes(member) === true) return result.getText(column) || null;
  const value: unknown = result.getValue(column);
  if (source.flags?.includes(member) === true) return value === true || value === 'T';
  const text = textOf(value);
  if (text === '') return null;
  if (source.numbers.includes(member)) return Number(text);
  if (source.times?.includes(member) !== true) return text;
  return format.parse({ value: text, type: format.Type.DATETIME }).toISOString();
}
