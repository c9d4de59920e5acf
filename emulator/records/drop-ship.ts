import type { Account, Json, LineData, RecordData, TypeMeta } from '../kernel/types';
import { invalidSource } from './faults';
import { findReference } from './find-record';
import { itemCost } from './item-price';
import { decimalsOf, multiply, number } from './money';
import { derive } from './touched';

const DROP_SHIP = 'DropShip';
const SPECIAL_ORDER = 'SpecOrd';

/** A line that the vendor sends to the customer, of the sale or of its fulfillment. */
export const isDropShipped = ({ fields }: LineData): boolean => fields.createpo === DROP_SHIP;

/** A purchase order for such lines of a sale; nothing of it is received here. */
export const isDropShipOrder = ({ type, fields }: RecordData): boolean =>
  type === 'purchaseorder' && typeof fields.createdfrom === 'string' && Boolean(fields.shipto);

/** How an item that is bought for each sale is ordered, from whom and at what price. */
export function sourceOrdering(meta: TypeMeta, line: LineData, item: RecordData): void {
  if (meta.id !== 'salesorder') return;
  const { isdropshipitem, isspecialorderitem } = item.fields;
  if (isdropshipitem !== true && isspecialorderitem !== true) return;
  const preferred = (item.sublists.itemvendor ?? []).find(({ fields }) => fields.preferredvendor === true);
  const vendor = preferred?.fields.vendor ?? item.fields.vendor;
  derive(line, 'createpo', isdropshipitem === true ? DROP_SHIP : SPECIAL_ORDER);
  if (vendor !== undefined && vendor !== null) derive(line, 'povendor', vendor);
  const cost = itemCost(item, vendor);
  if (cost !== undefined) derive(line, 'porate', cost);
}

const isTrue = (value: Json | undefined): boolean => value === true || value === 'T';

function lineFor(account: Account, sale: RecordData, { fields }: LineData, decimals: number): LineData {
  const item = typeof fields.item === 'string' ? findReference(account, 'item', fields.item) : undefined;
  const rate = number(fields.porate ?? (item && itemCost(item, fields.povendor)));
  const description = item?.fields.purchasedescription ?? fields.description;
  return {
    fields: {
      item: fields.item ?? null,
      itemtype: fields.itemtype ?? null,
      quantity: fields.quantity ?? null,
      rate,
      amount: multiply(rate, number(fields.quantity), decimals),
      customer: sale.fields.entity ?? null,
      orderdoc: sale.id,
      orderline: fields.line ?? null,
      ...(description === undefined ? {} : { description }),
      ...(fields.location === undefined ? {} : { location: fields.location }),
    },
  };
}

/** A purchase order opened for a sale (`soid` among its defaults): the sale's lines that are bought for it from this vendor and not ordered yet. */
export function orderForSale(account: Account, meta: TypeMeta, record: RecordData, values: Record<string, Json>): void {
  const { soid } = values;
  if (meta.id !== 'purchaseorder' || (typeof soid !== 'string' && typeof soid !== 'number')) return;
  const sale = account.store.get('salesorder', String(soid));
  if (!sale) throw invalidSource(meta.id, String(soid));
  const special = values.recordmode === 'specialorder' || isTrue(values.specord);
  const vendor = record.fields.entity;
  const wanted = (sale.sublists.item ?? []).filter(
    ({ fields }) =>
      fields.createpo === (special ? SPECIAL_ORDER : DROP_SHIP) &&
      !fields.createdpo &&
      fields.isclosed !== true &&
      (!vendor || !fields.povendor || fields.povendor === vendor),
  );
  const decimals = decimalsOf(account, record.fields.currency);
  record.sublists.item = wanted.map((line) => lineFor(account, sale, line, decimals));
  record.fields.createdfrom = sale.id;
  for (const field of ['location', 'department', 'class'])
    if (sale.fields[field] !== undefined) record.fields[field] = sale.fields[field];
  if (special) return;
  record.fields.shipto = sale.fields.entity ?? null;
  const address = sale.subrecords.shippingaddress;
  if (address) record.subrecords.shippingaddress = structuredClone(address);
}

/** The sale's lines name the purchase order that brings them, until it is gone. */
export function markOrdered(account: Account, order: RecordData, ordered: boolean): void {
  if (order.type !== 'purchaseorder' || typeof order.fields.createdfrom !== 'string') return;
  const sale = account.store.get('salesorder', order.fields.createdfrom);
  const asked = new Set((order.sublists.item ?? []).map(({ fields }) => fields.orderline));
  (sale?.sublists.item ?? []).forEach((line, seq) => {
    if (!line.fields.createpo || !asked.has(line.fields.line)) return;
    line.fields.createdpo = ordered ? order.id : null;
    account.store.patchLine('salesorder', sale!.id!, 'item', seq, line);
  });
}
