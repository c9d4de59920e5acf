import runtime from 'N/runtime';
import type { ChangesPage } from '../../../../../contract/change-event';
import { toChangeEvent } from '../outbox/change-event';
import { BATCH_CHARACTERS, howManyFit } from '../outbox/fit-rows';
import type { OutboxRow } from '../outbox/outbox-fields';
import { pendingRows } from './outbox-port';

const MAX_PAGE = 1000;

/**
 * One page of waiting changes. Ids grow but are not the order of commits: a row may become visible behind the cursor. The last page
 * therefore also holds rows that were left behind; the receiver knows events it has seen by their ids.
 */
export function readPage(after: string, wanted: number): ChangesPage {
  const limit = Math.max(1, Math.min(MAX_PAGE, Number.isFinite(wanted) ? Math.floor(wanted) : 500));
  const cursor = /^\d+$/.test(after) ? after : '0';
  const found = pendingRows({ after: cursor }, limit);
  const rows = fitting(found);
  const more = found.length === limit || rows.length < found.length;
  const next = rows.at(-1)?.id ?? cursor;
  if (!more && cursor !== '0')
    rows.unshift(...fitting(pendingRows({ upTo: cursor }, limit - rows.length), sizeOf(rows)));
  return { events: rows.map((row) => toChangeEvent(row, runtime.accountId)), cursor: next, more };
}

/** What an event has beside its row's body. */
const ENVELOPE = 400;
const sizesOf = (rows: readonly OutboxRow[]): number[] => rows.map(({ body }) => body.length + ENVELOPE);
const sizeOf = (rows: readonly OutboxRow[]): number => sizesOf(rows).reduce((sum, size) => sum + size, 0);

/** The first rows that one answer can carry beside what it holds already. */
const fitting = (rows: readonly OutboxRow[], held = 0): OutboxRow[] =>
  held > BATCH_CHARACTERS ? [] : rows.slice(0, howManyFit(sizesOf(rows), BATCH_CHARACTERS - held));
