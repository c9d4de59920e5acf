/**
 * Dates inside queries are text `YYYY-MM-DD HH:MM:SS` in the account's time zone ("civil" form): it compares, sorts and indexes like a date.
 * For arithmetic it becomes a number of milliseconds as if it were UTC, so that no time zone gets in the way.
 */
export const DAY_MS = 86_400_000;

const two = (value: number): string => (value < 10 ? `0${value}` : String(value));

export function civilToMs(civil: string): number {
  const ms = Date.parse(`${civil.length === 10 ? `${civil}T00:00:00` : civil.replace(' ', 'T')}Z`);
  if (Number.isNaN(ms)) throw new RangeError(`not a date: ${civil}`);
  return ms;
}

export function msToCivil(ms: number): string {
  const date = new Date(Math.floor(ms / 1000) * 1000);
  const year = String(date.getUTCFullYear()).padStart(4, '0');
  const day = `${year}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
  return `${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
}

/** Adds whole months the way Oracle does: the last day of a month stays the last day. */
export function addMonths(civil: string, months: number): string {
  const ms = civilToMs(civil);
  const date = new Date(ms);
  const lastDay = daysInMonth(date.getUTCFullYear(), date.getUTCMonth()) === date.getUTCDate();
  const first = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + Math.trunc(months), 1));
  const length = daysInMonth(first.getUTCFullYear(), first.getUTCMonth());
  const day = lastDay ? length : Math.min(date.getUTCDate(), length);
  return msToCivil(first.getTime() + (day - 1) * DAY_MS + (ms % DAY_MS));
}

export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
}

export function lastDay(civil: string): string {
  const date = new Date(civilToMs(civil));
  const length = daysInMonth(date.getUTCFullYear(), date.getUTCMonth());
  return msToCivil(civilToMs(civil) + (length - date.getUTCDate()) * DAY_MS);
}

/** Whole when both fall on the same day of the month or both on the last one; otherwise the rest counts in 31sts (Oracle MONTHS_BETWEEN). */
export function monthsBetween(later: string, earlier: string): number {
  const [a, b] = [new Date(civilToMs(later)), new Date(civilToMs(earlier))];
  const months = (a.getUTCFullYear() - b.getUTCFullYear()) * 12 + a.getUTCMonth() - b.getUTCMonth();
  const isLast = (date: Date): boolean => daysInMonth(date.getUTCFullYear(), date.getUTCMonth()) === date.getUTCDate();
  if (a.getUTCDate() === b.getUTCDate() || (isLast(a) && isLast(b))) return months;
  const rest = a.getUTCDate() - b.getUTCDate() + ((a.getTime() % DAY_MS) - (b.getTime() % DAY_MS)) / DAY_MS;
  return months + rest / 31;
}

const offsets = new Map<string, Map<number, number>>();
const formatters = new Map<string, Intl.DateTimeFormat>();
const HOUR_MS = 3_600_000;

/** Offset of the zone from UTC at that instant, in ms. Remembered per hour: zones change on whole hours or half hours only. */
export function zoneOffset(ms: number, zone: string): number {
  let known = offsets.get(zone);
  if (!known) offsets.set(zone, (known = new Map<number, number>()));
  const bucket = Math.floor((ms * 2) / HOUR_MS);
  let offset = known.get(bucket);
  if (offset === undefined) known.set(bucket, (offset = computeOffset(ms, zone)));
  return offset;
}

function computeOffset(ms: number, zone: string): number {
  let format = formatters.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(zone, format);
  }
  const parts: Record<string, number> = {};
  for (const part of format.formatToParts(new Date(ms))) parts[part.type] = Number(part.value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(ms / 1000) * 1000;
}

/** A stored instant (ISO 8601 UTC, or a plain date) in civil form of the zone. */
export function instantToCivil(instant: string, zone: string): string {
  if (instant.length === 10) return `${instant} 00:00:00`;
  const ms = Date.parse(instant);
  if (Number.isNaN(ms)) throw new RangeError(`not a date: ${instant}`);
  return msToCivil(ms + zoneOffset(ms, zone));
}

/** The other way round, as `YYYY-MM-DDTHH:MM:SS` without a suffix: a prefix that compares right with any stored form of that second. */
export function civilToInstant(civil: string, zone: string): string {
  const local = civilToMs(civil);
  const guess = local - zoneOffset(local, zone);
  const ms = local - zoneOffset(guess, zone);
  return new Date(ms).toISOString().slice(0, 19);
}

export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
