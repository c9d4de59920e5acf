import { isDuplicateName } from '../../../../../contract/codes';
import type { FoundRecord } from './found-records';
import { applyAddress, applyFields, type ApplyContext } from './apply-fields';
import { applySublist } from './apply-lines';
import { checkOpened } from './check-subsidiaries';
import { ensureCustomerFits } from './ensure-customer';
import { explainSaveError } from './explain-save-error';
import { existsAlready } from './find-target';
import { messageOf, nameOf, fail } from './operation-failure';
import type { EditableRecord } from './ports';
import { recordBranch } from './prefetch-records';
import type { ResolvedOperation } from './resolved-operation';
import { createdAllTheSame } from './saved-all-the-same';
import { readBranches } from './sql-branches';
import { unknownFields } from './unknown-fields';
import { updateRecord } from './write-update';
import { assertInTime, contentHash, stampOf, type Done, type WriteContext } from './write-context';

/** Creates the record, or, when NetSuite says that it exists already, finds and updates it. */
export function createRecord(resolved: ResolvedOperation, context: WriteContext): Done {
  const { operation } = resolved;
  ensureCustomerFits(resolved, context);
  assertInTime(context);
  const record = context.tools.records.create(operation.recordType);
  return saveNew(record, resolved, context);
}

/** Makes the record from another one: an order's fulfilment, an order's invoice. */
export function transformRecord(
  resolved: ResolvedOperation,
  from: { type: string; id: string },
  context: WriteContext,
): Done {
  assertInTime(context);
  const record = context.tools.records.transform(from.type, from.id, resolved.operation.recordType);
  return saveNew(record, resolved, context, false);
}

function saveNew(record: EditableRecord, resolved: ResolvedOperation, context: WriteContext, isNew = true): Done {
  const { operation } = resolved;
  const apply: ApplyContext = { isNew, stage: null, applied: { changes: [], skipped: [] } };
  if (operation.customForm !== undefined) record.setValue({ fieldId: 'customform', value: operation.customForm });
  record.setValue({ fieldId: 'externalid', value: operation.key.externalId });
  apply.unknown = unknownFields(record, resolved);
  applyFields(record, resolved.body, { ...apply, isNew: true });
  for (const sublist of resolved.sublists) applySublist(record, sublist, apply);
  for (const { name, fields } of resolved.subrecords)
    applyAddress(record.getSubrecord({ fieldId: name }), fields, apply);
  if (!isNew)
    checkOpened(
      resolved,
      context.found.subsidiaries,
      record.getValue({ fieldId: 'subsidiary' }),
      apply.applied.changes,
    );
  const stamp = stampOf(operation, operation.key.externalId, context);
  for (const [fieldId, value] of Object.entries(stamp)) record.setValue({ fieldId, value });
  assertInTime(context);
  let internalId: string;
  try {
    internalId = record.save();
  } catch (refusal) {
    if (isDuplicateName(nameOf(refusal))) return adoptExisting(resolved, refusal, context);
    const made = createdAllTheSame(refusal, resolved, context);
    if (made === null) throw explainSaveError(refusal, record, resolved);
    internalId = made.internalId;
  }
  remember(resolved, internalId, context);
  return { status: 'created', internalId, externalId: operation.key.externalId, version: operation.version };
}

/** A duplicate answer under any of its names is a question, not a failure: somebody else may have created our record meanwhile. */
function adoptExisting(resolved: ResolvedOperation, refusal: unknown, context: WriteContext): Done {
  const { operation } = resolved;
  const { externalId, crmId } = operation.key;
  const keys = {
    recordType: operation.recordType,
    // Somebody may have typed the id in another case than ours.
    externalIds: [externalId, externalId.toLowerCase()],
    internalIds: [],
    crmIds: crmId === undefined ? [] : [crmId],
  };
  readBranches(context.tools.queries, [recordBranch(keys, new Map(), context.found)]);
  const existing = context.found.byExternalId(externalId) ?? context.found.byCrmId(crmId ?? '')[0];
  if (existing === undefined) {
    throw fail(
      'EXTERNAL_ID_TAKEN',
      `NetSuite refuses a second ${operation.recordType}: ${messageOf(refusal)} No record carries ${externalId}: another one has its name or id; link or rename it`,
      { review: true },
    );
  }
  // One of its own calls may have made it and lost the answer; another operation's record is not to be changed by a `create`.
  if (operation.action === 'create' && existing.stamp.op !== operation.opId)
    throw existsAlready(operation, existing.internalId);
  existing.current = false;
  return updateRecord(resolved, existing, 'externalId', context);
}

/** Later operations of the batch find the new record; what the prefetch saw of it is nothing. */
function remember(resolved: ResolvedOperation, internalId: string, context: WriteContext): void {
  const { operation } = resolved;
  const { externalId, crmId } = operation.key;
  const record: FoundRecord = {
    internalId,
    externalId,
    recordType: operation.recordType,
    stage: null,
    stamp: {
      key: externalId,
      crmId: crmId ?? externalId,
      op: operation.opId,
      version: operation.version,
      hash: contentHash(operation, context),
    },
    values: new Map(),
    lines: new Map(),
    subrecords: new Map(),
    current: false,
  };
  context.found.add(record);
}
