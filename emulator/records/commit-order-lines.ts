import type { Account, LineData, RecordData } from '../kernel/types';
import { isDropShipped } from './drop-ship';
import { findReference } from './find-record';
import { isStocked, kindOf } from './item-kinds';
import { add, number } from './money';
import { unitRatio } from './stock-units';

const COMMITS = 'BDE';
/** `commitinventory` of a line that stays out of the stock. */
const DO_NOT_COMMIT = '3';

interface Stock {
  onHand: number;
  committed: number;
  backordered: number;
  available: number;
}

function stockOf(item: RecordData, location: string): Stock {
  const line = (item.sublists.locations ?? []).find(
    ({ fields }) => location !== '' && String(fields.location ?? fields.locationid) === location,
  );
  const { quantityonhand, quantitycommitted, quantitybackordered, quantityavailable } = line?.fields ?? item.fields;
  return {
    onHand: number(quantityonhand),
    committed: number(quantitycommitted),
    backordered: number(quantitybackordered),
    available: number(quantityavailable),
  };
}

const openQuantity = ({ fields }: LineData, isOpen: boolean): number =>
  !isOpen || fields.isclosed === true || fields.commitinventory === DO_NOT_COMMIT || isDropShipped({ fields })
    ? 0
    : Math.max(0, add([number(fields.quantity), -number(fields.quantityfulfilled)], 5));

/**
 * Shares the stock among the lines of a sales order: what earlier orders left is committed line by line, the rest is back-ordered. Runs after the
 * stock itself has moved. Written without a new version: nobody has edited the order.
 */
export function commitOrderLines(account: Account, order: RecordData): void {
  if (order.type !== 'salesorder') return;
  const isOpen = order.fields.voided !== true && COMMITS.includes(String(order.fields.orderstatus ?? 'B'));
  const left = new Map<string, number>();
  const lines = order.sublists.item ?? [];
  const stocked = lines.flatMap((line, seq) => {
    const item = typeof line.fields.item === 'string' ? findReference(account, 'item', line.fields.item) : undefined;
    if (!item || !isStocked(kindOf(item))) return [];
    const location = String(line.fields.location ?? order.fields.location ?? '');
    const key = `${item.id} ${location}`;
    const ratio = unitRatio(account, item, line.fields.units);
    const own = openQuantity(line, isOpen);
    const open = ratio?.toStock(own) ?? own;
    return [{ line, seq, key, open, ratio, stock: stockOf(item, location) }];
  });
  const own = new Map<string, number>();
  for (const { key, open } of stocked) own.set(key, add([own.get(key) ?? 0, open], 5));
  for (const { line, seq, key, open, ratio, stock } of stocked) {
    const others = Math.max(0, add([stock.committed, stock.backordered, -own.get(key)!], 5));
    const free = left.get(key) ?? Math.max(0, add([stock.onHand, -others], 5));
    const committed = Math.min(open, free);
    left.set(key, add([free, -committed], 5));
    const figures = {
      quantitycommitted: ratio?.fromStock(committed) ?? committed,
      quantitybackordered: ratio?.fromStock(add([open, -committed], 5)) ?? add([open, -committed], 5),
      quantityavailable: stock.available,
    };
    const same = Object.entries(figures).every(([field, value]) => line.fields[field] === value);
    Object.assign(line.fields, figures);
    if (!same) account.store.patchLine(order.type, order.id!, 'item', seq, line);
  }
}
