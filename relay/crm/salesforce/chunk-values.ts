/**
 * What the values of one query may take of its address, encoded. Salesforce reads 16,384 bytes of address and headers ("Status Codes and
 * Error Responses" of the REST API guide, 414 and 431); the rest is for the fields, the token and what a proxy adds.
 */
const MAX_CHARACTERS = 8_000;
/** Quotes, comma and blank around a value, encoded. */
const AROUND = 8;

/** The values in as many parts as a query's address needs, each of at most `most`. */
export function chunkValues<T>(
  values: readonly T[],
  textOf: (value: T) => string,
  most: number,
  maxCharacters = MAX_CHARACTERS,
): T[][] {
  const parts: T[][] = [];
  let left = 0;
  for (const value of values) {
    const size = encodeURIComponent(textOf(value)).length + AROUND;
    const part = parts.at(-1);
    if (part && part.length < most && size <= left) {
      part.push(value);
      left -= size;
    } else {
      parts.push([value]);
      left = maxCharacters - size;
    }
  }
  return parts;
}
