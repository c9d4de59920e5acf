import { numberToText } from '../../suiteql/oracle/numbers';

/** One line of a CSV file: a value is quoted where it must be, quotes in it are doubled. */
export const csvLine = (values: (string | number | null)[]): string => `${values.map(quoted).join(',')}\n`;

function quoted(value: string | number | null): string {
  const text = value === null ? '' : typeof value === 'number' ? withZero(numberToText(value)) : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** `.5` is how scripts read it; a file has `0.5`. */
export const withZero = (number: string): string => number.replace(/^(-?)\./, '$10.');
