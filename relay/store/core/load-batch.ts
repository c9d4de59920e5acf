import type { Action } from '../../../contract';
import type { TakenOperation } from '../types';
import { select, type Row, type Script, type Step } from './script';
import { inList, S } from './states';

interface TakenRow {
  seq: number;
  id: string;
  rkey: string;
  version: string;
  attempts: number;
  max_attempts: number;
  on_failure: number;
  full_state: number;
  weight: number;
  source: string;
  object: string;
  flow: string | null;
  crm_id: string | null;
  trace: string;
  external_id: string;
  rec_internal_id: string | null;
  action: Action;
  created_at: number;
  requires_until: number;
  bisect: number | null;
  body: string;
}

/** What `toBatch` reads, of `op`: each with what the cross-reference knows of its record. */
export const TAKEN_COLUMNS = `op.seq, op.id, op.rkey, op.version, op.attempts, op.max_attempts, op.on_failure, op.full_state, op.weight,
  op.source, op.object, op.flow, op.crm_id, op.trace, op.external_id, op.action, op.created_at, op.requires_until, op.bisect, op.body,
  (SELECT r.internal_id FROM rec r WHERE r.rkey=op.rkey) AS rec_internal_id`;

/** The operations of a batch as they are sent. */
export function* loadBatch(token: number, seqs: readonly number[]): Script<TakenOperation[]> {
  return toBatch((yield batchStep(token, seqs)) as Row[]);
}

export const batchStep = (token: number, seqs: readonly number[]): Step =>
  select(
    `SELECT ${TAKEN_COLUMNS} FROM op
     WHERE seq IN (SELECT v FROM @list(bigint) k) AND token=? AND state IN ${inList([S.leased, S.overtaken])}`,
    seqs,
    token,
  );

/** In the order they came. */
export const toBatch = (rows: readonly Row[]): TakenOperation[] =>
  ([...rows] as unknown as TakenRow[])
    .sort((a, b) => a.seq - b.seq)
    .map((row) => ({
      seq: row.seq,
      operationId: row.id,
      recordKey: row.rkey,
      version: row.version,
      attempt: row.attempts,
      maxAttempts: row.max_attempts,
      onFailure: row.on_failure === 1 ? 'release' : 'hold',
      full: row.full_state === 1,
      weight: row.weight,
      source: row.source,
      object: row.object,
      flow: row.flow,
      crmId: row.crm_id,
      traceId: row.trace,
      externalId: row.external_id,
      internalId: row.rec_internal_id,
      action: row.action,
      createdAt: row.created_at,
      requiresUntil: row.requires_until,
      bisect: row.bisect,
      body: row.body,
    }));
