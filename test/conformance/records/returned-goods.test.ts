import { openRecordScript, type RecordObject, type RecordScript } from '../../helpers/emulator/record-script';
import { columns, saveOrder, seedShop } from './fixtures';

let script: RecordScript;
beforeEach(async () => {
  script = await openRecordScript();
  seedShop(script);
});
afterEach(() => script.close());

const transform = (fromType: string, fromId: number, toType: string): RecordObject =>
  script.record.transform({ fromType, fromId, toType });
const turn = (fromType: string, fromId: number, toType: string): number => transform(fromType, fromId, toType).save();
const stock = (): unknown => script.record.load({ type: 'inventoryitem', id: 500 }).getValue('quantityonhand');
const status = (type: string, id: number): unknown => script.record.load({ type, id }).getValue('status');

/** Five were shipped and billed, of 100. */
function soldOrder(): number {
  const order = saveOrder(script.record, [{ item: 500, quantity: 5 }]);
  turn('salesorder', order, 'itemfulfillment');
  turn('salesorder', order, 'invoice');
  return order;
}

describe('goods that customers send back (section_N1308274)', () => {
  it('come into the stock again, unless nobody restocks them; the return is received either way', () => {
    const authorized = turn('salesorder', soldOrder(), 'returnauthorization');
    const receive = (quantity: number): RecordObject =>
      transform('returnauthorization', authorized, 'itemreceipt').setSublistValue({
        sublistId: 'item',
        fieldId: 'quantity',
        line: 0,
        value: quantity,
      });
    const first = receive(2);
    expect(columns(first, ['restock'])).toEqual([[true]]);
    first.save();
    expect([stock(), status('returnauthorization', authorized)]).toEqual([97, 'Pending Refund/Partially Received']);
    const broken = receive(3).setSublistValue({ sublistId: 'item', fieldId: 'restock', line: 0, value: false }).save();
    expect([stock(), status('returnauthorization', authorized)]).toEqual([97, 'Pending Refund']);
    script.record
      .load({ type: 'itemreceipt', id: broken })
      .setSublistValue({ sublistId: 'item', fieldId: 'restock', line: 0, value: true })
      .save();
    expect(stock()).toBe(100);
  });
});

describe('a return authorization of an order (section_N1306234)', () => {
  it('shows all that was sold, also when there is one already', () => {
    const order = soldOrder();
    const first = transform('salesorder', order, 'returnauthorization');
    first.setSublistValue({ sublistId: 'item', fieldId: 'quantity', line: 0, value: 2 }).save();
    expect(columns(transform('salesorder', order, 'returnauthorization'), ['quantity'])).toEqual([[5]]);
  });
});
