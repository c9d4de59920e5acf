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

/** The operations of a batch as they are sent, each with what the cross-reference knows of its record. */
export function* loadBatch(token: number, seqs: readonly number[]): Script<TakenOperation[]> {
  return toBatch((yield batchStep(token, seqs)) as Row[]);
}

export const batchStep = (token: number, seqs: readonly number[]): Step =>
  select(
    `SELECT o.seq, o.id, o.rkey, o.version, o.attempts, o.max_attempts, o.on_failure, o.full_state, o.weight, o.source, o.object,
      o.flow, o.crm_id, o.trace, o.external_id, 
      (SELECT r.internal_id FROM rec r WHERE r.rkey=o.rkey) AS rec_internal_id, o.action, o.created_at, o.requires_until,
      o.bisect, o.body
     FROM op o
     WHERE o.seq IN (SELECT v FROM @list(bigint) k) AND o.token=? AND o.state IN ${inList([S.leased, S.overtaken])} ORDER BY o.seq`,
    seqs,
    token,
  );

export const toBatch = (rows: readonly Row[]): TakenOperation[] =>
  (rows as unknown as TakenRow[]).map((row) => ({
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
