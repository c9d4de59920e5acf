import type { Transform } from '../types';

const asText = (value: unknown): string => (typeof value === 'string' ? value : String(value));

/** One line: control characters and runs of white space become one blank, the ends are trimmed. */
export const cleanText = (value: unknown): string | null => {
  const text = asText(value)
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  return text === '' ? null : text;
};

export const text: Transform = (value) => cleanText(value);

/** Keeps line breaks, as LF. */
export const longText: Transform = (value) => {
  const lines = asText(value).replace(/\r\n?/g, '\n').split('\n');
  const result = lines
    .map((line) => line.replace(/[^\S\n]+/g, ' ').trim())
    .join('\n')
    .trim();
  return result === '' ? null : result;
};

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** The character of a number; what is none stays as it was written. */
const character = (code: number, written: string): string =>
  code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) || code === 0 ? written : String.fromCodePoint(code);

/** Rich text as plain text: paragraphs and breaks become line breaks, tags go, entities are resolved. */
export const plainText: Transform = (value, context, options) => {
  const plain = asText(value)
    .replace(/<\s*(br|\/p|\/div|\/li)\b[^>]*>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    // In one pass: what an entity stands for is text, and no entity once more.
    .replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi, (all, decimal?: string, hex?: string, name?: string) =>
      name === undefined
        ? character(decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal), all)
        : (ENTITIES[name.toLowerCase()] ?? all),
    );
  return longText(plain, context, options);
};

export const upper: Transform = (value) => asText(value).toUpperCase();

/**
 * The longest beginning that is at most `length` long, in code points and in UTF-16 units alike (which of the two NetSuite counts is
 * not published), and never half of a surrogate pair.
 */
export function cutText(value: string, length: number): string {
  if (value.length <= length) return value;
  let cut = '';
  for (const point of value) {
    if (cut.length + point.length > length) break;
    cut += point;
  }
  return cut.trimEnd();
}

/** Cuts to `length` and says so. The flow option `truncate` leaves the length to NetSuite's own field; this one is for fixed lengths. */
export const truncate: Transform = (value, context, options) => {
  const whole = asText(value);
  const cut = cutText(whole, Number(options['length']));
  if (cut !== whole) {
    context.warn({
      code: 'FIELD_TRUNCATED',
      message: `Cut to ${String(options['length'])} characters.`,
      from: whole,
      to: cut,
    });
  }
  return cut;
};
