import { errorName, openRecordScript, type RecordScript } from '../../helpers/emulator/record-script';
import { newOrder, saveOrder, seedShop } from './fixtures';

let script: RecordScript;
beforeEach(async () => {
  script = await openRecordScript();
  seedShop(script);
});
afterEach(() => script.close());

describe('subrecords (section_4687606306, section_4704101831)', () => {
  it('of the body: a transaction keeps an address of its own, shown as text and in parts', () => {
    const { record } = script;
    const order = newOrder(record, [{ item: 500, quantity: 1 }]);
    const address = order.getSubrecord({ fieldId: 'shippingaddress' });
    address.setValue('country', 'DE').setValue('city', 'Berlin').setValue('zip', '10115').setValue('addr1', 'Allee 1');
    const id = order.save();
    const saved = record.load({ type: 'salesorder', id });
    expect(saved.getSubrecord('shippingaddress').getValue('city')).toBe('Berlin');
    expect([saved.getValue('shipcity'), saved.getValue('shipzip'), saved.getValue('shipaddress')]).toEqual([
      'Berlin',
      '10115',
      'Allee 1\nBerlin 10115\nGermany',
    ]);
    expect(saved.getValue('billcity')).toBe('Reno');
    const customer = record.load({ type: 'customer', id: 100 });
    customer
      .getSublistSubrecord({ sublistId: 'addressbook', fieldId: 'addressbookaddress', line: 0 })
      .setValue('city', 'Sparks');
    customer.save();
    expect(record.load({ type: 'salesorder', id }).getSubrecord('billingaddress').getValue('city')).toBe('Reno');
    expect(
      record
        .load({ type: 'customer', id: 100 })
        .getSublistText({ sublistId: 'addressbook', fieldId: 'addressbookaddress_text', line: 0 }),
    ).toContain('Sparks');
  });

  it('of the body: only looking at one stores nothing', () => {
    const { record, account } = script;
    const id = saveOrder(record, [{ item: 500, quantity: 1 }], { entity: 200 }, 'purchaseorder');
    const order = record.load({ type: 'purchaseorder', id });
    expect(order.hasSubrecord('billingaddress')).toBe(false);
    order.getSubrecord('billingaddress').getValue('city');
    order.save();
    expect(account.store.get('purchaseorder', String(id))!.subrecords).toEqual({});
  });

  it('of a line in dynamic mode belong to the selected line and are kept by commitLine', () => {
    const { record } = script;
    const customer = record.load({ type: 'customer', id: 100, isDynamic: true });
    customer.selectNewLine({ sublistId: 'addressbook' });
    customer.setCurrentSublistValue({ sublistId: 'addressbook', fieldId: 'label', value: 'Third' });
    customer
      .getCurrentSublistSubrecord({ sublistId: 'addressbook', fieldId: 'addressbookaddress' })
      .setValue('country', 'FR')
      .setValue('city', 'Paris');
    customer.commitLine({ sublistId: 'addressbook' });
    customer.selectLine({ sublistId: 'addressbook', line: 0 });
    expect(customer.hasCurrentSublistSubrecord({ sublistId: 'addressbook', fieldId: 'addressbookaddress' })).toBe(true);
    customer
      .getCurrentSublistSubrecord({ sublistId: 'addressbook', fieldId: 'addressbookaddress' })
      .setValue('city', 'Lost');
    customer.cancelLine({ sublistId: 'addressbook' });
    customer.save();
    const saved = record.load({ type: 'customer', id: 100 });
    const cities = [0, 1, 2].map((line) =>
      saved.getSublistSubrecord({ sublistId: 'addressbook', fieldId: 'addressbookaddress', line }).getValue('city'),
    );
    expect(cities).toEqual(['Reno', 'Elko', 'Paris']);
  });

  it('of a line may have lines of their own: inventory assignments', () => {
    const { record } = script;
    const order = newOrder(record, [{ item: 500, quantity: 3 }]);
    const detail = order.getSublistSubrecord({ sublistId: 'item', fieldId: 'inventorydetail', line: 0 });
    detail.setSublistValue({ sublistId: 'inventoryassignment', fieldId: 'quantity', line: 0, value: 3 });
    detail.setSublistValue({
      sublistId: 'inventoryassignment',
      fieldId: 'receiptinventorynumber',
      line: 0,
      value: 'LOT-1',
    });
    const saved = record.load({ type: 'salesorder', id: order.save() });
    const again = saved.getSublistSubrecord({ sublistId: 'item', fieldId: 'inventorydetail', line: 0 });
    expect(again.getLineCount({ sublistId: 'inventoryassignment' })).toBe(1);
    expect(
      again.getSublistValue({ sublistId: 'inventoryassignment', fieldId: 'receiptinventorynumber', line: 0 }),
    ).toBe('LOT-1');
  });

  it('are removed and refused by name', () => {
    const { record } = script;
    const customer = record.load({ type: 'customer', id: 100 });
    customer.removeSublistSubrecord({ sublistId: 'addressbook', fieldId: 'addressbookaddress', line: 0 });
    expect(customer.hasSublistSubrecord({ sublistId: 'addressbook', fieldId: 'addressbookaddress', line: 0 })).toBe(
      false,
    );
    expect(errorName(() => customer.getSublistSubrecord({ sublistId: 'addressbook', fieldId: 'label', line: 0 }))).toBe(
      'FIELD_1_IS_NOT_A_SUBRECORD_FIELD',
    );
    expect(
      errorName(() =>
        customer.getSublistSubrecord({ sublistId: 'addressbook', fieldId: 'addressbookaddress', line: 9 }),
      ),
    ).toBe('SSS_INVALID_SUBLIST_OPERATION');
  });
});
