import type {
  Breaker,
  LeaseSlotInput,
  PoolConfig,
  PoolStatus,
  PurgeInput,
  Settled,
  SettleInput,
  SlotLease,
  SettleResult,
  StoreStats,
  TakeInput,
  TakenOperation,
  TakeResult,
} from './work-types';
import type {
  AppliedRecord,
  CrossReference,
  Forgotten,
  OperationDetail,
  OperationFilter,
  Page,
  RequestView,
  Shadow,
  StoredOperation,
} from './view-types';
import type { BulkJob, JobNote, NextJobInput } from './job-types';
import type { EnqueueResult, Lane, NewOperation, NewRequest, ShadowWrite } from './request-types';

export * from './request-types';
export * from './view-types';
export * from './job-types';
export * from './work-types';

/**
 * The durable store: what was accepted, what is under way, what came of it. One interface, two engines (embedded SQLite, PostgreSQL);
 * the same tests run over both. Every promise that resolves after a write resolves after the write is durable.
 *
 * A *pool* is what a set of slots belongs to: a NetSuite account (`TSTDRV1000001`), or for the way back a CRM target
 * (`out:salesforce`). Deliveries to CRMs are operations of such a pool and have all guarantees of the way in.
 */

export interface Store {
  readonly engine: 'sqlite' | 'postgres';

  /**
   * The store's own clock, ms since epoch: the server's where there is one, so that relays whose machines disagree keep the same deadlines.
   * Moments that are given to the store are read by it. Before the first write of a relay it may be as wrong as the machine's.
   */
  now(): number;

  /** Accepts a request as a whole, or answers what it became before. Rejects with `StoreUnavailable` when it can't be made durable. */
  enqueue(request: NewRequest): Promise<EnqueueResult>;

  /* work */
  configurePool(pool: string, config: PoolConfig): Promise<void>;
  take(input: TakeInput): Promise<TakeResult>;
  settle(input: SettleInput): Promise<SettleResult>;
  /** Gives a batch back that was never sent: attempts uncounted, slot free at once. */
  release(input: { pool: string; token: number; slot: number }): Promise<void>;
  /** A slot for a call of another kind; null while the account has no room. */
  leaseSlot(input: LeaseSlotInput): Promise<SlotLease | null>;
  /** Renews the lease of a slot; false when it ran out, or is another's. */
  keepSlot(lease: SlotLease, leaseMs: number): Promise<boolean>;
  /** Gives a slot back: at once, or when a call without an answer is surely over. */
  freeSlot(lease: SlotLease, until?: number | null): Promise<void>;
  /** The bulk job this relay is to go on with, or a new one where enough waits; one a pool at a time. */
  nextJob(input: NextJobInput): Promise<BulkJob | null>;
  /** Gives a job that is being filled more of what waits; answers how many. */
  fillJob(token: number, limit: number): Promise<number>;
  /** Operations of a job that are not settled yet, in the order they came. They are settled with the job's token and slot 0. */
  jobOperations(
    token: number,
    by: { after: number; limit: number } | { ids: readonly string[] },
  ): Promise<TakenOperation[]>;
  /** Notes how far a job is and keeps it; false when it is no longer this holder's. */
  noteJob(note: JobNote): Promise<boolean>;
  /** Ends a job; what it left is ready again. Answers how many, at most 1,000 a call: call again until it is none. */
  endJob(token: number, reason: string | null): Promise<number>;
  jobs(pool: string): Promise<BulkJob[]>;
  /** Waiting operations whose time has come, leases that ran out, required-record waits that ran out, loans that ended. */
  wake(): Promise<{ woken: number; reaped: number; overdue: number; nextAt: number | null }>;
  setBreaker(pool: string, breaker: Breaker): Promise<void>;
  /** Called after a commit that may have made work ready. */
  onWork(listener: (pool: string) => void): () => void;
  /** Called for operations that became final or went to review; of other relays too (PostgreSQL). */
  onSettled(listener: (settled: readonly Settled[]) => void): () => void;

