/**
 * Most characters of one batch or page: the relay takes bodies of 5 MB, a RESTlet's answer may be 10 MB (Oracle page
 * section_4640094112), and a character may be two or three bytes.
 */
export const BATCH_CHARACTERS = 2_000_000;

/** How many of the first values fit, at least one. */
export function howManyFit(sizes: readonly number[], most: number): number {
  let sum = 0;
  for (const [at, size] of sizes.entries()) {
    sum += size;
    if (at > 0 && sum > most) return at;
  }
  return sizes.length;
}
