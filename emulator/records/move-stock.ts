import type { Account, LineData, RecordData, Value } from '../kernel/types';
import { buildLines } from './assemblies';
import { nowIso } from './clock-day';
import { isDropShipOrder, isDropShipped } from './drop-ship';
import { findReference } from './find-record';
import { isStocked, kindOf } from './item-kinds';
import { add, number } from './money';
import { asStock } from './stock-units';

/** What a record does to an item at a location: stock on hand, demand of open orders, supply on order. */
export interface Movement {
  item: string;
  location: string;
  onHand: number;
  demand: number;
  onOrder: number;
}

const OUT = new Set(['itemfulfillment']);
const IN = new Set(['itemreceipt']);
/** Lines without an order's line behind them move goods themselves: what a fulfilment or receipt of the order moves, its bill or credit does not. */
const DIRECT: Record<string, number> = {
  invoice: -1,
  cashsale: -1,
  creditmemo: 1,
  cashrefund: 1,
  vendorbill: 1,
  vendorcredit: -1,
};
/** Types whose lines say by how much the stock changes. */
const ADJUSTING = new Set(['inventoryadjustment', 'inventorytransfer', 'assemblybuild', 'assemblyunbuild']);
const OPEN_ORDER = 'BDE';

const isEmpty = (value: Value | undefined): boolean => value === undefined || value === null || value === '';

const locationOf = (record: RecordData, line: LineData): string =>
  String(line.fields.location ?? record.fields.location ?? '');

/** What a vendor sends to the customer is never in stock. Several public descriptions say so. */
const isElsewhere = (record: RecordData, line: LineData): boolean => isDropShipOrder(record) || isDropShipped(line);

function movementOf(record: RecordData, line: LineData): Movement | undefined {
  const item = line.fields.item;
  if (typeof item !== 'string' || isElsewhere(record, line)) return undefined;
  const move = { item, location: locationOf(record, line), onHand: 0, demand: 0, onOrder: 0 };
  const quantity = number(line.fields.quantity);
  if (OUT.has(record.type))
    move.onHand =
      record.fields.shipstatus === 'A' || record.fields.shipstatus === 'B' || line.fields.itemreceive === false
        ? 0
        : -quantity;
  else if (IN.has(record.type)) move.onHand = line.fields.itemreceive === false ? 0 : quantity;
  else if (DIRECT[record.type] !== undefined && isEmpty(line.fields.orderline))
    move.onHand = DIRECT[record.type]! * quantity;
  else if (ADJUSTING.has(record.type)) move.onHand = number(line.fields.adjustqtyby);
  else if (record.type === 'salesorder' || record.type === 'purchaseorder') openQuantity(record, line, move, quantity);
  else return undefined;
  return move;
}

function openQuantity(record: RecordData, line: LineData, move: Movement, quantity: number): void {
  if (!OPEN_ORDER.includes(String(record.fields.orderstatus ?? 'B')) || line.fields.isclosed === true) return;
  if (record.type === 'salesorder') move.demand = Math.max(0, quantity - number(line.fields.quantityfulfilled));
  else move.onOrder = Math.max(0, quantity - number(line.fields.quantityreceived));
}

/** A transfer is two movements: out of one location and into the other. */
const transferLines = (record: RecordData): LineData[] =>
  record.type !== 'inventorytransfer'
    ? []
    : (record.sublists.inventory ?? []).flatMap((line): LineData[] => [
        {
          ...line,
          fields: {
            ...line.fields,
            adjustqtyby: -number(line.fields.adjustqtyby),
            location: record.fields.location ?? null,
          },
        },
        { ...line, fields: { ...line.fields, location: record.fields.transferlocation ?? null } },
      ]);

/** A voided document moves nothing any more. */
const linesOf = (record: RecordData): LineData[] => (record.fields.voided === true ? [] : allLinesOf(record));

const allLinesOf = (record: RecordData): LineData[] => [
  ...buildLines(record),
  ...transferLines(record),
  ...(record.sublists.item ?? []),
  ...(record.type === 'inventorytransfer' ? [] : (record.sublists.inventory ?? [])),
];

/** What goes into or out of the stock by a record, line by line. */
export const goodsMoved = (record: RecordData): { line: LineData; move: Movement }[] =>
  linesOf(record).flatMap((line) => {
    const move = movementOf(record, line);
    return move && move.onHand !== 0 ? [{ line, move }] : [];
  });

function collect(target: Map<string, Movement>, record: RecordData | undefined, sign: 1 | -1): void {
  for (const line of record ? linesOf(record) : []) {
    const move = movementOf(record!, line);
    if (!move) continue;
    const key = `${move.item}\n${move.location}`;
    const sum = target.get(key) ?? { ...move, onHand: 0, demand: 0, onOrder: 0 };
    sum.onHand = add([sum.onHand, sign * move.onHand], 5);
    sum.demand = add([sum.demand, sign * move.demand], 5);
    sum.onOrder = add([sum.onOrder, sign * move.onOrder], 5);
    target.set(key, sum);
  }
}

type Figures = Record<string, number>;

/** Committed is what of the demand the stock covers; the rest is back-ordered. */
function figuresAfter(fields: RecordData['fields'], move: Movement): Figures {
  const onHand = add([number(fields.quantityonhand), move.onHand], 5);
  const demand = Math.max(
    0,
    add([number(fields.quantitycommitted), number(fields.quantitybackordered), move.demand], 5),
  );
  const committed = Math.max(0, Math.min(onHand, demand));
  return {
    quantityonhand: onHand,
    quantitycommitted: committed,
    quantitybackordered: add([demand, -committed], 5),
    quantityavailable: add([onHand, -committed], 5),
    quantityonorder: Math.max(0, add([number(fields.quantityonorder), move.onOrder], 5)),
  };
}

const isIdle = (move: Movement): boolean => move.onHand === 0 && move.demand === 0 && move.onOrder === 0;

function applyTo(account: Account, item: RecordData, move: Movement): void {
  const after = figuresAfter(item.fields, move);
  const changed = number(item.fields.quantityavailable) !== after.quantityavailable;
  const stamp = changed ? { lastquantityavailablechange: nowIso(account) } : {};
  Object.assign(item.fields, after, stamp);
  account.store.patch(item.type, item.id!, { ...after, ...stamp });
  if (move.location !== '') applyToLocation(account, item, move, stamp);
}

function applyToLocation(account: Account, item: RecordData, move: Movement, stamp: RecordData['fields']): void {
  const lines = (item.sublists.locations ??= []);
  let seq = lines.findIndex((line) => String(line.fields.location ?? line.fields.locationid) === move.location);
  if (seq < 0) seq = lines.push({ fields: { location: move.location, locationid: move.location } }) - 1;
  const line = lines[seq]!;
  Object.assign(line.fields, figuresAfter(line.fields, move), stamp);
  account.store.patchLine(item.type, item.id!, 'locations', seq, line);
}

/** Applies the difference that a write makes, so that quantities given by a seed stay the starting point. */
export function moveStock(account: Account, record: RecordData | undefined, old: RecordData | undefined): void {
  const moves = new Map<string, Movement>();
  collect(moves, old && asStock(account, old), -1);
  collect(moves, record && asStock(account, record), 1);
  for (const move of moves.values()) {
    if (isIdle(move)) continue;
    const item = findReference(account, 'item', move.item);
    if (item && isStocked(kindOf(item))) applyTo(account, item, move);
  }
}
