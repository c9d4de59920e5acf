import { settingOf } from '../kernel/setting-of';
import type { Account, Execution, Fields, PreparedSave, RecordData, TypeMeta } from '../kernel/types';
import { fault } from '../kernel/types';
import { noSuchRecord } from './faults';
import { findRecord, requireType } from './find-record';
import { recordOptions } from './options';
import { storedValues } from './plain-values';
import { keepSave } from './prepared-saves';
import { answerOf, bill, type PrepareArgs } from './prepare-arguments';
import { presentRecord } from './present-record';

/** May a list edit set it? Custom fields may, standard ones where Oracle's reference says so. */
function isInlineEditable(account: Account, meta: TypeMeta, id: string): boolean {
  const field = meta.fields[id];
  if (!field) return true;
  return field.inlineEditable === true || (field.custom === true && recordOptions(account).customFieldsInlineEditable);
}

function refuseWhatListsCannotEdit(meta: TypeMeta, fields: Fields): void {
  for (const id of Object.keys(fields)) {
    if (meta.subrecords[id] || (meta.sublists[id] && !meta.fields[id])) {
      throw fault(
        'SSS_INVALID_API_USAGE',
        `Invalid API usage. submitFields can't change ${id}: it is a sublist or subrecord.`,
      );
    }
  }
}

/**
 * record.submitFields (section_4267283788): inline-editable fields are written as they are, without a conflict check; any other field makes
 * the platform load and save the record behind the scenes, which costs what a load and a save cost. That it costs more is known, how much is
 * not: setting `submitFieldsBilling`, `loadAndSave` or `flat`.
 */
export function prepareSubmitFields(account: Account, execution: Execution, args: PrepareArgs): PreparedSave {
  const meta = requireType(account, args.type);
  account.permissions.requireRecord(execution, meta.id, 'edit');
  const fields = storedValues(account, meta, args.values ?? {});
  refuseWhatListsCannotEdit(meta, fields);
  const inline = Object.keys(fields).every((id) => isInlineEditable(account, meta, id));
  const isFlat = inline || settingOf<string>(account, 'submitFieldsBilling', 'loadAndSave') === 'flat';
  if (isFlat) bill(account, execution, args, 'record.submitFields', meta.id);
  else for (const api of ['record.load', 'record.save']) bill(account, execution, args, api, meta.id);
  const old = findRecord(account, meta.id, args.id!);
  if (!old) throw noSuchRecord();
  account.permissions.requireRow(execution, old, 'edit');
  const changed = Object.keys(fields);
  const partial: RecordData = {
    type: old.type,
    id: old.id,
    externalId: typeof fields.externalid === 'string' ? fields.externalid : null,
    version: old.version,
    fields,
    sublists: {},
    subrecords: {},
  };
  const save = keepSave(account, {
    executionId: execution.id,
    op: 'submitFields',
    type: old.type,
    id: old.id,
    baseVersion: null,
    event: args.event ?? 'xedit',
    ignoreMandatory: args.options?.ignoreMandatoryFields === true || inline,
    api: 'record.submitFields',
    changed,
    old,
  });
  return {
    ...answerOf(save),
    newRecord: partial,
    oldRecord: presentRecord(account, requireType(account, old.type), structuredClone(old)),
  };
}
