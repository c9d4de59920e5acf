import { groupOf } from '../../../../../contract/glossary';
import { priceOf, type Price } from '../governance/prices';
import { checkSubsidiaries } from './check-subsidiaries';
import { diffRecord, type Diff } from './diff-record';
import { customerCheck } from './ensure-customer';
import { existsAlready, lacksLink, type Target } from './find-target';
import { planFile, type FilePlan } from './plan-file';
import { freezeApproved } from './freeze-approved';
import { fail } from './operation-failure';
import type { ResolvedOperation } from './resolved-operation';
import { judgeStamp, stampCounts, stampFields, NO_STAMP } from './stamps';
import { staleResult } from './stale-result';
import type { Done, WriteContext } from './write-context';

/** What is to be done for one operation, and what it costs. */
export type Plan =
  | { kind: 'done'; done: Done }
  | { kind: 'create'; price: Price }
  | { kind: 'transform'; price: Price; from: { type: string; id: string } }
  | { kind: 'inline'; price: Price; target: Target; diff: Diff }
  | { kind: 'update'; price: Price; target: Target }
  | { kind: 'inactivate'; price: Price; target: Target }
  | { kind: 'delete'; price: Price; target: Target }
  | FilePlan;

/** Decides from the prefetch alone; costs nothing. */
export function planOperation(
  resolved: ResolvedOperation,
  target: Target | null,
  from: { type: string; id: string } | null,
  context: WriteContext,
): Plan {
  const { operation } = resolved;
  if (operation.recordType === 'file') return planFile(resolved, context);
  const settled = alreadySettled(resolved, target, context);
  if (settled !== null) return { kind: 'done', done: settled };
  const ledger = stampFields(operation.recordType) === null;
  if (target === null) return planWithoutRecord(resolved, from, ledger, context);
  switch (operation.action) {
    case 'create':
      throw existsAlready(operation, target.record.internalId);
    case 'inactivate':
      return planInactivate(resolved, target, context);
    case 'delete':
      if (!context.allowDelete) {
        throw fail('ACTION_NOT_ALLOWED', 'deleting is switched off (script parameter "Allow delete"); use inactivate');
      }
      return { kind: 'delete', target, price: priceOf(operation.recordType, 'delete') };
    case 'upsert':
    case 'update':
    case 'transform':
      return planChange(resolved, target, ledger, context);
  }
}

/** Replays and late operations, told by the stamp on the record or by the ledger row of a deleted one. */
function alreadySettled(resolved: ResolvedOperation, target: Target | null, context: WriteContext): Done | null {
  const { operation } = resolved;
  const row = context.found.ledger.get(operation.key.externalId);
  if (row !== undefined && (target === null ? row.deleted : stampFields(operation.recordType) === null)) {
    const verdict = judgeStamp({ ...NO_STAMP, op: row.op, version: row.version }, operation);
    // The row of a deletion is written before it: what is still there was refused, or the call was lost in between.
    const unfinished = verdict === 'duplicate' && row.deleted && target !== null;
    if (verdict !== 'fresh' && !unfinished) return staleResult(verdict, operation, target?.record.internalId, row);
  }
  if (target === null) return null;
  const { record } = target;
  if (!stampCounts(record.stamp, record.externalId, operation, target.by !== 'externalId')) return null;
  const verdict = judgeStamp(record.stamp, operation);
  return verdict === 'fresh' ? null : staleResult(verdict, operation, record.internalId, record.stamp);
}

function planWithoutRecord(
  resolved: ResolvedOperation,
  from: { type: string; id: string } | null,
  ledger: boolean,
  context: WriteContext,
): Plan {
  const { operation } = resolved;
  const { recordType, key } = operation;
  switch (operation.action) {
    case 'upsert':
    case 'create':
      checkSubsidiaries(resolved, context.found.subsidiaries);
      return {
        kind: 'create',
        price: priceOf(recordType, 'create', { ledger, customer: customerCheck(resolved, context) !== null }),
      };
    case 'transform':
      if (from === null)
        throw fail('INVALID_VALUE', 'transform needs `from`, the record it is made from', { field: 'from' });
      return { kind: 'transform', from, price: priceOf(recordType, 'transform', { ledger }) };
    case 'delete':
      // What is not there needs no deleting.
      return { kind: 'done', done: { status: 'unchanged', externalId: key.externalId } };
    case 'update':
    case 'inactivate':
      throw fail(
        'RECORD_NOT_FOUND',
        `no ${recordType} ${key.externalId} to ${operation.action}; it has to be created first`,
        {
          missing: [{ recordType, externalId: key.externalId }],
        },
      );
  }
}

function planChange(resolved: ResolvedOperation, target: Target, ledger: boolean, context: WriteContext): Plan {
  const { operation } = resolved;
  const { record } = target;
  const frozen = freezeApproved(resolved, record.values.get('orderstatus'));
  const diff = diffRecord(frozen.resolved, record, context.found);
  diff.skipped.push(...frozen.skipped);
  const needsLink = record.externalId === null;
  if (diff.outcome === 'equal' && !needsLink && !lacksLink(operation, target)) {
    const done: Done = { status: 'unchanged', internalId: record.internalId, externalId: record.externalId ?? '' };
    if (record.stamp.version !== null) done.version = record.stamp.version;
    if (diff.skipped.length > 0) done.skipped = diff.skipped;
    return { kind: 'done', done };
  }
  if (diff.outcome === 'different' && diff.inline && !needsLink && !ledger && !context.conflictChecked) {
    return { kind: 'inline', target, diff, price: priceOf(operation.recordType, 'inline', { lookup: diff.guarded }) };
  }
  return { kind: 'update', target, price: priceOf(operation.recordType, 'update', { ledger }) };
}

function planInactivate(resolved: ResolvedOperation, target: Target, context: WriteContext): Plan {
  const { operation } = resolved;
  if (groupOf(operation.recordType) === 'transaction') {
    throw fail(
      'ACTION_NOT_ALLOWED',
      `a ${operation.recordType} can't be inactive; close its lines or void it by a flow of its own`,
    );
  }
  return {
    kind: 'inactivate',
    target,
    price: priceOf(operation.recordType, 'update', {
      ledger: stampFields(operation.recordType) === null && !context.allowDelete,
    }),
  };
}
