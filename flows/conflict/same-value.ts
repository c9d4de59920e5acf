import type { PlainValue } from '../../contract';

/** One value in one form: what a system writes back in another form is no change. */
export function normalValue(value: PlainValue | undefined): string {
  if (value === undefined || value === null || value === '') return '';
  if (Array.isArray(value)) return [...value].sort().join('\u0005');
  if (typeof value === 'boolean') return value ? 'T' : 'F';
  const text = String(value).replace(/\r\n?/g, '\n').trim();
  if (/^(true|T)$/.test(text)) return 'T';
  if (/^(false|F)$/.test(text)) return 'F';
  // Numbers of any spelling; ids with leading zeros stay texts.
  return /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text)
    ? text
        .replace(/(\.\d*?)0+$/, '$1')
        .replace(/\.$/, '')
        .replace(/^-0$/, '0')
    : text;
}

export const sameValue = (a: PlainValue | undefined, b: PlainValue | undefined): boolean =>
  normalValue(a) === normalValue(b);