  /* reading */
  getOperation(operationId: string): Promise<OperationDetail | null>;
  getRequest(requestId: string): Promise<RequestView | null>;
  listOperations(
    filter: OperationFilter,
    page: { limit: number; after?: string | undefined },
  ): Promise<Page<StoredOperation>>;
  /** Operations in `review` and `dead`. */
  listFailures(
    filter: OperationFilter,
    page: { limit: number; after?: string | undefined },
  ): Promise<Page<StoredOperation>>;
  /** Operations that wait for a record which NetSuite did not find, accepted before `to`. A page may be empty and not be the last. */
  listAwaiting(
    pool: string,
    page: { to: number; limit: number; after?: string | undefined },
  ): Promise<Page<StoredOperation>>;
  /** A step of a walk over all that is not sent yet: what may name one of the CRM's records. Call again with `next` until it is null. */
  findNaming(
    crmIds: readonly string[],
    after?: string,
  ): Promise<{ found: { operationId: string; pool: string }[]; next: string | null }>;
  stats(): Promise<StoreStats>;
  poolStatus(pool: string): Promise<PoolStatus | null>;
  pools(): Promise<string[]>;

  /* people's decisions; each is refused with `OperationStateError` when the operation's state does not allow it */
  /**
   * Sends a `review`, `dead` or `retrying` operation again: in place while it holds its key, otherwise behind the one that holds it by then.
   * `mapped`, instead of a body: what could not be mapped becomes all that this says of the same record, from what it requires to its weight.
   */
  replay(
    operationId: string,
    by: {
      actor: string;
      body?: object | undefined;
      lane?: Lane | undefined;
      mapped?: NewOperation | undefined;
    },
  ): Promise<StoredOperation>;
  /** Marks it as handled elsewhere: it ends `cancelled`, and its successors go on. */
  resolve(operationId: string, by: { actor: string; note: string }): Promise<StoredOperation>;
  /** Gives it up: it ends `dead`, and its successors go on. */
  skip(operationId: string, by: { actor: string; note?: string | undefined }): Promise<StoredOperation>;
  cancel(operationId: string, by: { actor: string; note?: string | undefined }): Promise<StoredOperation>;
  /** Replays what the filter finds, at most `limit`; answers the ids. */
  replayAll(filter: OperationFilter, by: { actor: string; limit: number }): Promise<string[]>;
  pauseLane(pool: string, lane: Lane, paused: boolean): Promise<void>;
  /** Gives slots to others until a moment, ms since epoch. */
  lendSlots(pool: string, count: number, until: number): Promise<void>;

  /* cross-reference, shadow, cursors */
  findRecord(
    pool: string,
    recordType: string,
    by: { externalId: string } | { internalId: string } | { alias: string },
  ): Promise<CrossReference | null>;
  /** Makes an alias (`crm:salesforce:001…`) name a record; two records that share one are merged, the younger queue behind the older. */
  linkAlias(
    pool: string,
    recordType: string,
    externalId: string,
    alias: string,
  ): Promise<{ recordKey: string; merged: boolean }>;
  getShadow(pool: string, side: string, key: string): Promise<Shadow | null>;
  /** Several at once; those that do not exist are missing from the answer. */
  getShadows(pool: string, wanted: readonly { side: string; key: string }[]): Promise<Shadow[]>;
  /** What came to be known on a side, one that holds few rows, since a moment in ms since epoch. */
  shadowsSince(pool: string, side: string, since: number): Promise<Shadow[]>;
  putShadows(shadows: readonly ShadowWrite[]): Promise<void>;
  getCursor(name: string): Promise<string | null>;
  setCursor(name: string, value: string): Promise<void>;
  /** Drops what an account is known to hold, at most `limit` rows of a kind; call again until it answers nothing but zeros. */
  forget(pool: string, limit: number): Promise<Forgotten>;
  /** Records that NetSuite said it wrote, the newest first. */
  lastApplied(pool: string, limit: number): Promise<AppliedRecord[]>;

  /* life */
  /** Deletes final operations last touched before `olderThan` (ms since epoch), at most `limit`; answers how many. */
  purge(input: PurgeInput): Promise<number>;
  /** Throws `StoreUnavailable` when a write can't be made. */
  check(): Promise<void>;
  close(): Promise<void>;
}
