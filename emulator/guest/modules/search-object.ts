import type { FilterNode, SearchDefinition, SearchResultSet } from '../../search/types';
import type { Guest } from '../types';
import { isObject, optionsOf, readOnly, requireArguments, scriptError, withPromise, wrongType } from './arguments';
import { readPageSize } from './query-suiteql';
import { type Column, columnDefinition, createColumn, toExpression, toFilterNode, toFilters } from './search-objects';
import { type Result, toResults } from './search-results';

/** Rows of one `each`, and of the chunks in which they come. */
const EACH_LIMIT = 4000;
const CHUNK = 1000;

export interface SearchOptions {
  type: string;
  filters?: unknown;
  filterExpression?: unknown;
  columns?: unknown;
  settings?: unknown;
  title?: string;
  id?: string;
  isPublic?: boolean;
}

/** search.Search: a definition that can be changed, saved and run. */
export class Search {
  declare readonly searchType: string;
  declare searchId: number | null;
  title: string | null;
  id: string | null;
  isPublic: boolean;
  settings: unknown[];
  declare run: () => object;
  declare runPaged: (options?: { pageSize?: number }) => object;
  declare save: () => number;
  declare private node: FilterNode | null;
  declare private shownColumns: Column[];
  /** What `filters` answered last, and what was in it then. */
  declare private shownFilters: unknown[];
  declare private shownAs: unknown[];

  constructor(guest: Guest, options: SearchOptions, node: FilterNode | null, searchId: number | null) {
    const hidden = (name: string, value: unknown): void => {
      Object.defineProperty(this, name, { value, writable: true, enumerable: false });
    };
    hidden('node', node);
    hidden('shownColumns', toColumns(options.columns));
    hidden('shownFilters', []);
    hidden('shownAs', []);
    hidden('internalSearchId', searchId);
    this.title = options.title ?? null;
    this.id = options.id ?? null;
    this.isPublic = options.isPublic ?? false;
    this.settings = Array.isArray(options.settings)
      ? (options.settings as unknown[])
      : options.settings === undefined || options.settings === null
        ? []
        : [options.settings];
    readOnly(this, 'Search', { searchType: () => options.type, searchId: () => searchId });
    hidden('run', () => resultSet(guest, this));
    hidden(
      'runPaged',
      withPromise((paging?: { pageSize?: number }) =>
        pagedData(guest, this, readPageSize(isObject(paging) ? paging.pageSize : undefined)),
      ),
    );
    hidden(
      'save',
      withPromise(() => {
        const saved = guest.syscall<{
          searchId: number;
          id: string;
        }>('search.save', { definition: definitionOf(this), searchId });
        searchId = saved.searchId;
        this.id = saved.id;
        return saved.searchId;
      }),
    );
  }

  /** The list is alive: scripts add to it (`search.filters.push(…)`), and that narrows the search. */
  get filters(): unknown[] {
    this.node = Search.nodeOf(this);
    this.shownFilters = toFilters(this.node);
    this.shownAs = [...this.shownFilters];
    return this.shownFilters;
  }

  set filters(given: unknown) {
    this.replaceNode(toFilterNode(given));
  }

  get filterExpression(): unknown[] {
    return toExpression(Search.nodeOf(this));
  }

  set filterExpression(given: unknown) {
    this.replaceNode(toFilterNode(given));
  }

  private replaceNode(node: FilterNode | null): void {
    this.node = node;
    this.shownFilters = this.shownAs = [];
  }

  get columns(): Column[] {
    return this.shownColumns;
  }

  set columns(given: unknown) {
    this.shownColumns = toColumns(given);
  }

  /** For other modules: the definition behind a Search or a ResultSet as data; undefined for anything else. */
  static definition(value: object): SearchDefinition | undefined {
    return value instanceof Search ? definitionOf(value) : sources.get(value);
  }

  static nodeOf(search: Search): FilterNode | null {
    const { node, shownFilters: shown, shownAs: before } = search;
    if (shown.length === before.length && shown.every((filter, i) => filter === before[i])) return node;
    // Filters that were only added leave the expression as it is; a list that lost some stands for itself.
    if (!before.every((filter, i) => filter === shown[i])) return toFilterNode(shown);
    const added = toFilterNode(shown.slice(before.length));
    if (node === null || added === null) return node ?? added;
    return { and: [...('and' in node ? node.and : [node]), ...('and' in added ? added.and : [added])] };
  }

  toString(): string {
    return 'search.Search';
  }

  toJSON(): object {
    const { title, id, isPublic, searchType } = this;
    return { type: searchType, filters: this.filterExpression, columns: this.columns, title, id, isPublic };
  }
}

