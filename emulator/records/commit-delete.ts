import type { Account, CommittedSave, Execution, RecordData } from '../kernel/types';
import { undoEffects } from './apply-effects';
import { requireDeletable } from './delete-rules';
import { nowIso } from './clock-day';
import { requireOpenPeriod } from './posting';
import { recordName } from './display-text';
import { noSuchRecord } from './faults';
import type { PendingSave } from './prepared-saves';
import { presentRecord } from './present-record';
import { dropReversal } from './reverse-journal';
import { devalueStock } from './value-stock';
import { emptyFolder } from './empty-folder';
import { findRecord, requireType } from './find-record';

/** Removes the record unless others depend on it, and leaves a row of type `deletedrecord`. */
export function commitDelete(account: Account, execution: Execution, save: PendingSave): CommittedSave {
  const record = findRecord(account, save.type, save.id!);
  if (!record) throw noSuchRecord();
  dropReversal(account, record);
  requireDeletable(account, record);
  requireOpenPeriod(account, record, true);
  devalueStock(account, record);
  if (record.type === 'folder') emptyFolder(account, record.id!);
  account.store.remove(record.type, record.id!);
  noteDeletion(account, execution, record);
  undoEffects(account, execution, record);
  const newRecord = presentRecord(account, requireType(account, record.type), record);
  return { id: record.id!, newRecord, result: Number(record.id) };
}

function noteDeletion(account: Account, execution: Execution, record: RecordData): void {
  const custom = account.registry.type(record.type)?.class === 'custom';
  account.store.put({
    type: 'deletedrecord',
    id: null,
    externalId: null,
    version: 0,
    fields: {
      name: recordName(account, record),
      recordtype: record.type,
      recordid: Number(record.id),
      externalid: record.externalId,
      deleteddate: nowIso(account),
      deletedby: String(execution.user.entity),
      context: execution.context,
      iscustomrecord: custom && record.type.startsWith('customrecord'),
      iscustomlist: custom && record.type.startsWith('customlist'),
      iscustomtransaction: false,
    },
    sublists: {},
    subrecords: {},
  });
}
