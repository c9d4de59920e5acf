import type { ChangeData } from '../../../../../contract/change-event';
import { FAILURE } from '../upsert/failure-rows';

export interface FailureRow {
  id: string;
  opId: string;
  key: string;
  /** Name of the requested action, as the list shows it. */
  action: string;
  note: string;
}

/** What the relay is told of a request, or null when the action is none it knows. */
export function requestedChange(row: FailureRow, context: string, user: string | null, now: Date): ChangeData | null {
  const action = row.action.toLowerCase();
  if (action !== 'retry' && action !== 'resolve') return null;
  return {
    recordType: FAILURE,
    internalId: row.id,
    externalId: row.opId,
    lastModified: now.toISOString(),
    changes: [],
    origin: { opId: row.opId, version: null, hop: 0, ownSave: false, context, user },
    foundBy: 'admin',
    request: row.note === '' ? { opId: row.opId, action } : { opId: row.opId, action, note: row.note },
  };
}
