import {
  errorName,
  openRecordScript,
  type RecordObject,
  type RecordScript,
} from '../../helpers/emulator/record-script';
import { newOrder, saveOrder, seedShop } from './fixtures';

let script: RecordScript;
beforeEach(async () => {
  script = await openRecordScript();
  seedShop(script);
});
afterEach(() => script.close());

const load = (type: string, id: number): RecordObject => script.record.load({ type, id });
const made = (fromType: string, fromId: number, toType: string): number =>
  script.record.transform({ fromType, fromId, toType }).save();

function linksOf(record: RecordObject): unknown[][] {
  const count = record.getLineCount({ sublistId: 'links' });
  return Array.from({ length: count }, (_, line) =>
    ['id', 'type', 'status', 'total'].map((fieldId) => record.getSublistValue({ sublistId: 'links', fieldId, line })),
  );
}

describe('Related Records of a transaction (sublist links)', () => {
  it('are the documents made from it, and the deposits taken for it', () => {
    const order = saveOrder(script.record, [{ item: 500, quantity: 2, location: 1 }]);
    expect(load('salesorder', order).getLineCount({ sublistId: 'links' })).toBe(0);
    const shipment = script.record.transform({ fromType: 'salesorder', fromId: order, toType: 'itemfulfillment' });
    const shipped = shipment.setValue('shipstatus', 'C').save();
    const invoice = made('salesorder', order, 'invoice');
    const deposit = script.record.create({ type: 'customerdeposit' });
    const deposited = deposit.setValue('customer', 100).setValue('salesorder', order).setValue('payment', 5).save();
    const record = load('salesorder', order);
    expect(linksOf(record)).toEqual([
      [String(shipped), 'Item Fulfillment', 'Shipped', ''],
      [String(invoice), 'Invoice', 'Open', 20],
      [String(deposited), 'Customer Deposit', 'Not Deposited', 5],
    ]);
    expect(record.findSublistLineWithValue({ sublistId: 'links', fieldId: 'type', value: 'Invoice' })).toBe(1);
  });

  it('are the payments of an invoice', () => {
    const invoice = saveOrder(script.record, [{ item: 501, quantity: 2 }], {}, 'invoice');
    const payment = made('invoice', invoice, 'customerpayment');
    expect(linksOf(load('invoice', invoice))).toEqual([[String(payment), 'Payment', 'Not Deposited', 5]]);
  });

  it('are none of a record that is new or no transaction', () => {
    expect(newOrder(script.record, []).getLineCount({ sublistId: 'links' })).toBe(-1);
    expect(load('customer', 100).getLineCount({ sublistId: 'links' })).toBe(-1);
  });

  it('can not be written, and are not saved with the record', () => {
    const order = saveOrder(script.record, [{ item: 501, quantity: 2 }]);
    made('salesorder', order, 'invoice');
    const record = load('salesorder', order);
    expect(linksOf(record)).toHaveLength(1);
    const links = { sublistId: 'links', fieldId: 'type', line: 0, value: 'x' };
    expect(errorName(() => record.setSublistValue(links))).toBe('SSS_INVALID_SUBLIST_OPERATION');
    expect(errorName(() => record.insertLine({ sublistId: 'links', line: 0 }))).toBe('SSS_INVALID_SUBLIST_OPERATION');
    record.setValue('memo', 'seen').save();
    expect(script.account.store.get('salesorder', String(order))?.sublists.links).toBeUndefined();
  });
});

describe('the text that stands beside a select column', () => {
  it('is read by the name of the column and _display', () => {
    const order = load('salesorder', saveOrder(script.record, [{ item: 500, quantity: 2, location: 1 }]));
    const read = (fieldId: string): unknown => order.getSublistValue({ sublistId: 'item', fieldId, line: 0 });
    expect(['item_display', 'location_display', 'department_display'].map(read)).toEqual([
      'WIDGET',
      'San Francisco',
      '',
    ]);
    expect(order.getSublistText({ sublistId: 'item', fieldId: 'item_display', line: 0 })).toBe('WIDGET');
  });

  it('belongs to no other column', () => {
    const order = load('salesorder', saveOrder(script.record, [{ item: 500, quantity: 2 }]));
    const read = (fieldId: string): unknown => order.getSublistValue({ sublistId: 'item', fieldId, line: 0 });
    expect(['quantity_display', 'nosuch_display'].map(read)).toEqual([undefined, undefined]);
  });
});
