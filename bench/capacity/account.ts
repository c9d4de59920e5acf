/** What one stretch of time looked like from inside the account. */
export interface Stretch {
  seconds: number;
  /** Mean number of requests in flight. */
  mean: number;
  /** The same, requests beyond the fourth left out: the slots that nobody reserved. */
  meanOfFour: number;
  peak: number;
  calls: number;
  refused: number;
  /** Longest request that began while four others were in flight, in ms. Null where the account can't tell. */
  longestBorrowedMs: number | null;
}

/** An account with 5 slots that takes 150 ms a request and 8 ms a record. */
export interface CapacityAccount {
  name: string;
  /** The `netsuite` entry of the relay's configuration. */
  netsuite: object;
  /** Others hold so many of the five slots from now on. */
  foreign(slots: number): Promise<void>;
  /** Begins a stretch; the function it answers ends it. */
  measure(): Promise<() => Promise<Stretch>>;
  stop(): Promise<void>;
}

export const SLOTS = 5;
export const LATENCY = { ms: 150, perRecordMs: 8 } as const;
