import type { Guest } from '../types';
import { scriptError } from './arguments';
import { operators } from './query-enums';

/** Conditions of a built query, and how they are said in SuiteQL. Values travel as parameters. */
export type Param = string | number | boolean;
export interface Fragment {
  sql: string;
  params: Param[];
}

/** A relative date: `sql` is its start, `end` for ranges the day after its last. */
export interface DateBounds {
  start: string;
  end: string;
}

let known: ReadonlySet<string> | undefined;
/** How many values an operator takes; unlisted ones take one. */
const ARITY: Record<string, [number, number]> = {
  EMPTY: [0, 0],
  BETWEEN: [2, 2],
  WITHIN: [1, 2],
  ANY_OF: [1, 100_000],
};
const SIMPLE: Record<string, string> = {
  EQUAL: '=',
  IS: '=',
  GREATER: '>',
  GREATER_OR_EQUAL: '>=',
  LESS: '<',
  LESS_OR_EQUAL: '<=',
};

export function checkOperator(operator: string, count: number): void {
  known ??= new Set(Object.values(operators()));
  if (!known.has(operator)) throw scriptError('INVALID_SEARCH_OPERATOR', `Invalid search operator: ${operator}.`);
  const [least, most] = ARITY[operator.replace(/_NOT$/, '')] ?? [1, 100_000];
  if (count < least || count > most)
    throw scriptError('OPERATOR_ARITY_MISMATCH', `Operator ${operator} can't work with ${count} values.`);
}

/** `bounds` tells relative dates from plain values. */
export function renderCondition(
  guest: Guest,
  field: Fragment,
  operator: string,
  values: unknown[],
  bounds: (value: unknown) => DateBounds | undefined,
): Fragment {
  const not = operator.endsWith('_NOT');
  const base = not ? operator.slice(0, -4) : operator;
  const made = positive(guest, field, base, values, bounds);
  return not ? { sql: `NOT (${made.sql})`, params: made.params } : made;
}

function positive(
  guest: Guest,
  field: Fragment,
  operator: string,
  values: unknown[],
  bounds: (value: unknown) => DateBounds | undefined,
): Fragment {
  if (operator === 'EMPTY') return { sql: `${field.sql} IS NULL`, params: field.params };
  const date = bounds(values[0]) ?? dateBounds(guest, values[0]);
  if (date)
    return dateCondition(
      field,
      operator,
      date,
      values[1] === undefined ? date : (bounds(values[1]) ?? dateBounds(guest, values[1]) ?? date),
    );
  const given = values.map((value) => (typeof value === 'boolean' ? (value ? 'T' : 'F') : (value as Param)));
  const simple = SIMPLE[operator];
  if (simple !== undefined) return { sql: `${field.sql} ${simple} ?`, params: [...field.params, given[0] as Param] };
  const text = String(given[0]);
  switch (operator) {
    case 'ANY_OF':
      return { sql: `${field.sql} IN (${given.map(() => '?').join(', ')})`, params: [...field.params, ...given] };
    case 'BETWEEN':
    case 'WITHIN':
      return { sql: `${field.sql} BETWEEN ? AND ?`, params: [...field.params, given[0] as Param, given[1] as Param] };
    case 'CONTAIN':
      return { sql: `INSTR(LOWER(${field.sql}), ?) > 0`, params: [...field.params, text.toLowerCase()] };
    case 'START_WITH':
      return { sql: `INSTR(LOWER(${field.sql}), ?) = 1`, params: [...field.params, text.toLowerCase()] };
    case 'ENDWITH':
      return { sql: `SUBSTR(LOWER(${field.sql}), ?) = ?`, params: [...field.params, -text.length, text.toLowerCase()] };
    default:
      return textDate(field, operator, text);
  }
}

/** Date operators over text in the account's format. */
const textDate = (field: Fragment, operator: string, text: string): Fragment => {
  const day = 'TRUNC(TO_DATE(?))';
  const made = dateCondition(field, operator, { start: day, end: `${day} + 1` }, { start: day, end: `${day} + 1` });
  const count = made.sql.split('TO_DATE(?)').length - 1;
  return { sql: made.sql, params: [...made.params, ...Array.from({ length: count }, () => text)] };
};

/** A Date object is the day it falls on in the account's time zone. */
function dateBounds(guest: Guest, value: unknown): DateBounds | undefined {
  if (!(value instanceof Date)) return undefined;
  const format = guest.module<{ format(options: object): string; Type: Record<string, string> }>('N/format');
  const text = format.format({ value, type: 'date' }).replaceAll("'", "''");
  return { start: `TRUNC(TO_DATE('${text}'))`, end: `TRUNC(TO_DATE('${text}')) + 1` };
}

function dateCondition(field: Fragment, operator: string, first: DateBounds, last: DateBounds): Fragment {
  const of = (sql: string): Fragment => ({ sql, params: field.params });
  switch (operator) {
    case 'ON':
    case 'WITHIN':
    case 'BETWEEN':
    case 'EQUAL':
    case 'IS':
    case 'ANY_OF':
      return {
        sql: `(${field.sql} >= ${first.start} AND ${field.sql} < ${last.end})`,
        params: [...field.params, ...field.params],
      };
    case 'AFTER':
    case 'GREATER':
      return of(`${field.sql} >= ${first.end}`);
    case 'BEFORE':
    case 'LESS':
      return of(`${field.sql} < ${first.start}`);
    case 'ON_OR_AFTER':
    case 'GREATER_OR_EQUAL':
      return of(`${field.sql} >= ${first.start}`);
    case 'ON_OR_BEFORE':
    case 'LESS_OR_EQUAL':
      return of(`${field.sql} < ${first.end}`);
    default:
      throw scriptError('EMULATOR_UNSUPPORTED', `query.Operator ${operator} is not available in this emulator.`);
  }
}
