import type { Account, Execution, PreparedSave, RecordData, TypeMeta } from '../kernel/types';
import { noSuchRecord, notSupported } from './faults';
import { findRecord, requireType } from './find-record';
import { keepSave } from './prepared-saves';
import { sourceRecord } from './source-record';
import { answerOf, bill, requireUnchanged, type PrepareArgs } from './prepare-arguments';
import { prepareSubmitFields } from './prepare-submit-fields';
import { presentRecord } from './present-record';
import { clearTouched } from './touched';

/** First half of every write: who may, what it costs, whether the record still is what was loaded; then newRecord and oldRecord for the User Events. */
export function prepareSave(account: Account, execution: Execution, args: PrepareArgs): PreparedSave {
  if (args.op === 'submitFields') return prepareSubmitFields(account, execution, args);
  return args.op === 'delete' ? prepareDelete(account, execution, args) : prepareRecord(account, execution, args);
}

function prepareRecord(account: Account, execution: Execution, args: PrepareArgs): PreparedSave {
  const record = args.record!;
  const meta = requireType(account, record.type);
  account.permissions.requireRecord(execution, meta.id, record.id === null ? 'create' : 'edit');
  if (!meta.scripting.edit) throw notSupported(meta.id, 'edit');
  bill(account, execution, args, 'record.save', meta.id);
  const old = record.id === null ? undefined : findRecord(account, record.type, record.id);
  if (record.id !== null) requireUnchanged(old, record.version);
  if (old) account.permissions.requireRow(execution, old, 'edit');
  // In dynamic mode everything followed when it was set; only totals remain.
  if (args.isDynamic === true) clearTouched(record);
  sourceRecord(account, meta, record, args.isDynamic !== true);
  clearTouched(record);
  const save = keepSave(account, {
    executionId: execution.id,
    op: 'save',
    type: meta.id,
    id: record.id,
    baseVersion: record.id === null ? null : record.version,
    event: args.event ?? (record.id === null ? 'create' : 'edit'),
    ignoreMandatory: args.ignoreMandatoryFields === true,
    api: 'record.save',
    changed: [],
    old: old ?? null,
  });
  return { ...answerOf(save), newRecord: record, oldRecord: old ? presentOld(account, meta, old) : null };
}

const presentOld = (account: Account, meta: TypeMeta, old: RecordData): RecordData =>
  presentRecord(account, meta, structuredClone(old));

/** record.delete (section_4267283372). */
function prepareDelete(account: Account, execution: Execution, args: PrepareArgs): PreparedSave {
  const meta = requireType(account, args.type);
  account.permissions.requireRecord(execution, meta.id, 'full');
  if (!meta.scripting.delete) throw notSupported(meta.id, 'delete');
  bill(account, execution, args, 'record.delete', meta.id);
  const old = findRecord(account, meta.id, args.id!);
  if (!old) throw noSuchRecord();
  account.permissions.requireRow(execution, old, 'edit');
  const save = keepSave(account, {
    executionId: execution.id,
    op: 'delete',
    type: old.type,
    id: old.id,
    baseVersion: null,
    event: 'delete',
    ignoreMandatory: true,
    api: 'record.delete',
    changed: [],
    old,
  });
  const present = presentOld(account, requireType(account, old.type), old);
  return { ...answerOf(save), newRecord: present, oldRecord: present };
}
