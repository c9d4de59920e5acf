import type { Call } from '../syntax/ast';
import { invalidValue, unsupported } from '../syntax/errors';
import { asNumber, asText, asValue } from './coerce';
import type { Compile } from './expression';
import { refuseText } from './display-of';
import { hasAggregate, isAggregate } from './has-aggregate';
import type { Sql, SqlType } from './sql';

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

const isWindow = (name: string): boolean => name in WINDOW_ONLY || WINDOW_VALUE.has(name);

/** COUNT, SUM … and window functions; undefined when the name is neither. */
export function aggregate(call: Call, compile: Compile): Sql | undefined {
  if (!isAggregate(call.name) && !isWindow(call.name)) return undefined;
  if (isWindow(call.name) && !call.over) throw invalidValue(`${call.name} without OVER (…)`);
  if (isWindow(call.name)) return windowFunction(call, compile, over(call, compile));
  checkAggregate(call);
  return aggregateFunction(call, compile, over(call, compile));
}

/** What would answer something else, or break in SQLite. */
function checkAggregate(call: Call): void {
  const most = call.name === 'LISTAGG' ? 2 : 1;
  if (call.args.length > most) throw invalidValue(`ORA-00909: invalid number of arguments: ${call.name}`);
  if (!call.over && call.args.some(hasAggregate)) throw unsupported(`an aggregate within ${call.name}`);
  if (call.over && (call.distinct || call.keep || call.within || call.name === 'APPROX_COUNT_DISTINCT'))
    throw unsupported(`${call.name} with ${call.distinct ? 'DISTINCT' : call.keep ? 'KEEP' : 'an order'} … OVER`);
  if (call.distinct && STATISTICS.has(call.name)) throw unsupported(`${call.name} (DISTINCT …)`);
}

const over = (call: Call, compile: Compile): string => (call.over ? ` OVER (${windowOf(call.over, compile)})` : '');

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

function windowFunction(call: Call, compile: Compile, over: string): Sql {
  const args = call.args.map((arg) => compile(arg));
  const type = WINDOW_ONLY[call.name] ?? args[0]?.type ?? 'null';
  return { sql: `${call.name.toLowerCase()}(${args.map((arg) => arg.sql).join(', ')})${over}`, type, constant: false };
}

function aggregateFunction(call: Call, compile: Compile, over: string): Sql {
  const [first] = call.args;
  const distinct = call.distinct ? 'DISTINCT ' : '';
  const number = (sql: string): Sql => ({ sql, type: 'number', constant: false });
  if (first === undefined) throw invalidValue(`${call.name} without an argument`);
  if (call.name === 'COUNT')
    return number(`count(${first.kind === 'star' ? '*' : distinct + asValue(compile(first)).sql})${over}`);
  if (call.name === 'APPROX_COUNT_DISTINCT') return number(`count(DISTINCT ${compile(first).sql})`);
  if (call.name === 'LISTAGG') return listagg(call, compile, over);
  if (call.name === 'NS_CONCAT') return concatenated(compile(first), call.distinct, over);
  const arg = asValue(compile(first));
  if (call.keep) return kept(call.name, arg, call.keep, compile);
  if (call.name === 'SUM') return number(`ora_sum(${distinct}${asNumber(arg)})${over}`);
  if (call.name === 'AVG') return number(averageOf(`${distinct}${asNumber(arg)}`, over));
  if (call.name === 'MEDIAN') return number(`median(${distinct}${asNumber(arg)})${over}`);
  if (STATISTICS.has(call.name)) return number(statistic(call.name, asNumber(arg), over));
  return {
    sql: `${call.name.toLowerCase()}(${arg.sql})${over}`,
    type: arg.type === 'key' ? 'number' : arg.type,
    constant: false,
    ...ofReference(arg),
  };
}

/** The greatest of some ids is an id still: of all that compute one, only subqueries know what it refers to. */
const ofReference = ({ type }: Sql): Pick<Sql, 'display'> => (type === 'key' ? { display: refuseText } : {});

export const averageOf = (values: string, over = ''): string =>
  `ora_div(ora_sum(${values})${over}, count(${values})${over})`;

/** What no page describes and public searches use: all values, with commas between them. */
function concatenated(arg: Sql, distinct: boolean, over: string): Sql {
  const value = asText(arg);
  const sql = distinct ? `ora_listagg_distinct(${value}, ',', ${value}, 0)` : `group_concat(${value}, ',')${over}`;
  return { sql, type: 'text', constant: false };
}

/** Rows without a value to sort by are the greatest, unless NULLS says otherwise. */
function kept(name: string, arg: Sql, { last, order }: NonNullable<Call['keep']>, compile: Compile): Sql {
  if (name !== 'MAX' && name !== 'MIN') throw unsupported(`KEEP after ${name}`);
  const greatest = last !== order.descending;
  const nullsGreatest = order.nulls === null || (order.nulls === 'last') !== order.descending;
  const flags = [greatest, nullsGreatest, name === 'MAX'].map(Number).join(', ');
  const type = arg.type === 'key' ? 'number' : arg.type;
  const sql = `ora_keep(${arg.sql}, ${compile(order.expr).sql}, ${flags})`;
  return { sql, type, constant: false, ...ofReference(arg) };
}

function listagg(call: Call, compile: Compile, over: string): Sql {
  const value = asText(compile(call.args[0] as Call['args'][number]));
  const separator = call.args[1] ? asText(compile(call.args[1])) : "''";
  const text = (sql: string): Sql => ({ sql, type: 'text', constant: false });
  if (call.distinct) return text(`ora_varchar(${listaggDistinct(call, compile, value, separator)})`);
  const order = (call.within ?? []).map((term) => orderTerm(compile(term.expr).sql, term.descending, term.nulls));
  const sorted = order.length > 0 ? ` ORDER BY ${order.join(', ')}` : '';
  return text(`ora_varchar(group_concat(${value}, ${separator}${sorted})${over})`);
}

/** Each value once, so there is an order by the value itself only: values that occur with several others have none by those. */
function listaggDistinct(call: Call, compile: Compile, value: string, separator: string): string {
  const [term, ...more] = call.within ?? [];
  const key = term === undefined ? value : compile(term.expr).sql;
  const known = [value, compile(call.args[0] as Call['args'][number]).sql];
  if (more.length > 0 || !known.includes(key)) throw unsupported('LISTAGG (DISTINCT …) in the order of another value');
  return `ora_listagg_distinct(${value}, ${separator}, ${key}, ${term?.descending ? 1 : 0})`;
}

/** Each part of it is an aggregate or a window by itself. */
function statistic(name: string, value: string, over: string): string {
  const population = name.endsWith('_POP');
  const count = `count(${value})${over}`;
  const sum = (of: string): string => `sum(${of})${over}`;
  const variance = `(${sum(`${value} * ${value}`)} - ${sum(value)} * 1.0 * ${sum(value)} / ${count})`;
  const divided = population ? `${variance} / ${count}` : `${variance} / (${count} - 1)`;
  const guarded = `CASE WHEN ${count} > 1 THEN ${divided} WHEN ${count} = 1 THEN ${name === 'VARIANCE' || name === 'STDDEV' || population ? '0' : 'NULL'} END`;
  return name.startsWith('STD') ? `sqrt(max(0, ${guarded}))` : guarded;
}
