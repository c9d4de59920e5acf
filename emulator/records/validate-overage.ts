import type { LineData, RecordData } from '../kernel/types';
import { userError } from './faults';
import { findReference } from './find-record';
import { add, addQuantities, number } from './money';
import { recordOptions } from './options';
import { remainingQuantity, TRANSFORM_RULES } from './transform-rules';
import type { Validation } from './validation';

const isTaken = ({ fields }: LineData): boolean => fields.itemreceive !== false;

/** What a document takes of each line of its order; several of its lines may be for one of the order's. */
function takenByLine(record: RecordData | undefined): Map<string, number> {
  const taken = new Map<string, number>();
  for (const line of (record?.sublists.item ?? []).filter(isTaken)) {
    const key = String(line.fields.orderline ?? '');
    taken.set(key, addQuantities([taken.get(key) ?? 0, number(line.fields.quantity)]));
  }
  return taken;
}

/** No more is fulfilled or received than the order has left, unless the account allows overages (pages bridgehead_N1225860, bridgehead_N2414561). */
export function validateOverage({ account, meta, record, old }: Validation): void {
  if (meta.id !== 'itemfulfillment' && meta.id !== 'itemreceipt') return;
  const { createdfrom } = record.fields;
  if (typeof createdfrom !== 'string' || recordOptions(account).allowOverage) return;
  const order = findReference(account, 'transaction', createdfrom);
  const rule = order && TRANSFORM_RULES[`${order.type}>${meta.id}`];
  if (!rule) return;
  const sources = new Map((order.sublists.item ?? []).map((line) => [String(line.fields.line ?? ''), line]));
  const [taken, takenBefore] = [takenByLine(record), takenByLine(old)];
  for (const [index, line] of (record.sublists.item ?? []).entries()) {
    const key = String(line.fields.orderline ?? '');
    const source = sources.get(key);
    if (!source || !isTaken(line)) continue;
    const before = takenBefore.get(key) ?? 0;
    const left = add([remainingQuantity(rule.quantity, source), before], 5);
    if (number(taken.get(key)) > Math.max(left, before))
      throw userError(`Line ${index + 1} of the item list is for more than the ${left} that the order has left.`);
  }
}
