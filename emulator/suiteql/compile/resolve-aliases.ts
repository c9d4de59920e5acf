import type { Expr } from '../syntax/ast';

/** ORDER BY may compute with what SELECT calls by a name: the expressions stand in for the names that no record has. */
export function resolveAliases(expr: Expr, meant: (name: string) => Expr | undefined): Expr {
  if (expr.kind === 'column') return (expr.table === null ? meant(expr.name.toLowerCase()) : undefined) ?? expr;
  return mapped(expr, meant) as Expr;
}

/** A query inside has names of its own. */
function mapped(node: unknown, meant: (name: string) => Expr | undefined): unknown {
  if (Array.isArray(node)) return node.map((part) => mapped(part, meant));
  if (typeof node !== 'object' || node === null) return node;
  const { kind } = node as { kind?: string };
  if (kind === 'query') return node;
  if (kind === 'column') return resolveAliases(node as Expr, meant);
  return Object.fromEntries(Object.entries(node).map(([key, part]) => [key, mapped(part, meant)]));
}
