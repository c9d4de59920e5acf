import query from 'N/query';
import record from 'N/record';
import { OUTBOX, OUTBOX_FIELDS as F, PENDING, SENT, type OutboxRow } from '../outbox/outbox-fields';

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
  if (range.after !== undefined) {
    conditions.push('o.id > ?');
    params.push(Number(range.after));
  }
  if (range.upTo !== undefined) {
    conditions.push('o.id <= ?');
    params.push(Number(range.upTo));
  }
  const inner = `SELECT ${COLUMNS} FROM ${OUTBOX} o WHERE ${conditions.join(' AND ')} ORDER BY o.id`;
  const { results } = query.runSuiteQL({ query: `SELECT * FROM (${inner}) WHERE ROWNUM <= ${limit}`, params });
  return results.map((result) => toRow(result.values));
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

/** Takes a row out: deleted (4 units), or marked as sent (2) when rows are kept for audit. A row that is gone already is fine. */
export function settleRow(rowId: string, keep: boolean): boolean {
  try {
    if (keep) record.submitFields({ type: OUTBOX, id: rowId, values: { [F.state]: SENT } });
    else record.delete({ type: OUTBOX, id: rowId });
    return true;
  } catch (refusal) {
    if ((refusal as { name?: string }).name === 'RCRD_DSNT_EXIST') return false;
    throw refusal;
  }
}
