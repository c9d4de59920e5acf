/** Version of the wire between relay and scripts. A script answers a request of another version with `CONTRACT_MISMATCH`. */
export const CONTRACT_VERSION = 1;

/** Most operations one upsert request may carry. */
export const MAX_OPERATIONS = 1000;

/** How long a script may go on writing after its own start when the request does not say, in ms. */
export const DEFAULT_BUDGET_MS = 20_000;

/** The longest time budget a request may ask for, in ms: a RESTlet is ended at 300 s (Oracle page section_N3351480). */
export const MAX_BUDGET_MS = 240_000;

/** What waits beyond `budget.ms` before a lost call is taken to be over: one save and the way back, in ms. */
export const LATE_WRITER_MARGIN_MS = 30_000;
