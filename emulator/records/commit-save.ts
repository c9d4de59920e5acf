import type { Account, CommittedSave, Execution, RecordData } from '../kernel/types';
import { DuplicateExternalIdError } from '../store/errors';
import { applyEffects } from './apply-effects';
import { assignLineIds } from './assign-line-ids';
import { assignNames } from './assign-names';
import { takeChildLists } from './child-lists';
import { keepDepositedLines } from './bank-deposits';
import { commitDelete } from './commit-delete';
import { fault } from '../kernel/types';
import { noSuchRecord } from './faults';
import { findRecord, requireType } from './find-record';
import { dropUnknownFields } from './unknown-fields';
import { keepFilledLines } from './item-lists';
import { keepReceivedLines } from './keep-received-lines';
import { keepDerived } from './keep-derived';
import { recordOptions } from './options';
import { requireUnchanged } from './prepare-arguments';
import { takeSave, type PendingSave } from './prepared-saves';
import { presentRecord } from './present-record';
import { keepAppliedLines } from './source-apply';
import { reverseJournal } from './reverse-journal';
import { sourceRecord } from './source-record';
import { stampSystemFields } from './stamp-system-fields';
import { clearTouched, markTouched } from './touched';
import { useCredits } from './use-credits';
import { validateRecord } from './validate-record';

/** Second half of every write: one transaction with everything that follows from it. */
export function commitSave(
  account: Account,
  execution: Execution,
  args: { saveId: string; record: RecordData },
): CommittedSave {
  const save = takeSave(account, args.saveId);
  const committed = account.store.transaction(() => {
    if (save.op === 'delete') return commitDelete(account, execution, save);
    const record = save.op === 'submitFields' ? mergeInto(account, save, args.record) : args.record;
    return writeRecord(account, execution, save, record);
  });
  account.noteWrite({
    op: save.op === 'delete' ? 'delete' : save.old ? 'update' : 'create',
    type: committed.newRecord.type,
    id: committed.id,
    scriptId: execution.scriptId,
    executionId: execution.type === 'ui' ? null : execution.id,
    api: save.api,
    context: execution.context,
  });
  return committed;
}

/** A list edit goes onto the record as it is now, whoever has saved it meanwhile. */
function mergeInto(account: Account, save: PendingSave, partial: RecordData): RecordData {
  const current = findRecord(account, save.type, save.id!);
  if (!current) throw noSuchRecord();
  const changed = [...new Set([...save.changed, ...(partial.touched ?? [])])];
  for (const field of changed) current.fields[field] = partial.fields[field] ?? null;
  if (changed.includes('externalid')) current.externalId = partial.externalId;
  markTouched(current, ...changed);
  return current;
}

function writeRecord(account: Account, execution: Execution, save: PendingSave, record: RecordData): CommittedSave {
  const meta = requireType(account, record.type);
  const current = save.id === null ? undefined : findRecord(account, save.type, save.id);
  if (save.baseVersion !== null) requireUnchanged(current, save.baseVersion);
  sourceRecord(account, meta, record);
  clearTouched(record);
  dropUnknownFields(account, meta, record);
  keepDerived(record, current);
  keepAppliedLines(meta, record);
  keepDepositedLines(record);
  keepReceivedLines(record);
  keepFilledLines(meta, record);
  assignNames(account, meta, record, current);
  assignLineIds(account, meta, record);
  validateRecord({
    account,
    meta,
    record,
    old: current,
    ignoreMandatory: save.ignoreMandatory,
    changed: save.op === 'submitFields' ? save.changed : null,
  });
  const settleCredits = useCredits(account, execution, record);
  stampSystemFields(account, execution, meta, record, current);
  const writeChildren = takeChildLists(account, meta, record);
  const stored = put(account, record, current);
  writeChildren(stored.id!);
  applyEffects(account, execution, requireType(account, stored.type), stored, current);
  settleCredits(stored);
  reverseJournal(account, execution, stored);
  const newRecord = presentRecord(
    account,
    requireType(account, stored.type),
    findRecord(account, stored.type, stored.id!)!,
  );
  return { id: stored.id!, newRecord, result: Number(stored.id) };
}

/** The stored row; a lead that became a customer changes its type and keeps its id. */
function put(account: Account, record: RecordData, current: RecordData | undefined): RecordData {
  try {
    if (current && current.type !== record.type) {
      account.store.remove(current.type, current.id!);
      record.version = current.version;
    }
    return account.store.put(record);
  } catch (error) {
    if (error instanceof DuplicateExternalIdError) throw duplicateFault(account, record);
    throw error;
  }
}

function duplicateFault(account: Account, record: RecordData) {
  const { duplicateExternalId } = recordOptions(account);
  const meta = requireType(account, record.type);
  const named = duplicateExternalId[meta.group] ?? duplicateExternalId[meta.class] ?? duplicateExternalId.other!;
  return fault(named.name, named.message);
}
