import type { ChangeData, ChangeEvent } from '../../../../../contract/change-event';
import { eventType } from '../../../../../contract/event-type';
import type { OutboxRow } from './outbox-fields';

/**
 * Event ids name the account and the row, so that an acknowledgement finds the row and ids of two accounts never meet. A deletion's has an
 * `x`: its row stays when the relay has it, because nothing else tells the sweep that the deletion was told.
 */
export const eventId = (accountId: string, rowId: string, kind: OutboxRow['kind']): string =>
  `${accountId.toLowerCase()}-${kind === 'deleted' ? 'x-' : ''}${rowId}`;

/** The outbox row an event id stands for; null when it is none of ours. */
export function rowOf(id: string): { rowId: string; deletion: boolean } | null {
  const [, x, rowId] = /-(x-)?(\d+)$/.exec(id) ?? [];
  return rowId === undefined ? null : { rowId, deletion: x !== undefined };
}

/** What a row becomes on the wire. */
export function toChangeEvent(row: OutboxRow, accountId: string): ChangeEvent {
  return {
    specversion: '1.0',
    id: eventId(accountId, row.id, row.kind),
    source: `/netsuite/${accountId}`,
    type: eventType(row.recordType, row.kind),
    subject: `${row.recordType}/${row.recordId}`,
    time: row.at,
    datacontenttype: 'application/json',
    sequence: row.id,
    partitionkey: `${row.recordType}/${row.recordId}`,
    data: JSON.parse(row.body) as ChangeData,
  };
}
