import type { PreparedRequest } from '../core/prepare-request';
import type { Job } from './run-group';

/** Most writes of one transaction: beyond it a group gains nothing and keeps the first one waiting. */
const MOST = 500;
/** Operations of new requests in one transaction beyond which the next request waits for its turn: about 30 ms of work. */
const MOST_OPERATIONS = 500;

/** A request of fewer operations is small: it goes at once. */
const SMALL = 10;

const operationsOf = ({ name, args }: Job): number =>
  name === 'enqueue' ? (args as PreparedRequest[]).reduce((sum, request) => sum + request.operations.length, 0) : 0;

/**
 * The writes of the next transaction, in the order they came. Large requests take turns while small ones go at once: a single record
 * must not wait until a load of thousands is written, and the first large one goes whatever came before it.
 */
export function chooseGroup(waiting: readonly Job[]): { group: Job[]; rest: Job[] } {
  const group: Job[] = [];
  const rest: Job[] = [];
  let large = 0;
  for (const job of waiting) {
    const operations = operationsOf(job);
    const counts = operations < SMALL ? 0 : operations;
    const fits = group.length < MOST && (counts === 0 || large === 0 || large + counts <= MOST_OPERATIONS);
    (fits ? group : rest).push(job);
    if (fits) large += counts;
  }
  return { group, rest };
}
