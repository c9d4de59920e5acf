import { invalidValue } from '../syntax/errors';

/** Text as Oracle writes a number without a format: whole numbers whole, others with at most 15 digits here, no leading zero (`.5`). */
export function numberToText(value: number): string {
  if (Number.isSafeInteger(value)) return String(value);
  const text = String(Number(value.toPrecision(15)));
  const plain = /e/i.test(text)
    ? Number(text).toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 })
    : text;
  return plain.replace(/^(-?)0\./, '$1.');
}

const NUMERIC = /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/;

/** TO_NUMBER(text[, model]) and implicit conversion. Throws ORA-01722 for what is no number. */
export function textToNumber(value: string | number, model?: string): number {
  if (typeof value === 'number') return value;
  const plain =
    model === undefined
      ? value
      : value
          .replace(/[,$€£\sGL]/g, '')
          .replace(/D/g, '.')
          .replace(/^\((.*)\)$/, '-$1');
  if (!NUMERIC.test(plain)) throw invalidValue(`ORA-01722: invalid number ${value}`);
  return Number(plain);
}

/** TO_CHAR(number, model) for the elements 9 0 . D , G $ L FM MI S PR. */
export function numberToChar(value: number, model: string): string {
  let format = model.toUpperCase();
  const fill = !format.startsWith('FM');
  if (!fill) format = format.slice(2);
  if (/^TM9?$/.test(format)) return numberToText(value);
  if (/[^09.,DGL$SMIPRB]/.test(format)) throw invalidValue(`ORA-01481: invalid number format model ${model}`);
  const minus = format.endsWith('MI');
  const brackets = format.endsWith('PR');
  const signFirst = format.startsWith('S');
  const signLast = !signFirst && format.endsWith('S');
  const currency = /[$L]/.test(format);
  const digits = format
    .replace(/MI|PR|[SBL$]/g, '')
    .replace(/D/g, '.')
    .replace(/G/g, ',');
  const [whole = '', fraction = ''] = digits.split('.');
  const body = layOut(value, whole, fraction, { point: digits.includes('.'), fill, blank: format.includes('B') });
  const width = digits.length;
  if (body === null) return '#'.repeat(width + (brackets ? 2 : 1));
  const negative = value < 0 && /[1-9]/.test(body);
  const text = (currency ? '$' : '') + body.trimStart();
  const signed = sign(text, negative, { minus, brackets, signFirst, signLast });
  return fill ? signed.padStart(width + (brackets ? 2 : 1) + (currency ? 1 : 0)) : signed.trim();
}

function sign(
  text: string,
  negative: boolean,
  style: { minus: boolean; brackets: boolean; signFirst: boolean; signLast: boolean },
): string {
  if (style.brackets) return negative ? `<${text}>` : ` ${text} `;
  if (style.minus) return text + (negative ? '-' : ' ');
  if (style.signFirst) return (negative ? '-' : '+') + text;
  if (style.signLast) return text + (negative ? '-' : '+');
  return negative ? `-${text}` : text;
}

/** Digits with their separators, or null when the number does not fit. `blank`: no zero before the point. */
function layOut(
  value: number,
  whole: string,
  fraction: string,
  { point, fill, blank }: { point: boolean; fill: boolean; blank: boolean },
): string | null {
  const [intPart = '0', decimals = ''] = Math.abs(roundTo(value, fraction.length)).toFixed(fraction.length).split('.');
  const places = whole.replace(/,/g, '');
  const isBare = intPart === '0' && (blank || (fraction.length > 0 && !places.includes('0')));
  const integer = isBare ? '' : intPart;
  if (integer.length > places.length) return null;
  const zeroFrom = places.includes('0') && integer !== '' ? places.length - places.indexOf('0') : 0;
  const padded = integer.padStart(zeroFrom, '0').padStart(places.length);
  let out = '';
  let index = 0;
  for (const char of whole) out += char === ',' ? (/\d/.test(out) ? ',' : ' ') : (padded[index++] as string);
  const kept = fill ? decimals : decimals.replace(new RegExp(`(?<=^.{${fraction.lastIndexOf('0') + 1}}.*?)0+$`), '');
  // Nothing but a point would be left of a zero.
  if (point && `${out}${kept}`.trim() === '' && places !== '') return '0.';
  return point ? `${out}.${kept}` : out;
}

export function roundTo(value: number, places: number): number {
  const factor = 10 ** Math.trunc(places);
  const scaled = Number((Math.abs(value) * factor).toPrecision(15));
  return (Math.sign(value) * Math.round(scaled)) / factor;
}

export function truncateTo(value: number, places: number): number {
  const factor = 10 ** Math.trunc(places);
  return Math.trunc(Number((value * factor).toPrecision(15))) / factor;
}

/** A number of so many digits, `scale` of them behind the point. */
export function fixTo(value: number, precision: number, scale: number): number {
  const rounded = roundTo(value, scale);
  if (Math.abs(rounded) >= 10 ** (precision - scale))
    throw invalidValue(`ORA-01438: value ${value} larger than specified precision allowed for this column`);
  return rounded;
}
