import type { Account, Fields, LineData, RecordData, TypeMeta } from '../kernel/types';
import { isDropShipped } from './drop-ship';
import { findReference } from './find-record';
import { isFulfillable } from './item-kinds';
import { addQuantities, decimalsOf, divide, isPercent, multiply, number } from './money';
import { recordOptions } from './options';
import { idleModifiers } from './share-modifiers';
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
  'quantitypicked',
  'quantitypacked',
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

/** How many of a line come along. With the preference Invoice in Advance of Fulfillment off (page section_N1257068) goods are billed as far as they were fulfilled. */
function quantityOf(account: Account, source: RecordData, line: LineData, rule: TransformRule): number {
  const left = remainingQuantity(rule.quantity, line);
  if (source.type !== 'salesorder' || rule.quantity !== 'toBill' || recordOptions(account).invoiceInAdvance)
    return left;
  if (!isGoods(account, line)) return left;
  const { quantityfulfilled, quantitybilled } = line.fields;
  return Math.min(left, addQuantities([number(quantityfulfilled), -number(quantitybilled)]));
}

function transformLine(
  account: Account,
  source: RecordData,
  to: TypeMeta,
  line: LineData,
  rule: TransformRule,
): LineData | undefined {
  const fields = takeFields(to, 'item', line);
  if (hasQuantity(line)) {
    const quantity = quantityOf(account, source, line, rule);
    if (line.fields.isclosed === true || (rule.linked && quantity <= 0)) return undefined;
    fields.quantity = quantity;
    if (to.id === 'itemfulfillment' || to.id === 'itemreceipt') {
      Object.assign(fields, { itemreceive: true, quantityremaining: quantity });
      if (source.type === 'returnauthorization') fields.restock = true;
      if (isDropShipped(line)) fields.createpo = line.fields.createpo ?? null;
      fields.location = placeOf(source, to, line);
    } else fields.amount = amountOf(account, source, line, quantity);
  } else if (line.fields.amount !== undefined) fields.amount = line.fields.amount;
  if (rule.linked) {
    fields.orderline = line.fields.line ?? null;
    fields.orderdoc = source.id;
  }
  return { fields };
}

const hasQuantity = ({ fields }: LineData): boolean => fields.quantity !== undefined && fields.quantity !== null;

/** The line's own amount when all of it comes along; its share of it otherwise. */
function amountOf(account: Account, source: RecordData, line: LineData, quantity: number): Fields[string] {
  const { amount, rate } = line.fields;
  const whole = number(line.fields.quantity);
  if (quantity === whole || isPercent(rate) || amount === undefined || amount === null) return amount ?? null;
  const decimals = decimalsOf(account, source.fields.currency);
  if (rate === undefined || rate === null) return divide(number(amount) * quantity, whole, decimals);
  return multiply(number(rate), quantity, decimals);
}

export function transformLines(
  account: Account,
  source: RecordData,
  to: TypeMeta,
  record: RecordData,
  rule: TransformRule,
): void {
  const all = source.sublists.item ?? [];
  const taken = new Map(
    all
      .filter((line) => !rule.goodsOnly || isGoods(account, line))
      .map((line) => [line, transformLine(account, source, to, line, rule)]),
  );
  const idle = rule.linked ? idleModifiers(account, all, (line) => taken.get(line) !== undefined) : null;
  const lines = [...taken].flatMap(([line, made]) => (made === undefined || idle?.has(line) ? [] : [made]));
  if (to.sublists.item) record.sublists.item = lines;
  if (!rule.expenses || !to.sublists.expense) return;
  record.sublists.expense = (source.sublists.expense ?? []).map((line) => ({
    fields: { ...takeFields(to, 'expense', line), amount: line.fields.amount ?? null },
  }));
}
