import { type Account, type Execution, fault, type RecordData } from '../kernel/types';
import { invalidSearch } from './errors';
import { FilterExpressionError, parseFilters } from './filter-expression';
import type { ColumnDefinition, SearchDefinition } from './types';

/**
 * Saved searches are records of type `savedsearch`: fields `title`, `scriptid`, `searchtype`, `ispublic` and `definition`, the JSON of the search.
 * A seeded one may give `filters` (a filter expression) and `columns` instead of `definition`, as lists or as JSON text.
 */
const TYPE = 'savedsearch';

export function loadSearch(
  account: Account,
  execution: Execution,
  { id }: { id: string | number },
): SearchDefinition & { searchId: number } {
  account.charge(execution, 'search.load');
  const found = findSaved(account, id);
  if (!found) throw invalidSearch(String(id));
  return { ...definitionOf(found), searchId: Number(found.id) };
}

export function saveSearch(
  account: Account,
  execution: Execution,
  { definition, searchId }: { definition: SearchDefinition; searchId?: number | null },
): { searchId: number; id: string } {
  if (!definition.title) throw fault('SSS_MISSING_REQD_ARGUMENT', 'Search.save: Missing a required argument: title');
  account.charge(execution, 'search.save');
  const existing = account.store.list(TYPE).filter((record) => record.id !== String(searchId ?? ''));
  if (existing.some((record) => record.fields.title === definition.title)) {
    throw fault('NAME_ALREADY_IN_USE', 'A search has already been saved with that name. Please use a different name.');
  }
  if (
    definition.id &&
    existing.some((record) => String(record.fields.scriptid).toLowerCase() === definition.id?.toLowerCase())
  ) {
    throw fault(
      'SSS_DUPLICATE_SEARCH_SCRIPT_ID',
      `Saved search script IDs must be unique. ${definition.id} is already in use.`,
    );
  }
  const id = searchId ? String(searchId) : account.store.nextId(TYPE);
  const scriptId = (definition.id ?? `customsearch${id}`).toLowerCase();
  account.store.transaction(() =>
    account.store.put({
      type: TYPE,
      id,
      externalId: null,
      version: 0,
      fields: {
        title: definition.title ?? '',
        scriptid: scriptId,
        searchtype: definition.type,
        ispublic: definition.isPublic === true,
        definition: JSON.stringify({ ...definition, id: scriptId }),
      },
      sublists: {},
      subrecords: {},
    }),
  );
  return { searchId: Number(id), id: scriptId };
}

export function deleteSearch(account: Account, execution: Execution, { id }: { id: string | number }): null {
  account.charge(execution, 'search.delete');
  const found = findSaved(account, id);
  if (!found?.id) throw invalidSearch(String(id));
  account.store.transaction(() => account.store.remove(TYPE, found.id as string));
  return null;
}

/** By internal id or script id. */
export function findSaved(account: Account, id: string | number): RecordData | undefined {
  if (/^\d+$/.test(String(id))) return account.store.get(TYPE, String(id));
  return account.store
    .list(TYPE)
    .find((record) => String(record.fields.scriptid).toLowerCase() === String(id).toLowerCase());
}

export function definitionOf(record: RecordData): SearchDefinition {
  const { fields } = record;
  if (typeof fields.definition === 'string') return JSON.parse(fields.definition) as SearchDefinition;
  const type = fields.searchtype ?? fields.recordtype ?? fields.type;
  if (typeof type !== 'string')
    throw fault('INVALID_SEARCH', `The saved search ${record.id} has no record type (searchtype).`);
  return {
    type,
    filters: seededFilters(fields.filters ?? fields.filterExpression),
    columns: list(fields.columns).map((column) =>
      typeof column === 'string' ? named(column) : (column as ColumnDefinition),
    ),
    title: String(fields.title ?? fields.name ?? ''),
    id: String(fields.scriptid ?? `customsearch${record.id}`),
    isPublic: fields.ispublic === true,
  };
}

function seededFilters(value: unknown): SearchDefinition['filters'] {
  try {
    return parseFilters(list(value));
  } catch (error) {
    if (error instanceof FilterExpressionError) throw fault('SSS_INVALID_SRCH_FILTER_EXPR', error.message);
    throw error;
  }
}

function list(value: unknown): unknown[] {
  const given: unknown = typeof value === 'string' ? JSON.parse(value) : value;
  return Array.isArray(given) ? given : [];
}

function named(name: string): ColumnDefinition {
  const at = name.indexOf('.');
  return at < 0 ? { name } : { join: name.slice(0, at), name: name.slice(at + 1) };
}
