import { formatDate } from './format-date';
import { formatNumber } from './format-number';
import { missingValue, Shown, TemplateError } from './model';

/** What `${…}` prints: numbers with grouping and up to three decimals, as FreeMarker does in English; no hashes, no sequences. */
export function printText(value: unknown, source: string): string {
  if (value instanceof Shown) return value.text;
  if (value === undefined || value === null) throw missingValue(source);
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return formatNumber('#,##0.###', value);
  if (typeof value === 'boolean') return String(value);
  if (value instanceof Date) return formatDate('MMM d, yyyy h:mm:ss a', value);
  throw new TemplateError(
    'Expected a string or something automatically convertible to string (number, date or boolean), ' +
      `but this has evaluated to ${Array.isArray(value) ? 'a sequence' : 'an extended_hash'}:\n==> ${source}`,
  );
}
