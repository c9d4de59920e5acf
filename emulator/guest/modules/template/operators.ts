import { isHash, missingValue, plain, TemplateError, type Expression } from './model';
import { printText } from './print-value';

export function isTrue(value: unknown): boolean {
  const found = plain(value);
  if (typeof found === 'boolean') return found;
  if (found === undefined || found === null) throw missingValue('condition');
  // Check boxes of search results are T and F.
  if (found === 'T') return true;
  if (found === 'F') return false;
  throw new TemplateError('Expected a boolean, but this has evaluated to something else.');
}

export function toNumber(value: unknown): number {
  const found = plain(value);
  if (found === undefined || found === null) throw missingValue('number');
  const number =
    typeof found === 'number' ? found : typeof found === 'string' && found.trim() !== '' ? Number(found) : NaN;
  if (Number.isNaN(number))
    throw new TemplateError(`Expected a number, but this has evaluated to: ${printText(value, '')}`);
  return number;
}

export const negate =
  (operand: Expression): Expression =>
  (scope) =>
    -toNumber(operand(scope));

/** `a..b`, `a..<b`, `a..!b`, and `a..` for slices. */
export function range(from: Expression, to: Expression | undefined, sign: string): Expression {
  return (scope) => {
    const start = toNumber(from(scope));
    // An open range is only good for slices; no text or list that a script prints is longer.
    const end = to === undefined ? start + 100_000 : toNumber(to(scope));
    const last = sign === '..' ? end : end + (end >= start ? -1 : 1);
    const step = last >= start || (sign !== '..' && end >= start) ? 1 : -1;
    const found: number[] = [];
    for (let at = start; step > 0 ? at <= last : at >= last; at += step) found.push(at);
    return found;
  };
}

export function binary(left: Expression, right: Expression, sign: string): Expression {
  if (sign === '||') return (scope) => isTrue(left(scope)) || isTrue(right(scope));
  if (sign === '&&') return (scope) => isTrue(left(scope)) && isTrue(right(scope));
  return (scope) => {
    const [a, b] = [left(scope), right(scope)];
    if (a === undefined || a === null) throw missingValue(left.source ?? `left side of ${sign}`);
    if (b === undefined || b === null) throw missingValue(right.source ?? `right side of ${sign}`);
    if (sign === '+') return plus(a, b);
    if (['-', '*', '/', '%'].includes(sign)) return arithmetic(sign, toNumber(a), toNumber(b));
    return compare(sign, a, b);
  };
}

function plus(a: unknown, b: unknown): unknown {
  const [x, y] = [plain(a), plain(b)];
  if (typeof x === 'number' && typeof y === 'number') return x + y;
  if (Array.isArray(x) && Array.isArray(y)) return [...(x as unknown[]), ...(y as unknown[])];
  if (isHash(x) && isHash(y)) return { ...x, ...y };
  return printText(a, 'left side of +') + printText(b, 'right side of +');
}

function arithmetic(sign: string, a: number, b: number): number {
  if (sign === '-') return decimal(a - b);
  if (sign === '*') return decimal(a * b);
  if (b === 0) throw new TemplateError('Arithmetic operation failed: / by zero');
  return sign === '/' ? decimal(a / b) : Math.trunc(a) % Math.trunc(b);
}

/** FreeMarker reckons in decimals: 0.1 + 0.2 is 0.3. */
const decimal = (value: number): number => Number(value.toPrecision(15));

function compare(sign: string, a: unknown, b: unknown): boolean {
  const [x, y] = comparable(a, b);
  if (sign === '==' || sign === '=') return x === y;
  if (sign === '!=') return x !== y;
  if (typeof x === 'boolean' || typeof x !== typeof y)
    throw new TemplateError(
      `The only legal comparisons with ${sign} are between two numbers, two dates or two strings.`,
    );
  if (sign === '<') return x < y;
  if (sign === '>') return x > y;
  return sign === '<=' ? x <= y : x >= y;
}

type Comparable = string | number | boolean;

/** Two values of one kind; where one is a number, the text of the other is read as one (fields of searches are texts). */
function comparable(a: unknown, b: unknown): [Comparable, Comparable] {
  const [x, y] = [plain(a), plain(b)].map((value) => (value instanceof Date ? value.getTime() : value));
  if (typeof x === 'boolean' || typeof y === 'boolean') return [truth(x), truth(y)];
  if (typeof x === 'number' || typeof y === 'number') {
    const numbers = [x, y].map((value) => (value === '' ? NaN : Number(value)));
    if (numbers.every((value) => !Number.isNaN(value))) return numbers as [number, number];
    if (x === '' || y === '') return [String(x), String(y)];
    throw new TemplateError(
      'The only legal comparisons are between two numbers, two strings, two dates, or two booleans.',
    );
  }
  return [textOf(a, x), textOf(b, y)];
}

/** A select compares by what it shows, but a plain text by itself. */
const textOf = (given: unknown, value: unknown): string => (typeof value === 'string' ? value : printText(given, ''));

const truth = (value: unknown): Comparable =>
  value === 'T' || value === 'true' ? true : value === 'F' || value === 'false' ? false : (value as Comparable);
