import type { Action, ErrorClass, Warning } from '../../contract';

export const LANES = ['realtime', 'bulk', 'replay'] as const;
export type Lane = (typeof LANES)[number];

/** States that callers see. `review` holds its record key; the last four are final. */
export const STATES = ['queued', 'sending', 'retrying', 'review', 'done', 'superseded', 'dead', 'cancelled'] as const;
export type OperationState = (typeof STATES)[number];

/** Why an operation failed, for people: `action` says what to do about it. */
export interface Failure {
  code: string;
  class: ErrorClass;
  message: string;
  field?: string | undefined;
  action?: string | undefined;
}

export interface RequiredRecord {
  recordType: string;
  externalId: string;
}

/** One operation to accept. The store gives it id, version and place in its record's queue. */
export interface NewOperation {
  pool: string;
  /** Who sent it: scope of visibility and of fairness. */
  source: string;
  /** The CRM's name of the object, e.g. `Account`. */
  object: string;
  flow?: string | undefined;
  lane: Lane;
  recordType: string;
  action: Action;
  /** Identity of the record in its group; upper-cased by the contract. */
  externalId: string;
  crmId?: string | undefined;
  /** What is sent: for NetSuite a `DirectRecord`, for a CRM whatever its adapter takes. */
  body: object;
  /** The complete projection of its flow: may overtake. */
  full: boolean;
  /** Replaces older operations of its record that are not under way (needs `full`); they end `superseded`. */
  coalesce?: boolean | undefined;
  /** With `full`: takes the place of older operations of its record when the first of them stands in review. */
  overtakesReview?: boolean | undefined;
  /** After a final failure: `hold` stops the record until a person decides; `release` lets the next operation go. Default `hold`. */
  onFailure?: 'hold' | 'release' | undefined;
  /** Attempts that count before the failure is final. Default 8. */
  maxAttempts?: number | undefined;
  requires?: readonly RequiredRecord[] | undefined;
  /** How long it may wait for required records before it goes to review, in ms. Default 24 h. */
  requiresLimitMs?: number | undefined;
  /** Values that may identify the same record under another key (`email:a@b.c`): while unapplied, their operations run one after another. */
  serialize?: readonly string[] | undefined;
  /** Price relative to a plain entity (= 1): an order is 1 + its lines / 4. */
  weight?: number | undefined;
  /** Same key within seven days from the same source: the earlier operation is answered, nothing is added. */
  dedupeKey?: string | undefined;
  /** It could not be mapped: accepted, and put to review with this reason. */
  refused?: Failure | undefined;
  /** What the mapping had to change or leave out; shown with the operation for good. */
  warnings?: readonly Warning[] | undefined;
  /** Not to be sent before, ms since epoch. */
  notBefore?: number | undefined;
  /** Nothing is to be sent: it is stored as done with this result, so that it can be looked up like any other. */
  concluded?: Concluded | undefined;
}

/** Why an operation is over before it began. */
export interface Concluded {
  /** `unchanged`: the target is known to hold it; `stale`: something newer was accepted before. */
  result: 'unchanged' | 'stale';
  skipped: readonly { field: string; reason: string }[];
}

export interface NewRequest {
  source: string;
  /** W3C trace id, 32 hex digits. */
  traceId: string;
  /** `traceparent` to pass on. */
  traceparent?: string | undefined;
  /** Scope is usually the source; `bodyHash` is hex SHA-256 of the body as received. */
  idempotency?: { scope: string; key: string; bodyHash: string } | undefined;
  operations: readonly NewOperation[];
  /** Written in the same transaction. */
  shadows?: readonly ShadowWrite[] | undefined;
  cursors?: Readonly<Record<string, string>> | undefined;
}

export interface AcceptedOperation {
  index: number;
  operationId: string;
  crmId: string | null;
  /** External id of the record. */
  key: string;
  version: string;
  /** Id of the earlier operation that stands for this one. */
  duplicateOf: string | null;
}

export type EnqueueResult =
  | { outcome: 'accepted' | 'replayed'; requestId: string; operations: AcceptedOperation[] }
  /** The idempotency key was used with another body. */
  | { outcome: 'mismatch'; requestId: string };

export interface ShadowWrite {
  pool: string;
  /** Whose knowledge: `netsuite`, or the CRM's source name. */
  side: string;
  /** `<flow>|<record key>` or another stable name. */
  key: string;
  projection: Readonly<Record<string, unknown>>;
  hash: string;
  /** Which operation or event it comes from. */
  origin?: string | undefined;
  /** Hash of the row this write was derived from, null for none: another one there rejects the whole request (`ShadowOvertaken`). */
  basedOn?: string | null | undefined;
  /** When the knowledge was gained, ms since epoch: a row written since makes it void, and an empty projection is stored. */
  knownSince?: number | undefined;
  /** When the row counts as written, ms since epoch; now, if not told. */
  writtenAt?: number | undefined;
}
