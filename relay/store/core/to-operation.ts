import type { Action } from '../../../contract';
import type { Failure, StoredOperation } from '../types';
import { laneName } from './script';
import { readJson } from './read-json';
import { outerState, S, type Inner } from './states';

export interface OperationRow {
  seq: number;
  id: string;
  request_no: number;
  request_id: string;
  idx: number;
  pool: string;
  source: string;
  object: string;
  flow: string | null;
  lane: number;
  type: string;
  action: Action;
  external_id: string;
  crm_id: string | null;
  rkey: string;
  version: string;
  full_state: number;
  on_failure: number;
  state: number;
  attempts: number;
  max_attempts: number;
  run_at: number | null;
  trace: string;
  result: string | null;
  error: string | null;
  superseded_by: string | null;
  internal_id: string | null;
  created_at: number;
  updated_at: number;
}

/** What an operation waits for, by inner state. */
const WAITS: Readonly<Record<number, StoredOperation['waitsFor']>> = {
  [S.blocked]: 'turn',
  [S.ready]: 'slot',
  [S.waiting]: 'retry',
  [S.leased]: 'answer',
  [S.held]: 'decision',
  [S.parked]: 'required record',
  [S.refused]: 'turn',
  [S.delayed]: 'retry',
  [S.overtaken]: 'answer',
};

export const toOperation = (row: OperationRow): StoredOperation => ({
  operationId: row.id,
  requestId: row.request_id,
  index: row.idx,
  pool: row.pool,
  state: outerState(row.state as Inner),
  waitsFor: WAITS[row.state] ?? null,
  result: row.result,
  source: row.source,
  object: row.object,
  flow: row.flow,
  lane: laneName(row.lane),
  crmId: row.crm_id,
  recordType: row.type,
  action: row.action,
  externalId: row.external_id,
  recordKey: row.rkey,
  internalId: row.internal_id,
  version: row.version,
  full: row.full_state === 1,
  onFailure: row.on_failure === 1 ? 'release' : 'hold',
  traceId: row.trace,
  attemptCount: row.attempts,
  maxAttempts: row.max_attempts,
  nextAttemptAt: row.state === S.waiting && row.run_at !== null ? new Date(row.run_at).toISOString() : null,
  supersededBy: row.superseded_by,
  error: row.error === null || row.error === undefined ? null : readJson<Failure>(row.error, UNREADABLE),
  createdAt: isoOf(row.created_at),
  updatedAt: isoOf(row.updated_at),
});

const UNREADABLE: Failure = {
  code: 'STORED_DATA_DAMAGED',
  class: 'unknown',
  message: 'What was noted of this failure can no longer be read.',
};

const isoOf = (ms: number | undefined): string => new Date(ms ?? 0).toISOString();
