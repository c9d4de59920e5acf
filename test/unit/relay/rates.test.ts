import type { ReadPage } from '../../../contract';
import { judgeRates } from '../../../relay/rates/judge-rates';
import { learnRates, NO_RATES, type KnownRates } from '../../../relay/rates/known-rates';

const RULES = { maxAgeDays: 7, maxMovePercent: 10 };
const NOW = Date.parse('2026-11-20T12:00:00Z');
const page = (name: ReadPage['page'], rows: ReadPage['rows']): ReadPage => ({
  page: name,
  rows,
  asOf: '2026-11-20T12:00:00Z',
});
const rate = (currency: string, value: number, effectiveDate: string): ReadPage['rows'][number] => ({
  base: 'USD',
  currency,
  rate: value,
  effectiveDate,
});
const known = (...rows: ReadPage['rows']): KnownRates => learnRates(NO_RATES, page('rates', rows));

describe('exchange rates', () => {
  it('are right while each is fresh and moves little', () =>
    expect(judgeRates(known(rate('EUR', 1.1, '2026-11-19'), rate('EUR', 1.15, '2026-11-20')), RULES, NOW)).toEqual([]));

  it('are told when the newest one is older than allowed, and not on the last day', () => {
    expect(judgeRates(known(rate('EUR', 1.1, '2026-11-13')), RULES, NOW)).toEqual([]);
    expect(judgeRates(known(rate('EUR', 1.1, '2026-11-12')), RULES, NOW)).toEqual([
      'EUR: the newest rate is of 2026-11-12, 8 days old',
    ]);
  });

  it('are told when one jumps, whatever order the rows come in', () => {
    const rows = [rate('EUR', 1.1, '2026-11-19'), rate('EUR', 11, '2026-11-20')];
    expect(judgeRates(known(...rows), RULES, NOW)).toEqual([
      'EUR: moved by 900.0 % from 1.1 (2026-11-19) to 11 (2026-11-20)',
    ]);
    const corrected = learnRates(known(...rows), page('rates', [...rows.slice(0, 1), rate('EUR', 1.12, '2026-11-20')]));
    expect(judgeRates(corrected, RULES, NOW)).toEqual([]);
  });

  it('are told when orders are in a currency that has none, but not in the base currency or one out of use', () => {
    const sold = learnRates(
      known(rate('EUR', 1.1, '2026-11-20')),
      page('orders', [{ currency: 'CHF' }, { currency: 'USD' }]),
    );
    expect(judgeRates(sold, RULES, NOW)).toEqual(['CHF: no rate, and orders are in it']);
    expect(judgeRates({ ...sold, rates: {}, used: { CHF: '2026-01-01' } }, RULES, NOW)).toEqual([]);
  });

  it('knowledge stays the same object where a page says nothing new', () => {
    const sold = learnRates(NO_RATES, page('invoices', [{ currency: 'CHF' }]));
    expect(learnRates(sold, page('invoices', [{ currency: 'CHF' }]))).toBe(sold);
    expect(learnRates(sold, page('items', [{ currency: 'EUR' }]))).toBe(sold);
  });
});
