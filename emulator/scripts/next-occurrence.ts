import type { Recurrence } from './definitions';

const DAY = 86_400_000;
const MINUTE = 60_000;
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const ORDINALS = ['FIRST', 'SECOND', 'THIRD', 'FOURTH'];
/** Far enough for a yearly recurrence on a leap day. */
const HORIZON_DAYS = 4 * 366 + 1;

/**
 * The first time after `afterMs` at which a deployment runs by itself, in ms since the epoch; undefined when it never does again.
 * Dates and times are those of the account's time zone. Repeats count from the start time and end with the day (page section_1509578930).
 */
export function nextOccurrence(recurrence: Recurrence, afterMs: number, timeZone: string): number | undefined {
  const start = Date.parse(`${recurrence.startDate}T00:00:00Z`);
  if (Number.isNaN(start)) return undefined;
  const end = recurrence.endDate === null ? Infinity : Date.parse(`${recurrence.endDate}T00:00:00Z`);
  const today = Math.floor((afterMs + offsetAt(afterMs, timeZone)) / DAY) * DAY;
  for (let day = Math.max(start, today), last = day + HORIZON_DAYS * DAY; day <= Math.min(end, last); day += DAY) {
    if (!runsOn(recurrence, start, day)) continue;
    for (const minute of minutesOf(recurrence)) {
      const local = day + minute * MINUTE;
      const at = local - offsetAt(local - offsetAt(local, timeZone), timeZone);
      if (at > afterMs) return at;
    }
  }
  return undefined;
}

/** Minutes of the day at which it runs. */
function minutesOf({ startTime, repeatMinutes, kind }: Recurrence): number[] {
  const [hours = 0, minutes = 0] = startTime.split(':').map(Number);
  const first = hours * 60 + minutes;
  if (repeatMinutes === null || kind === 'single') return [first];
  return Array.from({ length: Math.ceil((24 * 60 - first) / repeatMinutes) }, (_, i) => first + i * repeatMinutes);
}

/** `day` and `start` are midnights UTC that stand for local dates. */
function runsOn(recurrence: Recurrence, start: number, day: number): boolean {
  const date = new Date(day);
  const first = new Date(start);
  const days = Math.round((day - start) / DAY);
  const months = (date.getUTCFullYear() - first.getUTCFullYear()) * 12 + date.getUTCMonth() - first.getUTCMonth();
  switch (recurrence.kind) {
    case 'single':
      return days === 0;
    case 'daily':
      return days % recurrence.every === 0;
    case 'everyweekday':
      return date.getUTCDay() >= 1 && date.getUTCDay() <= 5;
    case 'weekly':
      return (
        Math.floor((days + first.getUTCDay()) / 7) % recurrence.every === 0 &&
        recurrence.weekdays.includes(WEEKDAYS[date.getUTCDay()] ?? '')
      );
    case 'monthly':
      return months % recurrence.every === 0 && date.getUTCDate() === first.getUTCDate();
    case 'monthlydayofweek':
      return months % recurrence.every === 0 && isNthWeekday(recurrence, date);
    case 'yearly':
      return months % 12 === 0 && date.getUTCDate() === first.getUTCDate();
    case 'yearlydayofweek':
      return months % 12 === 0 && isNthWeekday(recurrence, date);
  }
}

function isNthWeekday({ dayOfWeek, orderOfWeek }: Recurrence, date: Date): boolean {
  if (WEEKDAYS[date.getUTCDay()] !== dayOfWeek?.toLowerCase()) return false;
  if (orderOfWeek === 'LAST') return new Date(date.getTime() + 7 * DAY).getUTCMonth() !== date.getUTCMonth();
  return Math.floor((date.getUTCDate() - 1) / 7) === ORDINALS.indexOf(orderOfWeek ?? '');
}

/** Making a formatter costs milliseconds; an account has one zone, so these stay few. */
const formatters = new Map<string, Intl.DateTimeFormat>();
function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const fields = {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  } as const;
  const created = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...fields });
  formatters.set(timeZone, created);
  return created;
}

/** What the zone's clock is ahead of UTC at an instant, in ms. */
function offsetAt(ms: number, timeZone: string): number {
  const parts = formatterOf(timeZone).formatToParts(new Date(ms));
  const of = (type: string): number => Number(parts.find((p) => p.type === type)?.value ?? 0);
  return (
    Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) -
    Math.floor(ms / 1000) * 1000
  );
}
