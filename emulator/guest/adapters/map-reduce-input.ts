import { unsupported } from '../errors';
import { isObject } from '../modules/arguments';
import type { FileState } from '../modules/file-object';
import type { Guest, Json, JsonObject } from '../types';
import { textOf } from './map-reduce-context';

/** Filled in by N/search and N/query: what a Search or Query object stands for, for the account to run; undefined for anything else. */
type Describe = (value: object) => JsonObject | undefined;

/**
 * What getInputData returned, in a form the account can turn into pairs: arrays (index → element), objects (property → value),
 * Search, ResultSet, Query and File objects, and references `{type: 'search', id}` … (pages section_4412447940, section_4483841695).
 */
export function describeInput(value: unknown, guest: Guest): JsonObject {
  if (value === null || value === undefined) return { kind: 'pairs', pairs: [] };
  if (Array.isArray(value)) return { kind: 'pairs', pairs: value.map((item, index) => [String(index), textOf(item)]) };
  if (!isObject(value)) throw unsupported(`getInputData returning a ${typeof value}`);
  const search = (guest.bridges.describeSearch as Describe | undefined)?.(value);
  if (search) return { kind: 'search', definition: search };
  const query = (guest.bridges.describeQuery as Describe | undefined)?.(value);
  if (query) return { kind: 'query', definition: query };
  const file = (guest.bridges.fileStates as WeakMap<object, FileState> | undefined)?.get(value);
  if (file)
    return file.id === null ? { kind: 'text', text: file.contents ?? '' } : { kind: 'file', id: String(file.id) };
  if (Object.hasOwn(value, 'toString')) throw unsupported(`getInputData returning ${String(value)}`);
  return reference(value) ?? { kind: 'pairs', pairs: Object.entries(value).map(([key, item]) => [key, textOf(item)]) };
}

/** A reference has a `type` of the known ones and what identifies it; any other object is data. */
function reference(value: Record<string, unknown>): JsonObject | undefined {
  const type = typeof value.type === 'string' ? value.type.toLowerCase() : '';
  const id = value.id === undefined || value.id === null ? undefined : String(value.id);
  if (type === 'search' && id !== undefined) return { kind: 'savedSearch', id };
  if (type === 'query' && id !== undefined) return { kind: 'savedQuery', id };
  if (type === 'suiteql' && typeof value.query === 'string')
    return { kind: 'suiteql', query: value.query, params: (value.params as Json[] | undefined) ?? [] };
  if (type === 'file' && (id !== undefined || typeof value.path === 'string'))
    return { kind: 'file', id: id ?? String(value.path) };
  return undefined;
}
