import type { Action, FieldChange, Warning } from '../../contract';
import type { BulkJob } from './job-types';
import type { Failure, Lane, OperationState, RequiredRecord, ShadowWrite } from './request-types';

/** How much of one record type fits into one call, learnt by the dispatcher. */
export interface Sizing {
  maxOperations: number;
  maxWeight: number;
  /** Price of a call: fixed part and part per weight, in ms. */
  fixedMs: number;
  msPerWeight: number;
}

export interface TakeInput {
  pool: string;
  holder: string;
  sizing: Readonly<Record<string, Sizing>>;
  defaultSizing: Sizing;
  /** Shares of the sources among one another; 1 where a source is not named. */
  sourceWeights?: Readonly<Record<string, number>> | undefined;
  /** From the take to the end of the last possible write of a call, in ms. Slot and operations stay leased so long. */
  leaseMs: number;
  /** How long a short batch may wait for more, per lane, in ms; 0 = go at once. */
  lingerMs: Readonly<Record<Lane, number>>;
  /** A reserved slot is lent to another lane's call priced at most so, in ms. */
  borrowBelowMs: number;
}

export interface TakenOperation {
  seq: number;
  operationId: string;
  recordKey: string;
  version: string;
  attempt: number;
  maxAttempts: number;
  onFailure: 'hold' | 'release';
  full: boolean;
  weight: number;
  source: string;
  object: string;
  flow: string | null;
  crmId: string | null;
  traceId: string;
  externalId: string;
  internalId: string | null;
  action: Action;
  createdAt: number;
  /** When the wait for required records ends in review, ms since epoch. */
  requiresUntil: number;
  /** Bisecting a poisoned batch: operations of one number go together, and alone. */
  bisect: number | null;
  body: string;
}

export interface TakenBatch {
  token: number;
  batchId: string;
  slot: number;
  lane: Lane;
  recordType: string;
  takenAt: number;
  leaseUntil: number;
  estimateMs: number;
  /** It goes beyond the learnt limit, to see whether more is possible again. */
  probe: boolean;
  operations: TakenOperation[];
  /** Names of the queues its operations stand in: handed back with the settlement, they need not be looked up. */
  queues?: readonly string[] | undefined;
}

export interface PurgeInput {
  /** Final operations last touched before, ms since epoch. */
  olderThan: number;
  /** The same for dead ones, which people may still want to replay; default: as the others. */
  deadOlderThan?: number;
  limit: number;
}

export type TakeResult =
  | { batch: TakenBatch }
  | {
      batch: null;
      reason: 'empty' | 'slots' | 'cooling' | 'linger' | 'breaker';
      /** Try again then, ms since epoch. */ at: number | null;
    };

/** A slot for a call that carries no operations. */
export interface LeaseSlotInput {
  pool: string;
  holder: string;
  leaseMs: number;
  /** Takes a slot that is held, too: for who knows that its holder has ended. */
  takeOver?: boolean;
}

export interface SlotLease {
  pool: string;
  slot: number;
  token: number;
  /** Calls are stopped, and this one tries whether they may go on. */
  probe?: boolean;
}

/** What becomes of one operation after a call. `counted: false` gives the attempt back. */
export type Settlement = { seq: number; code?: string | undefined } & (
  | {
      to: 'done';
      result: string;
      internalId?: string | undefined;
      externalId?: string | undefined;
      warnings?: readonly Warning[] | undefined;
      changes?: readonly FieldChange[] | undefined;
      skipped?: readonly { field: string; reason: string }[] | undefined;
      /** The earlier lost call is known to be over for this record: successors need not wait for it. */
      settlesLostCall?: boolean | undefined;
    }
  | { to: 'ready'; counted: boolean; bisect?: number | null | undefined; error?: Failure | undefined }
  | { to: 'waiting'; runAt: number; counted: boolean; error: Failure; bisect?: number | null | undefined }
  /** No answer: tried again at `runAt`; successors wait until `lateUntil`. The attempt counts unless it is said not to. */
  | { to: 'unknown'; runAt: number; lateUntil: number; counted?: boolean | undefined; error: Failure }
  | { to: 'parked'; missing: readonly RequiredRecord[]; until: number; error: Failure }
  | { to: 'review' | 'dead'; error: Failure; warnings?: readonly Warning[] | undefined; lateUntil?: number | undefined }
);

export interface SettleInput {
  pool: string;
  token: number;
  slot: number;
  settlements: readonly Settlement[];
  call: { status: number | null; code?: string | undefined; units: number | null; ms: number };
  /** Those of the taken batch; looked up where they are not given. */
  queues?: readonly string[] | undefined;
  /** Null gives the slot back at once; otherwise the moment (ms since epoch) a lost call is surely over. */
  slotUntil: number | null;
  /** What the call showed about the account's limit. */
  pressure?: { kind: 'ok' } | { kind: 'throttled'; retryAfterMs?: number | undefined } | undefined;
  /** What the target is known to hold now; written in the same transaction. */
  shadows?: readonly ShadowWrite[] | undefined;
}

export interface SettleResult {
  /** Operations whose lease was still ours. */
  applied: number;
  /** Operations that another holder had taken meanwhile: their answer was ignored. */
  fenced: number;
}

/** Breaker of a pool: `open` sends nothing until `until`, then one probe. */
export interface Breaker {
  state: 'closed' | 'open' | 'half-open';
  until: number | null;
  reason: string | null;
}

export interface PoolConfig {
  /** Slots of the pool: limit less headroom. */
  slots: number;
  lanes: Readonly<Record<Lane, { reserved: number; weight: number }>>;
}

export interface PoolStatus {
  pool: string;
  slots: number;
  /** What the account lets us use at present, learnt from refusals. */
  usable: number;
  inUse: number;
  lent: number;
  lentUntil: number | null;
  coolingUntil: number | null;
  breaker: Breaker;
  lanes: { lane: Lane; reserved: number; weight: number; paused: boolean; inUse: number }[];
  /** Calls of the last hour, and the units they used. */
  calls: number;
  units: number;
  jobs: BulkJob[];
  holders: { slot: number; holder: string; lane: Lane; token: number; leaseUntil: number }[];
}

export interface StoreStats {
  /** Every operation ever accepted, kept or purged: the sum over `byState` plus `purged`. */
  accepted: number;
  purged: number;
  byState: Record<OperationState, number>;
  byPoolAndLane: { pool: string; lane: Lane; state: OperationState; count: number }[];
  oldestQueuedAt: number | null;
}

export type Settled = { operationId: string; requestId: string; state: OperationState };