export function toColumns(given: unknown): Column[] {
  if (given === undefined || given === null) return [];
  const list = (Array.isArray(given) ? given : [given]) as unknown[];
  return list.map((column) => {
    if (typeof column !== 'string' && !isObject(column)) {
      throw scriptError(
        'SSS_INVALID_SRCH_COL',
        `An nlobjSearchColumn contains an invalid column, or is not in proper syntax: ${String(column)}.`,
      );
    }
    return createColumn(column);
  });
}

function definitionOf(search: Search): SearchDefinition {
  const definition: SearchDefinition = {
    type: search.searchType,
    filters: Search.nodeOf(search),
    columns: search.columns.map(columnDefinition),
  };
  if (search.title) definition.title = search.title;
  if (search.id) definition.id = search.id;
  if (search.isPublic) definition.isPublic = true;
  return definition;
}

/** What each ResultSet came from: Map/Reduce runs that for itself. */
const sources = new WeakMap<object, SearchDefinition>();

function resultSet(guest: Guest, search: Search): object {
  const definition = definitionOf(search);
  const columns = search.columns;
  const read = (api: string, start: number, end: number): Result[] =>
    toResults(guest.syscall<SearchResultSet>(api, { definition, start, end }), columns);
  const getRange = withPromise((first: unknown, last?: unknown): Result[] => {
    const options = optionsOf(first, ['start', 'end'], [last]);
    requireArguments('ResultSet.getRange', options, ['start', 'end']);
    const [start, end] = [Number(options.start), Number(options.end)];
    if (!Number.isInteger(start) || start < 0) throw wrongType('start', 'number');
    if (!Number.isInteger(end)) throw wrongType('end', 'number');
    return read('search.getRange', start, end);
  });
  const each = withPromise((callback: (result: Result) => unknown): void => {
    if (typeof callback !== 'function') throw wrongType('callback', 'function');
    eachResult((start, end) => read('search.each', start, end), callback);
  });
  const set = { getRange, each, toString: () => 'search.ResultSet', toJSON: () => ({ columns }) };
  readOnly(set, 'ResultSet', { columns: () => columns });
  sources.set(set, definition);
  return set;
}

/** Stops when the callback answers anything but true. More than 4,000 rows are an error once they are reached (section_N3352288). */
function eachResult(read: (start: number, end: number) => Result[], callback: (result: Result) => unknown): void {
  for (let start = 0; start <= EACH_LIMIT; start += CHUNK) {
    const rows = read(start, start === EACH_LIMIT ? start + 1 : start + CHUNK);
    if (start === EACH_LIMIT && rows.length > 0) {
      throw scriptError(
        'SSS_SEARCH_FOR_EACH_LIMIT_EXCEEDED',
        `No more than ${EACH_LIMIT} search results may be requested at one time from ResultSet.each(callback). Please narrow your criteria, or page the search.`,
      );
    }
    for (const row of rows) if (callback(row) !== true) return;
    if (rows.length < CHUNK) return;
  }
}

function pagedData(guest: Guest, search: Search, pageSize: number): object {
  const definition = definitionOf(search);
  const columns = search.columns;
  const { count } = guest.syscall<{ count: number }>('search.runPaged', { definition });
  const ranges = Array.from({ length: Math.ceil(count / pageSize) }, (_, index) => ({
    index,
    compoundKey: `${index * pageSize + 1}-${Math.min(count, (index + 1) * pageSize)}`,
    compoundLabel: `${index * pageSize + 1} — ${Math.min(count, (index + 1) * pageSize)}`,
  }));
  const page = (index: number): object => {
    const pageRange = ranges[index];
    if (!pageRange)
      throw scriptError('INVALID_PAGE_RANGE', `Invalid page range: index ${index} of ${ranges.length} pages.`);
    const data = toResults(
      guest.syscall<SearchResultSet>('search.fetchPage', {
        definition,
        start: index * pageSize,
        end: (index + 1) * pageSize,
      }),
      columns,
    );
    const made = {
      next: withPromise(() => page(index + 1)),
      prev: withPromise(() => page(index - 1)),
      toString: () => 'search.Page',
    };
    readOnly(made, 'Page', {
      data: () => data,
      isFirst: () => index === 0,
      isLast: () => index === ranges.length - 1,
      pagedData: () => paged,
      pageRange: () => pageRange,
    });
    return made;
  };
  const paged: object = {
    fetch: withPromise((options: { index: number | string } | number) =>
      page(Number(isObject(options) ? options.index : options)),
    ),
    toString: () => 'search.PagedData',
  };
  readOnly(paged, 'PagedData', {
    count: () => count,
    pageRanges: () => ranges,
    pageSize: () => pageSize,
    searchDefinition: () => search,
  });
  return paged;
}
