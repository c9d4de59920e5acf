import Decimal from 'decimal.js';
import type { Account, Value } from '../kernel/types';

/** Amounts are decimal: 3 × 0.1 and 1.005 must round as on paper, half away from zero. */
export const number = (value: Value | undefined): number => {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return 0;
  const parsed = Number(value.replace('%', ''));
  return Number.isFinite(parsed) ? parsed : 0;
};

export const isPercent = (value: Value | undefined): value is string =>
  typeof value === 'string' && value.trim().endsWith('%');

export function round(value: number | Decimal, decimals = 2): number {
  return new Decimal(value).toDecimalPlaces(decimals, Decimal.ROUND_HALF_UP).toNumber();
}

export const multiply = (a: number, b: number, decimals: number): number => round(new Decimal(a).times(b), decimals);

export const add = (values: number[], decimals = 2): number =>
  round(
    values.reduce((sum, value) => sum.plus(value), new Decimal(0)),
    decimals,
  );

/** Quantities keep their fractions, without the dust of binary ones: 1 less 0.7 less 0.1 leaves 0.2, which an order can be closed with. */
export const addQuantities = (values: number[]): number =>
  values.every(Number.isInteger) ? values.reduce((sum, value) => sum + value, 0) : add(values, 8);

export const share = (base: number, percent: Value, decimals: number): number =>
  round(new Decimal(base).times(number(percent)).dividedBy(100), decimals);

export const divide = (a: number, b: number, decimals = 8): number =>
  b === 0 ? 0 : round(new Decimal(a).dividedBy(b), decimals);

/** Decimals of a currency record: 0 for JPY. */
export function decimalsOf(account: Account, currency: Value | undefined): number {
  if (typeof currency !== 'string') return 2;
  const precision = account.store.get('currency', currency)?.fields.currencyprecision;
  return precision === undefined || precision === null ? 2 : Number(precision);
}

/** What one unit of a currency is worth in the subsidiary's (or the company's) base currency, on a day. */
export function exchangeRate(account: Account, currency: string, base: string, day: string): number {
  if (currency === base) return 1;
  const dated = account.store
    .list('currencyrate')
    .filter((rate) => rate.fields.transactioncurrency === currency && rate.fields.basecurrency === base)
    .filter((rate) => String(rate.fields.effectivedate ?? '') <= day)
    .sort((a, b) => String(b.fields.effectivedate).localeCompare(String(a.fields.effectivedate)))[0];
  const rate = dated?.fields.exchangerate ?? account.store.get('currency', currency)?.fields.exchangerate;
  return number(rate ?? 1);
}
