import { Decimal } from 'decimal.js';

/** More digits than this a binary number may fail to hold (IEEE 754 double: 15 always survive). */
const SAFE_DIGITS = 15;

/** Digits that `Number.prototype.toPrecision` can give. */
const MOST_DIGITS = 100;

/**
 * Whether reading this JSON number as a double keeps it. An integer must lie within 2^53, whichever of those beyond happen to fit: one sender's next
 * id would not. A fraction may be what a double looks like when it is written out with many digits (`0.10000000000000001`).
 */
export function keepsNumber(source: string): boolean {
  const value = Number(source);
  if (!Number.isFinite(value)) return false;
  if (/^-?\d+$/.test(source)) return Number.isSafeInteger(value);
  const digits = source
    .replace(/[eE].*$/, '')
    .replace(/(?<=\..*)0+$/, '')
    .replace(/[-.]/g, '')
    .replace(/^0+/, '');
  if (digits === '') return true;
  if (value === 0) return false;
  if (digits.length <= SAFE_DIGITS) return true;
  if (digits.length > MOST_DIGITS) return false;
  return new Decimal(source).equals(new Decimal(value.toPrecision(digits.length)));
}
