import { groupOf } from '../../../../../contract/glossary';
import type { ResolvedOperation } from './resolved-operation';
import type { Plan } from './plan-operation';
import { ledgerKey, stampFields } from './stamps';
import type { Wanted } from './wanted';
import { createRecord, transformRecord } from './write-create';
import { assertInTime, contentHash, type Done, type WriteContext } from './write-context';
import { submitInline } from './write-inline';
import { writeFile } from './write-file';
import { updateRecord } from './write-update';

/** Carries out what was planned. */
export function runPlan(
  plan: Exclude<Plan, { kind: 'done' }>,
  resolved: ResolvedOperation,
  context: WriteContext,
): Done {
  const done = write(plan, resolved, context);
  // A deletion has written its row, which says that the record is gone.
  const wrote = plan.kind !== 'delete' && (done.status === 'created' || done.status === 'updated');
  if (wrote && stampFields(resolved.operation.recordType) === null)
    writeLedger(resolved, false, context, plan.kind === 'file' ? done.internalId : '');
  return done;
}

function write(plan: Exclude<Plan, { kind: 'done' }>, resolved: ResolvedOperation, context: WriteContext): Done {
  switch (plan.kind) {
    case 'create':
      return createRecord(resolved, context);
    case 'transform':
      return transformRecord(resolved, plan.from, context);
    case 'inline':
      return submitInline(resolved, plan.target.record, plan.diff, context);
    case 'update':
      return updateRecord(resolved, plan.target.record, plan.target.by, context);
    case 'inactivate':
      return updateRecord(
        { ...resolved, body: [INACTIVE], sublists: [], subrecords: [] },
        plan.target.record,
        plan.target.by,
        context,
      );
    case 'file':
      return writeFile(resolved, plan, context);
    case 'delete':
      return deleteRecord(plan.target.record, resolved, context);
  }
}

const INACTIVE: Wanted = {
  field: 'isinactive',
  label: 'isinactive',
  value: true,
  set: true,
  kind: 'plain',
  write: 'always',
  stages: [],
  verify: false,
};

/** The ledger row first: if the deletion is lost after it, the operation is merely sent again. */
function deleteRecord(
  record: { recordType: string; internalId: string },
  resolved: ResolvedOperation,
  context: WriteContext,
): Done {
  assertInTime(context);
  writeLedger(resolved, true, context);
  context.tools.records.remove(record.recordType, record.internalId);
  return {
    status: 'updated',
    internalId: record.internalId,
    externalId: resolved.operation.key.externalId,
    version: resolved.operation.version,
    changes: [{ field: 'record', old: 'present', new: null }],
  };
}

function writeLedger(resolved: ResolvedOperation, deleted: boolean, context: WriteContext, internalId = ''): void {
  const { operation } = resolved;
  const { externalId } = operation.key;
  const hash = contentHash(operation, context);
  const values = {
    custrecord_srl_lg_op: operation.opId,
    custrecord_srl_lg_version: operation.version,
    custrecord_srl_lg_hash: hash,
    custrecord_srl_lg_record: internalId,
    custrecord_srl_lg_type: operation.recordType,
    custrecord_srl_lg_deleted: deleted,
  };
  const told = { op: operation.opId, version: operation.version, hash, internalId, deleted };
  const row = context.found.ledger.get(externalId);
  if (row !== undefined) {
    context.tools.records.submitFields('customrecord_srl_ledger', row.rowId, values);
    context.found.ledger.set(externalId, { ...row, ...told });
    return;
  }
  const record = context.tools.records.create('customrecord_srl_ledger');
  record.setValue({ fieldId: 'externalid', value: ledgerKey(groupOf(operation.recordType), externalId) });
  for (const [fieldId, value] of Object.entries(values)) record.setValue({ fieldId, value });
  context.found.ledger.set(externalId, { rowId: record.save(), ...told });
}
