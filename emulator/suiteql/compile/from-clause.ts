import { invalidValue, tableNotFound, unsupported } from '../syntax/errors';
import type { Expr, FromItem } from '../syntax/ast';
import { asCondition } from './expression';
import { children } from './has-aggregate';
import type { QueryCompiler } from './query-compiler';
import type { Scope, Source } from './scope';
import type { Sql } from './sql';

/** A compiled FROM item: its text, and the restrictions of its tables that the caller has to place. */
export interface From {
  sql: string;
  conditions: string[];
}

/** `mainline` of each alias, where WHERE pins it; the key `` stands for an unqualified name. */
export type MainlinePins = ReadonlyMap<string, 'T' | 'F'>;

export interface FromContext {
  compiler: QueryCompiler;
  scope: Scope;
  compile: (expr: Expr) => Sql;
  pins: MainlinePins;
}

/** `closed`: restrictions stay inside (the side of an outer join that must keep its rows). */
export function compileFrom(context: FromContext, item: FromItem, closed = false): From {
  if (item.kind === 'table') return compileTable(context, item.name, item.alias, closed);
  if (item.kind === 'derived') return compileDerived(context, item, item.alias);
  return compileJoin(context, item, closed);
}

function compileTable(
  { compiler, scope, pins }: FromContext,
  name: string,
  givenAlias: string | null,
  closed: boolean,
): From {
  const alias = compiler.context.alias();
  const called = (givenAlias ?? name).toLowerCase();
  const cte = compiler.cte(name);
  if (cte) {
    scope.add({ name: called, alias, columns: cte.columns });
    return { sql: `${cte.name} AS ${alias}`, conditions: [] };
  }
  if (name.toLowerCase() === 'dual') {
    scope.add({ name: called, alias, columns: [{ name: 'dummy', sql: 'dummy', type: 'text' }] });
    return { sql: `(SELECT 'X' AS dummy) AS ${alias}`, conditions: [] };
  }
  const found = compiler.catalog.find(name);
  if (!found) throw tableNotFound(name);
  const pin = pins.get(called) ?? pins.get('');
  const table = (pin && found.mainline?.[pin]) ?? found;
  const types = compiler.visibleTypes(table, name);
  for (const index of table.indexes ?? []) compiler.context.wantIndex({ sql: '', form: 'key', index });
  const source: Source = { name: called, alias, table };
  scope.add(source);
  const where = compiler.restriction(table, alias, types);
  if (table.from(types) === 'record') compiler.context.recordAliases.add(alias);
  const from = `${table.from(types)} AS ${alias}`;
  if (closed && where !== null) return { sql: `(SELECT * FROM ${from} WHERE ${where}) AS ${alias}`, conditions: [] };
  return { sql: from, conditions: where === null ? [] : [where] };
}

function compileDerived(
  { compiler, scope }: FromContext,
  item: Extract<FromItem, { kind: 'derived' }>,
  givenAlias: string | null,
): From {
  const alias = compiler.context.alias();
  const query = compiler.compileQuery(item.query, scope.parent, { keepOrder: true });
  const columns = query.columns.map((column, i) => ({ ...column, sql: `c${i}` }));
  scope.add({ name: (givenAlias ?? alias).toLowerCase(), alias, columns });
  return { sql: `(${query.sql}) AS ${alias}`, conditions: [] };
}

function compileJoin(context: FromContext, item: Extract<FromItem, { kind: 'join' }>, closed: boolean): From {
  const keepsLeft = item.type === 'right' || item.type === 'full';
  const { sources } = context.scope;
  const from = sources.length;
  const left = compileFrom(context, item.left, closed || keepsLeft);
  const middle = sources.length;
  // What ON demands of the right side restricts which of its rows are read, whatever becomes of the left ones.
  const pins = keepsLeft ? context.pins : new Map([...context.pins, ...findMainlinePins(conjuncts(item.on))]);
  const right = compileFrom({ ...context, pins }, item.right, closed || item.type === 'full');
  const rightSql = item.right.kind === 'join' ? `(${right.sql})` : right.sql;
  if (item.type === 'cross' || item.on === null) {
    return { sql: `${left.sql} JOIN ${rightSql}`, conditions: [...left.conditions, ...right.conditions] };
  }
  const on = asCondition(context.compile(item.on));
  // ON itself is about rows that are there.
  if (keepsLeft) markOptional(sources.slice(from, middle));
  if (item.type === 'left' || item.type === 'full') markOptional(sources.slice(middle));
  switch (item.type) {
    case 'left':
      return {
        sql: `${left.sql} LEFT JOIN ${rightSql} ON ${[on, ...right.conditions].join(' AND ')}`,
        conditions: left.conditions,
      };
    case 'right':
      return { sql: `${left.sql} RIGHT JOIN ${rightSql} ON ${on}`, conditions: right.conditions };
    case 'full':
      return { sql: `${left.sql} FULL JOIN ${rightSql} ON ${on}`, conditions: [] };
    default:
      return { sql: `${left.sql} JOIN ${rightSql} ON ${on}`, conditions: [...left.conditions, ...right.conditions] };
  }
}

