import type { Expr, OrderTerm, Select } from '../syntax/ast';
import { invalidValue, syntaxError, unknownIdentifier, unsupported } from '../syntax/errors';
import { orderTerm } from './aggregates';
import { asNumber, asValue } from './coerce';
import { asCondition } from './expression';
import { compileFrom, conjuncts, findMainlinePins, splitOuterJoins } from './from-clause';
import { type GroupedScope, requireGrouped } from './grouping';
import { hasAggregate, mentionsRowNumber } from './has-aggregate';
import type { CompiledQuery, QueryCompiler } from './query-compiler';
import { resolveAliases } from './resolve-aliases';
import { columnOf, Scope } from './scope';
import { notPosition, type OutputColumn, type Sql } from './sql';

interface Item {
  expr: Expr | null;
  value: Sql;
  name: string;
  named: boolean;
}

interface Order {
  /** Number of the item sorted by, from 1; null sorts by `sql`. */
  ordinal: number | null;
  sql: string;
  term: OrderTerm;
}

/** One SELECT with the ORDER BY that belongs to it. `tail` (LIMIT …) goes to its end. */
export function compileSelect(
  compiler: QueryCompiler,
  select: Select,
  parent: Scope | null,
  orderBy: OrderTerm[],
  tail: string,
): CompiledQuery {
  const scope = new Scope(parent);
  const compile = (expr: Expr): Sql => compiler.expression(scope, expr);
  const { limit, terms: unlimited } = takeRowLimit(conjuncts(select.where), compile);
  const { items: fromItems, terms } = splitOuterJoins(select.from, unlimited);
  const from = fromItems.map((item) => compileFrom({ compiler, scope, compile, pins: findMainlinePins(terms) }, item));
  if ([...terms, ...select.groupBy].some(hasAggregate))
    throw invalidValue('ORA-00934: group function is not allowed here');
  const where = [...from.flatMap((item) => item.conditions), ...terms.map((term) => asCondition(compile(term)))];
  const items = compileItems(select, scope, compile);
  const sorting = orderBy.map((term) => ({ ...term, expr: withAliases(term.expr, items, scope) }));
  const groups = select.groupBy.map((expr) => notPosition(compile(expr).sql));
  const grouped =
    groups.length > 0 || items.some((item) => item.expr !== null && hasAggregate(item.expr)) || select.having !== null;
  if (grouped) checkGrouping(select, items, sorting, new Set(groups), groupedScope(scope, compile));
  const orders = sorting.map((term) => resolveOrder(term, items, select.distinct, compile));
  const having = select.having ? ` HAVING ${asCondition(compile(select.having))}` : '';
  const body =
    (from.length > 0 ? ` FROM ${from.map((item) => item.sql).join(', ')}` : '') +
    (where.length > 0 ? ` WHERE ${where.join(' AND ')}` : '') +
    (groups.length > 0 ? ` GROUP BY ${groups.join(', ')}` : '') +
    having;
  const columns = nameColumns(items);
  const list = items.map((item, i) => `${item.value.sql} AS c${i}`).join(', ');
  const distinct = select.distinct ? 'DISTINCT ' : '';
  const top = select.top === null ? '' : ` LIMIT ${select.top}`;
  if (limit === null) {
    const order = orders.map((entry) =>
      orderTerm(entry.ordinal === null ? entry.sql : String(entry.ordinal), entry.term.descending, entry.term.nulls),
    );
    const sorted = order.length > 0 ? ` ORDER BY ${order.join(', ')}` : '';
    return { sql: `SELECT ${distinct}${list}${body}${sorted}${top || tail}`, columns, limited: top !== '' };
  }
  if (grouped) throw unsupported('ROWNUM in the WHERE of a query with aggregates; put the rows in a subquery');
  return {
    sql: limitFirst(list, body, limit, items.length, orders, distinct) + (top || tail),
    columns,
    limited: top !== '',
  };
}

/** ROWNUM counts rows before they are sorted or made distinct, so the limit stands in a query of its own. */
function limitFirst(
  list: string,
  body: string,
  limit: string,
  count: number,
  orders: Order[],
  distinct: string,
): string {
  const extra = orders.map((entry, i) => (entry.ordinal === null ? `, ${entry.sql} AS o${i}` : '')).join('');
  const inner = `SELECT ${list}${extra}${body} LIMIT ${limit}`;
  const order = orders.map((entry, i) =>
    orderTerm(entry.ordinal === null ? `o${i}` : `c${entry.ordinal - 1}`, entry.term.descending, entry.term.nulls),
  );
  const names = Array.from({ length: count }, (_, i) => `c${i}`).join(', ');
  return `SELECT ${distinct}${names} FROM (${inner})${order.length > 0 ? ` ORDER BY ${order.join(', ')}` : ''}`;
}

/** Takes `ROWNUM <= n` and its kin out of the conditions. */
function takeRowLimit(terms: Expr[], compile: (expr: Expr) => Sql): { limit: string | null; terms: Expr[] } {
  const rest: Expr[] = [];
  const limits: string[] = [];
  for (const term of terms) {
    if (!mentionsRowNumber(term)) rest.push(term);
    else limits.push(rowLimit(term, compile));
  }
  return {
    limit: limits.length === 0 ? null : limits.length === 1 ? (limits[0] as string) : `min(${limits.join(', ')})`,
    terms: rest,
  };
}

