import { keyValue } from '../catalog/column';
import type { BinaryOp, Call, Expr, Query } from '../syntax/ast';
import { invalidValue, listTooLong, syntaxError, unsupported } from '../syntax/errors';
import { aggregate } from './aggregates';
import { builtin } from './builtin';
import { as, asDate, asNumber, asText, asValue, commonType } from './coerce';
import { cast } from './cast';
import { compare, compareList, type Comparison, condition } from './compare';
import { type CompileContext, literal } from './context';
import { choose, requireAlike, scalarFunction } from './functions';
import { hasAggregate } from './has-aggregate';
import { displayOf } from './display-of';
import { isDate, type OutputColumn, type Sql } from './sql';

export type Compile = (expr: Expr) => Sql;

/** What an expression's surroundings supply: names, subqueries, `now`. */
export interface Environment {
  context: CompileContext;
  column(table: string | null, name: string): Sql;
  /** `{field}` of a formula. */
  field(path: string): Sql;
  subquery(query: Query, tail?: string): { sql: string; columns: Omit<OutputColumn, 'name'>[] };
  /** Civil now. */
  now(): string;
  /** SQL for ROWNUM where it may stand. */
  rowNumber(): string;
}

const COMPARISONS = new Set<BinaryOp>(['=', '<>', '<', '<=', '>', '>=']);
/** More than this many members in an IN list is refused (article_0824094533). */
const MAX_LIST = 1000;

function reading(context: CompileContext, column: Sql): Sql {
  for (const index of column.reads ?? []) context.wantIndex({ sql: '', form: 'key', index });
  return column;
}

export function compileExpression(env: Environment, expr: Expr): Sql {
  const compile: Compile = (inner) => compileExpression(env, inner);
  switch (expr.kind) {
    case 'literal':
      return literal(expr.value);
    case 'param':
      return env.context.param(expr.index);
    case 'column':
      return reading(env.context, env.column(expr.table, expr.name));
    case 'field':
      return env.field(expr.path);
    case 'star':
      throw syntaxError('* where an expression is expected');
    case 'unary':
      return expr.op === 'NOT'
        ? condition(`NOT (${asCondition(compile(expr.arg))})`)
        : negate(expr.op, compile(expr.arg));
    case 'binary':
      return binary(env, expr.op, expr.left, expr.right);
    case 'between':
      return between(env, compile(expr.arg), compile(expr.low), compile(expr.high), expr.not);
    case 'in':
      return inList(env, expr.arg, expr.list, expr.not);
    case 'like':
      return like(compile(expr.arg), compile(expr.pattern), expr.escape ? compile(expr.escape) : null, expr.not);
    case 'isNull': {
      const arg = asValue(compile(expr.arg));
      const value = arg.stored && arg.type !== 'bool' ? arg.stored.sql : arg.sql;
      return condition(`${value} IS ${expr.not ? 'NOT ' : ''}NULL`);
    }
    case 'exists':
      return condition(`EXISTS (${env.subquery(expr.query).sql})`);
    case 'case':
      return caseOf(expr, env);
    case 'call':
      return call(env, expr, compile);
    case 'subquery':
      return scalarSubquery(env, expr.query);
    case 'cast':
      return cast(compile(expr.arg), expr.type, expr.sizes);
    case 'tuple':
      throw unsupported('a list of values here');
  }
}

export function asCondition(value: Sql): string {
  if (value.type === 'null') return 'NULL';
  if (value.type !== 'condition')
    throw invalidValue('ORA-00920: invalid relational operator (a value where a condition is expected)');
  return value.sql;
}

function negate(op: '-' | '+', value: Sql): Sql {
  if (op === '+') return { sql: asNumber(value), type: 'number', constant: value.constant };
  if (typeof value.literal === 'number') return literal(-value.literal);
  return { sql: `-(${asNumber(value)})`, type: 'number', constant: value.constant };
}

function binary(env: Environment, op: BinaryOp, leftExpr: Expr, rightExpr: Expr): Sql {
  const left = compileExpression(env, leftExpr);
  const right = compileExpression(env, rightExpr);
  if (op === 'AND' || op === 'OR') return condition(`(${asCondition(left)} ${op} ${asCondition(right)})`);
  if (COMPARISONS.has(op)) return compare(env.context, op as Comparison, left, right);
  const constant = left.constant && right.constant;
  if (op === '||') {
    const sql = `NULLIF(COALESCE(${asText(asValue(left))}, '') || COALESCE(${asText(asValue(right))}, ''), '')`;
    return { sql, type: 'text', constant };
  }
  return { ...arithmetic(op, asValue(left), asValue(right)), constant };
}

const ARITHMETIC: Partial<Record<BinaryOp, string>> = {
  '+': 'ora_add',
  '-': 'ora_sub',
  '*': 'ora_mul',
  '/': 'ora_div',
};

function arithmetic(op: BinaryOp, left: Sql, right: Sql): Sql {
  const constant = false;
  if (isDate(left.type) && isDate(right.type)) {
    if (op !== '-') throw invalidValue('ORA-00975: date + date not allowed');
    return { sql: `ora_ddiff(${left.sql}, ${right.sql})`, type: 'number', constant };
  }
  if (isDate(left.type) && (op === '+' || op === '-')) {
    return {
      sql: `ora_dadd(${left.sql}, ${op === '-' ? `-(${asNumber(right)})` : asNumber(right)})`,
      type: 'datetime',
      constant,
    };
  }
  if (isDate(right.type) && op === '+')
    return { sql: `ora_dadd(${right.sql}, ${asNumber(left)})`, type: 'datetime', constant };
  return { sql: `${ARITHMETIC[op]}(${asNumber(left)}, ${asNumber(right)})`, type: 'number', constant };
}

