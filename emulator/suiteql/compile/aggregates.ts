import type { Call } from '../syntax/ast';
import { invalidValue, unsupported } from '../syntax/errors';
import { asNumber, asText } from './coerce';
import type { Compile } from './expression';
import type { Sql, SqlType } from './sql';

const NUMERIC: Record<string, string> = { SUM: 'sum', AVG: 'avg', MEDIAN: 'median' };
const WINDOW_ONLY: Record<string, SqlType> = {
  ROW_NUMBER: 'number',
  RANK: 'number',
  DENSE_RANK: 'number',
  NTILE: 'number',
  CUME_DIST: 'number',
  PERCENT_RANK: 'number',
};
const WINDOW_VALUE = new Set(['LAG', 'LEAD', 'FIRST_VALUE', 'LAST_VALUE']);
const STATISTICS = new Set(['STDDEV', 'STDDEV_POP', 'STDDEV_SAMP', 'VARIANCE', 'VAR_POP', 'VAR_SAMP']);

export const isAggregate = (name: string): boolean =>
  name in NUMERIC ||
  STATISTICS.has(name) ||
  ['COUNT', 'MIN', 'MAX', 'LISTAGG', 'NS_CONCAT', 'APPROX_COUNT_DISTINCT'].includes(name);
const isWindow = (name: string): boolean => name in WINDOW_ONLY || WINDOW_VALUE.has(name);

/** COUNT, SUM … and window functions; undefined when the name is neither. */
export function aggregate(call: Call, compile: Compile): Sql | undefined {
  if (!isAggregate(call.name) && !isWindow(call.name)) return undefined;
  if (isWindow(call.name) && !call.over) throw invalidValue(`${call.name} without OVER (…)`);
  const value = isWindow(call.name) ? windowFunction(call, compile) : aggregateFunction(call, compile);
  return call.over ? { ...value, sql: `${value.sql} OVER (${windowOf(call.over, compile)})` } : value;
}

function windowOf(over: NonNullable<Call['over']>, compile: Compile): string {
  const parts: string[] = [];
  if (over.partitionBy.length > 0)
    parts.push(`PARTITION BY ${over.partitionBy.map((expr) => compile(expr).sql).join(', ')}`);
  if (over.orderBy.length > 0) {
    const terms = over.orderBy.map((term) => orderTerm(compile(term.expr).sql, term.descending, term.nulls));
    parts.push(`ORDER BY ${terms.join(', ')}`);
  }
  if (over.frame !== null) parts.push(over.frame);
  return parts.join(' ');
}

/** Oracle sorts NULL last going up and first going down, unless told otherwise. */
export function orderTerm(sql: string, descending: boolean, nulls: 'first' | 'last' | null): string {
  return `${sql} ${descending ? 'DESC' : 'ASC'} NULLS ${(nulls ?? (descending ? 'first' : 'last')).toUpperCase()}`;
}

function windowFunction(call: Call, compile: Compile): Sql {
  const args = call.args.map((arg) => compile(arg));
  const type = WINDOW_ONLY[call.name] ?? args[0]?.type ?? 'null';
  return { sql: `${call.name.toLowerCase()}(${args.map((arg) => arg.sql).join(', ')})`, type, constant: false };
}

function aggregateFunction(call: Call, compile: Compile): Sql {
  const [first] = call.args;
  const distinct = call.distinct ? 'DISTINCT ' : '';
  const number = (sql: string): Sql => ({ sql, type: 'number', constant: false });
  if (first === undefined) throw invalidValue(`${call.name} without an argument`);
  if (call.name === 'COUNT')
    return first.kind === 'star' ? number('count(*)') : number(`count(${distinct}${compile(first).sql})`);
  if (call.name === 'APPROX_COUNT_DISTINCT') return number(`count(DISTINCT ${compile(first).sql})`);
  if (call.name === 'LISTAGG') return listagg(call, compile);
  if (call.name === 'NS_CONCAT') return concatenated(compile(first), call.distinct);
  const arg = compile(first);
  if (call.keep) return kept(call.name, arg, call.keep, compile);
  const simple = NUMERIC[call.name];
  if (simple !== undefined) return number(`${simple}(${distinct}${asNumber(arg)})`);
  if (STATISTICS.has(call.name)) return number(statistic(call.name, asNumber(arg)));
  return {
    sql: `${call.name.toLowerCase()}(${arg.sql})`,
    type: arg.type === 'key' ? 'number' : arg.type,
    constant: false,
  };
}

/** What no page describes and public searches use: all values, with commas between them. */
function concatenated(arg: Sql, distinct: boolean): Sql {
  const value = asText(arg);
  const sql = distinct ? `ora_listagg_distinct(${value}, ',')` : `group_concat(${value}, ',')`;
  return { sql, type: 'text', constant: false };
}

/** Rows without a value to sort by are the greatest, unless NULLS says otherwise. */
function kept(name: string, arg: Sql, { last, order }: NonNullable<Call['keep']>, compile: Compile): Sql {
  if (name !== 'MAX' && name !== 'MIN') throw unsupported(`KEEP after ${name}`);
  const greatest = last !== order.descending;
  const nullsGreatest = order.nulls === null || (order.nulls === 'last') !== order.descending;
  const flags = [greatest, nullsGreatest, name === 'MAX'].map(Number).join(', ');
  const type = arg.type === 'key' ? 'number' : arg.type;
  return { sql: `ora_keep(${arg.sql}, ${compile(order.expr).sql}, ${flags})`, type, constant: false };
}

function listagg(call: Call, compile: Compile): Sql {
  const value = asText(compile(call.args[0] as Call['args'][number]));
  const separator = call.args[1] ? asText(compile(call.args[1])) : "''";
  if (call.distinct) return { sql: `ora_listagg_distinct(${value}, ${separator})`, type: 'text', constant: false };
  if (call.over && call.within) throw unsupported('LISTAGG … OVER');
  const order = (call.within ?? []).map((term) => orderTerm(compile(term.expr).sql, term.descending, term.nulls));
  return {
    sql: `group_concat(${value}, ${separator}${order.length > 0 ? ` ORDER BY ${order.join(', ')}` : ''})`,
    type: 'text',
    constant: false,
  };
}

function statistic(name: string, value: string): string {
  const population = name.endsWith('_POP');
  const count = `count(${value})`;
  const variance = `(sum(${value} * ${value}) - sum(${value}) * 1.0 * sum(${value}) / ${count})`;
  const divided = population ? `${variance} / ${count}` : `${variance} / (${count} - 1)`;
  const guarded = `CASE WHEN ${count} > 1 THEN ${divided} WHEN ${count} = 1 THEN ${name === 'VARIANCE' || name === 'STDDEV' || population ? '0' : 'NULL'} END`;
  return name.startsWith('STD') ? `sqrt(max(0, ${guarded}))` : guarded;
}
