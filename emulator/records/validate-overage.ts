import type { LineData, RecordData } from '../kernel/types';
import { userError } from './faults';
import { findReference } from './find-record';
import { add, number } from './money';
import { recordOptions } from './options';
import { remainingQuantity, TRANSFORM_RULES } from './transform-rules';
import type { Validation } from './validation';

const lineOf = (record: RecordData | undefined, orderline: unknown): LineData | undefined =>
  (record?.sublists.item ?? []).find(({ fields }) => String(fields.orderline ?? '') === String(orderline));

/** No more is fulfilled or received than the order has left, unless the account allows overages (pages bridgehead_N1225860, bridgehead_N2414561). */
export function validateOverage({ account, meta, record, old }: Validation): void {
  if (meta.id !== 'itemfulfillment' && meta.id !== 'itemreceipt') return;
  const { createdfrom } = record.fields;
  if (typeof createdfrom !== 'string' || recordOptions(account).allowOverage) return;
  const order = findReference(account, 'transaction', createdfrom);
  const rule = order && TRANSFORM_RULES[`${order.type}>${meta.id}`];
  if (!rule) return;
  for (const [index, line] of (record.sublists.item ?? []).entries()) {
    const source = order.sublists.item?.find(({ fields }) => fields.line === line.fields.orderline);
    if (!source || line.fields.itemreceive === false) continue;
    const before = number(lineOf(old, line.fields.orderline)?.fields.quantity);
    const left = add([remainingQuantity(rule.quantity, source), before], 5);
    if (number(line.fields.quantity) > Math.max(left, before))
      throw userError(`Line ${index + 1} of the item list is for more than the ${left} that the order has left.`);
  }
}
