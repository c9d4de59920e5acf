import { unsupported } from '../../errors';
import { LISTS } from './built-ins-of-lists';
import { TEXTS } from './built-ins-of-texts';
import { formatDate, parseDate } from './format-date';
import { computerNumber, formatNumber } from './format-number';
import {
  Formats,
  isHash,
  LOOP,
  missingValue,
  plain,
  Shown,
  TemplateError,
  tolerant,
  type Expression,
  type Loop,
  type Scope,
} from './model';
import { isTrue, toNumber } from './operators';
import { printText } from './print-value';

const NUMBER_FORMATS: Record<string, string> = { number: '#,##0.###', currency: '$#,##0.00', percent: '0%' };
const DATE_STYLES: Record<string, string> = { short: 'M/d/yy', medium: 'MMM d, yyyy', long: 'MMMM d, yyyy' };

type BuiltIn = (value: unknown, args: unknown[], source: string) => unknown;

const NUMBERS: Record<string, BuiltIn> = {
  c: (value) => (typeof plain(value) === 'boolean' ? String(plain(value)) : computerNumber(toNumber(value))),
  abs: (value) => Math.abs(toNumber(value)),
  ceiling: (value) => Math.ceil(toNumber(value)),
  floor: (value) => Math.floor(toNumber(value)),
  round: (value) => Math.floor(toNumber(value) + 0.5),
  int: (value) => Math.trunc(toNumber(value)),
  long: (value) => Math.trunc(toNumber(value)),
  is_number: (value) => typeof plain(value) === 'number',
  is_string: (value) => typeof plain(value) === 'string',
  is_boolean: (value) => typeof plain(value) === 'boolean',
  is_date: (value) => plain(value) instanceof Date,
  is_hash: isHash,
  is_sequence: Array.isArray,
  then: (value, [yes, no]) => (isTrue(value) ? yes : no),
  date: (value, [pattern]) => dated(value, pattern, 'MMM d, yyyy'),
  time: (value, [pattern]) => dated(value, pattern, 'h:mm:ss a'),
  datetime: (value, [pattern]) => dated(value, pattern, 'MMM d, yyyy h:mm:ss a'),
  string: (value, args, source) => stringOf(value, args, source),
};

const LOOPS: Record<string, (loop: Loop) => unknown> = {
  index: ({ index }) => index,
  counter: ({ index }) => index + 1,
  has_next: ({ index, size }) => index < size - 1,
  is_first: ({ index }) => index === 0,
  is_last: ({ index, size }) => index === size - 1,
  is_odd_item: ({ index }) => index % 2 === 0,
  is_even_item: ({ index }) => index % 2 === 1,
  item_parity: ({ index }) => (index % 2 === 0 ? 'odd' : 'even'),
  item_parity_cap: ({ index }) => (index % 2 === 0 ? 'Odd' : 'Even'),
};

const table: Record<string, BuiltIn> = { ...TEXTS, ...LISTS, ...NUMBERS };

/** `of?name(args)`. A name that is none throws and names itself. */
export function callBuiltIn(of: Expression, name: string, args?: Expression[]): Expression {
  const source = of.source ?? '';
  if (name === 'has_content') return (scope) => hasContent(tolerant(of, scope));
  if (name === 'exists') return (scope) => tolerant(of, scope) !== undefined;
  if (name === 'if_exists') return (scope) => tolerant(of, scope) ?? '';
  if (name === 'default')
    return (scope) => tolerant(of, scope) ?? args?.map((arg) => arg(scope)).find((given) => given !== undefined);
  const ofLoop = LOOPS[name];
  if (ofLoop) return (scope) => ofLoop(loopOf(scope, source));
  const found = Object.hasOwn(table, name) ? table[name] : undefined;
  if (!found) throw unsupported(`The template built-in ?${name}`);
  const run = (scope: Scope): unknown => {
    const value = of(scope);
    if (value === undefined || value === null) throw missingValue(source);
    return found(value, args?.map((arg) => arg(scope)) ?? [], source);
  };
  // `x?string.currency` and `x?string["0.00"]`: a name right after ?string is its format.
  return name === 'string' && !args
    ? (scope) => new Formats(printText(run(scope), source), (pattern) => stringOf(of(scope), [pattern], source))
    : run;
}

function loopOf(scope: Scope, name: string): Loop {
  const loop = scope.get(`${LOOP}${name}`);
  if (loop === undefined) throw new TemplateError(`"${name}" is no loop variable.`);
  return loop as Loop;
}

const hasContent = (given: unknown): boolean => {
  const value = plain(given);
  return (
    value !== undefined &&
    value !== null &&
    value !== '' &&
    !(Array.isArray(value) && value.length === 0) &&
    !(isHash(value) && Object.keys(value).length === 0)
  );
};

function stringOf(value: unknown, args: unknown[], source: string): unknown {
  const inner = plain(value);
  if (typeof inner === 'boolean') return args.length === 2 ? (inner ? args[0] : args[1]) : String(inner);
  if (args.length === 0) return printText(value, source);
  const pattern = printText(args[0], source);
  if (inner instanceof Date) return formatDate(DATE_STYLES[pattern] ?? pattern, inner);
  if (typeof inner === 'number' || (typeof inner === 'string' && inner !== '' && !Number.isNaN(Number(inner))))
    return pattern === 'computer'
      ? computerNumber(Number(inner))
      : formatNumber(NUMBER_FORMATS[pattern] ?? pattern, Number(inner));
  return printText(value, source);
}

function dated(value: unknown, pattern: unknown, style: string): Shown {
  const inner = plain(value);
  const date =
    inner instanceof Date
      ? inner
      : parseDate(pattern === undefined ? 'M/d/yyyy' : printText(pattern, ''), printText(value, ''));
  return new Shown(date, formatDate(style, date));
}
