import type { Sql, Stored } from '../compile/sql';

/** A record or sublist as SuiteQL sees it. */
export interface Table {
  /** Spelling in messages: `customer`, `transactionLine`. */
  label: string;
  /** Record types whose rows it holds; a role sees those it may view. */
  types: string[];
  /** What stands in FROM before the alias. */
  from(types: string[]): string;
  /** Restriction to the rows of this table; goes to WHERE or ON. */
  where(alias: string, types: string[]): string | null;
  /** Undefined when there is no such column. */
  column(alias: string, name: string): Sql | undefined;
  /** Why a field that records have can't be queried (`NOT_EXPOSED`). */
  hidden(name: string): string | undefined;
  /** Columns of `SELECT *`. */
  names(): string[];
  /** The same table when the query says `mainline = 'T'` or `'F'`: only the rows that can match are read. */
  mainline?: { T: Table; F: Table };
  /** Indexes by which its rows are found. */
  indexes?: NonNullable<Stored['index']>[];
}

/** `x IN ('a', 'b')`, or `x = 'a'`. */
export function typeList(column: string, types: string[]): string {
  const list = types.map((type) => `'${type.replaceAll("'", "''")}'`);
  return list.length === 1 ? `${column} = ${list[0] as string}` : `${column} IN (${list.join(', ')})`;
}
