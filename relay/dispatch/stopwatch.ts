/** From the question for a slot to the first byte of a call in it, in ms, at most. Leases are longer than the longest call by this. */
export const SEND_WITHIN_MS = 5_000;

/** Milliseconds since it was started. */
export type Stopwatch = () => number;

/**
 * Measures by two clocks, and the longer time counts: the machine's own stands still while a virtual machine is suspended, and the other one, of
 * the day, may be set. What is guarded by a lease is never taken for younger than it is.
 */
export function startStopwatch(now: () => number): Stopwatch {
  const started = { steady: performance.now(), day: now() };
  return () => Math.max(performance.now() - started.steady, now() - started.day);
}
