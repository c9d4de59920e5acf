import { tableOf } from '../define';
import { unsupported } from '../errors';
import type { Adapter, EntryCall, Guest, Json, JsonObject } from '../types';
import type * as RecordForm from './user-event-form';

/** Evaluated at its first use: most executions of User Events look at no form. */
declare const require: (path: string) => unknown;

/** Upper-case keys of `context.UserEventType` (page section_4407992596). */
const EVENT_TYPES = [
  'APPROVE',
  'CANCEL',
  'CHANGEPASSWORD',
  'COPY',
  'CREATE',
  'DELETE',
  'DROPSHIP',
  'EDIT',
  'EDITFORECAST',
  'EMAIL',
  'MARKCOMPLETE',
  'ORDERITEMS',
  'PACK',
  'PAYBILLS',
  'PRINT',
  'QUICKVIEW',
  'REASSIGN',
  'REJECT',
  'SHIP',
  'SPECIALORDER',
  'TRANSFORM',
  'VIEW',
  'XEDIT',
];

/**
 * Calls `beforeLoad`, `beforeSubmit` or `afterSubmit` with a context object. Input: `{event, newRecord, oldRecord, readOnly, form?, request?}`;
 * output: newRecord as the script left it (pages section_4407992070, section_4407992281).
 */
export const callUserEvent: Adapter = async (call, guest) => {
  const input = call.input as JsonObject & { newRecord: JsonObject; oldRecord: JsonObject | null };
  guest.module('N/record');
  const bridge = guest.bridges.record;
  if (!bridge) throw unsupported('A User Event context record');
  const partial = input.event === 'xedit';
  const newRecord = bridge.wrap(input.newRecord, { readOnly: call.entry === 'afterSubmit', partial });
  const oldRecord = input.oldRecord ? bridge.wrap(input.oldRecord, { readOnly: true }) : null;
  await call.script[call.entry]?.(contextOf(call, newRecord, oldRecord, guest));
  // What afterSubmit does to the record is lost in any case: it is stored already.
  return call.entry === 'afterSubmit' ? null : bridge.unwrap(newRecord);
};

function contextOf(call: EntryCall, newRecord: object, oldRecord: object | null, guest: Guest): object {
  const { event, request } = call.input as JsonObject;
  const context: Record<string, unknown> = {
    type: event,
    newRecord,
    UserEventType: tableOf(EVENT_TYPES, (type) => type.toLowerCase()),
  };
  if (call.entry === 'beforeLoad') Object.assign(context, { ...formOf(guest, newRecord, request) });
  else context.oldRecord = oldRecord;
  return Object.freeze(context);
}

function formOf(guest: Guest, record: object, request: Json): { form: object; request: object | null } {
  return (require('./user-event-form') as typeof RecordForm).openedForm(guest, record, request);
}
