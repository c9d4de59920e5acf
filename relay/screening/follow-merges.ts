import type { DirectRecord, Warning } from '../../contract';
import type { RequiredRecord } from '../store/types';
import type { MappedOperation } from './screening';

/** A record that its CRM merged into another one. */
export interface MergedRecord {
  /** The CRM's name of the object. */
  object: string;
  /** Ids in the CRM: the record that is gone, and the one it lives on in. */
  from: string;
  into: string;
  /** External id of the one it lives on in. */
  externalId: string;
}

/** Of the named records those that were merged into others, by external id. */
export type FindMerged = (
  account: string,
  names: readonly RequiredRecord[],
) => Promise<ReadonlyMap<string, MergedRecord>>;

/**
 * What is said about a merged record after its merge: a reference to it goes to the record it lives on in, with a warning; a change of
 * the record itself goes before a person, because the other one's values are the ones that count.
 */
export async function followMerges(
  operations: readonly MappedOperation[],
  findMerged: FindMerged,
): Promise<readonly MappedOperation[]> {
  const named = new Map<string, Map<string, RequiredRecord>>();
  for (const operation of operations.filter(isMapped)) {
    const ofAccount = named.get(operation.pool) ?? new Map<string, RequiredRecord>();
    named.set(operation.pool, ofAccount);
    for (const one of namesIn(operation)) ofAccount.set(one.externalId, one);
  }
  const merged = new Map<string, ReadonlyMap<string, MergedRecord>>();
  for (const [account, names] of named) merged.set(account, await findMerged(account, [...names.values()]));
  return operations.map((operation) => {
    const known = merged.get(operation.pool);
    return known && known.size > 0 && isMapped(operation) ? redirect(operation, known) : operation;
  });
}

const isMapped = ({ change, refused }: MappedOperation): boolean => change !== undefined && refused === undefined;

function namesIn(operation: MappedOperation): RequiredRecord[] {
  const { recordType, externalId, requires = [] } = operation;
  const names = [{ recordType, externalId }, ...requires, ...referencesOf(operation.body as DirectRecord)];
  return names.map((one) => ({ ...one, externalId: one.externalId.toUpperCase() }));
}

/** Records that an operation names or requires, by their external ids in upper case. */
export function referencesOf(record: DirectRecord): RequiredRecord[] {
  const names: RequiredRecord[] = [...(record.requires ?? [])];
  eachReference(record, ({ recordType, externalId }) => {
    if (externalId !== undefined) names.push({ recordType, externalId });
  });
  return names.map((one) => ({ ...one, externalId: one.externalId.toUpperCase() }));
}

function redirect(operation: MappedOperation, merged: ReadonlyMap<string, MergedRecord>): MappedOperation {
  const own = merged.get(operation.externalId);
  if (own) {
    const { object, from, into } = own;
    return {
      ...operation,
      refused: {
        code: 'CRM_RECORD_MERGED',
        class: 'conflict',
        message: `${object} ${from} was merged into ${into} in the CRM; this change of it came later.`,
        action: `If it still matters, make it on ${into} in the CRM; then resolve this.`,
      },
    };
  }
  const followed = withSurvivors(operation.body as DirectRecord, merged);
  if (followed === null) return operation;
  const requires = operation.requires?.map((one) => ({
    ...one,
    externalId: merged.get(one.externalId.toUpperCase())?.externalId ?? one.externalId,
  }));
  return {
    ...operation,
    body: followed.body,
    requires,
    warnings: [...(operation.warnings ?? []), ...followed.warnings],
  };
}

/** The record with its references to merged records led to those they live on in; null when it has none. */
export function withSurvivors(
  record: DirectRecord,
  merged: ReadonlyMap<string, MergedRecord>,
): { body: DirectRecord; warnings: Warning[] } | null {
  const followed = new Map<string, MergedRecord>();
  const survivor = (externalId: string): string => {
    const found = merged.get(externalId.toUpperCase());
    if (found) followed.set(found.from, found);
    return found?.externalId ?? externalId;
  };
  const body = structuredClone(record);
  eachReference(body, (ref) => {
    if (ref.externalId !== undefined) ref.externalId = survivor(ref.externalId);
  });
  if (body.requires) body.requires = body.requires.map((one) => ({ ...one, externalId: survivor(one.externalId) }));
  if (followed.size === 0) return null;
  const warnings = [...followed.values()].map(({ object, from, into }) => ({
    code: 'MERGED_REFERENCE',
    message: `${object} ${from} was merged into ${into} in the CRM; the record refers to ${into} now.`,
    from,
    to: into,
  }));
  return { body, warnings };
}

type Reference = NonNullable<NonNullable<DirectRecord['fields']>[string]['ref']>;

/** Every reference by which a record names another one: of its fields, lines, subrecords and match keys. */
function eachReference(record: DirectRecord, visit: (reference: Reference) => void): void {
  const fields = (list: DirectRecord['fields'] = {}): void => {
    for (const { ref } of Object.values(list)) if (ref) visit(ref);
  };
  fields(record.fields);
  for (const { lines } of Object.values(record.sublists ?? {}))
    for (const line of lines) {
      fields(line.fields);
      for (const subrecord of Object.values(line.subrecords ?? {})) fields(subrecord.fields);
    }
  for (const subrecord of Object.values(record.subrecords ?? {})) fields(subrecord.fields);
  for (const { within = {} } of record.key.match ?? [])
    for (const value of Object.values(within)) if (typeof value === 'object') visit(value);
}
