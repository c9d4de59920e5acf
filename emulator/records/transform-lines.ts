import type { Account, Fields, LineData, RecordData, TypeMeta } from '../kernel/types';
import { findReference } from './find-record';
import { isFulfillable } from './item-kinds';
import { decimalsOf, isPercent, multiply, number } from './money';
import { remainingQuantity, type TransformRule } from './transform-rules';

const NOT_TAKEN = new Set([
  'externalid',
  'id',
  'tranid',
  'trandate',
  'status',
  'statusref',
  'orderstatus',
  'createddate',
  'lastmodifieddate',
  'customform',
  'createdfrom',
  'total',
  'subtotal',
  'probability',
  'entitystatus',
  'projectedtotal',
  'amountpaid',
  'amountremaining',
  'duedate',
  'transactionnumber',
  'shipstatus',
  'documentstatus',
  'title',
]);
const NOT_TAKEN_ON_LINES = new Set([
  'line',
  'lineuniquekey',
  'linenumber',
  'id',
  'orderline',
  'orderdoc',
  'quantityfulfilled',
  'quantitybilled',
  'quantityreceived',
  'quantitycommitted',
  'quantitybackordered',
  'isclosed',
  'quantity',
  'amount',
]);
/** Columns that a line keeps although the target's reference does not list them. */
const ALWAYS = new Set([
  'item',
  'itemtype',
  'description',
  'units',
  'rate',
  'price',
  'ingroup',
  'location',
  'department',
  'class',
]);

/** Body fields that both types have, custom ones included; the source itself becomes `createdfrom`. */
export function transformBody(source: RecordData, to: TypeMeta, record: RecordData): void {
  for (const [id, value] of Object.entries(source.fields)) {
    if (NOT_TAKEN.has(id) || id.startsWith('lastline_') || !to.fields[id]) continue;
    record.fields[id] = value;
  }
  record.fields.createdfrom = source.id;
  record.fields.entity = source.fields.entity ?? record.fields.entity ?? null;
  if (source.type === 'opportunity') record.fields.opportunity = source.id;
  for (const [id, subrecord] of Object.entries(source.subrecords)) {
    if (to.subrecords[id]) record.subrecords[id] = structuredClone(subrecord);
  }
  // Vendor-side documents start from a sales order with another counterparty.
  if (to.id === 'purchaseorder') record.fields.entity = null;
}

const isTaken = (to: TypeMeta, sublist: string, id: string): boolean =>
  !NOT_TAKEN_ON_LINES.has(id) &&
  (ALWAYS.has(id) || id.startsWith('cust') || to.sublists[sublist]?.fields[id] !== undefined);

function takeFields(to: TypeMeta, sublist: string, line: LineData): Fields {
  return Object.fromEntries(Object.entries(line.fields).filter(([id]) => isTaken(to, sublist, id)));
}

function isGoods(account: Account, line: LineData): boolean {
  const item = typeof line.fields.item === 'string' ? findReference(account, 'item', line.fields.item) : undefined;
  return item !== undefined && isFulfillable(item);
}

/** Where goods move: the line's own location, or the one that the order names for all its lines. */
const placeOf = (source: RecordData, to: TypeMeta, line: LineData): Fields[string] =>
  source.type === 'transferorder' && to.id === 'itemreceipt'
    ? (source.fields.transferlocation ?? null)
    : (line.fields.location ?? source.fields.location ?? null);

function transformLine(
  account: Account,
  source: RecordData,
  to: TypeMeta,
  line: LineData,
  rule: TransformRule,
): LineData | undefined {
  const fields = takeFields(to, 'item', line);
  if (line.fields.quantity !== undefined && line.fields.quantity !== null) {
    const quantity = remainingQuantity(rule.quantity, line);
    if (line.fields.isclosed === true || (rule.linked && quantity <= 0)) return undefined;
    fields.quantity = quantity;
    if (to.id === 'itemfulfillment' || to.id === 'itemreceipt') {
      Object.assign(fields, { itemreceive: true, quantityremaining: quantity });
      fields.location = placeOf(source, to, line);
    } else fields.amount = amountOf(account, source, line, quantity);
  } else if (line.fields.amount !== undefined) fields.amount = line.fields.amount;
  if (rule.linked) {
    fields.orderline = line.fields.line ?? null;
    fields.orderdoc = source.id;
  }
  return { fields };
}

/** The line's own amount when all of it comes along; its share of it otherwise. */
function amountOf(account: Account, source: RecordData, line: LineData, quantity: number): Fields[string] {
  const { amount, rate } = line.fields;
  if (quantity === number(line.fields.quantity) || rate === undefined || rate === null || isPercent(rate))
    return amount ?? null;
  return multiply(number(rate), quantity, decimalsOf(account, source.fields.currency));
}

export function transformLines(
  account: Account,
  source: RecordData,
  to: TypeMeta,
  record: RecordData,
  rule: TransformRule,
): void {
  const lines = (source.sublists.item ?? [])
    .filter((line) => !rule.goodsOnly || isGoods(account, line))
    .map((line) => transformLine(account, source, to, line, rule))
    .filter((line) => line !== undefined);
  if (to.sublists.item) record.sublists.item = lines;
  if (!rule.expenses || !to.sublists.expense) return;
  record.sublists.expense = (source.sublists.expense ?? []).map((line) => ({
    fields: { ...takeFields(to, 'expense', line), amount: line.fields.amount ?? null },
  }));
}
