import type { PlainValue } from '../../../../../contract/operation';

/** How a wanted value is to be read, and so how NetSuite's is to be compared with it. */
export type Kind = 'plain' | 'number' | 'date' | 'datetime' | 'text';

/** A value in the one form in which both sides are compared. A value that only changes its form is no change. */
export function normalise(value: unknown, kind: Kind = 'plain'): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'T' : 'F';
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map(String).sort().join('\u0005');
  if (isDate(value)) return kind === 'datetime' ? value.toISOString() : localDay(value);
  const text = textOf(value);
  if (kind === 'datetime') return instantOf(text);
  return text.replace(/\r\n?/g, '\n').trim();
}

/** A scalar as text; nothing for what is none. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** NetSuite hands out `Date` objects of the script's realm and, in tests, of another: told by their method. */
export function isDate(value: unknown): value is Date {
  return typeof value === 'object' && value !== null && 'getFullYear' in value && 'toISOString' in value;
}

/** The calendar day as the account's own zone shows it: never by way of UTC, which shifts it. */
export function localDay(date: Date): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The beginning of a day is a day, everything else an instant. In spring a day begins at one o'clock where clocks change at midnight. */
export function plainDate(date: Date): string {
  const day = new Date(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.floor(date.getTime() / 1000) * 1000 === day.getTime() ? localDay(date) : date.toISOString();
}

const instantOf = (text: string): string => {
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? text : new Date(instant).toISOString();
};

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Whether two normalised values mean the same. `02134` and `2134` differ: text that is wanted as text is compared as text. */
export function sameValue(current: unknown, wanted: PlainValue | Date | undefined, kind: Kind = 'plain'): boolean {
  const have = normalise(current, kind);
  const want = normalise(wanted ?? null, kind);
  if (have === want) return true;
  if (typeof wanted === 'boolean') return (have === '' ? 'F' : have) === want;
  if (typeof wanted === 'number' || kind === 'number') {
    return NUMBER.test(have) && NUMBER.test(want) && Number(have) === Number(want);
  }
  return false;
}

/** Checks `YYYY-MM-DD` to be a day of the calendar. */
export function parseDay(text: string): Date | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (found === null) return null;
  const [year, month, day] = [Number(found[1]), Number(found[2]) - 1, Number(found[3])];
  const date = new Date(year, month, day);
  return date.getFullYear() === year && date.getMonth() === month && date.getDate() === day ? date : null;
}
