import type { Account } from '../kernel/types';
import type { CompileContext } from '../suiteql/compile/context';
import type { SearchField } from './field-type';
import type { FilterTerm } from './types';

/** What the operators of all field types are built of. */
export interface OperatorContext {
  account: Account;
  context: CompileContext;
  /** Whether an index may be wished for. */
  textIndex(field: SearchField): void;
}

export type Build = (context: OperatorContext, field: SearchField, term: FilterTerm) => string;

export const present = (field: SearchField): string =>
  (field.format !== 'checkbox' && field.value.stored?.sql) || field.value.sql;

export const orNull = (field: SearchField, condition: string): string => `${present(field)} IS NULL OR ${condition}`;

export const negated =
  (build: Build): Build =>
  (context, field, term) =>
    orNull(field, `NOT (${build(context, field, term)})`);
