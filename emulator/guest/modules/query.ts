import { unsupported } from '../errors';
import type { Guest } from '../types';
import { isObject, optionsOf, readOnly, requireArguments, scriptError, withPromise, wrongType } from './arguments';
import { Column, Component, Condition, renderQuery, type Sort, type Statement } from './query-builder';
import { defineLazy } from '../lazy';
import {
  aggregates,
  dateIds,
  fieldContexts,
  operators,
  queryTypes,
  ranges,
  refusedRanges,
  returnTypes,
  sortLocales,
} from './query-enums';
import { boundsOf, createRelativeDate, relativeRanges } from './query-dates';
import { createPeriod, periodAdjustments, periodCodes, periodTypes } from './query-periods';
import { createPagedData, createResultSet, type ResultColumn, type RowsAnswer } from './query-results';
import { createSuiteQl, readPageSize } from './query-suiteql';

/** N/query (section_1510275060). */
export function createQueryModule(guest: Guest): object {
  const suiteQl = createSuiteQl(guest);
  const statements = new WeakMap<object, () => Statement>();
  guest.bridges.describeQuery = (value: object) => statements.get(value)?.();
  const refuse = (api: string) =>
    withPromise((first: unknown): never => {
      const options = optionsOf(first, ['id']);
      requireArguments(api, options, ['id']);
      guest.syscall(api, { id: String(options.id) });
      throw scriptError('UNABLE_TO_LOAD_QUERY', 'The query does not exist.');
    });
  const module = {
    create: (options: QueryOptions) => createQuery(guest, options, statements),
    load: refuse('query.load'),
    delete: refuse('query.delete'),
    runSuiteQL: suiteQl.run,
    runSuiteQLPaged: suiteQl.runPaged,
    createRelativeDate,
    createPeriod,
    listTables: () => {
      throw unsupported('query.listTables');
    },
  };
  defineLazy(module, 'Type', queryTypes);
  defineLazy(module, 'Operator', operators);
  defineLazy(module, 'Aggregate', aggregates);
  defineLazy(module, 'ReturnType', returnTypes);
  defineLazy(module, 'FieldContext', fieldContexts);
  defineLazy(module, 'DateId', dateIds);
  defineLazy(module, 'SortLocale', sortLocales);
  defineLazy(module, 'PeriodCode', periodCodes);
  defineLazy(module, 'PeriodType', periodTypes);
  defineLazy(module, 'PeriodAdjustment', periodAdjustments);
  defineLazy(module, 'RelativeDateRange', () => relativeRanges(ranges(), refusedRanges()));
  return module;
}

interface QueryOptions {
  type: string;
  columns?: Column[];
  condition?: Condition;
  sort?: Sort[];
}

function createQuery(guest: Guest, options: QueryOptions, statements: WeakMap<object, () => Statement>): object {
  requireArguments('query.create', (options ?? {}) as unknown as Record<string, unknown>, ['type']);
  const type = String(options.type);
  guest.syscall('query.checkType', { type });
  const components: Component[] = [];
  const root = new Component({ guest, components }, type, null, null);
  const state = { columns: options.columns ?? [], condition: options.condition ?? null, sort: options.sort ?? [] };
  const statement = (): Statement =>
    renderQuery(guest, components, state.columns, state.condition, state.sort, boundsOf);
  const conditions = (word: 'AND' | 'OR', given: unknown[]): Condition =>
    new Condition({ word, children: given.flat().map(asCondition) });
  const query: Record<string, unknown> = {
    autoJoin: (join: { fieldId: string }) => root.autoJoin(join),
    join: (join: { fieldId: string }) => root.join(join),
    joinTo: (join: { fieldId: string; target: string }) => root.joinTo(join),
    joinFrom: (join: { fieldId: string; source: string }) => root.joinFrom(join),
    createColumn: (column: object) => root.createColumn(column),
    createCondition: (condition: object) => root.createCondition(condition),
    createSort: (sort: { column: Column }) => root.createSort(sort),
    and: (...given: unknown[]) => conditions('AND', given),
    or: (...given: unknown[]) => conditions('OR', given),
    not: (given: unknown) => new Condition({ word: 'NOT', children: [asCondition(given)] }),
    ...runners(guest, statement, () => state.columns),
    toSuiteQL: () => toSuiteQl(guest, statement(), () => state.columns),
    toString: () => 'query.Query',
    toJSON: () => ({ type, ...statement() }),
  };
  readOnly(query, 'Query', {
    type: () => type,
    root: () => root,
    child: () => root.child,
    id: () => null,
    name: () => null,
  });
  settable(query, state);
  statements.set(query, statement);
  return query;
}

function settable(query: object, state: { columns: Column[]; condition: Condition | null; sort: Sort[] }): void {
  const property = (name: 'columns' | 'condition' | 'sort', type: string, valid: (value: unknown) => boolean): void => {
    Object.defineProperty(query, name, {
      enumerable: true,
      get: () => state[name],
      set: (value: unknown) => {
        if (!valid(value)) throw wrongType(name, type);
        Object.assign(state, { [name]: value });
      },
    });
  };
  property(
    'columns',
    'query.Column[]',
    (value) => Array.isArray(value) && value.every((column) => column instanceof Column),
  );
  property('condition', 'query.Condition', (value) => value === null || value instanceof Condition);
  property(
    'sort',
    'query.Sort[]',
    (value) => Array.isArray(value) && value.every((sort) => isObject(sort) && 'column' in sort),
  );
}

function asCondition(given: unknown): Condition {
  if (given instanceof Condition) return given;
  throw wrongType('condition', 'query.Condition');
}

function runners(
  guest: Guest,
  statement: () => Statement,
  columns: () => Column[],
): { run: unknown; runPaged: unknown } {
  const typed = (answer: RowsAnswer): RowsAnswer => ({
    columns: answer.columns,
    rows: answer.rows.map((row) =>
      row.map((value, i) => (answer.columns[i]?.type === 'bool' && value !== null ? value === 'T' : value)),
    ),
  });
  return {
    run: withPromise(() =>
      createResultSet(guest, typed(guest.syscall<RowsAnswer & object>('query.run', statement())), columns()),
    ),
    runPaged: withPromise((options?: { pageSize?: number }) => {
      const pageSize = readPageSize(options?.pageSize);
      const given = statement();
      const opened = guest.syscall<{ count: number; columns: ResultColumn[] }>('query.runPaged', {
        ...given,
        pageSize,
      });
      return createPagedData(guest, opened.count, {
        pageSize,
        columns: columns(),
        fetch: (index) => typed(guest.syscall<RowsAnswer & object>('query.fetchPage', { ...given, pageSize, index })),
      });
    }),
  };
}

/** query.SuiteQL: the text and its parameters, which can be run or handed to runSuiteQL. */
function toSuiteQl(guest: Guest, { query, params }: Statement, columns: () => Column[]): object {
  const made = { ...runners(guest, () => ({ query, params }), columns), toString: () => 'query.SuiteQL' };
  readOnly(made, 'SuiteQL', { query: () => query, params: () => params, columns, type: () => 'SUITE_QL' });
  return made;
}
