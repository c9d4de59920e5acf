import runtime from 'N/runtime';
import type { EntryPoints } from 'N/types';
import { requestedChange, type FailureRow } from '../outbox/requested-change';
import { textOf } from '../upsert/normalise';
import { FAILURE } from '../upsert/failure-rows';
import { addOutboxRow } from './outbox-port';

type Context = EntryPoints.UserEvent.afterSubmitContext;

const ACTION = 'custrecord_srl_fl_action';

/** An administrator who sets *Requested action* on a failure row asks the relay; the row itself is no change anybody waits for. */
export function captureRequest({ newRecord, oldRecord, type, UserEventType }: Context): void {
  if (type === UserEventType.DELETE) return;
  const action = textOf(newRecord.getValue({ fieldId: ACTION }));
  const before = oldRecord == null ? '' : textOf(oldRecord.getValue({ fieldId: ACTION }));
  if (action === '' || action === before) return;
  // An inline edit shows the edited fields alone: the rest stands in the old record.
  const read = (fieldId: string): string =>
    textOf(newRecord.getValue({ fieldId })) || textOf(oldRecord?.getValue({ fieldId }));
  const row: FailureRow = {
    id: String(newRecord.id),
    opId: read('custrecord_srl_fl_op'),
    key: read('custrecord_srl_fl_key'),
    action: textOf(newRecord.getText({ fieldId: ACTION })),
    note: read('custrecord_srl_fl_note'),
  };
  const now = new Date();
  const user = String(runtime.getCurrentUser().id);
  const data = requestedChange(row, String(runtime.executionContext), user, now);
  if (data === null) return;
  const outboxRow = { recordType: FAILURE, recordId: row.id, kind: 'updated', at: now.toISOString() } as const;
  addOutboxRow({ ...outboxRow, body: JSON.stringify(data) }, row.opId);
}
