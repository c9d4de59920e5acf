import { classOf } from '../../../../../contract/codes';
import { messageOf, nameOf } from './operation-failure';
import type { FoundRecord } from './found-records';
import { recordBranch } from './prefetch-records';
import type { ResolvedOperation } from './resolved-operation';
import { readBranches } from './sql-branches';
import { stampFields } from './stamps';
import type { WriteContext } from './write-context';

/**
 * Refusals that leave open whether the record is in the database: a User Event that fails after the commit, with whatever name its author
 * chose, or NetSuite's own `UNEXPECTED_ERROR`. What is refused for its data or permissions was not written.
 */
const isInDoubt = (refusal: unknown): boolean => ['unknown', 'transient'].includes(classOf(nameOf(refusal)));

/** The record that a failed save has made nevertheless, told by its stamp; null when there is none. 10 units. */
export function createdAllTheSame(
  refusal: unknown,
  resolved: ResolvedOperation,
  context: WriteContext,
): FoundRecord | null {
  if (!isInDoubt(refusal)) return null;
  const { recordType, key, opId } = resolved.operation;
  const keys = { recordType, externalIds: [key.externalId], internalIds: [], crmIds: [] };
  readBranches(context.tools.queries, [recordBranch(keys, new Map(), context.found)]);
  const record = context.found.byExternalId(key.externalId);
  if (record === undefined || (stampFields(recordType) !== null && record.stamp.op !== opId)) return null;
  tell(refusal, record.internalId, resolved);
  return record;
}

/** Whether a record that was there before holds what a failed save was to write. 1 unit. */
export function updatedAllTheSame(
  refusal: unknown,
  found: FoundRecord,
  resolved: ResolvedOperation,
  context: WriteContext,
): boolean {
  const field = stampFields(resolved.operation.recordType);
  if (!isInDoubt(refusal) || field === null) return false;
  const stamp = context.tools.records.lookup(found.recordType, found.internalId, [field('op')]);
  if (stamp[field('op')] !== resolved.operation.opId) return false;
  tell(refusal, found.internalId, resolved);
  return true;
}

function tell(refusal: unknown, internalId: string, { operation, warnings }: ResolvedOperation): void {
  warnings.push({
    code: 'SAVED_WITH_ERROR',
    message: `${operation.recordType} ${internalId} was saved, then a script failed: ${nameOf(refusal)}: ${messageOf(refusal)}; what that script does after a save may be missing`,
  });
}
