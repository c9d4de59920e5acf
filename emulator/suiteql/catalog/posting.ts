import { extract } from './column';
import { typeCase } from './transaction-types';

const own = (row: string, field: string): string => extract(`${row}.data`, field);

/** Of a transaction that needs an approval and has none: pending, or rejected. */
export const isUnapproved = (row: string): string => `COALESCE(${own(row, 'approvalstatus')}, '') IN ('1', '3')`;

/**
 * What waits for an approval or was refused it posts nothing (page section_N1452887), nor does a fulfillment that is picked or packed and not yet
 * shipped (page section_N1229796). `row` is a transaction.
 */
const isHeld = (row: string): string =>
  `(${isUnapproved(row)} OR CASE WHEN ${row}.type = 'itemfulfillment' THEN COALESCE(${own(row, 'shipstatus')}, 'C') IN ('A', 'B') ` +
  `WHEN ${row}.type LIKE '%journalentry' THEN COALESCE(${own(row, 'approved')}, 1) IN (0, 'F') ELSE 0 END)`;

/** SQL: 1 for a transaction that posts. */
export const posts = (row: string): string =>
  `CASE WHEN ${typeCase(`${row}.type`, (entry) => (entry.posting ? '1' : '0'), '0')} AND NOT ${isHeld(row)} THEN 1 ELSE 0 END`;

export const postingFlag = (row: string): string => `CASE WHEN ${posts(row)} THEN 'T' ELSE 'F' END`;
