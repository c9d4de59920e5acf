import { tableColumns } from '../core/schema';
import type { ElementType } from './encode-array';

const POSTGRES = { INT: 'bigint', REAL: 'double precision', TEXT: 'text' } as const satisfies Record<
  string,
  ElementType
>;
const TABLES = tableColumns();

/** PostgreSQL's type of a column: arrays that are sent as rows need it. */
export function columnType(table: string, column: string): ElementType {
  const type = TABLES.get(table)?.get(column);
  if (type === undefined) throw new Error(`The schema has no column ${table}.${column}.`);
  return POSTGRES[type];
}
