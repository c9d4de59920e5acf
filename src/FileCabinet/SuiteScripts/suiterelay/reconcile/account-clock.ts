/**
 * SuiteQL shows and compares date-times in the account's own time. The distance to UTC is taken from the database's clock in the same
 * query, so no time zone setting has to be known. That distance holds for the present alone: how it was at another time, before the
 * clocks were changed, is known by a zone that agrees with the database now.
 */
export const CIVIL_FORMAT = 'YYYY-MM-DD"T"HH24:MI:SS';

const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * MINUTE_MS;
const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** A mark is set within the save. */
const SAVE_MS = 10_000;
/** More than clocks are ever changed by. */
const CHANGE_MS = 2 * 3_600_000;

/** What has to be added to a zone's time to get UTC, in ms, at an instant. */
export type Zone = (atMs: number) => number;

export interface AccountClock {
  nowMs: number;
  zone: Zone;
}

/** Time zones differ by quarters of an hour. */
const toQuarter = (ms: number): number => Math.round(ms / QUARTER_MS) * QUARTER_MS;

/** The account's clock: the first of the zones that now has the time of the database; if none has, one that is never changed. */
export function accountClock(databaseNow: string, nowMs: number, zones: readonly Zone[]): AccountClock {
  const civilMs = Date.parse(`${databaseNow}Z`);
  const offsetMs = Number.isNaN(civilMs) ? 0 : toQuarter(nowMs - civilMs);
  // The database may have looked at its clock after it was changed, and the script just before.
  const agrees = (zone: Zone): boolean => [nowMs, nowMs + MINUTE_MS].some((ms) => zone(ms) === offsetMs);
  const known = zones.map(rememberWeeks).find(agrees);
  return { nowMs, zone: known ?? (() => offsetMs) };
}

/** Asking a zone may cost more than all else about a row. No zone changes its clocks twice within a week, so a week that ends as it began had no change. */
function rememberWeeks(zone: Zone): Zone {
  const known = new Map<number, number>();
  const at = (ms: number): number => {
    const offsetMs = known.get(ms) ?? toQuarter(zone(ms));
    known.set(ms, offsetMs);
    return offsetMs;
  };
  return (atMs) => {
    const week = Math.floor(atMs / WEEK_MS) * WEEK_MS;
    return at(week) === at(week + WEEK_MS) ? at(week) : at(Math.floor(atMs / QUARTER_MS) * QUARTER_MS);
  };
}

/**
 * Account time as SuiteQL shows it, to ISO 8601 in UTC. Of an hour that comes twice it is the one in which the record was marked; without
 * a mark the second, unless that is yet to come: a change that seems later than it was is looked at once too often, one that seems
 * earlier may be taken for known.
 */
export function toUtc(civil: string, { nowMs, zone }: AccountClock, markedAt: string | null = null): string {
  const civilMs = Date.parse(`${civil}Z`);
  const [first = civilMs, second = first] = [civilMs + zone(civilMs - DAY_MS), civilMs + zone(civilMs + DAY_MS)]
    .sort((a, b) => a - b)
    .filter((ms, _, both) => ms - zone(ms) === civilMs || both[0] === both[1]);
  const isFirst = Math.abs(Date.parse(markedAt ?? '') - first) < SAVE_MS || second > nowMs + MINUTE_MS;
  return new Date(isFirst ? first : second).toISOString();
}

const show = (ms: number): string => new Date(ms).toISOString().slice(0, 19);

/** An instant in the form `TO_DATE(?, CIVIL_FORMAT)` takes, in account time. */
export const toCivil = (iso: string, { zone }: AccountClock): string => show(Date.parse(iso) - zone(Date.parse(iso)));

/** Account time that nothing changed since an instant is before, even when the clocks are put back soon after. */
export function civilSince(iso: string, { zone }: AccountClock): string {
  const ms = Date.parse(iso);
  return show(ms - Math.max(zone(ms), zone(ms + CHANGE_MS)));
}

/** Account time that everything changed until an instant is before, even when the clocks were put back shortly before. */
export function civilUntil(iso: string, { zone }: AccountClock): string {
  const ms = Date.parse(iso);
  return show(ms - Math.min(zone(ms), zone(ms - CHANGE_MS)));
}
