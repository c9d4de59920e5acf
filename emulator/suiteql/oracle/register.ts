import type { Database } from 'better-sqlite3';
import type { Fields } from '../../kernel/types';
import { addressText } from '../../records/address-text';
import { listText } from '../../records/option-lists';
import {
  addMonths,
  civilToInstant,
  civilToMs,
  DAY_MS,
  instantToCivil,
  lastDay,
  monthsBetween,
  msToCivil,
} from './civil';
import { defineAggregates } from './aggregates';
import { add, divide, modulo, multiply, remainder } from './decimals';
import { formatDate, formatTime, parseDate } from './date-format';
import { charToDate } from './char-to-date';
import { dateToChar, nextDay, roundDate, truncateDate } from './date-model';
import { invalidValue } from '../syntax/errors';
import { statusLabel, statusLetter, statusRef } from '../catalog/transaction-types';
import { uncomputed } from '../catalog/uncomputed';
import { fixTo, numberToChar, numberToText, roundTo, textToNumber, truncateTo } from './numbers';
import * as text from './text';

/** What of the account the functions depend on; read at each call, so that a changed preference holds at once. */
export interface OracleSettings {
  timeZone(): string;
  dateFormat(): string;
  /** Civil now. */
  now(): string;
}

type Scalar = string | number | null;
type Implementation = (...args: never[]) => Scalar;

const bool = (value: boolean): number => (value ? 1 : 0);

/**
 * Oracle's functions as SQLite functions `ora_*`. The first `strict` arguments may not be NULL, nor, with `strict` "all", any argument
 * that is given: the answer is NULL then. Dates are civil text (see civil.ts).
 */
export function registerOracleFunctions(db: Database, settings: OracleSettings): void {
  const define = (name: string, strict: number | 'all', implementation: Implementation): void => {
    db.function(`ora_${name}`, { deterministic: true, varargs: true }, (...args: Scalar[]) => {
      const needed = strict === 'all' ? args.length : strict;
      for (let i = 0; i < needed; i++) if (args[i] === null || args[i] === undefined) return null;
      return (implementation as (...given: (Scalar | undefined)[]) => Scalar)(...args.map((arg) => arg ?? undefined));
    });
  };
  defineNumbers(define);
  defineText(ofText(define));
  defineRegularExpressions(ofText(define));
  defineDates(define);
  defineAccountDates(define, settings);
  defineAggregates(db);
}

type Define = (name: string, strict: number | 'all', implementation: Implementation) => void;

/** Functions of a text: a record may hold a number where its field is of text. */
const ofText =
  (define: Define): Define =>
  (name, strict, implementation) => {
    const given = implementation as (...given: (Scalar | undefined)[]) => Scalar;
    define(name, strict, (value: Scalar, ...rest: (Scalar | undefined)[]) =>
      given(typeof value === 'number' ? numberToText(value) : value, ...rest),
    );
  };

function defineNumbers(define: Define): void {
  define('text', 1, (value: string | number) => (typeof value === 'number' ? numberToText(value) : value));
  define('num', 'all', (value: string | number, model?: string) => textToNumber(value, model));
  define('nchar', 2, (value: number, model: string) => numberToChar(value, model));
  define('round', 'all', (value: number, places = 0) => roundTo(value, places));
  define('trunc', 'all', (value: number, places = 0) => truncateTo(value, places));
  define('fixed', 3, (value: number, precision: number, scale: number) => fixTo(value, precision, scale));
  define('mod', 2, modulo);
  define('remainder', 2, remainder);
  define('outofrange', 'all', () => {
    throw invalidValue('ORA-01428: argument is out of range');
  });
  define('add', 2, add);
  define('sub', 2, (a: number, b: number) => add(a, -b));
  define('mul', 2, multiply);
  define('addresstext', 1, (fields: string) => addressText(JSON.parse(fields) as Fields) || null);
  define('norate', 3, (from: string, to: string, period: string) => {
    throw invalidValue(
      `no consolidated exchange rate from subsidiary ${from} to ${to} in period ${period}; add a record of type consolidatedexchangerate`,
    );
  });
  define('severalrows', 1, () => {
    throw invalidValue('ORA-01427: single-row subquery returns more than one row');
  });
  define('uncomputed', 2, (what: string) => {
    throw uncomputed(what);
  });
  define('div', 2, (a: number, b: number) => {
    if (b === 0) throw invalidValue('ORA-01476: divisor is equal to zero');
    return divide(a, b);
  });
}

/** Bytes that a text of Oracle holds, which LISTAGG does not go beyond. */
const MAX_VARCHAR = 4000;

