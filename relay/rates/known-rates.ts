import type { ReadPage } from '../../contract';

/** The newest exchange rate of a currency, and the one before it. */
interface KnownRate {
  /** Day from which it holds, `2026-11-20`. */
  date: string;
  rate: number;
  before?: { date: string; rate: number };
}

/** What is known of the rates of an account, from the pages that were read. */
export interface KnownRates {
  /** ISO code of the account's own currency; null until a rate names it. */
  base: string | null;
  rates: Readonly<Record<string, KnownRate>>;
  /** Currencies that orders and invoices are in, with the day one was seen last. */
  used: Readonly<Record<string, string>>;
}

export const NO_RATES: KnownRates = { base: null, rates: {}, used: {} };

/** Pages whose rows tell which currencies business is done in. */
const IN_CURRENCY: ReadonlySet<string> = new Set(['orders', 'invoices']);

/** The knowledge with the rows of one page more; the same object where they say nothing new. Pure. */
export function learnRates(known: KnownRates, { page, rows, asOf }: ReadPage): KnownRates {
  if (page === 'rates') return rows.reduce((all, row) => withRate(all, row), known);
  if (!IN_CURRENCY.has(page)) return known;
  const day = asOf.slice(0, 10);
  const seen = rows.flatMap(({ currency }) => (typeof currency === 'string' && currency !== '' ? [currency] : []));
  const fresh = [...new Set(seen)].filter((currency) => known.used[currency] !== day);
  if (fresh.length === 0) return known;
  return { ...known, used: { ...known.used, ...Object.fromEntries(fresh.map((currency) => [currency, day])) } };
}

function withRate(known: KnownRates, { base, currency, rate, effectiveDate }: ReadPage['rows'][number]): KnownRates {
  if (typeof currency !== 'string' || typeof effectiveDate !== 'string' || rate === null || rate === undefined)
    return known;
  if (base === currency) return known;
  const before = known.rates[currency];
  if (before && before.date > effectiveDate) return known;
  const next: KnownRate =
    before === undefined || before.date === effectiveDate
      ? { ...before, date: effectiveDate, rate: Number(rate) }
      : { date: effectiveDate, rate: Number(rate), before: { date: before.date, rate: before.rate } };
  return { ...known, base: String(base), rates: { ...known.rates, [currency]: next } };
}
