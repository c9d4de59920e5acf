import record from 'N/record';
import { readRows } from './read-rows';
import { searchPage } from './search-rows';
import { rowOf } from '../outbox/change-event';
import { OUTBOX, OUTBOX_FIELDS as F, PENDING, SENT, SET_ASIDE, type OutboxRow } from '../outbox/outbox-fields';
import type { Row } from '../upsert/ports';

/** Writes one row: 6 units (create 2, save 4). */
export function addOutboxRow(row: Omit<OutboxRow, 'id'>, opId: string | null): string {
  const opened = record.create({ type: OUTBOX });
  const values = {
    [F.type]: row.recordType,
    [F.record]: row.recordId,
    [F.kind]: row.kind,
    [F.state]: PENDING,
    [F.at]: row.at,
    [F.body]: row.body,
    [F.operation]: opId ?? '',
  };
  for (const [fieldId, value] of Object.entries(values)) opened.setValue({ fieldId, value });
  return String(opened.save());
}

const COLUMNS = `TO_CHAR(o.id), o.${F.type}, o.${F.record}, o.${F.kind}, o.${F.at}, o.${F.body}`;

/** Waiting rows in the order of their ids: those behind `after`, or with `upTo` those that were left behind. */
export function pendingRows(range: { after?: string; upTo?: string }, limit: number): OutboxRow[] {
  const conditions = [`o.${F.state} = ?`];
  const params: (string | number)[] = [PENDING];
  const filters: (string | number)[][] = [[F.state, 'is', PENDING]];
  if (range.after !== undefined) {
    conditions.push('o.id > ?');
    params.push(Number(range.after));
    filters.push(['internalidnumber', 'greaterthan', range.after]);
  }
  if (range.upTo !== undefined) {
    conditions.push('o.id <= ?');
    params.push(Number(range.upTo));
    filters.push(['internalidnumber', 'lessthanorequalto', range.upTo]);
  }
  const inner = `SELECT ${COLUMNS} FROM ${OUTBOX} o WHERE ${conditions.join(' AND ')} ORDER BY o.id`;
  return readRows({
    sql: `SELECT * FROM (${inner}) WHERE ROWNUM <= ${limit}`,
    params,
    search: () =>
      searchPage({ type: OUTBOX, filters, columns: ['internalid', F.type, F.record, F.kind, F.at, F.body], limit }).map(
        withWholeBody,
      ),
  }).map(toRow);
}

/** A search cuts text at 4,000 bytes (Oracle page section_N3352288), UTF-8 takes up to three for a character of a script's string. */
const SURELY_WHOLE = 1300;

/** Loads the row where the search may have cut its body. 2 units then. */
function withWholeBody(row: Row): Row {
  const body = row.at(-1) ?? '';
  if (body.length < SURELY_WHOLE || isJson(body)) return row;
  const whole: unknown = record.load({ type: OUTBOX, id: row[0] ?? '' }).getValue({ fieldId: F.body });
  return [...row.slice(0, -1), String(whole)];
}

/** A cut body is no JSON any more. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function toRow(values: readonly unknown[]): OutboxRow {
  const [id, recordType, recordId, kind, at, body] = values.map((value) => String((value ?? '') as string | number));
  return {
    id: id ?? '',
    recordType: recordType ?? '',
    recordId: recordId ?? '',
    kind: kind as OutboxRow['kind'],
    at: at ?? '',
    body: body ?? '',
  };
}

/**
 * Takes out what an accepted event stands for: deleted (4 units), or marked as sent (2) when rows are kept for audit and for deletions.
 * False when there is nothing left to take out.
 */
export function settleEvent(eventId: string, keep: boolean): boolean {
  const row = rowOf(eventId);
  if (row === null) return false;
  const { rowId, deletion } = row;
  try {
    if (keep || deletion) record.submitFields({ type: OUTBOX, id: rowId, values: { [F.state]: SENT } });
    else record.delete({ type: OUTBOX, id: rowId });
    return true;
  } catch (refusal) {
    if ((refusal as { name?: string }).name === 'RCRD_DSNT_EXIST') return false;
    throw refusal;
  }
}

/** Marks a row that the relay can't take: it waits for a person. 2 units. */
export function setRowAside(eventId: string): void {
  const row = rowOf(eventId);
  if (row !== null) record.submitFields({ type: OUTBOX, id: row.rowId, values: { [F.state]: SET_ASIDE } });
}

const READ_AT_ONCE = 500;
/** A run may hold 200 MB between its stages (Oracle page section_4480364878): the rest goes with the next one. */
const RUN_CHARACTERS = 40_000_000;

/** The oldest waiting rows, as many as one run of the publisher can carry. 10 units for each 500. */
export function rowsOfRun(mostRows: number): OutboxRow[] {
  const rows: OutboxRow[] = [];
  let characters = 0;
  for (let after = '0'; rows.length < mostRows && characters < RUN_CHARACTERS; after = rows.at(-1)?.id ?? after) {
    const page = pendingRows({ after }, Math.min(READ_AT_ONCE, mostRows - rows.length));
    rows.push(...page);
    characters += page.reduce((sum, { body }) => sum + body.length, 0);
    if (page.length < READ_AT_ONCE) break;
  }
  return rows;
}
