import type { LineData, RecordData } from '../kernel/types';
import { number } from './money';

const sum = (lines: LineData[], column: string): number =>
  lines.reduce((total, line) => total + number(line.fields[column]), 0);

/** Lines that count for an order's progress: with a quantity, and not closed by hand. */
const open = (record: RecordData): LineData[] =>
  (record.sublists.item ?? []).filter((line) => number(line.fields.quantity) > 0);

const covers = (lines: LineData[], column: string): boolean =>
  lines.every((line) => line.fields.isclosed === true || number(line.fields[column]) >= number(line.fields.quantity));

const allClosed = (lines: LineData[]): boolean =>
  lines.length > 0 && lines.every((line) => line.fields.isclosed === true);

function salesOrderStatus(record: RecordData, needsShipping: (line: LineData) => boolean): string {
  const lines = open(record);
  const shipped = lines.filter(needsShipping);
  const billed = covers(lines, 'quantitybilled');
  const fulfilled = covers(shipped, 'quantityfulfilled');
  const anyFulfilled = sum(shipped, 'quantityfulfilled') > 0;
  const anyBilled = sum(lines, 'quantitybilled') > 0;
  if (allClosed(lines)) return 'H';
  if (billed && fulfilled) return 'G';
  if (fulfilled) return 'F';
  if (!anyFulfilled) return 'B';
  return anyBilled && !owes(shipped) ? 'D' : 'E';
}

/** Goods are out that are not billed yet. */
const owes = (lines: LineData[]): boolean =>
  lines.some((line) => number(line.fields.quantityfulfilled) > number(line.fields.quantitybilled));

function receivingStatus(record: RecordData): string {
  const lines = open(record);
  if (allClosed(lines)) return 'H';
  const received = covers(lines, 'quantityreceived');
  if (received && covers(lines, 'quantitybilled')) return 'G';
  if (received) return 'F';
  if (sum(lines, 'quantityreceived') === 0) return 'B';
  return owesReceived(lines) ? 'E' : 'D';
}

const owesReceived = (lines: LineData[]): boolean =>
  lines.some((line) => number(line.fields.quantityreceived) > number(line.fields.quantitybilled));

const GOODS = new Set(['InvtPart', 'Assembly', 'Kit', 'NonInvtPart', 'OthCharge']);
/** Lines that are fulfilled before they are billed; services are billed only. */
const isShipped = (line: LineData): boolean =>
  typeof line.fields.fulfillable === 'boolean'
    ? line.fields.fulfillable
    : GOODS.has(String(line.fields.itemtype ?? 'InvtPart')) || number(line.fields.quantityfulfilled) > 0;

/** Order status by what was fulfilled, received and billed; undefined where nothing follows (approval pending, closed, other types). */
export function orderStatusFor(record: RecordData, children: RecordData[]): string | undefined {
  const status = String(record.fields.orderstatus ?? '');
  if (status === 'A' || status === 'C' || status === 'H') return undefined;
  if (record.type === 'salesorder') return salesOrderStatus(record, isShipped);
  if (record.type === 'purchaseorder' || record.type === 'returnauthorization') return receivingStatus(record);
  if (record.type === 'transferorder' || record.type === 'vendorreturnauthorization')
    return children.length > 0 ? movementStatus(record) : 'B';
  if (record.type === 'workorder') return buildStatus(record);
  return undefined;
}

function buildStatus({ fields }: RecordData): string {
  const built = number(fields.built);
  if (built === 0) return fields.orderstatus === 'A' ? 'A' : 'B';
  return built >= number(fields.quantity) ? 'G' : 'D';
}

/** Goods have left one location and not reached the other. */
const isOnItsWay = (lines: LineData[]): boolean =>
  lines.some((line) => number(line.fields.quantityfulfilled) > number(line.fields.quantityreceived));

function movementStatus(record: RecordData): string {
  const lines = open(record);
  if (record.type === 'transferorder' && covers(lines, 'quantityreceived')) return 'G';
  if (covers(lines, 'quantitybilled') && record.type === 'vendorreturnauthorization') return 'G';
  if (covers(lines, 'quantityfulfilled')) return 'F';
  if (sum(lines, 'quantityfulfilled') === 0) return 'B';
  return record.type === 'transferorder' && isOnItsWay(lines) ? 'E' : 'D';
}
