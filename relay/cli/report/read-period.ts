import { isTimeZone } from '../../config/schema-netsuite';
import { CliError } from '../cli-error';
import type { Period } from './types';

/** `2026-10` or `2026-10-05` as a span of time in a time zone, IANA name. Throws `CliError`. */
export function readPeriod(text: string, timeZone: string): Period {
  const found = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(text);
  const [year, month, day] = (found?.slice(1) ?? []).map((part) => (part === undefined ? undefined : Number(part)));
  const first = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day ?? 1));
  if (
    year === undefined ||
    month === undefined ||
    first.getUTCMonth() !== month - 1 ||
    (day !== undefined && first.getUTCDate() !== day)
  )
    throw new CliError(`--period is a month or a day, such as 2026-10 or 2026-10-05, not ${text}`, 2);
  if (!isTimeZone(timeZone))
    throw new CliError(`--time-zone is the IANA name of a zone, such as Europe/Berlin, not ${timeZone}`, 2);
  const next = day === undefined ? Date.UTC(year, month, 1) : Date.UTC(year, month - 1, day + 1);
  return { from: startOf(first.getTime(), timeZone), to: startOf(next, timeZone) };
}

/** The instant at which a wall clock of the zone shows this UTC time's digits. */
function startOf(wallMs: number, timeZone: string): string {
  // Twice: the offset at the first guess may be that of before a change of the clocks.
  const guess = wallMs - offsetMs(wallMs, timeZone);
  const found = wallMs - offsetMs(guess, timeZone);
  // Where clocks go from 24:00 to 01:00 (Santiago, Havana) no clock shows 00:00: the day begins at the change, not an hour before it.
  const skipped = found + offsetMs(found, timeZone) < wallMs;
  return new Date(skipped ? guess : found).toISOString();
}

function offsetMs(atMs: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(atMs);
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return wall - Math.floor(atMs / 1000) * 1000;
}
