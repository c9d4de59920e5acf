import type { Account, Execution } from '../kernel/types';
import { runSearch } from './run-search';
import { searchBase } from './search-type';
import type { CellValue, ColumnDefinition, FilterTerm, SearchDefinition } from './types';

interface LookupArgs {
  type: string;
  id: string;
  columns: string[];
}

type LookupValue = string | boolean | { value: string; text: string }[];

/**
 * search.lookupFields: text and numbers as text, check boxes as booleans, selects as lists of `{value, text}`; `join.field` names a joined one.
 * An unknown id answers `{}`.
 */
export function lookupFields(
  account: Account,
  execution: Execution,
  { type, id, columns }: LookupArgs,
): Record<string, LookupValue> {
  account.charge(execution, 'search.lookupFields', type);
  const base = searchBase(account.registry, type);
  const mainline: FilterTerm[] =
    base.kind === 'transaction' && base.id !== 'opportunity'
      ? [{ name: 'mainline', operator: 'is', values: ['T'] }]
      : [];
  const definition: SearchDefinition = {
    type,
    columns: columns.map(toColumn),
    filters: { and: [...mainline, { name: 'internalid', operator: 'anyof', values: [id] }] },
  };
  const { rows, columns: shown } = runSearch(account, execution, definition, 1);
  const row = rows[0];
  if (!row) return {};
  return Object.fromEntries(
    columns.map((name, i) => [name, present(row.values[i] ?? ['', null], shown[i]?.format ?? 'text')]),
  );
}

function toColumn(name: string): ColumnDefinition {
  const at = name.indexOf('.');
  return at < 0 ? { name } : { join: name.slice(0, at), name: name.slice(at + 1) };
}

function present([value, text, texts = []]: CellValue, format: string): LookupValue {
  if (format !== 'select' && format !== 'multi') return value;
  if (value === '') return [];
  if (format === 'select') return [{ value: String(value), text: text ?? '' }];
  return String(value)
    .split(',')
    .map((id, i) => ({ value: id, text: texts[i] ?? '' }));
}