function between(env: Environment, arg: Sql, low: Sql, high: Sql, not: boolean): Sql {
  const inside = `(${compare(env.context, '>=', arg, low).sql} AND ${compare(env.context, '<=', arg, high).sql})`;
  return condition(not ? `NOT ${inside}` : inside);
}

function inList(env: Environment, argExpr: Expr, list: Expr[] | Query, not: boolean): Sql {
  if (Array.isArray(list)) {
    if (list.length > MAX_LIST) throw listTooLong(list.length);
    if (argExpr.kind === 'tuple') return tupleIn(env, argExpr.items, list, not);
    const arg = asValue(compileExpression(env, argExpr));
    return compareList(
      env.context,
      arg,
      list.map((item) => asValue(compileExpression(env, item))),
      not,
    );
  }
  const word = not ? 'NOT IN' : 'IN';
  const query = env.subquery(list);
  const args = (argExpr.kind === 'tuple' ? argExpr.items : [argExpr]).map((item) =>
    asValue(compileExpression(env, item)),
  );
  if (query.columns.length !== args.length) throw invalidValue('ORA-00913: too many values in the subquery of IN');
  const left = args.map((arg, i) => alignTo(arg, query.columns[i]?.type ?? 'null'));
  return condition(`${left.length === 1 ? (left[0] as string) : `(${left.join(', ')})`} ${word} (${query.sql})`);
}

function tupleIn(env: Environment, items: Expr[], list: Expr[], not: boolean): Sql {
  const rows = list.map((member) => {
    if (member.kind !== 'tuple' || member.items.length !== items.length)
      throw invalidValue('ORA-00947: not enough values in an IN list');
    const pairs = items.map(
      (item, i) =>
        compare(env.context, '=', compileExpression(env, item), compileExpression(env, member.items[i] as Expr)).sql,
    );
    return `(${pairs.join(' AND ')})`;
  });
  return condition(`${not ? 'NOT ' : ''}(${rows.join(' OR ')})`);
}

function alignTo(value: Sql, type: Sql['type']): string {
  if (type === 'number' && value.type !== 'key') return asNumber(value);
  if (type === 'text') return asText(value);
  if (isDate(type)) return asDate(value);
  // A text that is a number is the id of that number.
  if (type === 'key' && value.type === 'text') return keyValue(value.sql);
  return value.sql;
}

function like(arg: Sql, pattern: Sql, escape: Sql | null, not: boolean): Sql {
  const found = `ora_like(${asText(asValue(arg))}, ${asText(pattern)}${escape ? `, ${asText(escape)}` : ''})`;
  return condition(not ? `NOT ${found}` : `${found} = 1`);
}

function caseOf(expr: Extract<Expr, { kind: 'case' }>, env: Environment): Sql {
  const compile: Compile = (inner) => compileExpression(env, inner);
  const subject = expr.subject ? asValue(compile(expr.subject)) : null;
  const conditions = expr.whens.map(({ when }) =>
    subject ? compare(env.context, '=', subject, compile(when)).sql : asCondition(compile(when)),
  );
  const results = expr.whens.map(({ then }) => asValue(compile(then)));
  const otherwise = expr.otherwise ? asValue(compile(expr.otherwise)) : literal(null);
  const value = choose(requireAlike([...results, otherwise]), (sql) => {
    const arms = conditions.map((test, i) => `WHEN ${test} THEN ${sql[i] as string}`);
    return `CASE ${arms.join(' ')} ELSE ${sql[sql.length - 1] as string} END`;
  });
  return { ...value, constant: false };
}

function call(env: Environment, expr: Call, compile: Compile): Sql {
  switch (expr.name) {
    case 'SYSDATE':
    case 'SYSTIMESTAMP':
    case 'CURRENT_TIMESTAMP':
    case 'LOCALTIMESTAMP':
    case 'CURRENT_DATE':
      return { sql: ':now', type: 'datetime', constant: true };
    case 'ROWNUM':
      return { sql: env.rowNumber(), type: 'number', constant: false };
    case 'REGEXP_LIKE': {
      const args = expr.args.map((arg) => asText(asValue(compile(arg))));
      return condition(`ora_regexp_like(${args.join(', ')}) = 1`);
    }
  }
  if (expr.name.startsWith('BUILTIN.')) return builtin(expr, compile, () => env.now());
  const found = aggregate(expr, compile);
  if (found) return found;
  if (expr.over || expr.within || expr.distinct) throw unsupported(`${expr.name} as an aggregate`);
  const value = scalarFunction(
    expr.name,
    expr.args.map((arg) => asValue(compile(arg))),
  );
  if (!value) throw unsupported(`function ${expr.name}`);
  return value;
}

function scalarSubquery(env: Environment, query: Query): Sql {
  const { sql, columns } = env.subquery(query, isOneRow(query) ? undefined : ' LIMIT 2');
  if (columns.length !== 1) throw invalidValue('ORA-00913: too many values in a subquery');
  const [{ type, ...shown } = { type: 'null' as const }] = columns;
  const value = (one: string): Sql => ({ sql: one, type, constant: false, ...displayOf(shown, one) });
  if (isOneRow(query)) return value(`(${sql})`);
  // SQLite would take the first of several rows.
  const one = `CASE WHEN count(*) > 1 THEN ora_severalrows(count(*)) ELSE max(c0) END`;
  return value(`(SELECT ${one} FROM (${sql}))`);
}

/** An aggregate without groups answers one row. */
const isOneRow = ({ body }: Query): boolean =>
  body.kind === 'select' && body.groupBy.length === 0 && body.items.some((item) => hasAggregate(item.expr));

export { as, commonType };
