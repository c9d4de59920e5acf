import type { ExpectedTotal } from '../../../../../contract/operation';

/** Decimal places that are kept: NetSuite's rates have eight. */
const PLACES = 8;
const PATTERN = /^([+-]?)(\d*)(?:\.(\d*))?$/;

/** A decimal text as a whole number of 10⁻⁸; null when it is none. Sums of money never pass through a binary fraction. */
export function toUnits(text: string): bigint | null {
  const found = PATTERN.exec(text.trim());
  if (found === null || (found[2] === '' && (found[3] ?? '') === '')) return null;
  const fraction = (found[3] ?? '').padEnd(PLACES, '0').slice(0, PLACES);
  const units = BigInt(`${found[2] ?? ''}${fraction}`);
  return found[1] === '-' ? -units : units;
}

const abs = (units: bigint): bigint => (units < 0n ? -units : units);
const orZero = (text: string | undefined): bigint => (text === undefined ? 0n : (toUnits(text) ?? 0n));

/** The difference that rounding explains: 0.01 for each line unless the flow says otherwise. */
function allowed(expected: ExpectedTotal, lines: number): bigint {
  const { perLine, percent } = expected.tolerance ?? { perLine: '0.01' };
  const byLines = orZero(perLine) * BigInt(Math.max(1, lines));
  const byPercent = (abs(orZero(expected.amount)) * orZero(percent)) / (100n * 10n ** BigInt(PLACES));
  return byLines > byPercent ? byLines : byPercent;
}

/** Whether NetSuite's figure differs from the CRM's by more than the tolerance. A figure that is no number differs. */
export function totalDiffers(expected: ExpectedTotal, actual: string, lines: number): boolean {
  const have = toUnits(actual);
  if (have === null) return true;
  return abs(have - orZero(expected.amount)) > allowed(expected, lines);
}
