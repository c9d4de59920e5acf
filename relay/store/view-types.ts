import type { Action, ErrorClass, FieldChange, Warning } from '../../contract';
import type { Failure, Lane, OperationState, ShadowWrite } from './request-types';

export interface Attempt {
  at: string;
  batchId: string;
  slot: number;
  units: number | null;
  ms: number | null;
  /** HTTP status; null when no answer came. */
  status: number | null;
  code?: string | undefined;
  /** What came back for this operation: its result, or why it failed. */
  answer?: string | undefined;
}

/** How much of what was known of an account was dropped. */
export interface Forgotten {
  contents: number;
  internalIds: number;
  events: number;
}

/** A record as NetSuite was last told to hold it. */
export interface AppliedRecord {
  recordType: string;
  externalId: string;
  version: string;
}

/** An entry of an operation's history that is not an attempt: who did what. */
export interface HistoryEntry {
  at: string;
  kind: string;
  actor: string | null;
  detail: unknown;
}

export interface StoredOperation {
  operationId: string;
  requestId: string;
  index: number;
  pool: string;
  state: OperationState;
  /** What it waits for, in words, while it is not final. */
  waitsFor: 'turn' | 'slot' | 'retry' | 'required record' | 'answer' | 'decision' | null;
  result: string | null;
  source: string;
  object: string;
  flow: string | null;
  lane: Lane;
  crmId: string | null;
  recordType: string;
  action: Action;
  externalId: string;
  recordKey: string;
  internalId: string | null;
  version: string;
  full: boolean;
  onFailure: 'hold' | 'release';
  traceId: string;
  attemptCount: number;
  maxAttempts: number;
  /** Next attempt, ISO 8601, while `retrying`. */
  nextAttemptAt: string | null;
  supersededBy: string | null;
  error: Failure | null;
  createdAt: string;
  updatedAt: string;
}

/** The operation of a record that goes first, or holds the record. */
export type OperationAhead = Pick<StoredOperation, 'operationId' | 'state' | 'source' | 'object' | 'error'>;

export interface OperationDetail extends StoredOperation {
  attempts: Attempt[];
  history: HistoryEntry[];
  warnings: Warning[];
  changes: FieldChange[];
  skipped: { field: string; reason: string }[];
  /** Keys of records it waits for. */
  missing: string[];
  /** The operation whose turn it is, while this one waits behind it on the same record. */
  behind: OperationAhead | null;
  body: unknown;
}

export interface RequestView {
  requestId: string;
  source: string;
  state: 'open' | 'done';
  counts: Partial<Record<OperationState, number>>;
  operations: StoredOperation[];
  createdAt: string;
}

export interface OperationFilter {
  pool?: string | undefined;
  source?: string | undefined;
  object?: string | undefined;
  state?: readonly OperationState[] | undefined;
  lane?: Lane | undefined;
  recordType?: string | undefined;
  crmId?: string | undefined;
  externalId?: string | undefined;
  internalId?: string | undefined;
  traceId?: string | undefined;
  requestId?: string | undefined;
  errorCode?: string | undefined;
  errorClass?: ErrorClass | undefined;
  /** Accepted at or after, and before; ms since epoch. */
  from?: number | undefined;
  to?: number | undefined;
}

/** `after` is the `next` of the page before; newest first. */
export interface Page<T> {
  items: T[];
  next: string | null;
}

export interface Shadow extends ShadowWrite {
  updatedAt: number;
}

export interface CrossReference {
  recordKey: string;
  pool: string;
  group: string;
  externalId: string;
  internalId: string | null;
  aliases: string[];
  /** The newest among what waits and what was applied. */
  lastVersion: string | null;
  /** When an operation of it was last applied; null while the record is not known to exist. */
  appliedAt: number | null;
  liveOperations: number;
}
