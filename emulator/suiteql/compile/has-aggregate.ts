import type { Expr } from '../syntax/ast';

const AGGREGATES = new Set(
  'SUM AVG MEDIAN COUNT MIN MAX LISTAGG NS_CONCAT APPROX_COUNT_DISTINCT STDDEV STDDEV_POP STDDEV_SAMP VARIANCE VAR_POP VAR_SAMP'.split(
    ' ',
  ),
);

export const isAggregate = (name: string): boolean => AGGREGATES.has(name);

/** Children of a node that are expressions of the same SELECT (subqueries stand for themselves). */
export function children(expr: Expr): Expr[] {
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
