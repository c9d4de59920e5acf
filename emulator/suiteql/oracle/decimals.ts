import { invalidValue } from '../syntax/errors';

/**
 * Oracle's numbers are decimal, those of SQLite binary: 0.1 + 0.2 - 0.3 is something there, so a sum of amounts that cancel out would pass for
 * not zero. Here the digits are taken as whole numbers where they fit, which is exact; where they don't, the binary result stands.
 */
const MOST_PLACES = 22;

/** Digits behind the point. */
export function placesOf(value: number): number {
  if (Number.isInteger(value)) return 0;
  const text = String(value);
  const [digits = '', exponent = '0'] = text.split('e');
  const point = digits.indexOf('.');
  return (point < 0 ? 0 : digits.length - point - 1) - Number(exponent);
}

const isExact = (value: number): boolean => Number.isSafeInteger(value);

/** Both as whole numbers of the same unit, or null where they are too long for that. */
function inUnits(a: number, b: number): { a: number; b: number; factor: number } | null {
  const places = Math.max(placesOf(a), placesOf(b));
  if (places > MOST_PLACES) return null;
  const factor = 10 ** places;
  const scaled = { a: Math.round(a * factor), b: Math.round(b * factor), factor };
  return isExact(scaled.a) && isExact(scaled.b) ? scaled : null;
}

export function add(a: number, b: number): number {
  if (Number.isInteger(a) && Number.isInteger(b)) return a + b;
  const units = inUnits(a, b);
  return units && isExact(units.a + units.b) ? (units.a + units.b) / units.factor : a + b;
}

export function multiply(a: number, b: number): number {
  if (Number.isInteger(a) && Number.isInteger(b)) return a * b;
  const places = [placesOf(a), placesOf(b)] as const;
  if (places[0] + places[1] > MOST_PLACES) return a * b;
  const product = Math.round(a * 10 ** places[0]) * Math.round(b * 10 ** places[1]);
  return isExact(product) ? product / 10 ** (places[0] + places[1]) : a * b;
}

export function divide(a: number, b: number): number {
  const units = inUnits(a, b);
  return units ? units.a / units.b : a / b;
}

/** What is left of `a` after taking `b` as often as it fits; `a` itself for 0. */
export function modulo(a: number, b: number): number {
  if (b === 0) return a;
  const units = inUnits(a, b);
  return units ? (units.a % units.b) / units.factor : Number((a - b * Math.trunc(a / b)).toPrecision(15));
}

/** What is left of `a` beside the nearest multiple of `b`; of two as near the even one. */
export function remainder(a: number, b: number): number {
  if (b === 0) throw invalidValue('ORA-01476: divisor is equal to zero');
  const ratio = divide(a, b);
  const down = Math.floor(ratio);
  const isUp = ratio - down > 0.5 || (ratio - down === 0.5 && down % 2 !== 0);
  return add(a, -multiply(b, isUp ? down + 1 : down));
}

/** A sum that grows and shrinks with a window. */
export interface Total {
  count: number;
  places: number;
  sum: number;
  /** What the additions have lost so far (Neumaier). */
  lost: number;
}

export const emptyTotal = (): Total => ({ count: 0, places: 0, sum: 0, lost: 0 });

export function addTo(total: Total, value: number, sign: 1 | -1): void {
  const added = sign * value;
  const sum = total.sum + added;
  total.lost += Math.abs(total.sum) >= Math.abs(added) ? total.sum - sum + added : added - sum + total.sum;
  total.sum = sum;
  total.count += sign;
  total.places = Math.max(total.places, placesOf(value));
}

/** No digit behind those of the summands. */
export function totalOf({ count, places, sum, lost }: Total): number | null {
  if (count === 0) return null;
  const factor = 10 ** places;
  const units = places > MOST_PLACES ? Number.NaN : Math.round((sum + lost) * factor);
  return isExact(units) ? units / factor : sum + lost;
}