function rowLimit(term: Expr, compile: (expr: Expr) => Sql): string {
  const isRowNumber = (expr: Expr): boolean => expr.kind === 'call' && expr.name === 'ROWNUM';
  if (term.kind === 'binary') {
    const flipped = isRowNumber(term.right);
    const bound = flipped ? term.left : term.right;
    const op = flipped ? ({ '>=': '<=', '>': '<', '=': '=' }[term.op as string] ?? '') : term.op;
    if ((flipped || isRowNumber(term.left)) && !mentionsRowNumber(bound)) {
      const value = asNumber(compile(bound));
      if (op === '<=') return `max(0, CAST(COALESCE(${value}, 0) AS INTEGER))`;
      if (op === '<') return `max(0, CAST(ceil(COALESCE(${value}, 0)) AS INTEGER) - 1)`;
      if (op === '=' && bound.kind === 'literal' && bound.value === 1) return '1';
    }
  }
  if (
    term.kind === 'between' &&
    isRowNumber(term.arg) &&
    term.low.kind === 'literal' &&
    term.low.value === 1 &&
    !term.not
  ) {
    return `max(0, CAST(COALESCE(${asNumber(compile(term.high))}, 0) AS INTEGER))`;
  }
  throw unsupported(
    'this use of ROWNUM; ROWNUM <= n works, for later rows use OFFSET or a subquery with ROWNUM as a column',
  );
}

function compileItems(select: Select, scope: Scope, compile: (expr: Expr) => Sql): Item[] {
  const items: Item[] = [];
  for (const { expr, alias } of select.items) {
    if (expr.kind === 'star') items.push(...expandStar(expr.table, scope));
    else {
      const value = asValue(compile(expr));
      const name = alias ?? (expr.kind === 'column' ? expr.name : '');
      items.push({ expr, value, name: name.toLowerCase(), named: name !== '' });
    }
  }
  if (items.length === 0) throw syntaxError('nothing to select');
  return items;
}

function expandStar(table: string | null, scope: Scope): Item[] {
  const sources = table === null ? scope.sources : [scope.source(table)];
  return sources.flatMap((source) => {
    if (!source) throw unknownIdentifier(`${table ?? ''}.*`);
    const names = source.table?.names() ?? (source.columns ?? []).map((column) => column.name);
    return names.flatMap((name) => {
      const value = columnOf(source, name);
      return value ? [{ expr: null, value, name, named: true }] : [];
    });
  });
}

const groupedScope = (scope: Scope, compile: GroupedScope['compile']): GroupedScope => ({
  compile,
  isOuter: (table, name) => scope.isOuter(table, name),
  lentTo: (subquery) => {
    scope.lent.clear();
    compile(subquery);
    return scope.lent;
  },
});

function checkGrouping(
  select: Select,
  items: Item[],
  orderBy: OrderTerm[],
  groups: ReadonlySet<string>,
  within: GroupedScope,
): void {
  for (const item of items) {
    if (item.expr === null) {
      if (!groups.has(item.value.sql)) throw invalidValue(`ORA-00979: not a GROUP BY expression: ${item.name}`);
    } else requireGrouped(item.expr, groups, within);
  }
  if (select.having) requireGrouped(select.having, groups, within);
  for (const { expr } of orderBy) {
    const alias =
      expr.kind === 'column' &&
      expr.table === null &&
      items.some((item) => item.named && item.name === expr.name.toLowerCase());
    if (!alias && expr.kind !== 'literal') requireGrouped(expr, groups, within);
  }
}

/** A name alone stays: it is the item's place in the list. */
function withAliases(expr: Expr, items: Item[], scope: Scope): Expr {
  if (expr.kind === 'column') return expr;
  return resolveAliases(expr, (name) => {
    if (scope.knows(name)) return undefined;
    return items.find((item) => item.named && item.name === name)?.expr ?? undefined;
  });
}

function resolveOrder(term: OrderTerm, items: Item[], distinct: boolean, compile: (expr: Expr) => Sql): Order {
  const { expr } = term;
  if (expr.kind === 'literal' && typeof expr.value === 'number') {
    if (!Number.isInteger(expr.value) || expr.value < 1 || expr.value > items.length)
      throw invalidValue('ORA-01785: ORDER BY item must be the number of a SELECT-list expression');
    return { ordinal: expr.value, sql: '', term };
  }
  if (expr.kind === 'column' && expr.table === null) {
    const index = items.findIndex((item) => item.named && item.name === expr.name.toLowerCase());
    if (index >= 0) return { ordinal: index + 1, sql: '', term };
  }
  const sql = notPosition(asValue(compile(expr)).sql);
  const index = items.findIndex((item) => item.value.sql === sql);
  if (index >= 0) return { ordinal: index + 1, sql, term };
  if (distinct) throw invalidValue('ORA-01791: not a SELECTed expression in the ORDER BY of SELECT DISTINCT');
  return { ordinal: null, sql, term };
}

/** Columns are called by alias or field, unnamed ones `expr1`, `expr2` …; a name used again gets `_0`, `_1` …. */
function nameColumns(items: Item[]): OutputColumn[] {
  const used = new Set<string>();
  let unnamed = 0;
  return items.map((item) => {
    const base = item.named ? item.name : `expr${++unnamed}`;
    let name = base;
    for (let n = 0; used.has(name); n++) name = `${base}_${n}`;
    used.add(name);
    return { name, type: item.value.type, ...shownBy(item.value) };
  });
}

function shownBy({ display, type, target }: Sql): Pick<OutputColumn, 'shows' | 'target'> {
  if (!display) return {};
  return type === 'key' && target !== undefined ? { shows: 'target', target } : { shows: 'row' };
}
