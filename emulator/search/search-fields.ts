import listed from '../data/search-fields.json';
import targets from '../data/select-targets.json';
import type { Format } from './types';

/** Names that Oracle's records reference lists as search filters and columns, by type (derived data). */
interface Listed {
  format: Format;
  filter: boolean;
  column: boolean;
}

const DATA = listed as unknown as Record<string, Record<string, string>>;

/** Undefined when the reference does not list the name for the type. */
export function listedField(type: string, name: string): Listed | undefined {
  const entry = Object.hasOwn(DATA, type) ? DATA[type]?.[name] : undefined;
  if (entry === undefined) return undefined;
  const [format, only] = entry.split('+');
  // Where not even the internal id is listed as a filter, the reference lists none worth the name: every column filters.
  const filters = only !== 'c' || DATA[type]?.internalid?.endsWith('+c') === true;
  return { format: format as Format, filter: filters, column: only !== 'f' };
}

const TARGETS = targets as Record<string, string>;

/** What a select that only searches know points to. */
export const targetOf = (type: string, name: string): string | undefined => TARGETS[`${type}.${name}`] ?? TARGETS[name];
