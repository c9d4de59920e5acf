import search from 'N/search';
import type { Row, SearchSpec } from '../upsert/ports';
import { toText } from './to-text';

const PAGE = 1000;

/**
 * Runs a search for the prefetch: 10 units for each 1,000 rows (Oracle page section_N3352288). Each thousand is asked for by itself, so rows
 * come in the order of their internal ids: without an order one could be in two of them and another in none.
 */
export function searchRows(spec: SearchSpec): Row[] {
  const columns = spec.columns.map((name) => (name === null ? null : orderedColumn(name)));
  const wanted = columns.filter((column) => column !== null);
  const run = search.create({ type: spec.type, filters: filtersOf(spec), columns: wanted }).run();
  const rows: Row[] = [];
  for (let start = 0; ; start += PAGE) {
    const page = run.getRange({ start, end: start + PAGE });
    rows.push(
      ...page.map((result) => columns.map((column) => (column === null ? null : toText(result.getValue(column))))),
    );
    if (page.length < PAGE) return rows;
  }
}

/** How many rows a search finds, by the count of its pages. 5 units (Oracle page section_157072844224). */
export const countRows = (type: string, filters: string[][]): number =>
  search.create({ type, filters: filters as never[], columns: ['internalid'] }).runPaged({ pageSize: PAGE }).count;

export interface SearchPage {
  type: string;
  /** Filter expressions that all hold. */
  filters: (string | number)[][];
  columns: readonly string[];
  limit: number;
}

/** The first rows of a search in the order of their internal ids; for keyed windows. 10 units for each 1,000 rows. */
export function searchPage({ type, filters, columns, limit }: SearchPage): Row[] {
  const shown = columns.map(orderedColumn);
  const joined = filters.flatMap((one, at) => (at === 0 ? [one] : ['AND', one]));
  const run = search.create({ type, filters: joined as never[], columns: shown }).run();
  const rows: Row[] = [];
  for (let start = 0; start < limit; start += PAGE) {
    const page = run.getRange({ start, end: Math.min(start + PAGE, limit) });
    rows.push(...page.map((result) => shown.map((column) => toText(result.getValue(column)))));
    if (page.length < PAGE) break;
  }
  return rows;
}

const orderedColumn = (name: string): search.Column =>
  name === 'internalid' ? search.createColumn({ name, sort: search.Sort.ASC }) : columnOf(name);

/** `item.type` is the column `type` of the joined item. */
export function columnOf(name: string, summary?: search.Summary): search.Column {
  const [join, joined] = name.split('.');
  const plain = joined === undefined || join === undefined ? { name } : { name: joined, join };
  return search.createColumn(summary === undefined ? plain : { ...plain, summary });
}

type Expression = (string | string[] | Expression)[];

function filtersOf({ any, all }: SearchSpec): Expression {
  const alternatives = any.flatMap((condition): string[][] =>
    condition.operator === 'anyof'
      ? [[condition.field, 'anyof', ...condition.values]]
      : condition.values.map((value) => [condition.field, condition.operator, value]),
  );
  const either = alternatives.flatMap((one, at): Expression => (at === 0 ? [one] : ['OR', one]));
  return [either, ...all.flatMap((one): Expression => ['AND', one])];
}