function markOptional(sources: Source[]): void {
  for (const source of sources) source.optional = true;
}

/** Conditions joined by AND at the top. */
export function conjuncts(expr: Expr | null): Expr[] {
  if (expr === null) return [];
  if (expr.kind === 'binary' && expr.op === 'AND') return [...conjuncts(expr.left), ...conjuncts(expr.right)];
  return [expr];
}

export function findMainlinePins(terms: Expr[]): MainlinePins {
  const pins = new Map<string, 'T' | 'F'>();
  for (const term of terms) {
    if (term.kind !== 'binary' || term.op !== '=') continue;
    const { left, right } = term;
    if (left.kind !== 'column' || left.name.toLowerCase() !== 'mainline' || right.kind !== 'literal') continue;
    if (right.value === 'T' || right.value === 'F') pins.set(left.table?.toLowerCase() ?? '', right.value);
  }
  return pins;
}

/**
 * Oracle's `a.x = b.y (+)`: FROM items are put in order, those with `(+)` as left joins on all conditions that carry it.
 * "You can't use right outer joins in Oracle syntax", and not both syntaxes in one query (article_0824094533).
 */
export function splitOuterJoins(items: FromItem[], terms: Expr[]): { items: FromItem[]; terms: Expr[] } {
  const outer = new Map<string, Expr[]>();
  const rest: Expr[] = [];
  for (const term of terms) {
    const aliases = outerAliases(term);
    if (aliases.size === 0) rest.push(term);
    else if (aliases.size > 1) throw unsupported('(+) on two records in one condition');
    else {
      if (term.kind === 'binary' && mentionsOuter(term.left) && mentionsColumn(term.right))
        throw unsupported('(+) on the left side of a condition; write the outer join with LEFT JOIN');
      const alias = [...aliases][0] as string;
      outer.set(alias, [...(outer.get(alias) ?? []), term]);
    }
  }
  if (outer.size === 0) return { items, terms };
  if (items.some((item) => item.kind === 'join')) throw unsupported('(+) beside JOIN; use one of the two syntaxes');
  const inner = items.filter((item) => !outer.has(nameOf(item)));
  const [first, ...more] = inner;
  if (!first) throw invalidValue('ORA-01416: two tables cannot be outer-joined to each other');
  let tree: FromItem = more.reduce<FromItem>(
    (left, right) => ({ kind: 'join', type: 'cross', left, right, on: null }),
    first,
  );
  for (const item of items) {
    const on = outer.get(nameOf(item));
    if (!on) continue;
    tree = {
      kind: 'join',
      type: 'left',
      left: tree,
      right: item,
      on: on.reduce((left, right) => ({ kind: 'binary', op: 'AND', left, right })),
    };
  }
  return { items: [tree], terms: rest };
}

const nameOf = (item: FromItem): string =>
  item.kind === 'table'
    ? (item.alias ?? item.name).toLowerCase()
    : item.kind === 'derived'
      ? (item.alias ?? '').toLowerCase()
      : '';
const mentionsColumn = (expr: Expr): boolean => expr.kind === 'column' || children(expr).some(mentionsColumn);
const mentionsOuter = (expr: Expr): boolean => outerAliases(expr).size > 0;

function outerAliases(expr: Expr): Set<string> {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null) {
      const node = value as Expr & { outer?: boolean };
      if (node.kind === 'column' && node.outer) {
        if (node.table === null) throw unsupported('(+) behind a field without its record');
        found.add(node.table.toLowerCase());
      } else Object.values(node).forEach(visit);
    }
  };
  visit(expr);
  return found;
}
