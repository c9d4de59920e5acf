import {
  errorName,
  openRecordScript,
  type RecordObject,
  type RecordScript,
} from '../../helpers/emulator/record-script';
import { columns, newOrder, saveOrder, seedShop } from './fixtures';

let script: RecordScript;
beforeEach(async () => {
  script = await openRecordScript();
  seedShop(script);
});
afterEach(() => script.close());

const setting = (records: object): void => {
  script.account.settings.settings.records = records;
};
const transform = (fromId: number, toType: string): RecordObject =>
  script.record.transform({ fromType: 'salesorder', fromId, toType });
const only = (made: RecordObject, kept: number): RecordObject => {
  for (let line = made.getLineCount({ sublistId: 'item' }) - 1; line >= 0; line--)
    if (line !== kept) made.removeLine({ sublistId: 'item', line });
  return made;
};
const take = (made: RecordObject, line: number, quantity: number): RecordObject =>
  made.setSublistValue({ sublistId: 'item', fieldId: 'quantity', line, value: quantity });
const stored = (type: string, id: number): Record<string, unknown> =>
  script.account.store.get(type, String(id))!.fields;
const amounts = (made: RecordObject): unknown[] => columns(made, ['amount']).flat();

describe('bills of a part of an order', () => {
  const hours = [1, 2, 3].map(() => ({ item: 502, quantity: 1, rate: 10 }));

  it('get their share of its flat discount: three lines billed one by one of 1.00 give 0.33 each (article_0518111425)', () => {
    const id = saveOrder(script.record, hours, { discountrate: -1 });
    expect(stored('salesorder', id)).toMatchObject({ discounttotal: -1, total: 29 });
    const bills = [0, 0, 0].map((line) => stored('invoice', only(transform(id, 'invoice'), line).save()));
    expect(bills.map(({ discounttotal, total }) => [discounttotal, total])).toEqual([
      [-0.33, 9.67],
      [-0.33, 9.67],
      [-0.33, 9.67],
    ]);
  });

  it('get all of it where all is billed at once, and what a script gives them', () => {
    const id = saveOrder(script.record, hours, { discountrate: -1 });
    const own = only(transform(id, 'invoice'), 0);
    own.setValue('discountrate', -5);
    expect(stored('invoice', own.save())).toMatchObject({ discounttotal: -5, total: 5 });
    const whole = saveOrder(script.record, hours, { discountrate: -1 });
    expect(stored('invoice', transform(whole, 'invoice').save())).toMatchObject({ discounttotal: -1, total: 29 });
  });

  it('charge its shipping once', () => {
    const id = saveOrder(script.record, [{ item: 501, quantity: 4, rate: 10 }], { shippingcost: 12, handlingcost: 3 });
    const first = take(transform(id, 'invoice'), 0, 1).save();
    const second = transform(id, 'invoice').save();
    expect([stored('invoice', first).total, stored('invoice', second).total]).toEqual([25, 30]);
  });

  it('get their share of a flat discount line', () => {
    const id = saveOrder(script.record, [
      { item: 501, quantity: 4, rate: 10 },
      { item: 503, rate: -8 },
    ]);
    const first = script.record.load({ type: 'invoice', id: take(transform(id, 'invoice'), 0, 1).save() });
    expect(amounts(first)).toEqual([10, -2]);
    expect(amounts(transform(id, 'invoice'))).toEqual([30, -6]);
  });

  it('leave out the discount of a line that is billed already: it is not for the line that would be above it', () => {
    const id = saveOrder(script.record, [
      { item: 500, quantity: 2, rate: 10 },
      { item: 501, quantity: 1, rate: 10 },
      { item: 503 },
    ]);
    const first = script.record.load({ type: 'invoice', id: take(transform(id, 'invoice'), 0, 1).save() });
    expect(amounts(first)).toEqual([10, 10, -1]);
    expect(columns(transform(id, 'invoice'), ['item', 'amount'])).toEqual([['500', 10]]);
  });

  it('are for what was fulfilled, and for services, where the account does not invoice in advance (section_N1257068)', () => {
    const lines = [
      { item: 500, quantity: 2, rate: 10 },
      { item: 501, quantity: 1, rate: 10 },
      { item: 502, quantity: 1, rate: 10 },
    ];
    const id = saveOrder(script.record, lines);
    expect(columns(transform(id, 'invoice'), ['item', 'quantity'])).toHaveLength(3);
    setting({ invoiceInAdvance: false });
    expect(columns(transform(id, 'invoice'), ['item', 'quantity'])).toEqual([['502', 1]]);
    const goods = saveOrder(script.record, lines.slice(0, 1));
    expect(errorName(() => transform(goods, 'invoice'))).toBe('INVALID_INITIALIZE_REF');
    take(transform(goods, 'itemfulfillment'), 0, 1).setValue({ fieldId: 'shipstatus', value: 'C' }).save();
    const bill = transform(goods, 'invoice');
    expect(columns(bill, ['item', 'quantity', 'amount'])).toEqual([['500', 1, 10]]);
    bill.save();
    expect(errorName(() => transform(goods, 'invoice'))).toBe('INVALID_INITIALIZE_REF');
  });
});

it('a discount after an item group is for the group (section_N2248474)', () => {
  const { record } = script;
  const id = saveOrder(record, [{ item: 500, quantity: 1, rate: 7 }, { item: 506, quantity: 1 }, { item: 503 }]);
  const made = record.load({ type: 'salesorder', id });
  expect(columns(made, ['itemtype', 'amount'])).toEqual([
    ['InvtPart', 7],
    ['Group', ''],
    ['InvtPart', 20],
    ['NonInvtPart', 2.5],
    ['EndGroup', ''],
    ['Discount', -2.25],
  ]);
});

it('two lines of a fulfilment for one line of the order take no more together than it has left (bridgehead_N1225860)', () => {
  const id = newOrder(script.record, [{ item: 500, quantity: 4 }]).save();
  const twice = (quantity: number): RecordObject => {
    const ship = take(transform(id, 'itemfulfillment'), 0, 2);
    for (const [fieldId, value] of Object.entries({ item: 500, quantity, orderline: 1, itemreceive: true }))
      ship.setSublistValue({ sublistId: 'item', fieldId, line: 1, value });
    return ship;
  };
  expect(errorName(() => twice(3).save())).toBe('USER_ERROR');
  twice(2).save();
  expect(stored('salesorder', id).orderstatus).toBe('F');
});

it('a bill in dynamic mode shows its share of a flat discount as its lines change, and keeps it', () => {
  const { record } = script;
  const id = saveOrder(record, [{ item: 501, quantity: 4, rate: 10 }], { discountrate: -4 });
  const bill = record.transform({ fromType: 'salesorder', fromId: id, toType: 'invoice', isDynamic: true });
  expect(bill.getValue('total')).toBe(36);
  bill.selectLine({ sublistId: 'item', line: 0 });
  bill.setCurrentSublistValue({ sublistId: 'item', fieldId: 'quantity', value: 1 });
  bill.commitLine({ sublistId: 'item' });
  expect([bill.getValue('discountrate'), bill.getValue('total')]).toEqual([-1, 9]);
  expect(stored('invoice', bill.save())).toMatchObject({ discounttotal: -1, total: 9 });
});
