/**
 * Writes down every change of a record in the outbox, in the same save and without any call out; and clears stamps that a copy or a
 * transform has inherited.
 * @NApiVersion 2.1
 * @NScriptType UserEventScript
 * @NModuleScope SameAccount
 */
import type { EntryPoints } from 'N/types';
import { captureChange } from '../netsuite/capture-change';
import { inheritedStamps } from '../outbox/inherited-stamps';

export const beforeSubmit: EntryPoints.UserEvent.beforeSubmit = ({ newRecord, type, UserEventType }) => {
  if (type !== UserEventType.CREATE && type !== UserEventType.COPY) return;
  const recordType = String(newRecord.type);
  for (const fieldId of inheritedStamps(recordType, (field) => newRecord.getValue({ fieldId: field }))) {
    newRecord.setValue({ fieldId, value: '' });
  }
};

export const afterSubmit: EntryPoints.UserEvent.afterSubmit = (context) => {
  captureChange(context);
};
