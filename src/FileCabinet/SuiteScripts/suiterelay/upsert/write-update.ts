import { groupOf } from '../../../../../contract/glossary';
import { CONFLICT_ATTEMPTS } from '../governance/prices';
import { applyAddress, applyFields, type ApplyContext } from './apply-fields';
import { applySublist } from './apply-lines';
import { checkOpened } from './check-subsidiaries';
import { explainSaveError } from './explain-save-error';
import { lacksLink, type Target } from './find-target';
import type { FoundRecord } from './found-records';
import { freezeApproved } from './freeze-approved';
import { textOf } from './normalise';
import { fail, nameOf } from './operation-failure';
import type { EditableRecord } from './ports';
import type { ResolvedOperation } from './resolved-operation';
import { updatedAllTheSame } from './saved-all-the-same';
import { judgeStamp, stampCounts, stampFields, type Stamp } from './stamps';
import { staleResult } from './stale-result';
import { unknownFields } from './unknown-fields';
import { assertInTime, contentHash, stampOf, type Done, type WriteContext } from './write-context';

/** Loads, changes what differs, saves; after a conflicting save of somebody else it begins anew with what is there then. */
export function updateRecord(
  resolved: ResolvedOperation,
  found: FoundRecord,
  by: Target['by'],
  context: WriteContext,
): Done {
  const { operation } = resolved;
  for (let attempt = 1; attempt <= CONFLICT_ATTEMPTS; attempt += 1) {
    const record = context.tools.records.load(found.recordType, found.internalId);
    const overtaken = judgeLoaded(record, resolved, found, by);
    if (overtaken !== null) return overtaken;
    const apply: ApplyContext = {
      isNew: false,
      stage: stageOf(record, found),
      applied: { changes: [], skipped: [] },
    };
    const { resolved: allowed, skipped } = freezeApproved(resolved, record.getValue({ fieldId: 'orderstatus' }));
    apply.applied.skipped.push(...skipped);
    if (operation.customForm !== undefined && skipped.length === 0) setForm(record, operation.customForm);
    apply.unknown = unknownFields(record, allowed, found.values);
    applyFields(record, allowed.body, apply);
    for (const sublist of allowed.sublists) applySublist(record, sublist, apply);
    for (const { name, fields } of allowed.subrecords)
      applyAddress(record.getSubrecord({ fieldId: name }), fields, apply);
    const linked = linkExternalId(record, resolved, found);
    const marked = linked || lacksLink(operation, { record: found, by });
    if (apply.applied.changes.length === 0 && !marked) return settled('unchanged', resolved, found, apply);
    if (groupOf(found.recordType) === 'transaction')
      checkOpened(
        allowed,
        context.found.subsidiaries,
        record.getValue({ fieldId: 'subsidiary' }),
        apply.applied.changes,
      );
    const stamp = stampOf(operation, linked ? operation.key.externalId : found.externalId, context);
    for (const [fieldId, value] of Object.entries(stamp)) record.setValue({ fieldId, value });
    assertInTime(context);
    try {
      record.save();
    } catch (refusal) {
      if (nameOf(refusal) === 'RCRD_HAS_BEEN_CHANGED') continue;
      if (!updatedAllTheSame(refusal, found, resolved, context)) throw explainSaveError(refusal, record, resolved);
    }
    if (linked) found.externalId = operation.key.externalId;
    written(resolved, found, context);
    return settled('updated', resolved, found, apply);
  }
  throw fail(
    'RECORD_KEEPS_CHANGING',
    `${operation.recordType} ${found.internalId} changed between load and save ${CONFLICT_ATTEMPTS} times; it is tried again later`,
  );
}

/** Changing only the form, when all else is equal, is no reason to write. */
function setForm(record: EditableRecord, form: string): void {
  const current = record.getValue({ fieldId: 'customform' });
  if (textOf(current) !== form) record.setValue({ fieldId: 'customform', value: form });
}

/** A record that a match key found gets our external id, unless it has one: another application's id is never overwritten. */
function linkExternalId(record: EditableRecord, resolved: ResolvedOperation, found: FoundRecord): boolean {
  if (found.externalId !== null) return false;
  record.setValue({ fieldId: 'externalid', value: resolved.operation.key.externalId });
  return true;
}

function stageOf(record: EditableRecord, found: FoundRecord): string | null {
  if (found.stage === null && !['customer', 'lead', 'prospect'].includes(found.recordType)) return null;
  const stage = record.getValue({ fieldId: 'stage' });
  return typeof stage === 'string' && stage !== '' ? stage.toUpperCase() : found.stage;
}

/** The stamps once more, as they stand in the loaded record: somebody may have been faster since the prefetch. */
function judgeLoaded(
  record: EditableRecord,
  resolved: ResolvedOperation,
  found: FoundRecord,
  by: Target['by'],
): Done | null {
  const { operation } = resolved;
  const field = stampFields(operation.recordType);
  if (field === null) return null;
  const read = (name: Parameters<typeof field>[0]): string | null => {
    const value = record.getValue({ fieldId: field(name) });
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const stamp: Stamp = {
    key: read('key'),
    crmId: read('crm_id'),
    op: read('op'),
    version: read('version'),
    hash: read('hash'),
  };
  if (!stampCounts(stamp, found.externalId, operation, by !== 'externalId')) return null;
  const verdict = judgeStamp(stamp, operation);
  return verdict === 'fresh' ? null : staleResult(verdict, operation, found.internalId, stamp);
}

export function settled(
  status: 'updated' | 'unchanged',
  resolved: ResolvedOperation,
  found: FoundRecord,
  apply: ApplyContext,
): Done {
  const done: Done = {
    status,
    internalId: found.internalId,
    externalId: found.externalId ?? resolved.operation.key.externalId,
  };
  const version = status === 'updated' ? resolved.operation.version : found.stamp.version;
  if (version !== null) done.version = version;
  if (apply.applied.changes.length > 0) done.changes = apply.applied.changes;
  if (apply.applied.skipped.length > 0) done.skipped = apply.applied.skipped;
  return done;
}

export function written(resolved: ResolvedOperation, found: FoundRecord, context: WriteContext): void {
  const { operation } = resolved;
  found.current = false;
  found.stamp = {
    key: found.externalId ?? '',
    crmId: operation.key.crmId ?? operation.key.externalId,
    op: operation.opId,
    version: operation.version,
    hash: contentHash(operation, context),
  };
}
