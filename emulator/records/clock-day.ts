import type { Account } from '../kernel/types';

const formatters = new Map<string, Intl.DateTimeFormat>();

/** `YYYY-MM-DD` of an instant in the account's time zone. */
export function dayIn(timeZone: string, ms: number): string {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formatters.set(timeZone, formatter);
  }
  return formatter.format(ms);
}

export const today = (account: Account): string => dayIn(account.settings.timeZone, account.clock.now());

export const nowIso = (account: Account): string => new Date(account.clock.now()).toISOString();

/** Whole days added to a `YYYY-MM-DD`. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