function defineText(define: Define): void {
  define('upper', 1, (value: string | number) => String(value).toUpperCase());
  define('lower', 1, (value: string | number) => String(value).toLowerCase());
  define('reverse', 1, (value: string | number) => text.orNull([...String(value)].reverse().join('')));
  define('initcap', 1, (value: string) => text.initcap(value));
  define('length', 1, (value: string) => [...value].length);
  define('like', 2, (value: string, pattern: string, escape?: string) =>
    bool(text.like(value, pattern, escape ?? null)),
  );
  define('substr', 'all', (value: string, from: number, length?: number) => text.substr(value, from, length));
  define('instr', 'all', (value: string, part: string, from?: number, nth?: number) =>
    text.instr(value, part, from, nth),
  );
  define('lpad', 'all', (value: string, length: number, filler = ' ') => text.pad(value, length, filler, true));
  define('rpad', 'all', (value: string, length: number, filler = ' ') => text.pad(value, length, filler, false));
  define('ltrim', 'all', (value: string, set = ' ') => text.trim(value, set, 'left'));
  define('rtrim', 'all', (value: string, set = ' ') => text.trim(value, set, 'right'));
  define('trim', 'all', (value: string, set = ' ') => text.trim(value, set, 'both'));
  define('translate', 3, (value: string, from: string, to: string) => text.translate(value, from, to));
  define('replace', 1, (value: string, from?: string, to = '') =>
    text.orNull(from === undefined ? value : value.replaceAll(from, to)),
  );
  define('ascii', 1, (value: string) => value.codePointAt(0) ?? null);
  define('varchar', 1, (value: string) => {
    if (value.length > MAX_VARCHAR / 4 && Buffer.byteLength(value) > MAX_VARCHAR)
      throw invalidValue('ORA-01489: result of string concatenation is too long');
    return value;
  });
  define('status', 2, (type: string, value: string) => statusLetter(type, value));
  define('statuslabel', 2, (type: string, value: string) => statusLabel(type, statusLetter(type, value)));
  define('statusref', 2, (type: string, value: string) => statusRef(type, statusLetter(type, value)));
  define('listtext', 2, (list: string, value: string | number) => listText(list, String(value)) ?? '');
  define('multi', 1, (value: string) =>
    value.startsWith('[') ? text.orNull((JSON.parse(value) as string[]).join(', ')) : value,
  );
}

function defineRegularExpressions(define: Define): void {
  define('regexp_like', 2, (value: string, pattern: string, match?: string) =>
    bool(text.toRegExp(pattern, match ?? null, false).test(value)),
  );
  define(
    'regexp_substr',
    2,
    (value: string, pattern: string, from?: number, nth?: number, match?: string, group?: number) =>
      text.regexpSubstr(value, pattern, from, nth, match ?? null, group),
  );
  define(
    'regexp_instr',
    2,
    (value: string, pattern: string, from?: number, nth?: number, after?: number, match?: string) =>
      text.regexpInstr(value, pattern, from, nth, after, match ?? null),
  );
  define('regexp_replace', 2, (value: string, pattern: string, to = '', from?: number, nth?: number, match?: string) =>
    text.regexpReplace(value, pattern, to, from, nth, match ?? null),
  );
  define(
    'regexp_count',
    2,
    (value: string, pattern: string) => [...value.matchAll(text.toRegExp(pattern, null, true))].length,
  );
}

function defineDates(define: Define): void {
  define('dchar', 2, (civil: string, model: string) => dateToChar(civil, model));
  define('dadd', 2, (civil: string, days: number) =>
    msToCivil(Math.round((civilToMs(civil) + days * DAY_MS) / 1000) * 1000),
  );
  define('ddiff', 2, (a: string, b: string) => (civilToMs(a) - civilToMs(b)) / DAY_MS);
  define('addmonths', 2, (civil: string, months: number) => addMonths(civil, months));
  define('monthsbetween', 2, (a: string, b: string) => monthsBetween(a, b));
  define('lastday', 1, (civil: string) => lastDay(civil));
  define('nextday', 2, (civil: string, weekday: string) => nextDay(civil, weekday));
  define('dtrunc', 'all', (civil: string, unit = 'DD') => truncateDate(civil, unit));
  define('dround', 'all', (civil: string, unit = 'DD') => roundDate(civil, unit));
  define('extract', 2, (part: string, civil: string) => extract(part, civil));
  define('day', 1, (civil: string) => (civil.endsWith(' 00:00:00') ? civil.slice(0, 10) : civil));
}

const PARTS: Record<string, [number, number]> = {
  YEAR: [0, 4],
  MONTH: [5, 7],
  DAY: [8, 10],
  HOUR: [11, 13],
  MINUTE: [14, 16],
  SECOND: [17, 19],
};

function extract(part: string, civil: string): number {
  const range = PARTS[part];
  if (!range) throw invalidValue(`EXTRACT(${part} …)`);
  return Number(civil.slice(...range));
}

function defineAccountDates(define: Define, settings: OracleSettings): void {
  define('local', 1, (instant: string) => instantToCivil(instant, settings.timeZone()));
  /** `seconds` later, because the second itself belongs to "not after". */
  define('instant', 1, (civil: string, seconds = 0) =>
    civilToInstant(msToCivil(civilToMs(civil) + seconds * 1000), settings.timeZone()),
  );
  define('date', 2, (value: string, model: string) => charToDate(value, model, settings.now()));
  define('dtext', 1, (civil: string) => formatDate(civil, settings.dateFormat()));
  define('dttext', 1, (civil: string) => `${formatDate(civil, settings.dateFormat())} ${formatTime(civil)}`);
  define('userdate', 1, (value: string | number) => {
    const found = parseDate(String(value), settings.dateFormat());
    if (found === null)
      throw invalidValue(
        `ORA-01861: literal does not match format string: ${value} (expected ${settings.dateFormat()})`,
      );
    return found;
  });
}
