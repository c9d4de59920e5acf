/** The outbox: one row for each change that a User Event or the sweep found. */
export const OUTBOX = 'customrecord_srl_outbox';

export const OUTBOX_FIELDS = {
  type: 'custrecord_srl_ob_type',
  record: 'custrecord_srl_ob_record',
  kind: 'custrecord_srl_ob_kind',
  state: 'custrecord_srl_ob_state',
  body: 'custrecord_srl_ob_body',
  at: 'custrecord_srl_ob_at',
  operation: 'custrecord_srl_ob_operation',
} as const;

export const PENDING = 'pending';
export const SENT = 'sent';
/** The relay can't take it: a person has to look at it. Set back to pending, it is sent again. */
export const SET_ASIDE = 'set aside';

export interface OutboxRow {
  id: string;
  recordType: string;
  recordId: string;
  kind: 'created' | 'updated' | 'deleted';
  /** ISO 8601 of the capture. */
  at: string;
  /** `changeDataSchema` as JSON. */
  body: string;
}
