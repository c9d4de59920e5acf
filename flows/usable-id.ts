import { problemAt } from './map-problem-error';

/** Longest external id that NetSuite keeps, in characters. */
const LONGEST = 255;

/**
 * An id by which a record or a line will be found again, as it was built from the source field `name`. A control character (a line break at its end)
 * would not survive a text field of NetSuite.
 */
export function usableId(name: string, id: string): string {
  const fault = /\p{Cc}/u.test(id)
    ? 'holds a line break or another control character'
    : id.length > LONGEST
      ? `makes an id of ${id.length} characters; ${LONGEST} are possible`
      : null;
  if (fault === null) return id;
  throw problemAt(
    name,
    'INVALID_CRM_ID',
    `${name} ${fault}: nothing could be found again by it.`,
    `Correct ${name} in the CRM and send the record again.`,
  );
}
