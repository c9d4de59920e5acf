import { TransformError } from '../transform-error';
import type { Transform } from '../types';

const invalid = (value: unknown, wanted: string): TransformError =>
  new TransformError('INVALID_DATE', `${JSON.stringify(value)} is no date.`, `Send ${wanted}.`);

function isDay(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 1900;
}

/** A calendar day without any zone: passed on as text, so that no time zone can shift it. */
export const dateOnly: Transform = (value) => {
  const text = typeof value === 'string' ? value.trim() : '';
  if (isDay(text)) return text;
  throw invalid(value, 'a day that exists as YYYY-MM-DD');
};

function toInstant(value: unknown): Date {
  if (typeof value === 'number' || (typeof value === 'string' && /^\d{12,14}$/.test(value)))
    return new Date(Number(value));
  // Salesforce writes +0000 without a colon.
  const text = typeof value === 'string' ? value.trim().replace(/([+-]\d{2})(\d{2})$/, '$1:$2') : '';
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text)) {
    throw invalid(value, 'an instant with its zone, such as 2026-03-01T12:00:00Z');
  }
  const date = new Date(text);
  if (Number.isNaN(date.getTime()) || !isDay(text.slice(0, 10))) throw invalid(value, 'an instant that exists');
  return date;
}

/** The day of an instant in the account's time zone. A bare day stays what it is. */
export const dateTimeToDate: Transform = (value, context, options) => {
  if (typeof value === 'string' && isDay(value.trim())) return value.trim();
  const zone = options['timeZone'];
  return dayIn(toInstant(value), typeof zone === 'string' ? zone : context.timeZone);
};

export function dayIn(instant: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return parts.format(instant);
}

export const dateTime: Transform = (value) => toInstant(value).toISOString();
