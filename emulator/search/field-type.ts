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
