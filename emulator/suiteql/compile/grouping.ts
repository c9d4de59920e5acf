import type { Expr } from '../syntax/ast';
import { invalidValue } from '../syntax/errors';
import { isAggregate } from './aggregates';
import type { Sql } from './sql';

/** Children of a node that are expressions of the same SELECT (subqueries stand for themselves). */
function children(expr: Expr): Expr[] {
  switch (expr.kind) {
    case 'unary':
    case 'isNull':
    case 'cast':
      return [expr.arg];
    case 'binary':
      return [expr.left, expr.right];
    case 'between':
      return [expr.arg, expr.low, expr.high];
    case 'in':
      return [expr.arg, ...(Array.isArray(expr.list) ? expr.list : [])];
    case 'like':
      return [expr.arg, expr.pattern];
    case 'case':
      return [
        ...(expr.subject ? [expr.subject] : []),
        ...expr.whens.flatMap(({ when, then }) => [when, then]),
        ...(expr.otherwise ? [expr.otherwise] : []),
      ];
    case 'call':
      return [
        ...expr.args,
        ...(expr.over ? [...expr.over.partitionBy, ...expr.over.orderBy.map((term) => term.expr)] : []),
      ];
    case 'tuple':
      return expr.items;
    default:
      return [];
  }
}

export function hasAggregate(expr: Expr): boolean {
  if (expr.kind === 'call' && isAggregate(expr.name) && !expr.over) return true;
  return children(expr).some(hasAggregate);
}

export const mentionsRowNumber = (expr: Expr): boolean =>
  (expr.kind === 'call' && expr.name === 'ROWNUM') || children(expr).some(mentionsRowNumber);

/**
 * With GROUP BY or an aggregate, everything else must be grouped, or there is no one value to show: Oracle refuses (ORA-00979)
 * where SQLite would pick some row.
 */
export function requireGrouped(expr: Expr, groups: ReadonlySet<string>, compile: (expr: Expr) => Sql): void {
  if (expr.kind === 'call' && isAggregate(expr.name) && !expr.over) return;
  if (expr.kind === 'literal' || expr.kind === 'param' || expr.kind === 'subquery' || expr.kind === 'exists') return;
  if (expr.kind === 'column' || expr.kind === 'field') {
    if (!groups.has(compile(expr).sql)) {
      throw invalidValue(`ORA-00979: not a GROUP BY expression: ${expr.kind === 'column' ? expr.name : expr.path}`);
    }
    return;
  }
  if (groups.size > 0 && groups.has(compile(expr).sql)) return;
  for (const child of children(expr)) requireGrouped(child, groups, compile);
}
