import type { Account } from '../kernel/types';
import { zoneOf } from '../suiteql/engine';
import { civilToMs, DAY_MS, instantToCivil, msToCivil } from '../suiteql/oracle/civil';
import { parseDate } from '../suiteql/oracle/date-format';
import { dateKeyword } from './date-keywords';
import { invalidFilterValue } from './errors';
import type { FilterValue } from './types';

/** Half-open range of civil time that a date value stands for. */
export interface TimeRange {
  from: string;
  until: string;
}

const MINUTE_MS = 60_000;

/** A date as scripts give it: a Date, text in the account's format (with a time for date-times), or a name like `lastWeek`. */
export function timeRange(account: Account, field: string, value: FilterValue): TimeRange {
  const zone = zoneOf(account);
  if (typeof value === 'object' && value !== null) return withTime(instantToCivil(value.date, zone));
  const text = String(value).trim();
  const now = instantToCivil(new Date(account.clock.now()).toISOString(), zone);
  const moment = timeAgo(text, now);
  if (moment) return { from: moment, until: msToCivil(civilToMs(moment) + MINUTE_MS) };
  const keyword = dateKeyword(text, now);
  if (keyword) return { from: keyword.start, until: msToCivil(civilToMs(keyword.end) + DAY_MS) };
  const civil = parseDate(text, account.settings.dateFormat) ?? isoDate(text);
  if (civil === null) throw invalidFilterValue(field, text, `a date in the format ${account.settings.dateFormat}`);
  return /\d:\d/.test(text) ? { from: civil, until: msToCivil(civilToMs(civil) + MINUTE_MS) } : withTime(civil);
}

/** `hoursago1`, `minutesago30`: a moment of a date-time field, to the minute. */
function timeAgo(text: string, now: string): string | undefined {
  const [, unit, count] = /^(hour|minute)s?ago(\d+)$/.exec(text.toLowerCase().replace(/[\s_]/g, '')) ?? [];
  if (unit === undefined) return undefined;
  return msToCivil(civilToMs(now) - Number(count) * (unit === 'hour' ? 60 : 1) * MINUTE_MS);
}

const isoDate = (text: string): string | null => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text} 00:00:00` : null);

/** Without a time the value is the whole day. */
function withTime(civil: string): TimeRange {
  const midnight = civil.endsWith(' 00:00:00');
  return { from: civil, until: msToCivil(civilToMs(civil) + (midnight ? DAY_MS : MINUTE_MS)) };
}

const midnightOf = (civil: string): string => `${civil.slice(0, 10)} 00:00:00`;

/** A field without a time is compared by days: a Date, or text with a time, stands for its day. */
export const wholeDays = ({ from, until }: TimeRange): TimeRange => ({
  from: midnightOf(from),
  until: until === midnightOf(until) ? until : msToCivil(civilToMs(midnightOf(until)) + DAY_MS),
});

export function numberValue(field: string, value: FilterValue): number {
  const text = typeof value === 'object' ? '' : String(value).trim().replace(/,/g, '').replace(/%$/, '');
  if (text === '' || Number.isNaN(Number(text))) throw invalidFilterValue(field, JSON.stringify(value), 'a number');
  return Number(text);
}

export function booleanValue(field: string, value: FilterValue): 'T' | 'F' {
  if (value === true || /^(t|true|yes)$/i.test(textValue(value))) return 'T';
  if (value === false || /^(f|false|no)$/i.test(textValue(value))) return 'F';
  throw invalidFilterValue(field, JSON.stringify(value), 'T or F');
}

export const textValue = (value: FilterValue): string =>
  typeof value === 'object' ? (value?.date ?? '') : String(value);
