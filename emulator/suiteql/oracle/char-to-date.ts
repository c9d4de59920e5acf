import { invalidValue } from '../syntax/errors';
import { DAY_MS, daysInMonth, msToCivil, MONTHS } from './civil';
import { elementsOf } from './date-model';

/** What the text has told so far, by element. */
interface Reading {
  text: string;
  at: number;
  parts: Record<string, number>;
  pm: boolean | null;
}

const JULIAN_OF_1970 = 2_440_588;
const WIDTHS: Record<string, number> = {
  YYYY: 4,
  RRRR: 4,
  YY: 2,
  RR: 2,
  MM: 2,
  DD: 2,
  DDD: 3,
  J: 7,
  HH24: 2,
  HH12: 2,
  HH: 2,
  MI: 2,
  SS: 2,
  SSSSS: 5,
  FF: 9,
};
const TIME = new Set(['HH24', 'HH12', 'HH', 'MI', 'MISS', 'SS', 'SSSSS', 'FF', 'AM', 'PM', 'A.M.', 'P.M.']);
const NOT_FOR_INPUT = new Set(['Q', 'WW', 'W', 'IW', 'IYYY', 'YEAR', 'D']);

const nameOf = (element: string): string => (/^FF/i.test(element) ? 'FF' : element.toUpperCase());

/**
 * TO_DATE: reads text by a model, and throws ORA-018xx where it does not fit, as Oracle does. Separators may be others or missing, and the time
 * may be left out at the end. What the model does not name is of the first day of the month that `now` lies in.
 */
export function charToDate(text: string, model: string, now: string): string {
  const reading: Reading = { text, at: 0, parts: {}, pm: null };
  for (const element of elementsOf(model)) if (element.toUpperCase() !== 'FM') readElement(reading, element);
  if (text.slice(reading.at).trim() !== '')
    throw invalidValue(`ORA-01830: date format picture ends before converting entire input string ${text}`);
  return assemble(reading, now);
}

function readElement(reading: Reading, element: string): void {
  const { text, at } = reading;
  const name = nameOf(element);
  if (!/^[A-Z]/.test(name)) return skipSeparator(reading, element);
  if (at >= text.length) {
    if (TIME.has(name)) return;
    throw invalidValue(`ORA-01840: input value not long enough for date format: ${text}`);
  }
  if (/^[AP]/.test(name)) readHalf(reading);
  else if (/^(MONTH|MON)$/.test(name)) readMonth(reading);
  else if (/^(DAY|DY)$/.test(name)) reading.at += /^[A-Za-z]+\s*/.exec(text.slice(at))?.[0].length ?? 0;
  else if (name === 'MM' && /^\s*[A-Za-z]/.test(text.slice(at))) readMonth(reading);
  else if (name === 'MISS') ['MI', 'SS'].forEach((part) => readNumber(reading, part));
  else readNumber(reading, name);
}

/** Text in quotes must stand there; of punctuation and blanks any will do, or none where a number goes on. */
function skipSeparator(reading: Reading, element: string): void {
  const rest = reading.text.slice(reading.at);
  if (element.startsWith('"')) {
    const wanted = element.slice(1, -1);
    if (rest !== '' && !rest.toLowerCase().startsWith(wanted.toLowerCase()))
      throw invalidValue(`ORA-01861: literal does not match format string: ${reading.text}`);
    reading.at += wanted.length;
  } else if (/^[^\p{L}\p{N}]/u.test(rest)) reading.at++;
}

function readHalf(reading: Reading): void {
  const found = /^\s*([ap])\.?m\.?/i.exec(reading.text.slice(reading.at));
  if (!found) throw invalidValue(`ORA-01855: AM/A.M. or PM/P.M. required in ${reading.text}`);
  reading.pm = found[1]?.toLowerCase() === 'p';
  reading.at += found[0].length;
}

function readMonth(reading: Reading): void {
  const rest = reading.text.slice(reading.at);
  const [blanks = '', word = ''] = /^(\s*)([A-Za-z]+)/.exec(rest)?.slice(1) ?? [];
  const index = MONTHS.findIndex((name) => word.length >= 3 && name.toLowerCase().startsWith(word.toLowerCase()));
  if (index < 0) throw invalidValue(`ORA-01843: not a valid month in ${reading.text}`);
  reading.parts.MM = index + 1;
  const end = blanks.length + word.length;
  reading.at += end + (/^\s{2,}/.exec(rest.slice(end))?.[0].length ?? 0);
}

function readNumber(reading: Reading, name: string): void {
  if (NOT_FOR_INPUT.has(name)) throw invalidValue(`ORA-01820: format code cannot appear in date input format: ${name}`);
  const width = WIDTHS[name];
  if (width === undefined) throw invalidValue(`ORA-01821: date format not recognized: ${name}`);
  const found = new RegExp(`^\\s*(\\d{1,${width}})`).exec(reading.text.slice(reading.at));
  if (!found)
    throw invalidValue(`ORA-01858: a non-numeric character was found where a numeric was expected in ${reading.text}`);
  const value = Number(found[1]);
  const { parts } = reading;
  if (name === 'YY') parts.YYYY = 2000 + value;
  else if (name === 'RR' || name === 'RRRR') parts.YYYY = value >= 100 ? value : value + (value >= 50 ? 1900 : 2000);
  else parts[name === 'HH12' ? 'HH' : name] = value;
  reading.at += found[0].length;
}

function assemble({ parts, pm, text }: Reading, now: string): string {
  const day = dayOf(parts, text, now);
  if (parts.SSSSS !== undefined) {
    if (parts.SSSSS >= 86_400) throw invalidValue(`ORA-01853: seconds in day must be between 0 and 86399 in ${text}`);
    return msToCivil(day + parts.SSSSS * 1000);
  }
  const { MI = 0, SS = 0 } = parts;
  let hour = parts.HH24 ?? parts.HH ?? 0;
  if (pm !== null && parts.HH24 === undefined) hour = (hour % 12) + (pm ? 12 : 0);
  if (hour > 23 || MI > 59 || SS > 59)
    throw invalidValue(`ORA-01850: hour, minutes or seconds out of range in ${text}`);
  return msToCivil(day + ((hour * 60 + MI) * 60 + SS) * 1000);
}

/** Midnight of the day, in milliseconds. */
function dayOf(parts: Record<string, number>, text: string, now: string): number {
  if (parts.J !== undefined) return (parts.J - JULIAN_OF_1970) * DAY_MS;
  const { YYYY = Number(now.slice(0, 4)), MM = Number(now.slice(5, 7)), DD = 1, DDD } = parts;
  const firstOf = (month: number): number => new Date(0).setUTCFullYear(YYYY, month, 1);
  if (DDD !== undefined) {
    if (DDD < 1 || firstOf(0) + (DDD - 1) * DAY_MS >= firstOf(12))
      throw invalidValue(`ORA-01848: day of year must be between 1 and 365 (366 for leap year) in ${text}`);
    return firstOf(0) + (DDD - 1) * DAY_MS;
  }
  if (MM < 1 || MM > 12) throw invalidValue(`ORA-01843: not a valid month in ${text}`);
  if (DD < 1 || DD > daysInMonth(YYYY, MM - 1))
    throw invalidValue(`ORA-01847: day of month must be between 1 and last day of month in ${text}`);
  return firstOf(MM - 1) + (DD - 1) * DAY_MS;
}
