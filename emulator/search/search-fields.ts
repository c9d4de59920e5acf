import listed from '../data/search-fields.json';
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
  return { format: format as Format, filter: only !== 'c', column: only !== 'f' };
}
