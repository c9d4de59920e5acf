import type { Sql } from '../suiteql/compile/sql';
import type { Format } from './types';

/** A search field resolved to SQL. */
export interface SearchField {
  value: Sql;
  format: Format;
  /** SQL of the text, for selects. */
  text?: string;
  /** Literal values of filters that stand for stored ones (`SalesOrd` → `salesorder`). */
  filterValue?: (given: string) => string[];
  /** What filters compare, when it is not the shown value. */
  filterSql?: Sql;
  /** A custom field that no one declared: it takes the operators of every type. */
  untyped?: boolean;
}

/** The same field, with all its SQL put into a query for the row that it stands on. */
export function readThrough(
  { value, text, filterSql, ...rest }: SearchField,
  wrap: (sql: string) => string,
): SearchField {
  const through = (of: Sql): Sql => ({
    sql: wrap(of.sql),
    type: of.type,
    constant: false,
    ...(of.stored === undefined ? {} : { stored: { sql: wrap(of.stored.sql), form: of.stored.form } }),
  });
  return {
    ...rest,
    value: through(value),
    ...(text === undefined ? {} : { text: wrap(text) }),
    ...(filterSql === undefined ? {} : { filterSql: through(filterSql) }),
  };
}
