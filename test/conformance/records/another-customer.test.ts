import { openRecordScript, type RecordScript } from '../../helpers/emulator/record-script';
import { saveOrder, seedShop } from './fixtures';

let script: RecordScript;
beforeEach(async () => {
  script = await openRecordScript();
  seedShop(script);
});
afterEach(() => script.close());

const stored = (id: number): Record<string, unknown> => script.account.store.get('salesorder', String(id))!.fields;

describe('an order that is given to another customer', () => {
  it('is not sent to the address of the one before, where the new one has none', () => {
    const id = saveOrder(script.record, [{ item: 501, quantity: 1 }]);
    expect(stored(id)).toMatchObject({ shipcity: 'Elko', billcity: 'Reno' });
    const other = script.record
      .create({ type: 'customer' })
      .setValue('companyname', 'Beta')
      .setValue('subsidiary', 1)
      .save();
    script.record.load({ type: 'salesorder', id }).setValue('entity', other).save();
    const shown = ['shipcity', 'billcity', 'shipaddress', 'shipaddresslist', 'billaddresslist'];
    expect([stored(id).entity, ...shown.map((field) => stored(id)[field] ?? null)]).toEqual([
      String(other),
      ...shown.map(() => null),
    ]);
    expect(script.record.load({ type: 'salesorder', id }).getSubrecord('shippingaddress').getValue('city')).toBe('');
  });

  it('keeps an address of its own when its customer is set again', () => {
    const bare = script.record
      .create({ type: 'customer' })
      .setValue('companyname', 'Bare')
      .setValue('subsidiary', 1)
      .save();
    const id = saveOrder(script.record, [{ item: 501, quantity: 1 }], { entity: bare });
    const order = script.record.load({ type: 'salesorder', id });
    order.getSubrecord('shippingaddress').setValue('city', 'Sparks');
    order.save();
    script.record.load({ type: 'salesorder', id }).setValue('entity', bare).save();
    expect(stored(id)).toMatchObject({ shipcity: 'Sparks' });
  });
});
