import { textOf } from '../upsert/normalise';

/** A value of a query or search as text: checkboxes as T and F, nothing as null. */
export function toText(value: unknown): string | null {
  if (typeof value === 'boolean') return value ? 'T' : 'F';
  const text = textOf(value);
  return text === '' ? null : text;
}
