import type { Json } from '../../../emulator/kernel/types';
import { controlRecords } from '../../../emulator/records/control-records';
import { startProcessorTime } from '../../helpers/processor-time';
import { openRecordScript, type RecordScript } from '../../helpers/emulator/record-script';

let script: RecordScript;
beforeEach(async () => {
  script = await openRecordScript();
});
afterEach(() => script.close());

const control = (name: string, args: object): unknown => controlRecords[name]!(script.account, args as never);
const seed = (...rows: Json[]): { id: string }[] => control('records.seed', { rows }) as { id: string }[];
interface Shape {
  id: string;
  version: number;
  externalId?: string;
  fields: Record<string, unknown>;
  sublists: Record<string, Record<string, unknown>[]>;
  subrecords: Record<string, Record<string, unknown>>;
}
const read = (type: string, id: string): Shape => control('records.read', { type, id }) as Shape;

describe('records seeded by the control API', () => {
  it('are stored as given, read-only fields too, and answered in order', () => {
    const ids = seed(
      {
        type: 'salesorder',
        fields: { entity: '9', status: 'Billed', total: 12, createddate: '2020-01-01T00:00:00.000Z' },
        sublists: { item: [{ item: '7', quantity: 2, rate: 3.5, quantityshiprecv: 1 }] },
      },
      { type: 'customer', id: '9', externalId: 'X_9', fields: { companyname: 'Later', isinactive: true } },
      { type: 'inventoryitem', id: 7, fields: { itemid: 'I' } },
    );
    expect(ids.map(({ id }) => id)).toEqual(['1', '9', '7']);
    const order = read('salesorder', '1');
    expect(order.fields).toMatchObject({
      entity: '9',
      status: 'Billed',
      orderstatus: 'G',
      total: 12,
      createddate: '2020-01-01T00:00:00.000Z',
    });
    expect(order.sublists.item).toEqual([
      expect.objectContaining({ item: '7', quantity: 2, rate: 3.5, amount: 7, line: 1, quantityfulfilled: 1 }),
    ]);
    expect(read('customer', '9')).toMatchObject({
      externalId: 'X_9',
      fields: { companyname: 'Later', entityid: 'Later', isinactive: true },
    });
  });

  it('compute a total only where it is absent', () => {
    seed({
      type: 'invoice',
      fields: { entity: '9' },
      sublists: {
        item: [
          { item: '7', quantity: 2, rate: 3.5 },
          { item: '7', amount: 1 },
        ],
      },
    });
    expect(read('invoice', '1').fields).toMatchObject({ total: 8, status: 'Open' });
  });

  it('stay the starting point: an edit of a paid invoice leaves it paid, a payment counts from what was open', () => {
    seed(
      { type: 'customer', id: 9, fields: { companyname: 'A', subsidiary: '1', currency: '1' } },
      {
        type: 'invoice',
        id: 1,
        fields: { entity: '9', total: 50, amountremaining: 0, status: 'Paid In Full' },
        sublists: { item: [{ item: '7', amount: 50 }] },
      },
      {
        type: 'invoice',
        id: 2,
        fields: { entity: '9', total: 50, amountremaining: 20 },
        sublists: { item: [{ item: '7', amount: 50 }] },
      },
    );
    const { record } = script;
    record.load({ type: 'invoice', id: 1 }).setValue('memo', 'x').save();
    expect(read('invoice', '1').fields).toMatchObject({ amountremaining: 0, status: 'Paid In Full', memo: 'x' });
    const payment = record.transform({ fromType: 'invoice', fromId: 2, toType: 'customerpayment' });
    expect(payment.getValue('payment')).toBe(20);
    payment.save();
    expect(read('invoice', '2').fields).toMatchObject({ amountremaining: 0, amountpaid: 50, status: 'Paid In Full' });
  });

  it('merge into what exists: given fields and sublists replace, others stay', () => {
    seed({
      type: 'customer',
      id: '9',
      fields: { companyname: 'A', phone: '1' },
      sublists: { addressbook: [{ defaultbilling: true, addressbookaddress: { zip: '1' } }] },
    });
    const before = read('customer', '9');
    seed({ type: 'customer', id: '9', fields: { phone: '2' } });
    const after = read('customer', '9');
    expect(after.fields).toMatchObject({ companyname: 'A', phone: '2' });
    expect(after.sublists.addressbook).toEqual([
      expect.objectContaining({ defaultbilling: true, addressbookaddress: { zip: '1' } }),
    ]);
    expect(after.version).toBeGreaterThan(before.version);
    seed({ type: 'customer', id: '9', fields: {}, sublists: { addressbook: [] } });
    expect(read('customer', '9').sublists.addressbook).toBeUndefined();
  });

  it('go in a thousand at a call, are listed in order of id and found by external id', () => {
    const rows = Array.from({ length: 1000 }, (_, i) => ({
      type: 'contact',
      externalId: `C_${i}`,
      fields: { firstname: 'F', lastname: `L${i}` },
    }));
    const usedMs = startProcessorTime();
    expect(seed(...rows)).toHaveLength(1000);
    expect(usedMs()).toBeLessThan(3000);
    const page = control('records.list', { type: 'contact', limit: 10 }) as Shape[];
    expect(page.map(({ fields }) => fields.lastname)).toEqual(Array.from({ length: 10 }, (_, i) => `L${i}`));
    const next = control('records.list', { type: 'contact', limit: 5, after: page[9]!.id }) as Shape[];
    expect(next[0]!.fields.lastname).toBe('L10');
    expect(control('records.find', { type: 'contact', externalId: 'c_77' })).toMatchObject({
      fields: { lastname: 'L77' },
    });
    expect(control('records.find', { type: 'contact', externalId: 'none' })).toBeUndefined();
    expect(control('records.read', { type: 'contact', id: '99999' })).toBeUndefined();
  });

  it('keep leads under lead, custom fields with setting accept, and undo all rows when one is refused', async () => {
    seed({ type: 'lead', id: '50', fields: { companyname: 'L' } });
    expect((control('records.list', { type: 'lead' }) as Shape[]).map(({ id }) => id)).toEqual(['50']);
    expect(() => seed({ type: 'contact', id: '51', fields: {} }, { type: 'nonsense', fields: {} })).toThrow('invalid');
    expect(control('records.read', { type: 'contact', id: '51' })).toBeUndefined();
    const lenient = await openRecordScript({ unknownCustomFields: 'accept' });
    controlRecords['records.seed']!(lenient.account, {
      rows: [{ type: 'customer', id: 5, fields: { companyname: 'L', custentity_a: true, custentity_b: 'x' } }],
    } as never);
    expect(lenient.account.registry.type('customer')!.fields.custentity_a).toMatchObject({ type: 'checkbox' });
    const customer = lenient.record.load({ type: 'customer', id: 5 });
    expect([
      customer.getValue('custentity_a'),
      customer.getValue('custentity_b'),
      customer.getValue('custentity_c'),
    ]).toEqual([true, 'x', '']);
    await lenient.close();
  });
});
