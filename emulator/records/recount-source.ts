import type { Account, Execution, LineData, RecordData } from '../kernel/types';
import { countBuilt } from './assemblies';
import { nowIso } from './clock-day';
import { commitOrderLines } from './commit-order-lines';
import { findReference } from './find-record';
import { addQuantities, number } from './money';
import { moveStock } from './move-stock';
import { orderStatusFor } from './order-progress';
import { stampStatus } from './stamp-system-fields';
import { recountUnbilled } from './unbilled-orders';
import { TRANSFORM_RULES } from './transform-rules';

const CHILD_TYPES = [...new Set(Object.keys(TRANSFORM_RULES).map((rule) => rule.slice(rule.indexOf('>') + 1)))];

/** Transactions made from this one, by their `createdfrom`. */
export function childrenOf(account: Account, sourceId: string): RecordData[] {
  account.store.ensureIndex('transaction', 'createdfrom');
  const statement = account.store.db.prepare<[string, string]>(
    `SELECT id FROM record WHERE type = ? AND json_extract(data, '$.fields.createdfrom') = ?`,
  );
  return CHILD_TYPES.flatMap((type) =>
    (statement.all(type, sourceId) as { id: number }[]).map((row) => account.store.get(type, String(row.id))!),
  );
}

const BILLED = ['quantitybilled'];
/** What the children's lines have done to each of the order's lines, by column. */
const COUNTED: Record<string, string[]> = {
  itemreceipt: ['quantityreceived'],
  invoice: BILLED,
  cashsale: BILLED,
  vendorbill: BILLED,
  creditmemo: BILLED,
  cashrefund: BILLED,
  vendorcredit: BILLED,
};
const COLUMNS = ['quantitypicked', 'quantitypacked', 'quantityfulfilled', 'quantityreceived', 'quantitybilled'];
/** By status of a fulfillment: what is picked or packed is not shipped (page section_N1229796), what is shipped was packed and picked. */
const SHIPPED = ['quantitypicked', 'quantitypacked', 'quantityfulfilled'];
const STAGES: Record<string, string[]> = { A: SHIPPED.slice(0, 1), B: SHIPPED.slice(0, 2) };

const countedBy = ({ type, fields }: RecordData): string[] =>
  type === 'itemfulfillment' ? (STAGES[String(fields.shipstatus)] ?? SHIPPED) : (COUNTED[type] ?? []);

type Counts = Record<string, number>;

/** By line of the order, read once: an order of a thousand lines has as many on each of its children. */
function countChildren(children: RecordData[]): Map<string, Counts> {
  const counts = new Map<string, Counts>();
  for (const child of children) {
    const columns = countedBy(child);
    if (columns.length === 0) continue;
    for (const { fields } of child.sublists.item ?? []) {
      if (fields.itemreceive === false) continue;
      const line = String(fields.orderline ?? '');
      const sums = counts.get(line) ?? {};
      for (const column of columns) sums[column] = addQuantities([sums[column] ?? 0, number(fields.quantity)]);
      counts.set(line, sums);
    }
  }
  return counts;
}

function countLine(line: LineData, sums: Counts): boolean {
  let changed = false;
  for (const column of COLUMNS) {
    const sum = sums[column] ?? 0;
    if (number(line.fields[column]) === sum) continue;
    line.fields[column] = sum;
    changed = true;
  }
  if (changed) line.fields.quantityshiprecv = sums.quantityfulfilled || sums.quantityreceived || 0;
  return changed;
}

const SALES = new Set(['salesorder', 'invoice', 'cashsale']);
const WON = '13';

/** An estimate that became a sale is processed; an opportunity is won. Answers whether anything changed. */
function closeSalesDocument(source: RecordData, children: RecordData[]): boolean {
  if (source.type !== 'estimate' && source.type !== 'opportunity') return false;
  if (!children.some((child) => SALES.has(child.type)) || source.fields.entitystatus === WON) return false;
  source.fields.entitystatus = WON;
  source.fields.probability = 100;
  return true;
}

/** Recounts the order that a transaction was made from: quantities per line and the order's status. */
export function recountSource(account: Account, execution: Execution, record: RecordData): void {
  const sourceId = record.fields.createdfrom;
  followOpportunity(account, execution, record);
  if (typeof sourceId !== 'string') return;
  const source = findReference(account, 'transaction', sourceId);
  if (!source) return;
  const children = childrenOf(account, sourceId).filter(({ fields }) => fields.voided !== true);
  const old = structuredClone(source);
  const counts = countChildren(children);
  const changed =
    (source.sublists.item ?? []).filter((line) => countLine(line, counts.get(String(line.fields.line ?? '')) ?? {}))
      .length > 0;
  const built = countBuilt(source, children);
  const after = orderStatusFor(source, children);
  if (after !== undefined) source.fields.orderstatus = after;
  const moved = closeSalesDocument(source, children) || built;
  if (!changed && !moved && old.fields.orderstatus === source.fields.orderstatus) return;
  stampStatus(account, source);
  source.fields.lastmodifieddate = nowIso(account);
  account.store.put(source);
  moveStock(account, source, old);
  commitOrderLines(account, source);
  recountUnbilled(account, source, old);
  noteUpdate(account, execution, source);
}

const noteUpdate = (account: Account, execution: Execution, { type, id }: RecordData): void =>
  account.noteWrite({
    op: 'update',
    type,
    id: id!,
    scriptId: execution.scriptId,
    executionId: execution.id,
    api: 'platform',
    context: execution.context,
  });

/**
 * The opportunity behind a quote or a sale, though the sale was made from the quote: it has an issued estimate, or is
 * won as soon as anything but an estimate belongs to it (page section_N3684743).
 */
function followOpportunity(account: Account, execution: Execution, record: RecordData): void {
  const id = record.fields.opportunity;
  if (typeof id !== 'string' || (record.type !== 'estimate' && !SALES.has(record.type))) return;
  const opportunity = account.store.get('opportunity', id);
  if (!opportunity) return;
  const before = opportunity.fields.status;
  closeSalesDocument(opportunity, [record]);
  stampStatus(account, opportunity);
  if (opportunity.fields.status === before) return;
  opportunity.fields.lastmodifieddate = nowIso(account);
  account.store.put(opportunity);
  noteUpdate(account, execution, opportunity);
}
