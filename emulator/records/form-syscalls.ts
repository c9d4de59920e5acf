import type { Account, Execution, Json, RecordData, SubrecordData, SyscallTable } from '../kernel/types';
import { newRecord } from './default-fields';
import { requireRecord, requireType } from './find-record';
import { copyForEdit } from './open-stored';
import { presentRecord } from './present-record';
import { readGivenFields, readGivenSublists, readGivenSubrecords } from './given-values';
import { markTouched } from './touched';

interface FormArgs {
  type: string;
  id?: string;
  event?: string;
  copyFrom?: string;
}
interface ApplyArgs {
  record: RecordData;
  fields?: Record<string, Json>;
  sublists?: Record<string, Json>;
  subrecords?: Record<string, Json>;
}

/** The form as a browser opens it: a new record, a copy of one, or a stored one. */
function openForm(account: Account, execution: Execution, args: FormArgs): RecordData {
  const meta = requireType(account, args.type);
  if (args.copyFrom !== undefined) {
    account.permissions.requireRecord(execution, meta.id, 'create');
    const source = requireRecord(account, meta.id, args.copyFrom);
    account.permissions.requireRow(execution, source, 'view');
    return copyForEdit(account, execution, source, {});
  }
  if (args.id === undefined) {
    account.permissions.requireRecord(execution, meta.id, 'create');
    return newRecord(account, execution, meta);
  }
  account.permissions.requireRecord(execution, meta.id, args.event === 'edit' ? 'edit' : 'view');
  const record = requireRecord(account, meta.id, args.id);
  account.permissions.requireRow(execution, record, args.event === 'edit' ? 'edit' : 'view');
  return presentRecord(account, requireType(account, record.type), record);
}

/** What the user typed, over the form as beforeLoad left it. Given sublists replace, others stay. */
function applyForm(account: Account, _execution: Execution, args: ApplyArgs): RecordData {
  const { record } = args;
  const meta = requireType(account, record.type);
  const fields = readGivenFields(account, meta.fields, args.fields ?? {});
  Object.assign(record.fields, fields);
  if ('externalid' in fields) record.externalId = fields.externalid === null ? null : String(fields.externalid);
  markTouched(record, ...Object.keys(fields));
  for (const [id, lines] of Object.entries(readGivenSublists(account, meta, args.sublists ?? {}))) {
    for (const line of lines) markTouched(line, ...Object.keys(line.fields));
    record.sublists[id] = lines;
  }
  const subrecords: Record<string, SubrecordData> = readGivenSubrecords(account, meta, args.subrecords ?? {});
  for (const [id, subrecord] of Object.entries(subrecords)) {
    record.subrecords[id] = { fields: subrecord.fields, touched: Object.keys(subrecord.fields) };
  }
  return record;
}

export const formSyscalls: SyscallTable = { 'record.openForm': openForm, 'record.applyForm': applyForm };
