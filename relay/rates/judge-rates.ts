import type { KnownRates } from './known-rates';

export interface RateRules {
  /** A newest rate older than so many days is told. */
  maxAgeDays: number;
  /** A newest rate that differs from the one before it by more than so many percent is told. */
  maxMovePercent: number;
}

const DAY_MS = 86_400_000;
/** A currency in which nothing was sold for so long needs no rate, in days. */
const USED_DAYS = 90;

/** What is wrong with the exchange rates, a text each: missing, old, or moved further than can be right. Pure. */
export function judgeRates({ base, rates, used }: KnownRates, rules: RateRules, nowMs: number): string[] {
  const ageDays = (day: string): number => Math.floor((nowMs - Date.parse(`${day}T00:00:00Z`)) / DAY_MS);
  const missing = Object.keys(used)
    .filter((currency) => base !== null && currency !== base && !rates[currency])
    .filter((currency) => ageDays(used[currency]!) <= USED_DAYS)
    .map((currency) => `${currency}: no rate, and orders are in it`);
  const wrong = Object.entries(rates).flatMap(([currency, { date, rate, before }]) => {
    const days = ageDays(date);
    const old = days > rules.maxAgeDays ? [`${currency}: the newest rate is of ${date}, ${days} days old`] : [];
    if (!before || before.rate === 0) return old;
    const percent = Math.abs(rate / before.rate - 1) * 100;
    return percent > rules.maxMovePercent
      ? [
          ...old,
          `${currency}: moved by ${percent.toFixed(1)} % from ${before.rate} (${before.date}) to ${rate} (${date})`,
        ]
      : old;
  });
  return [...missing, ...wrong].sort();
}
