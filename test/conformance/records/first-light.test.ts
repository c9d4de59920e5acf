import { errorName, openRecordScript, type RecordScript } from '../../helpers/emulator/record-script';

let script: RecordScript;
beforeEach(async () => {
  script = await openRecordScript();
});
afterEach(() => script.close());

describe('records through N/record', () => {
  it('creates, loads and edits a customer with addresses', () => {
    const { record } = script;
    const customer = record.create({ type: 'customer' });
    customer
      .setValue({ fieldId: 'companyname', value: 'Acme' })
      .setValue({ fieldId: 'subsidiary', value: 1 })
      .setValue({ fieldId: 'externalid', value: 'SF_1' });
    const address = customer.getSublistSubrecord({ sublistId: 'addressbook', fieldId: 'addressbookaddress', line: 0 });
    address.setValue({ fieldId: 'country', value: 'US' });
    address.setValue({ fieldId: 'state', value: 'California' });
    address.setValue({ fieldId: 'zip', value: '94105' });
    customer.setSublistValue({ sublistId: 'addressbook', fieldId: 'defaultbilling', line: 0, value: true });
    const id = customer.save();
    expect(typeof id).toBe('number');
    const loaded = record.load({ type: 'customer', id });
    expect(loaded.getValue({ fieldId: 'companyname' })).toBe('Acme');
    expect(loaded.getValue('entityid')).toBe('Acme');
    expect(loaded.getValue('externalid')).toBe('SF_1');
    expect(loaded.getText('subsidiary')).toBe('Parent Company');
    expect(loaded.getValue('isinactive')).toBe(false);
    expect(loaded.getValue('isperson')).toBe('F');
    expect(loaded.getLineCount('addressbook')).toBe(1);
    expect(
      loaded
        .getSublistSubrecord({ sublistId: 'addressbook', fieldId: 'addressbookaddress', line: 0 })
        .getValue('state'),
    ).toBe('CA');
    expect(script.units()).toBe(5 + 10 + 5);
  });

  it('creates a sales order in standard mode with prices and totals', () => {
    const { record, account } = script;
    account.store.put({
      type: 'customer',
      id: '100',
      externalId: null,
      version: 0,
      fields: { companyname: 'A', entityid: 'A', subsidiary: '1', currency: '1', terms: '2' },
      sublists: {},
      subrecords: {},
    });
    account.store.put({
      type: 'inventoryitem',
      id: '50',
      externalId: null,
      version: 0,
      fields: { itemid: 'W', salesdescription: 'Widget', baseprice: 12.5 },
      sublists: {},
      subrecords: {},
    });
    const order = record.create({ type: 'salesorder' });
    order.setValue('entity', 100);
    order.setSublistValue({ sublistId: 'item', fieldId: 'item', line: 0, value: 50 });
    order.setSublistValue({ sublistId: 'item', fieldId: 'quantity', line: 0, value: 3 });
    const id = order.save();
    const loaded = record.load({ type: 'salesorder', id });
    expect(loaded.getValue('total')).toBe(37.5);
    expect(loaded.getValue('terms')).toBe('2');
    expect(loaded.getText('terms')).toBe('Net 30');
    expect(loaded.getValue('tranid')).toBe('SO1001');
    expect(loaded.getSublistValue({ sublistId: 'item', fieldId: 'rate', line: 0 })).toBe(12.5);
    expect(loaded.getSublistValue({ sublistId: 'item', fieldId: 'line', line: 0 })).toBe(1);
    expect(loaded.getValue('status')).toBe('Pending Fulfillment');
  });

  it('refuses a taken external id and a changed record', () => {
    const { record } = script;
    const make = (name: string, externalid: string) =>
      record
        .create({ type: 'customer' })
        .setValue('companyname', name)
        .setValue('subsidiary', '1')
        .setValue('externalid', externalid);
    const id = make('A', 'E1').save();
    expect(errorName(() => make('B', 'e1').save())).toBe('DUP_ENTITY');
    const first = record.load({ type: 'customer', id });
    const second = record.load({ type: 'customer', id });
    first.setValue('phone', '1').save();
    expect(errorName(() => second.setValue('phone', '2').save())).toBe('RCRD_HAS_BEEN_CHANGED');
  });
});
