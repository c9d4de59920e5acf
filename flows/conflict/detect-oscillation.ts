/** A field that goes back and forth between two values is kept by two masters: a person must look at the set-up. */
export interface Flip {
  at: number;
  value: string;
  /** The event that told of it, for a value that somebody in NetSuite gave. */
  event?: string;
}

/** A value returned to, so many times within the window, is no coincidence. */
const RETURNS = 3;
const WINDOW_MS = 10 * 60_000;

/** Whether the newest writes of a field, oldest first, swing: a, b, a, b, a, b … */
export function oscillates(history: readonly Flip[], nowMs: number): boolean {
  const recent = history.filter(({ at }) => nowMs - at <= WINDOW_MS).map(({ value }) => value);
  let returns = 0;
  for (let at = 2; at < recent.length; at += 1) {
    if (recent[at] === recent[at - 2] && recent[at] !== recent[at - 1]) returns += 1;
    else returns = 0;
  }
  return returns >= RETURNS;
}
