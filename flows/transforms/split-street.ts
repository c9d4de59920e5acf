import { cutText } from './text';

/** Characters an address line takes (NetSuite's own error text for addr1). */
export const ADDRESS_LINE_LENGTH = 150;
const LINES = 3;

/** Words of a line packed into lines of at most `length`; a longer word is cut. */
function wrap(line: string, length: number): string[] {
  const wrapped: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    let rest = word;
    const joined = current ? `${current} ${rest}` : rest;
    if (joined.length <= length) {
      current = joined;
      continue;
    }
    if (current) wrapped.push(current);
    while (rest.length > length) {
      const part = cutText(rest, length);
      wrapped.push(part);
      rest = rest.slice(part.length);
    }
    current = rest;
  }
  if (current) wrapped.push(current);
  return wrapped;
}

/** A street of any number of lines as at most three; what is over is joined into the last one, by ", ". */
export function splitStreet(parts: readonly (string | null)[]): string[] {
  const lines = parts
    .flatMap((part) => (part ?? '').split(/\r\n|\r|\n/))
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length === 0) return [];
  const fits = lines.flatMap((line) => wrap(line, ADDRESS_LINE_LENGTH));
  if (fits.length <= LINES) return fits;
  const joined = wrap(lines.slice(LINES - 1).join(', '), ADDRESS_LINE_LENGTH);
  const firstTwo = lines.slice(0, LINES - 1);
  const result = firstTwo.every((line) => line.length <= ADDRESS_LINE_LENGTH)
    ? [...firstTwo, ...joined]
    : wrap(lines.join(', '), ADDRESS_LINE_LENGTH);
  return result.slice(0, LINES);
}
