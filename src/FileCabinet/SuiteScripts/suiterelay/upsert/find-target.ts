import type { Operation } from '../../../../../contract/operation';
import type { FoundRecord, FoundRecords } from './found-records';
import type { Matches } from './match-records';
import { fail } from './operation-failure';
import { isSameKind } from './record-tables';
import { stampFields } from './stamps';

/** The record an operation means, how it was found, or null when there is none. */
export interface Target {
  record: FoundRecord;
  by: 'externalId' | 'internalId' | 'crmId' | 'match';
}

/** Finds the record in the order of trust: verified internal id, external id, CRM id, match keys. Never guesses. */
export function findTarget(operation: Operation, found: FoundRecords): Target | null {
  const { key } = operation;
  const byExternal = found.byExternalId(key.externalId);
  if (byExternal !== undefined) {
    assertKind(operation, byExternal.recordType, byExternal.internalId);
    return { record: byExternal, by: 'externalId' };
  }
  const holder = found.holderOf(key.externalId);
  if (holder !== undefined) throw taken(operation, holder.recordType, holder.internalId);
  const byId = verifiedById(operation, found);
  if (byId !== null) return byId;
  // The CRM id of a copy is inherited and not the copy's own.
  const linked = found
    .byCrmId(key.crmId ?? '')
    .filter((record) => isSameKind(operation.recordType, record.recordType) && isOwnLink(record));
  if (linked.length > 1)
    throw ambiguous(
      operation,
      linked.map((one) => ({ internalId: one.internalId, label: one.externalId ?? '' })),
    );
  const [one] = linked;
  return one === undefined ? null : { record: one, by: 'crmId' };
}

/**
 * A record with an external id of somebody else's is linked by the stamp alone: without it the next operation would not find it again.
 */
export const lacksLink = ({ recordType, key }: Operation, { record, by }: Target): boolean =>
  by !== 'externalId' && stampFields(recordType) !== null && record.stamp.crmId !== (key.crmId ?? key.externalId);

function verifiedById(operation: Operation, found: FoundRecords): Target | null {
  const id = operation.key.internalId;
  if (id === undefined) return null;
  const record = found.byInternalId(id);
  if (record === undefined) return null;
  assertKind(operation, record.recordType, id);
  const crmId = operation.key.crmId ?? operation.key.externalId;
  const agrees = record.stamp.crmId === null || record.stamp.crmId === crmId;
  if (!agrees) {
    throw fail(
      'EXTERNAL_ID_TAKEN',
      `${record.recordType} ${id} is linked to ${record.stamp.crmId ?? ''}, not to ${crmId}; correct the link`,
      { review: true },
    );
  }
  return { record, by: 'internalId' };
}

const isOwnLink = (record: FoundRecord): boolean =>
  record.stamp.key === null ||
  record.stamp.key === '' ||
  record.stamp.key.toUpperCase() === (record.externalId ?? '').toUpperCase();

function assertKind(operation: Operation, recordType: string, internalId: string): void {
  if (!isSameKind(operation.recordType, recordType)) throw taken(operation, recordType, internalId);
}

function taken(operation: Operation, recordType: string, internalId: string): Error {
  return fail(
    'EXTERNAL_ID_TAKEN',
    `external id ${operation.key.externalId} belongs to ${recordType} ${internalId}, not to a ${operation.recordType}; free it there or link by internal id`,
    { review: true, field: 'externalid' },
  );
}

/** The action `create` means a record that is not there. */
export const existsAlready = (operation: Operation, internalId: string): Error =>
  fail(
    'EXTERNAL_ID_TAKEN',
    `${operation.recordType} ${internalId} exists already as ${operation.key.externalId}; send it as upsert if it may be changed`,
    { review: true },
  );

function ambiguous(operation: Operation, candidates: { internalId: string; label: string }[]): Error {
  return fail(
    'AMBIGUOUS_MATCH',
    `${candidates.length} records could be ${operation.key.externalId}: ${candidates.map((one) => one.internalId).join(', ')}; choose one`,
    { review: true, candidates },
  );
}

/** What the match keys decide: one record, none, or a person's choice. */
export function chooseMatch(operation: Operation, matches: Matches | undefined): string | null {
  if (matches === undefined) return null;
  const exact = [...new Map(matches.exact.map((one) => [one.internalId, one])).values()];
  if (exact.length > 1) throw ambiguous(operation, exact);
  if (exact[0] !== undefined) return exact[0].internalId;
  if (matches.possible.length > 0) {
    throw ambiguous(operation, [...new Map(matches.possible.map((one) => [one.internalId, one])).values()]);
  }
  return null;
}
