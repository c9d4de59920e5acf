import { requireGrouped } from '../suiteql/compile/grouping';
import { hasAggregate } from '../suiteql/compile/has-aggregate';
import { compileExpression } from '../suiteql/compile/expression';
import type { CompileContext } from '../suiteql/compile/context';
import type { Sql } from '../suiteql/compile/sql';
import { fieldNotFound, unsupported } from '../suiteql/syntax/errors';
import { parseFormula } from '../suiteql/syntax/parse';
import type { FormulaTag } from './formula-tags';
import { MANY_TEXTS } from './fields';
import type { SearchScope } from './scope';
import type { SearchField } from './field-type';
import type { Format } from './types';

const FORMATS: Record<string, Format> = {
  formulatext: 'text',
  formulanumeric: 'float',
  formulacurrency: 'currency',
  formulapercent: 'percent',
  formuladate: 'date',
  formuladatetime: 'datetime',
};

/** Scripts tell several formulas apart by a suffix: `formulatext_total` is a `formulatext`. */
const kindOf = (name: string): string => name.toLowerCase().replace(/_.*$/, '');

export const isFormula = (name: string): boolean => kindOf(name) in FORMATS;

export interface FormulaField extends SearchField {
  /** It sums up rows by itself. */
  aggregated: boolean;
  /** Throws where it does so beside a field that is none of the groups (their SQL): there is no one value of it. */
  requireGrouped(groups: ReadonlySet<string>): void;
}

/** A formula as a field of the search. */
export function formulaField(
  scope: SearchScope,
  context: CompileContext,
  name: string,
  formula: string,
  { now, tag }: { now: string; tag: FormulaTag },
): FormulaField {
  const expr = parseFormula(formula);
  const compile = (of: typeof expr): Sql => compileExpression(environment, of);
  const environment: Parameters<typeof compileExpression>[0] = {
    context,
    column: (_table, column) => {
      throw unsupported(`${column} in a formula; fields stand in braces`);
    },
    field: (path) => {
      const meant = tag(path.toLowerCase());
      return meant === undefined ? formulaReference(scope, path) : compile(parseFormula(meant));
    },
    subquery: () => {
      throw unsupported('a subquery in a formula');
    },
    now: () => now,
    rowNumber: () => 'row_number() OVER ()',
  };
  const value = compile(expr);
  if (value.type === 'condition') throw unsupported('a condition as the value of a formula; use CASE');
  const format = FORMATS[kindOf(name)] ?? 'text';
  return {
    value: coerced(value, format),
    format,
    aggregated: hasAggregate(expr),
    requireGrouped: (groups) => requireGrouped(expr, groups, { compile, isOuter: () => false }),
  };
}

function coerced(value: Sql, format: Format): Sql {
  const isDate = value.type === 'date' || value.type === 'datetime';
  if (format === 'text' && isDate) return { ...plain(value), sql: `ora_dtext(${value.sql})`, type: 'text' };
  if (format === 'text' && value.type === 'number')
    return { ...plain(value), sql: `ora_text(${value.sql})`, type: 'text' };
  if (['float', 'currency', 'percent'].includes(format) && value.type === 'text')
    return { ...plain(value), sql: `ora_num(${value.sql})`, type: 'number' };
  if ((format === 'date' || format === 'datetime') && value.type === 'text')
    return { ...plain(value), sql: `ora_userdate(${value.sql})`, type: 'datetime' };
  return value;
}

const plain = (value: Sql): Sql => ({ sql: value.sql, type: value.type, constant: value.constant });

/** `{entity}` is the name, `{entity.id}` or `{entity.internalid}` the id, `{customer.email}` a field of a join. */
function formulaReference(scope: SearchScope, path: string): Sql {
  const parts = path.toLowerCase().split('.');
  const last = parts[parts.length - 1] as string;
  if (parts.length === 2 && (last === 'id' || last === 'internalid')) {
    const own = scope.field(parts[0] as string, undefined, 'column');
    if (own) return { ...own.value };
  }
  const field =
    parts.length === 2
      ? scope.field(last, parts[0], 'column')
      : scope.field(last === 'id' ? 'internalid' : last, undefined, 'column');
  if (!field) throw fieldNotFound(path, scope.base.id);
  if (field.format === 'select' && field.text !== undefined && last !== 'internalid' && last !== 'id')
    return { sql: field.text, type: 'text', constant: false };
  // Names, as in a column: their ids stand behind `.id`.
  if (field.format === 'multi' && field.text !== undefined)
    return { sql: `replace(${field.text}, char(${MANY_TEXTS.charCodeAt(0)}), ',')`, type: 'text', constant: false };
  return field.value;
}
