import type { ChangeData } from '../../../../../contract/change-event';

/** A long text field holds 1,000,000 characters; a batch of events must fit into one request all the same. */
const MOST_CHARACTERS = 900_000;

/** The content of an outbox row. A change too large for one says only which record it was: the receiver reads it again. */
export function rowBody(data: ChangeData, most = MOST_CHARACTERS): string {
  const whole = JSON.stringify(data);
  return whole.length <= most ? whole : JSON.stringify({ ...data, changes: [], truncated: true });
}
