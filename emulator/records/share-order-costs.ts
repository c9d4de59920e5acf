import type { Account, Fields, LineData, RecordData } from '../kernel/types';
import { findReference } from './find-record';
import { add, decimalsOf, isPercent, number, round } from './money';
import { childrenOf } from './recount-source';
import { isTouched } from './touched';
import { TRANSFORM_RULES } from './transform-rules';

const COSTS = ['shippingcost', 'handlingcost'];

const amountOf = (lines: LineData[] | undefined): number =>
  add(
    (lines ?? []).map(({ fields }) => (fields.itemtype === 'Subtotal' ? 0 : number(fields.amount))),
    8,
  );

const orderOf = (account: Account, { type, fields }: RecordData): RecordData | undefined => {
  const order =
    typeof fields.createdfrom === 'string' ? findReference(account, 'transaction', fields.createdfrom) : undefined;
  return order && TRANSFORM_RULES[`${order.type}>${type}`]?.quantity === 'toBill' ? order : undefined;
};

/**
 * A flat discount of an order is shared out over its bills by what each of them is for: three billed one by one of 1.00 get 0.33 each
 * (page article_0518111425). What a script or user gives the bill itself stays.
 */
export function shareDiscount(account: Account, record: RecordData): void {
  const own = record.fields.discountrate;
  if (record.id !== null || own === undefined || own === null || isPercent(own)) return;
  if (typeof record.fields.createdfrom !== 'string' || isTouched(record, 'discountrate')) return;
  const order = orderOf(account, record);
  const whole = amountOf(order?.sublists.item);
  const flat = order?.fields.discountrate;
  if (whole === 0 || flat === undefined || flat === null || isPercent(flat)) return;
  const part = amountOf(record.sublists.item);
  record.fields.discountrate = round((number(flat) * part) / whole, decimalsOf(account, record.fields.currency));
}

/** Shipping and handling of an order are billed once: a further bill gets what the ones before left. */
export function leaveBilledCosts(account: Account, order: RecordData, bill: RecordData): void {
  const due = COSTS.filter((field) => number(bill.fields[field]) !== 0);
  if (due.length === 0 || !orderOf(account, bill)) return;
  const bills = childrenOf(account, order.id!).filter(
    ({ type, fields }) => fields.voided !== true && TRANSFORM_RULES[`${order.type}>${type}`]?.quantity === 'toBill',
  );
  const billed = (field: string): number => add(bills.map(({ fields }: { fields: Fields }) => number(fields[field])));
  for (const field of due) bill.fields[field] = Math.max(0, add([number(bill.fields[field]), -billed(field)]));
}
