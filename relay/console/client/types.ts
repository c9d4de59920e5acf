/** What the API answers, as far as the console shows it. */

export type State = 'queued' | 'sending' | 'retrying' | 'review' | 'done' | 'superseded' | 'dead' | 'cancelled';
export type Lane = 'realtime' | 'bulk' | 'replay';

export interface Failure {
  code: string;
  class: string;
  message: string;
  field?: string;
  action: string;
}

export interface Operation {
  operationId: string;
  requestId: string;
  state: State;
  result?: string;
  source: string;
  object: string;
  flow?: string;
  lane: Lane;
  account: string;
  crmId: string | null;
  recordType: string;
  action: string;
  externalId: string;
  internalId?: string;
  version: string;
  traceId: string;
  attemptCount: number;
  waitsFor?: string;
  nextAttemptAt?: string;
  error?: Failure;
  createdAt: string;
  updatedAt: string;
}

export interface OperationDetail extends Operation {
  attempts: {
    at: string;
    batchId: string;
    slot: number;
    units: number | null;
    ms: number | null;
    status: number | null;
    code?: string;
  }[];
  warnings: { code: string; message: string; field?: string }[];
  changes: { field: string; old: unknown; new: unknown }[];
  skipped: { field: string; reason: string }[];
  missing?: string[];
  behind?: { operationId: string; state: State; error?: Failure };
  history: { at: string; kind: string; actor: string | null; detail?: unknown }[];
  payload?: unknown;
}

export interface Pool {
  pool: string;
  slots: number;
  usable: number;
  inUse: number;
  lent: number;
  lentUntil: number | null;
  coolingUntil: number | null;
  breaker: { state: 'closed' | 'open' | 'half-open'; until: number | null; reason: string | null };
  lanes: { lane: Lane; reserved: number; weight: number; paused: boolean; inUse: number }[];
  holders: { slot: number; lane: Lane; holder: string; leaseUntil: number }[];
  calls?: number;
  units?: number;
  jobs?: { jobId: string | null; recordType: string; operations: number; stage: string }[];
}

export interface Overview {
  at: string;
  engine: string;
  accepted: number;
  purged: number;
  byState: Record<State, number>;
  byPoolAndLane: { pool: string; lane: Lane; state: State; count: number }[];
  oldestQueuedAt: string | null;
  pools: Pool[];
  dispatching: boolean;
  refusedAccounts: { account: string; message: string; remedy: string }[];
  stopping: boolean;
}

export const STATES: readonly State[] = [
  'queued',
  'sending',
  'retrying',
  'review',
  'dead',
  'done',
  'superseded',
  'cancelled',
];
