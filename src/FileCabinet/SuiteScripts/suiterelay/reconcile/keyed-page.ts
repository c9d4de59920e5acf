/** A page of rows in the order of their keys, several rows of one key allowed. */
export interface KeyedPage<T> {
  rows: T[];
  /** The last whole key of a full page; undefined on the last page. */
  after: string | undefined;
}

/**
 * Cuts a full page before its last key, which may go on in the next one, so that a key's rows are never torn apart. A page that one
 * key fills alone is handed out whole: the next one begins behind it.
 */
export function keyedPage<T>(rows: readonly T[], keyOf: (row: T) => string, limit: number): KeyedPage<T> {
  const last = rows.at(-1);
  if (rows.length < limit || last === undefined) return { rows: [...rows], after: undefined };
  const whole = rows.filter((row) => keyOf(row) !== keyOf(last));
  const before = whole.at(-1);
  return before === undefined ? { rows: [...rows], after: keyOf(last) } : { rows: whole, after: keyOf(before) };
}
