import type { ChangeEvent } from '../../../../../contract/change-event';
import { BATCH_CHARACTERS, howManyFit } from './fit-rows';

/** What sending needs of NetSuite. */
export interface Outlet {
  /** HTTP status of the receiver's answer; throws when there is none. */
  post(webhookId: string, body: string): number;
  /** Takes what was accepted out of the outbox: deleted, or marked when rows are kept. */
  settle(event: ChangeEvent): void;
  /** Sets an event aside that the receiver can't take: its row stays, marked, for a person to look at. */
  setAside(event: ChangeEvent, status: number): void;
  unitsLeft(): number;
}

export interface Sent {
  accepted: number;
  refused: number;
  /** Events that the receiver could not take, each by itself. */
  setAside: number;
  /** Not tried in this run: the units of the invocation end, or an earlier batch of the bucket was refused. */
  left: number;
  status: number | null;
}

/** Units of one call out and of settling one row at its dearest (delete of a custom record: 4). */
const CALL_UNITS = 10;
const SETTLE_UNITS = 4;
const RESERVE_UNITS = 50;

/** The receiver understood the request and can't take its content: sending the same again will not help. */
const isAboutContent = (status: number): boolean => status === 400 || status === 413 || status === 422;

/**
 * Sends the events of a bucket in batches, oldest first. All events of a record are in one bucket, and a refused batch ends the
 * bucket, so that no later event of a record overtakes an earlier one. A batch refused for its content is halved until the event is found
 * that the receiver can't take; that one alone is set aside, so that it does not hold up the others for ever.
 */
export function sendBucket(events: readonly ChangeEvent[], batchSize: number, outlet: Outlet): Sent {
  const sent: Sent = { accepted: 0, refused: 0, setAside: 0, left: 0, status: null };
  let at = 0;
  let most = batchSize;
  while (at < events.length) {
    const batch = nextBatch(events, at, most, outlet);
    if (batch.length === 0) break;
    const status = outlet.post(`${batch[0]?.id ?? ''}.${batch.length}`, JSON.stringify(batch));
    sent.status = status;
    if (status >= 200 && status <= 299) {
      for (const event of batch) outlet.settle(event);
      sent.accepted += batch.length;
      at += batch.length;
      most = Math.min(batchSize, most * 2);
    } else if (!isAboutContent(status)) {
      sent.refused += batch.length;
      at += batch.length;
      break;
    } else if (batch.length > 1) {
      most = Math.ceil(batch.length / 2);
    } else {
      for (const event of batch) outlet.setAside(event, status);
      sent.setAside += 1;
      at += 1;
    }
  }
  sent.left = events.length - at;
  return sent;
}

/** The next events that one call may carry: no more than asked for, than fit into a body, and than the units left can settle. */
function nextBatch(events: readonly ChangeEvent[], at: number, most: number, outlet: Outlet): ChangeEvent[] {
  const affordable = Math.floor((outlet.unitsLeft() - RESERVE_UNITS - CALL_UNITS) / SETTLE_UNITS);
  const batch = events.slice(at, at + Math.max(0, Math.min(most, affordable)));
  const sizes = batch.map((event) => JSON.stringify(event).length + 1);
  return batch.slice(0, howManyFit(sizes, BATCH_CHARACTERS));
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
