import runtime from 'N/runtime';
import type { ChangesPage } from '../../../../../contract/change-event';
import { toChangeEvent } from '../outbox/change-event';
import { pendingRows } from './outbox-port';

const MAX_PAGE = 1000;

/**
 * One page of waiting changes. Ids grow but are not the order of commits: a row may become visible behind the cursor. The last page
 * therefore also holds rows that were left behind; the receiver knows events it has seen by their ids.
 */
export function readPage(after: string, wanted: number): ChangesPage {
  const limit = Math.max(1, Math.min(MAX_PAGE, Number.isFinite(wanted) ? Math.floor(wanted) : 500));
  const cursor = /^\d+$/.test(after) ? after : '0';
  const rows = pendingRows({ after: cursor }, limit);
  const more = rows.length === limit;
  const next = rows.at(-1)?.id ?? cursor;
  if (!more && cursor !== '0') rows.unshift(...pendingRows({ upTo: cursor }, limit - rows.length));
  return { events: rows.map((row) => toChangeEvent(row, runtime.accountId)), cursor: next, more };
}
