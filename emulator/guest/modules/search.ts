import type { SearchDefinition, SearchResultSet } from '../../search/types';
import type { Guest } from '../types';
import { enumOf, isObject, optionsOf, requireArguments, scriptError, withPromise, wrongType } from './arguments';
import { defineLazy } from '../lazy';
import { operators, searchTypes, sorts, summaries } from './search-enums';
import { createColumn, createFilter, toFilterNode } from './search-objects';
import { type Result, toResults } from './search-results';
import { Search, type SearchOptions } from './search-object';

const SETTINGS: Record<string, RegExp> = {
  consolidationtype: /^(ACCTTYPE|AVERAGE|CURRENT|HISTORICAL|NONE)$/i,
  includeperiodendtransactions: /^(T|F|TRUE|FALSE)$/i,
};

/** N/search (section_4345764122). */
export function createSearchModule(guest: Guest): object {
  guest.bridges.describeSearch = (value: object) => Search.definition(value);
  const module = {
    create: withPromise((options: SearchOptions) => create(guest, options)),
    load: withPromise((first: unknown) => load(guest, first)),
    delete: withPromise((first: unknown) => {
      const options = optionsOf(first, ['id']);
      requireArguments('search.delete', options, ['id']);
      guest.syscall('search.delete', { id: options.id });
    }),
    global: withPromise((first: unknown) => {
      const options = optionsOf(first, ['keywords']);
      requireArguments('search.global', options, ['keywords']);
      return found(guest.syscall<SearchResultSet>('search.global', { keywords: String(options.keywords) }));
    }),
    duplicates: withPromise((options: { type: string; fields?: object; id?: number }) => {
      requireArguments('search.duplicates', options ?? {}, ['type']);
      return found(guest.syscall<SearchResultSet>('search.duplicates', options));
    }),
    lookupFields: withPromise((options: Record<string, unknown>) => lookupFields(guest, options)),
    createFilter,
    createColumn,
    createSetting,
    SettingName: enumOf('consolidationtype', 'includeperiodendtransactions'),
    ConsolidationEnum: enumOf('ACCTTYPE', 'AVERAGE', 'CURRENT', 'HISTORICAL', 'NONE'),
    IncludePeriodTransactionEnum: enumOf('F', 'FALSE', 'T', 'TRUE'),
  };
  defineLazy(module, 'Type', searchTypes);
  defineLazy(module, 'Operator', operators);
  defineLazy(module, 'Summary', summaries);
  defineLazy(module, 'Sort', sorts);
  return module;
}

const found = (answer: SearchResultSet): Result[] => toResults(answer, answer.columns.map(createColumn));

function create(guest: Guest, options: SearchOptions): Search {
  requireArguments('search.create', (options ?? {}) as unknown as Record<string, unknown>, ['type']);
  if (typeof options.type !== 'string') throw wrongType('options.type', 'string');
  const filters = options.filters ?? options.filterExpression;
  return new Search(guest, options, toFilterNode(filters), null);
}

function load(guest: Guest, first: unknown): Search {
  const options = optionsOf(first, ['id']);
  requireArguments('search.load', options, ['id']);
  const found = guest.syscall<SearchDefinition & { searchId: number }>('search.load', { id: options.id });
  const { searchId, filters, ...rest } = found;
  return new Search(guest, rest, filters, searchId);
}

function lookupFields(guest: Guest, options: Record<string, unknown>): unknown {
  requireArguments('search.lookupFields', options ?? {}, ['type', 'id', 'columns']);
  const columns = (Array.isArray(options.columns) ? options.columns : [options.columns]) as unknown[];
  const names = columns.map((column) =>
    isObject(column)
      ? String(column.join ? `${String(column.join)}.${String(column.name)}` : column.name)
      : String(column),
  );
  return guest.syscall('search.lookupFields', { type: String(options.type), id: String(options.id), columns: names });
}

function createSetting(options: { name: string; value: string }): object {
  requireArguments('search.createSetting', options ?? {}, ['name', 'value']);
  const known = SETTINGS[options.name];
  if (!known) throw scriptError('SSS_INVALID_SRCH_SETTING', `Unknown search setting: ${options.name}.`);
  if (!known.test(String(options.value)))
    throw scriptError(
      'SSS_INVALID_SRCH_SETTING_VALUE',
      `Invalid value of the search setting ${options.name}: ${String(options.value)}.`,
    );
  return Object.freeze({ name: options.name, value: options.value, toString: () => 'search.Setting' });
}
