import { openRecordScript, type RecordScript } from '../../helpers/emulator/record-script';
import { columns, saveOrder, seedShop } from './fixtures';

let script: RecordScript;
let units: unknown[];
let type: number;
beforeEach(async () => {
  script = await openRecordScript();
  seedShop(script);
  const made = script.record.create({ type: 'unitstype' }).setValue('name', 'Count');
  const rates: [string, number, boolean][] = [
    ['Each', 1, true],
    ['Box', 12, false],
    ['Pallet', 480, false],
  ];
  rates.forEach(([name, conversionrate, baseunit], line) => {
    const fields = {
      unitname: name,
      pluralname: name,
      abbreviation: name,
      pluralabbreviation: name,
      conversionrate,
      baseunit,
    };
    for (const [fieldId, value] of Object.entries(fields))
      made.setSublistValue({ sublistId: 'uom', fieldId, line, value });
  });
  type = made.save();
  units = columns(script.record.load({ type: 'unitstype', id: type }), ['internalid'], 'uom').flat();
});
afterEach(() => script.close());

/** Stocked in one unit, bought and sold in others; 24.00 a piece of what it is sold in. */
function newItem(stock: number, purchase: number, sale: number): number {
  const item = script.record.create({ type: 'inventoryitem' });
  const fields = {
    itemid: 'NAIL',
    unitstype: type,
    stockunit: units[stock],
    purchaseunit: units[purchase],
    saleunit: units[sale],
    cost: 12,
  };
  for (const [fieldId, value] of Object.entries(fields)) item.setValue({ fieldId, value });
  item.setSublistValue({ sublistId: 'price1', fieldId: 'price_1_', line: 0, value: 24 });
  return item.save();
}
const stored = (item: number): Record<string, unknown> =>
  script.account.store.get('inventoryitem', String(item))!.fields;
const stock = (item: number): unknown[] =>
  ['quantityonhand', 'quantitycommitted', 'quantityonorder', 'totalvalue'].map((field) => stored(item)[field] ?? 0);
const turn = (fromType: string, fromId: number, toType: string): number =>
  script.record.transform({ fromType, fromId, toType }).save();

describe('units of measure (section_N2212143)', () => {
  it('have an id each, by which items name them', () => {
    expect(new Set(units).size).toBe(3);
    expect(units.every((id) => typeof id === 'number')).toBe(true);
  });

  it('are converted into stock units when goods come and go', () => {
    const item = newItem(0, 1, 1);
    const purchase = saveOrder(script.record, [{ item, quantity: 2 }], { entity: 200 }, 'purchaseorder');
    const seen = [stock(item)];
    turn('purchaseorder', purchase, 'itemreceipt');
    seen.push(stock(item));
    const sale = saveOrder(script.record, [{ item, quantity: 1 }]);
    seen.push(stock(item));
    turn('salesorder', sale, 'itemfulfillment');
    seen.push(stock(item));
    expect(seen).toEqual([
      [0, 0, 24, 0],
      [24, 0, 0, 24],
      [24, 12, 0, 24],
      [12, 0, 0, 12],
    ]);
    expect(stored(item).averagecost).toBe(1);
  });

  it('stay as they are on the lines of orders, whose committed quantity is in their own unit', () => {
    const item = newItem(1, 2, 0);
    turn(
      'purchaseorder',
      saveOrder(script.record, [{ item, quantity: 1 }], { entity: 200 }, 'purchaseorder'),
      'itemreceipt',
    );
    expect(stock(item)).toEqual([40, 0, 0, 12]);
    const sale = script.record.load({ type: 'salesorder', id: saveOrder(script.record, [{ item, quantity: 492 }]) });
    expect(columns(sale, ['units', 'quantity', 'rate', 'quantitycommitted', 'quantitybackordered'])).toEqual([
      [String(units[0]), 492, 24, 480, 12],
    ]);
    expect(stock(item)).toEqual([40, 40, 0, 12]);
  });
});
