import { eventType, type ChangeData, type ChangeEvent } from '../../../../../contract/change-event';
import type { OutboxRow } from './outbox-fields';

/** Event ids name the account and the row, so that an acknowledgement finds the row and ids of two accounts never meet. */
export const eventId = (accountId: string, rowId: string): string => `${accountId.toLowerCase()}-${rowId}`;

/** The outbox row an event id stands for; null when it is none of ours. */
export function rowOf(id: string): string | null {
  return /-(\d+)$/.exec(id)?.[1] ?? null;
}

/** What a row becomes on the wire. */
export function toChangeEvent(row: OutboxRow, accountId: string): ChangeEvent {
  return {
    specversion: '1.0',
    id: eventId(accountId, row.id),
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
