import { createHash } from 'node:crypto';
import type { Concluded, Failure, NewOperation, NewRequest, RequiredRecord, ShadowWrite } from '../types';
import { recordKeyOf } from './record-key';
import { laneCode } from './script';

/** What the writer needs of a request, with texts made where there is time for it: outside the writer. */
export interface PreparedOperation {
  pool: string;
  source: string;
  object: string;
  flow: string | null;
  lane: number;
  type: string;
  action: string;
  externalId: string;
  crmId: string | null;
  rkey: string;
  full: number;
  coalesce: boolean;
  /** Takes the place of what stands in review for its record. */
  overtakesReview: boolean;
  /** 1 = the next operation goes on after a final failure. */
  release: number;
  maxAttempts: number;
  requires: RequiredRecord[];
  requiresLimitMs: number;
  serialize: string[];
  weight: number;
  dedupeKey: string | null;
  refused: Failure | null;
  notBefore: number | null;
  concluded: Concluded | null;
  warnings: string | null;
  body: string;
}

export interface PreparedRequest {
  source: string;
  trace: string;
  traceparent: string | null;
  scope: string | null;
  ikey: string | null;
  bodyHash: string | null;
  operations: PreparedOperation[];
  shadows: ShadowWrite[];
  cursors: [string, string][];
}

export const DEFAULT_MAX_ATTEMPTS = 8;
export const DEFAULT_REQUIRES_LIMIT_MS = 24 * 3_600_000;

export function prepareRequest(request: NewRequest): PreparedRequest {
  return {
    source: request.source,
    trace: request.traceId,
    traceparent: request.traceparent ?? null,
    scope: request.idempotency?.scope ?? null,
    ikey: request.idempotency?.key ?? null,
    bodyHash: request.idempotency?.bodyHash ?? null,
    operations: request.operations.map(prepareOperation),
    shadows: [...(request.shadows ?? [])],
    cursors: Object.entries(request.cursors ?? {}),
  };
}

/** Characters of a name that is looked up; an index of PostgreSQL takes 2,704 bytes of it. */
const NAME_LENGTH = 255;

/** A longer one is known by its beginning and its hash: how others name their events and records is up to them. */
const nameOf = (text: string): string =>
  text.length <= NAME_LENGTH
    ? text
    : `${text.slice(0, NAME_LENGTH - 65)}#${createHash('sha256').update(text).digest('hex')}`;

export function prepareOperation(operation: NewOperation): PreparedOperation {
  const externalId = operation.externalId.toUpperCase();
  return {
    pool: operation.pool,
    source: operation.source,
    object: operation.object,
    flow: operation.flow ?? null,
    lane: laneCode(operation.lane),
    type: operation.recordType,
    action: operation.action,
    externalId,
    crmId: operation.crmId === undefined ? null : nameOf(operation.crmId),
    rkey: recordKeyOf(operation.pool, operation.recordType, externalId),
    full: operation.full ? 1 : 0,
    coalesce: operation.full && operation.coalesce === true && operation.concluded === undefined,
    overtakesReview: operation.full && operation.overtakesReview === true && !operation.concluded && !operation.refused,
    release: operation.onFailure === 'release' ? 1 : 0,
    maxAttempts: operation.maxAttempts ?? DEFAULT_MAX_ATTEMPTS,
    requires: [...(operation.requires ?? [])],
    requiresLimitMs: operation.requiresLimitMs ?? DEFAULT_REQUIRES_LIMIT_MS,
    serialize: (operation.serialize ?? []).map(nameOf),
    weight: Math.max(1, Math.round(operation.weight ?? 1)),
    dedupeKey: operation.dedupeKey === undefined ? null : nameOf(operation.dedupeKey),
    refused: operation.refused ?? null,
    notBefore: operation.notBefore ?? null,
    concluded: operation.concluded ?? null,
    warnings: operation.warnings && operation.warnings.length > 0 ? JSON.stringify(operation.warnings) : null,
    body: JSON.stringify(operation.body),
  };
}
