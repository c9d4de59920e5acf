/** From how long on a turn of the event loop that gathers writes is a long one, in ms. */
const LONG_MS = 1;
/** Writes nearer together than that, in ms, come from callers that go on one after the other, not from requests that are read in between. */
const APART_MS = 0.1;

/**
 * Whether writes wait for the end of the turn of the event loop in which they come. As one message they cost half as much as each by itself,
 * and one commit instead of several. A turn in which many requests are read and checked is long, though (a third of a millisecond each):
 * there the writer begins with what is there.
 */
export class Gathering {
  #sinceMs = 0;
  #lastMs = 0;

  /** To be asked once for each write, after it was added. `first`: nothing else is gathered. `nowMs` by a clock that never goes back. */
  goesNow(first: boolean, nowMs: number): boolean {
    const apart = nowMs - this.#lastMs >= APART_MS;
    this.#lastMs = nowMs;
    if (first) this.#sinceMs = nowMs;
    return !first && apart && nowMs - this.#sinceMs >= LONG_MS;
  }
}
