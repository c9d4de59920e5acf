/**
 * SuiteQL shows and compares date-times in the account's own time. The distance to UTC is taken from the database's clock in the same
 * query, so no time zone setting has to be known.
 */
export const CIVIL_FORMAT = 'YYYY-MM-DD"T"HH24:MI:SS';

const QUARTER_MS = 15 * 60_000;

/** What has to be added to account time to get UTC, in ms. Time zones differ by quarters of an hour. */
export function offsetToUtc(databaseNow: string, nowMs: number): number {
  const civilMs = Date.parse(`${databaseNow}Z`);
  return Number.isNaN(civilMs) ? 0 : Math.round((nowMs - civilMs) / QUARTER_MS) * QUARTER_MS;
}

/** Account time as SuiteQL shows it, to ISO 8601 in UTC. */
export const toUtc = (civil: string, offsetMs: number): string =>
  new Date(Date.parse(`${civil}Z`) + offsetMs).toISOString();

/** An instant in the form `TO_DATE(?, CIVIL_FORMAT)` takes, in account time. */
export const toCivil = (iso: string, offsetMs: number): string =>
  new Date(Date.parse(iso) - offsetMs).toISOString().slice(0, 19);
