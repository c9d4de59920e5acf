import { createHash } from 'node:crypto';
import { canonicalJson, groupOf } from '../../../contract';
import type { DirectRecord, Warning } from '../../../contract';
import type { Flow, MapProblem } from '../../../flows/types';
import type { Failure, Lane, NewOperation } from '../../store/types';

export interface Origin {
  pool: string;
  source: string;
  object: string;
  lane: Lane;
  flow?: Flow;
  /** Longest wait for required records, in ms. */
  requiresMs: number;
  dedupeKey?: string | undefined;
  /** Of the mapping. */
  warnings?: readonly Warning[] | undefined;
}

/** Lines that cost as much as one plain entity. */
const LINES_PER_WEIGHT = 4;

/** A mapped record as operation for the store. */
export function toOperation(record: DirectRecord, origin: Origin): NewOperation {
  const full = record.full === true;
  const { flow } = origin;
  return {
    ...base(origin),
    lane: laneOf(record, origin),
    recordType: record.recordType,
    action: record.action,
    externalId: record.key.externalId.trim().toUpperCase(),
    crmId: record.key.crmId,
    body: record,
    full,
    overtakesReview: full && record.action === 'upsert',
    onFailure: releasesItsRecord(record, full) ? 'release' : 'hold',
    requires: record.requires,
    requiresLimitMs: Math.min(flow?.waitMs ?? Infinity, origin.requiresMs),
    serialize: serializeKeys(record),
    warnings: origin.warnings,
    weight: 1 + linesOf(record) / LINES_PER_WEIGHT,
  };
}

const linesOf = (record: DirectRecord): number => record.sublists?.['item']?.lines.length ?? 0;

/** A record with very many lines takes a call to itself and its time: it goes with the loads, and keeps no single record waiting. */
const laneOf = (record: DirectRecord, { lane, flow }: Origin): Lane =>
  lane === 'realtime' && flow?.bulkAbove !== undefined && linesOf(record) > flow.bulkAbove.lines ? 'bulk' : lane;

/**
 * After a final failure the next operation of a record may go on where it carries everything the failed one did. A transaction, or a
 * partial change, waits for a person: going on would leave a gap nobody sees.
 */
const releasesItsRecord = (record: DirectRecord, full: boolean): boolean =>
  full && groupOf(record.recordType) !== 'transaction';

/** Values that may identify the same record under another key: creations by them are not made side by side. */
function serializeKeys(record: DirectRecord): string[] | undefined {
  if (record.action !== 'upsert' && record.action !== 'create') return undefined;
  const keys = (record.key.match ?? []).map(
    ({ field, value }) => `${groupOf(record.recordType)}:${field}:${value.trim().toLowerCase()}`,
  );
  return keys.length > 0 ? keys : undefined;
}

/** A record that no flow could map: kept as it came, in review, with the reason. */
export interface UnmappedBody {
  unmapped: { source: string; object: string; flow: string; record: unknown };
}

export const isUnmapped = (body: unknown): body is UnmappedBody =>
  typeof body === 'object' && body !== null && 'unmapped' in body;

/** Why a record goes before a person instead of to NetSuite. */
export type Refusal = Pick<MapProblem, 'class' | 'message' | 'remedy'> & { code: string; field?: string };

export function refusedOperation(
  known: { crmId: string | null; externalId: string | null },
  problem: Refusal,
  record: unknown,
  origin: Origin & { flow: Flow },
): NewOperation {
  const { flow } = origin;
  const body: UnmappedBody = { unmapped: { source: origin.source, object: origin.object, flow: flow.id, record } };
  return {
    ...base(origin),
    recordType: flow.recordType,
    action: flow.action,
    externalId: known.externalId?.toUpperCase() ?? placeholderKey(origin, known.crmId, record),
    crmId: known.crmId ?? undefined,
    body,
    full: false,
    onFailure: 'hold',
    refused: toFailure(problem),
  };
}

const toFailure = ({ code, class: errorClass, message, field, remedy }: Refusal): Failure => ({
  code,
  class: errorClass,
  message,
  field,
  action: remedy,
});

/** A record without a usable identity still needs a key of its own; the same content gives the same one. */
function placeholderKey(origin: Origin, crmId: string | null, record: unknown): string {
  const content = createHash('sha256')
    .update(canonicalJson(record as never))
    .digest('hex')
    .slice(0, 16);
  return `UNMAPPED_${origin.source}_${crmId ?? ''}_${content}`.toUpperCase();
}

const base = ({ pool, source, object, lane, flow, dedupeKey }: Origin) => ({
  pool,
  source,
  object,
  lane,
  flow: flow?.id,
  ...(flow?.attempts === undefined ? {} : { maxAttempts: flow.attempts }),
  dedupeKey,
});
