import type { Guest } from '../types';
import { readOnly, scriptError, withPromise, wrongType } from './arguments';

/** Results of N/query: ResultSet, Result, PagedData, Page and their iterators. */
export interface ResultColumn {
  name: string;
  type: string;
}
export type Cell = string | number | boolean | null;
export interface RowsAnswer {
  columns: ResultColumn[];
  rows: Cell[][];
}

/** How pages are read again; the query itself stays with whoever made the run. */
export interface Paging {
  pageSize: number;
  fetch(index: number): RowsAnswer;
  /** The columns that scripts see; for SuiteQL they carry names only. */
  columns?: object[];
}

const RETURN_TYPES: Record<string, string> = {
  text: 'STRING',
  number: 'FLOAT',
  key: 'INTEGER',
  bool: 'BOOLEAN',
  date: 'DATE',
  datetime: 'DATETIME',
  status: 'STRING',
  multi: 'STRING',
  null: 'UNKNOWN',
  any: 'ANY',
};

export const returnType = (type: string): string => RETURN_TYPES[type] ?? 'UNKNOWN';

class Iterator {
  private readonly values: () => object[];
  private readonly before: (index: number) => void;

  constructor(values: () => object[], before: (index: number) => void) {
    this.values = values;
    this.before = before;
  }

  /** Calls back with `{value}` until it answers something other than true. */
  each(callback: (entry: { value: object }) => unknown): void {
    const values = this.values();
    for (let i = 0; i < values.length; i++) {
      this.before(i);
      if (callback({ value: values[i] as object }) !== true) return;
    }
  }

  toString(): string {
    return 'query.Iterator';
  }
}

export class Result {
  readonly values: Cell[];

  constructor(values: Cell[], names: string[], columns: object[], types: string[]) {
    this.values = values;
    readOnly(this, 'Result', { columns: () => columns, types: () => types });
    Object.defineProperty(this, 'asMap', { value: () => toMap(names, values) });
  }

  declare asMap: () => Record<string, Cell>;

  toString(): string {
    return 'query.Result';
  }

  toJSON(): object {
    return { values: this.values };
  }
}

function toMap(names: string[], values: Cell[]): Record<string, Cell> {
  const map: Record<string, Cell> = {};
  names.forEach((name, i) => (map[name] = values[i] ?? null));
  return map;
}

export interface ResultSet {
  results: Result[];
  types: string[];
  columns: object[];
  iterator(): Iterator;
  asMappedResults(): Record<string, Cell>[];
}

export function createResultSet(guest: Guest, answer: RowsAnswer, columns?: object[]): ResultSet {
  const names = answer.columns.map((column) => column.name);
  const types = answer.columns.map((column) => returnType(column.type));
  const shown = columns ?? names.map((name) => ({ fieldId: name, alias: name }));
  const results = answer.rows.map((row) => new Result(row, names, shown, types));
  const set = {
    iterator: () => {
      guest.syscall('query.iterator');
      return new Iterator(
        () => results,
        () => undefined,
      );
    },
    asMappedResults: () => answer.rows.map((row) => toMap(names, row)),
    toString: () => 'query.ResultSet',
    toJSON: () => ({ columns: shown, types, results }),
  };
  readOnly(set, 'ResultSet', { results: () => results, types: () => types, columns: () => shown });
  return set as unknown as ResultSet;
}

/** `count` and page ranges are those of the moment of the run. */
export function createPagedData(guest: Guest, count: number, paging: Paging): object {
  const { pageSize } = paging;
  const ranges = Array.from({ length: Math.ceil(count / pageSize) }, (_, index) => ({
    index,
    size: Math.min(pageSize, count - index * pageSize),
  }));
  const page = (index: number): object => {
    const range = ranges[index];
    if (!range)
      throw scriptError('INVALID_PAGE_RANGE', `Invalid page range: index ${index} of ${ranges.length} pages.`);
    const data = createResultSet(guest, paging.fetch(index), paging.columns);
    const made = { toString: () => 'query.Page' };
    readOnly(made, 'Page', {
      data: () => data,
      isFirst: () => index === 0,
      isLast: () => index === ranges.length - 1,
      pagedData: () => paged,
      pageRange: () => range,
    });
    return made;
  };
  const paged: object = {
    fetch: withPromise((options: { index: number } | number) => {
      const index = Number(typeof options === 'object' ? options.index : options);
      if (!Number.isInteger(index)) throw wrongType('options.index', 'number');
      return page(index);
    }),
    /** Pages come one by one; each costs what fetching it costs. */
    iterator: () => ({
      each: (callback: (entry: { value: object }) => unknown): void => {
        for (const { index } of ranges) if (callback({ value: page(index) }) !== true) return;
      },
      toString: () => 'query.Iterator',
    }),
    toString: () => 'query.PagedData',
  };
  readOnly(paged, 'PagedData', { count: () => count, pageRanges: () => ranges, pageSize: () => pageSize });
  return paged;
}
