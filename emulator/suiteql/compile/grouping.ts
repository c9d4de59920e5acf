import type { Expr } from '../syntax/ast';
import { invalidValue } from '../syntax/errors';
import { children, isAggregate } from './has-aggregate';
import type { Sql } from './sql';

/** A grouped SELECT: what its names mean. */
export interface GroupedScope {
  compile: (expr: Expr) => Sql;
  /** The name is of a query around this one. */
  isOuter: (table: string | null, name: string) => boolean;
  /** Columns of this query that a subquery reads: name by SQL. */
  lentTo?: (subquery: Expr) => ReadonlyMap<string, string>;
}

/**
 * With GROUP BY or an aggregate, everything else must be grouped, or there is no one value to show: Oracle refuses (ORA-00979)
 * where SQLite would pick some row.
 */
export function requireGrouped(expr: Expr, groups: ReadonlySet<string>, within: GroupedScope): void {
  if (expr.kind === 'call' && isAggregate(expr.name) && !expr.over) return;
  if (['literal', 'param', 'star'].includes(expr.kind)) return;
  if (expr.kind === 'subquery' || expr.kind === 'exists' || (expr.kind === 'in' && !Array.isArray(expr.list)))
    requireLentGrouped(expr, groups, within);
  if (expr.kind === 'column' && within.isOuter(expr.table, expr.name)) return;
  if (expr.kind === 'subquery' || expr.kind === 'exists') return;
  if (expr.kind === 'column' || expr.kind === 'field') {
    if (!groups.has(within.compile(expr).sql)) {
      throw invalidValue(`ORA-00979: not a GROUP BY expression: ${expr.kind === 'column' ? expr.name : expr.path}`);
    }
    return;
  }
  if (groups.size > 0 && groups.has(within.compile(expr).sql)) return;
  for (const child of children(expr)) requireGrouped(child, groups, within);
}

/** A subquery in the SELECT list or in HAVING sees one row a group as well. */
function requireLentGrouped(expr: Expr, groups: ReadonlySet<string>, { lentTo }: GroupedScope): void {
  for (const [sql, name] of lentTo?.(expr) ?? [])
    if (!groups.has(sql)) throw invalidValue(`ORA-00979: not a GROUP BY expression: ${name}`);
}
