import type { Registry } from '../kernel/types';
import { extract } from './fields';
import type { SearchBase } from './search-type';
import type { SearchField } from './field-type';

/**
 * A transaction search answers a row for the transaction itself (main line, `*`) and one for each line. Body fields stand on every row;
 * a field that both have is the line's own on a line.
 */
export interface TransactionContext {
  base: SearchBase;
  registry: Registry;
  acceptUnknown: boolean;
  /** Alias of the transaction's row. */
  body: string;
  /** Alias of the line's row; null when only main lines are searched. On a main line among lines its columns are NULL. */
  line: string | null;
  /** Whether main lines are among the rows. */
  mixed: boolean;
}

export type Make = (context: TransactionContext) => SearchField;

export const own = (row: string, field: string): string => extract(`${row}.data`, field);
/** SQL for lines and for the main line; each may be NULL. */
export function perRow(
  { body, line, mixed }: TransactionContext,
  ofLine: (line: string) => string,
  ofMain: (body: string) => string,
): string {
  if (line === null) return ofMain(body);
  if (!mixed) return ofLine(line);
  return `CASE WHEN ${line}.id IS NULL THEN ${ofMain(body)} ELSE ${ofLine(line)} END`;
}

export const rate = (body: string): string => `COALESCE(${own(body, 'exchangerate')}, 1)`;

/** Lines for the cost of goods: amounts in base currency, debits positive. */
export const isCogs = (line: string): string => `${line}.sublist = 'cogs'`;
