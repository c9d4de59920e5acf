import currency from 'N/currency';
import record from 'N/record';
import type { ReadRow } from '../../../../../contract/read-page';
import type { KeyedPage } from '../reconcile/keyed-page';
import { localDay } from '../upsert/normalise';
import { searchRows } from './search-rows';

/** Loads at most so many currencies to find the account's own. */
const MOST_BASES = 10;

/**
 * Today's exchange rates against the account's base currency, for roles that may not run SuiteQL: no search shows the dated rates, but
 * every role may ask for one (`currency.exchangeRate`, Oracle page section_4358551775). 10 units for the list, 5 for the base, 10 for
 * each currency.
 */
export function readRates(): KeyedPage<ReadRow> {
  const known = searchRows({
    type: 'currency',
    any: [{ field: 'isinactive', operator: 'is', values: ['F'] }],
    all: [],
    columns: ['internalid', 'symbol', 'exchangerate'],
  });
  const base = baseOf(known.filter(([, , rate]) => Number(rate) === 1).flatMap(([id]) => id ?? []));
  if (base === null) return { rows: [], after: undefined };
  const symbols = new Map(known.map(([id, symbol]) => [id, symbol ?? null]));
  const today = localDay(new Date());
  const rows = known.flatMap(([id, symbol]): ReadRow[] => {
    if (id == null || id === base) return [];
    const rate = currency.exchangeRate({ source: Number(id), target: Number(base), date: new Date() });
    const row = { internalId: id, base: symbols.get(base) ?? null, currency: symbol ?? null };
    return [{ ...row, rate, effectiveDate: today }];
  });
  return { rows, after: undefined };
}

/** The base currency is worth exactly one of itself, and says of itself that it is. */
function baseOf(candidates: readonly string[]): string | null {
  for (const id of candidates.slice(0, MOST_BASES)) {
    const loaded = record.load({ type: 'currency', id });
    if (loaded.getValue({ fieldId: 'isbasecurrency' }) === true) return id;
  }
  return candidates.length === 1 ? (candidates[0] ?? null) : null;
}
