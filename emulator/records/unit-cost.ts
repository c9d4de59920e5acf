import type { Account, RecordData, Value } from '../kernel/types';
import { findReference } from './find-record';
import { costEstimateType } from './item-kinds';
import { add, multiply, number } from './money';

const given = (values: (Value | undefined)[]): number => number(values.find((value) => typeof value === 'number'));

function averageCost({ fields, sublists }: RecordData, location: string): number {
  const place = (sublists.locations ?? []).find(
    (line) => location !== '' && String(line.fields.location ?? line.fields.locationid) === location,
  );
  return given([place?.fields.averagecostmli, fields.averagecost]);
}

/** "If no price is entered, uses the most recent purchase price by default." */
const purchasePrice = ({ fields }: RecordData): number => given([fields.cost, fields.lastpurchaseprice]);

function preferredVendorRate(item: RecordData): number {
  const line = (item.sublists.itemvendor ?? []).find(({ fields }) => fields.preferredvendor === true);
  return given([line?.fields.purchaseprice, purchasePrice(item)]);
}

/** Rate of the last purchase order with the item, in base currency. */
function lastOrderRate(account: Account, item: RecordData): number | undefined {
  const rate = account.store.db
    .prepare<[string], number>(
      `SELECT json_extract(l.data, '$.fields.rate') * COALESCE(json_extract(r.data, '$.fields.exchangerate'), 1)
       FROM line l JOIN record r ON r.type = l.type AND r.id = l.id
       WHERE l.type = 'purchaseorder' AND l.sublist = 'item' AND json_extract(l.data, '$.fields.item') = ? ORDER BY l.id DESC LIMIT 1`,
    )
    .pluck()
    .get(item.id!);
  return typeof rate === 'number' ? rate : undefined;
}

/** Kits cost what their members do now, each by its own type. */
function memberCost(account: Account, kit: RecordData, location: string): number {
  const costs = (kit.sublists.member ?? []).map(({ fields }) => {
    const item = typeof fields.item === 'string' ? findReference(account, 'item', fields.item) : undefined;
    const type = item && costEstimateType(item);
    return item && type ? multiply(unitCost(account, item, type, location), number(fields.quantity ?? 1), 8) : 0;
  });
  return add(costs, 8);
}

/** Estimated cost of one unit in base currency, by cost estimate type (pages section_N1757784 and section_N1758108). */
export function unitCost(account: Account, item: RecordData, type: string, location: string): number {
  switch (type) {
    case 'AVGCOST':
      return averageCost(item, location);
    case 'LASTPURCHPRICE':
      return number(item.fields.lastpurchaseprice);
    case 'PURCHPRICE':
      return purchasePrice(item);
    case 'PREFVENDORRATE':
      return preferredVendorRate(item);
    case 'PURCHORDERRATE':
      return lastOrderRate(account, item) ?? preferredVendorRate(item);
    case 'MEMBERDEFINED':
      return memberCost(account, item, location);
    default:
      return number(item.fields.costestimate);
  }
}
