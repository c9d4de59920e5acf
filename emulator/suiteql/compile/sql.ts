/**
 * A compiled expression. `sql` is SQLite text that evaluates the way Oracle would: NULL for empty, `T`/`F` for check boxes, civil text for dates,
 * integers for internal ids of lists and records.
 */
export type SqlType =
  'text' | 'number' | 'key' | 'bool' | 'date' | 'datetime' | 'status' | 'multi' | 'null' | 'any' | 'condition';

/** How a stored value lies in the data, for comparisons that an index can serve. */
export interface Stored {
  /** The bare expression over the row, exactly as `Store.ensureIndex` indexes it. */
  sql: string;
  form: 'text' | 'key' | 'bool' | 'date' | 'datetime' | 'external' | 'number' | 'multi';
  /** What an index of an external id needs beside it: the group. */
  where?: string;
  /** For `ensureIndex`; absent where no index can be made. */
  index?: { type: string; field: string; sublist?: string };
  /** For `ensureComputedIndex`: an expression over the lines of a sublist. */
  ofLines?: { expression: string; sublist: string };
  /** For `ensureComputedIndex`: an expression over the columns of `record` that never fails. */
  computed?: string;
  /** Says `= value` or `IN (…)` once more, by the rows that an index finds, where the value is another record's: NULL, never false, for all others. */
  found?: (test: string) => string;
}

export interface Sql {
  sql: string;
  type: SqlType;
  /** The same for every row. */
  constant: boolean;
  stored?: Stored;
  /** What BUILTIN.DF answers; built on demand because it costs a look-up. */
  display?: () => string;
  /** Value of a literal, or index of a bound parameter: compared forms are then made before the query runs. */
  literal?: string | number | null;
  param?: { index: number; type: 'text' | 'number' };
  /** What a key points at: a record type or list. */
  target?: string;
  /** Two spellings of one value (`B`, `SalesOrd:B`); comparisons accept both. */
  alternative?: string;
  /** The row of `record` or `line` that a column is of. */
  row?: { alias: string; table: string; column: string };
  /** Currency of an amount, as the id of a currency. */
  currency?: string;
  /** An undeclared custom field, which any record might have (setting `unknownCustomFields`). */
  guessed?: true;
  /** Indexes by which the expression itself finds other rows. */
  reads?: NonNullable<Stored['index']>[];
  /** A better condition for `= 'constant'`, where the column is computed from something indexed. */
  equals?: (text: string) => string;
}

export const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;
export const isDate = (type: SqlType): boolean => type === 'date' || type === 'datetime';

/** Puts a value of that type before the reader: what a row of the result holds. */
export interface OutputColumn {
  name: string;
  type: SqlType;
  /** What BUILTIN.DF of it answers where it is a subquery's: the name of `target`, or something that only its row tells. */
  shows?: 'target' | 'row';
  target?: string;
}

/** A plain number in ORDER BY and GROUP BY is the position of a column; an expression of that value is not. */
export const notPosition = (sql: string): string => (/^[-+(\s]*\d+[)\s]*$/.test(sql) ? `CAST(${sql} AS INTEGER)` : sql);
