import { Decimal } from 'decimal.js';
import { TransformError } from '../transform-error';
import type { Transform } from '../types';

/** Digits after the point where it is not two (ISO 4217). */
const MINOR_UNITS: Readonly<Record<string, number>> = {
  BHD: 3, BIF: 0, CLP: 0, DJF: 0, GNF: 0, IQD: 3, ISK: 0, JOD: 3, JPY: 0, KMF: 0, KRW: 0, KWD: 3, LYD: 3,
  OMR: 3, PYG: 0, RWF: 0, TND: 3, UGX: 0, UYI: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0,
}; // prettier-ignore

export const minorUnits = (currency: string): number => MINOR_UNITS[currency.toUpperCase()] ?? 2;

/** A decimal from a number or its text; never by way of float arithmetic. */
export function toDecimal(value: unknown): Decimal {
  if (typeof value === 'number' || typeof value === 'string') {
    const text = String(value).trim();
    if (/^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)) return new Decimal(text);
  }
  throw new TransformError(
    'INVALID_VALUE',
    `${JSON.stringify(value)} is no number.`,
    'Give a plain number with a point as the decimal mark.',
  );
}

/** An amount rounded half up to the currency's minor units, option `currency`, or to `decimals`. */
export function roundMoney(value: unknown, decimals: number): number {
  return toDecimal(value).toDecimalPlaces(decimals, Decimal.ROUND_HALF_UP).toNumber();
}

/**
 * An amount, rounded half up to the minor units of its currency: option `currency`, otherwise that of the record (`currency` of
 * NetSuite's rows), or of the company (setting `companyCurrency`) for balances, which have none; otherwise two. Option `decimals` rounds
 * to so many instead.
 */
export const money: Transform = (value, { record, settings }, options) => {
  const { decimals } = options;
  if (typeof decimals === 'number') return roundMoney(value, decimals);
  const own = (record as { currency?: unknown } | null | undefined)?.currency;
  const currency = options['currency'] ?? own ?? settings['companyCurrency'];
  return roundMoney(value, typeof currency === 'string' ? minorUnits(currency) : 2);
};

/** A unit price: up to eight decimals as they came. */
export const rate: Transform = (value) => roundMoney(value, 8);

export const quantity: Transform = (value) => {
  const amount = toDecimal(value);
  if (amount.isPositive() && !amount.isZero()) return amount.toNumber();
  throw new TransformError(
    'NEGATIVE_QUANTITY',
    `The quantity is ${amount.toString()}; an order line needs more than 0.`,
    'Correct the quantity in the CRM; a return is a return authorisation in NetSuite.',
  );
};

export const wholeNumber: Transform = (value) => toDecimal(value).toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toNumber();

/** `10`, `10%` and, with `fraction: true`, `0.1` all become 10. */
export const percent: Transform = (value, _context, options) => {
  const text = typeof value === 'string' ? value.replace(/\s*%$/, '') : value;
  const amount = toDecimal(text);
  const isFraction = options['fraction'] === true && !(typeof value === 'string' && value.includes('%'));
  return (isFraction ? amount.times(100) : amount).toNumber();
};

/** Units of the currency for one of the base currency, of NetSuite's units of base for one of the currency: ten decimals, half up. */
export const inverseRate: Transform = (value) => {
  const given = toDecimal(value);
  if (given.isPositive() && !given.isZero())
    return new Decimal(1).div(given).toDecimalPlaces(10, Decimal.ROUND_HALF_UP).toNumber();
  throw new TransformError(
    'INVALID_VALUE',
    `An exchange rate of ${given.toString()} has no inverse.`,
    'Correct the rate in NetSuite.',
  );
};

/** An amount without its sign: NetSuite writes credits and refunds as negative numbers in some places. */
export const absolute: Transform = (value) => toDecimal(value).abs().toNumber();
