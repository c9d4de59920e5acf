import log from 'N/log';
import type { EntryPoints } from 'N/types';
import { inheritedStamps } from '../outbox/inherited-stamps';
import { messageOf } from '../upsert/operation-failure';
import { SEEN, stampFields } from '../upsert/stamps';

type Context = EntryPoints.UserEvent.beforeSubmitContext;

/** Before a save: inherited stamps go, and the record is marked as seen. Never keeps a user from saving. */
export function prepareSave({ newRecord, type, UserEventType }: Context): void {
  if (type === UserEventType.DELETE) return;
  try {
    const recordType = String(newRecord.type);
    if (type === UserEventType.CREATE || type === UserEventType.COPY) {
      for (const fieldId of inheritedStamps(recordType, (field) => newRecord.getValue({ fieldId: field }))) {
        newRecord.setValue({ fieldId, value: '' });
      }
    }
    const field = stampFields(recordType);
    if (field !== null) newRecord.setValue({ fieldId: field(SEEN), value: new Date().toISOString() });
  } catch (refusal) {
    log.error({ title: 'SuiteRelay: stamps were not checked before a save', details: messageOf(refusal) });
  }
}
