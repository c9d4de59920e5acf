import type { ChangeEvent } from '../../../../../contract/change-event';

/** What sending needs of NetSuite. */
export interface Outlet {
  /** HTTP status of the receiver's answer; throws when there is none. */
  post(webhookId: string, body: string): number;
  /** Takes what was accepted out of the outbox: deleted, or marked when rows are kept. */
  settle(event: ChangeEvent): void;
  unitsLeft(): number;
}

export interface Sent {
  accepted: number;
  refused: number;
  /** Not tried in this run: the units of the invocation end, or an earlier batch of the bucket was refused. */
  left: number;
  status: number | null;
}

/** Units of one call out and of settling one row at its dearest (delete of a custom record: 4). */
const CALL_UNITS = 10;
const SETTLE_UNITS = 4;
const RESERVE_UNITS = 50;

/**
 * Sends the events of a bucket in batches, oldest first. All events of a record are in one bucket, and a refused batch ends the
 * bucket, so that no later event of a record overtakes an earlier one.
 */
export function sendBucket(events: readonly ChangeEvent[], batchSize: number, outlet: Outlet): Sent {
  const sent: Sent = { accepted: 0, refused: 0, left: 0, status: null };
  let at = 0;
  while (at < events.length) {
    const affordable = Math.floor((outlet.unitsLeft() - RESERVE_UNITS - CALL_UNITS) / SETTLE_UNITS);
    const batch = events.slice(at, at + Math.min(batchSize, affordable));
    if (affordable <= 0 || batch.length === 0) break;
    sent.status = outlet.post(`${batch[0]?.id ?? ''}.${batch.length}`, JSON.stringify(batch));
    if (sent.status < 200 || sent.status > 299) {
      sent.refused += batch.length;
      at += batch.length;
      break;
    }
    for (const event of batch) outlet.settle(event);
    sent.accepted += batch.length;
    at += batch.length;
  }
  sent.left = events.length - at;
  return sent;
}

const EVENTS_PER_BUCKET = 500;

/** How many streams a number of events is worth. */
export const bucketsFor = (events: number, most: number): number =>
  Math.max(1, Math.min(most, Math.ceil(events / EVENTS_PER_BUCKET)));

/** Which bucket a record's events go to: stable, so that they all meet there. */
export function bucketOf(partitionKey: string, buckets: number): number {
  let sum = 0;
  for (let at = 0; at < partitionKey.length; at += 1) sum = (sum * 31 + partitionKey.charCodeAt(at)) % 1_000_003;
  return sum % buckets;
}
