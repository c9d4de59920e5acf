import { errorMessage, errorName, openRecordScript, type RecordScript } from '../../helpers/emulator/record-script';
import { seedShop } from './fixtures';

let script: RecordScript;
beforeEach(async () => {
  script = await openRecordScript();
  seedShop(script);
});
afterEach(() => script.close());

const version = (type: string, id: number): number => script.account.store.get(type, String(id))!.version;

describe('record.submitFields (section_4267283788)', () => {
  it('writes inline-editable fields for 5 units without a conflict check', () => {
    const { record } = script;
    const open = record.load({ type: 'customer', id: 100 });
    script.units();
    expect(record.submitFields({ type: 'customer', id: 100, values: { phone: '555', comments: 'hi' } })).toBe(100);
    expect(script.units()).toBe(5);
    expect(record.load({ type: 'customer', id: 100 }).getValue('phone')).toBe('555');
    expect(errorName(() => open.setValue('fax', '1').save())).toBe('RCRD_HAS_BEEN_CHANGED');
    expect(errorMessage(() => open.save())).toBe('Record has been changed');
  });

  it('loads and saves behind the scenes for other fields, and costs both', () => {
    script.record.submitFields({ type: 'customer', id: 100, values: { email: 'new@acme.example' } });
    expect(script.units()).toBe(15);
    expect(script.account.store.get('customer', '100')!.fields.email).toBe('new@acme.example');
  });

  it('takes checkboxes as T and F, dates in the account format, and empties with an empty text', () => {
    const { record } = script;
    record.submitFields({
      type: 'customer',
      id: 100,
      values: { isinactive: 'T', startdate: '1/31/2026', enddate: new Date(2026, 11, 24), phone: '' },
    });
    const { fields } = script.account.store.get('customer', '100')!;
    expect(fields).toMatchObject({ isinactive: true, startdate: '2026-01-31', enddate: '2026-12-24' });
    expect(fields.phone).toBeUndefined();
  });

  it('touches nothing else: lines and other fields stay, and so do changes made meanwhile', () => {
    const before = script.account.store.get('customer', '100')!;
    script.record.submitFields({ type: 'customer', id: 100, values: { phone: '1' } });
    const after = script.account.store.get('customer', '100')!;
    expect(after.sublists).toEqual(before.sublists);
    expect(after.fields).toMatchObject({ companyname: 'Acme', phone: '1' });
    expect(after.version).toBe(before.version + 1);
  });

  it('refuses bad references, sublists and unknown records', () => {
    const { record } = script;
    const submit = (values: object, id = 100) => errorName(() => record.submitFields({ type: 'customer', id, values }));
    expect(submit({ category: '77' })).toBe('INVALID_KEY_OR_REF');
    expect(submit({ addressbook: 'x' })).toBe('SSS_INVALID_API_USAGE');
    expect(submit({ phone: '1' }, 4711)).toBe('RCRD_DSNT_EXIST');
    expect(submit({ companyname: 'x'.repeat(90) })).toContain('THE_FIELD_1_CONTAINED');
  });
});

describe('a save', () => {
  it('costs by record class: 20, 4 and 10 units (section_157072844224)', () => {
    const { account, record } = script;
    account.registry.addType({
      id: 'customrecord_a',
      label: 'A',
      class: 'custom',
      group: 'customrecord_a',
      fields: {},
      sublists: {},
      subrecords: {},
      transforms: [],
      scripting: { create: true, copy: true, delete: true, edit: true },
      nameField: 'name',
    });
    record.create({ type: 'customrecord_a' }).setValue('name', 'one').save();
    expect(script.units()).toBe(2 + 4);
    record.load({ type: 'customer', id: 100 }).save();
    expect(script.units()).toBe(5 + 10);
    const order = record.create({ type: 'salesorder', defaultValues: { entity: 100 } });
    order.setSublistValue({ sublistId: 'item', fieldId: 'item', line: 0, value: 501 });
    order.save();
    expect(script.units()).toBe(10 + 20);
    record.delete({ type: 'customrecord_a', id: 1 });
    expect(script.units()).toBe(4);
  });

  it('of a record that another one has saved since the load is refused, and stores nothing', () => {
    const { record } = script;
    const first = record.load({ type: 'customer', id: 100 });
    const second = record.load({ type: 'customer', id: 100 });
    first.setValue('phone', '1').save();
    const stored = version('customer', 100);
    expect(errorName(() => second.setValue('phone', '2').save())).toBe('RCRD_HAS_BEEN_CHANGED');
    expect(version('customer', 100)).toBe(stored);
    expect(errorName(() => first.setValue('phone', '3').save())).toBe('RCRD_HAS_BEEN_CHANGED');
  });

  it('that is refused leaves no trace: no row, no number used twice, no ledger entry', () => {
    const { account, record } = script;
    const writes = account.ledgers.list('records').length;
    const customers = account.store.list('customer').length;
    expect(
      errorName(() =>
        record.create({ type: 'customer', defaultValues: { companyname: 'Acme', subsidiary: '1' } }).save(),
      ),
    ).toBe('UNIQUE_CUST_ID_REQD');
    expect(account.store.list('customer').length).toBe(customers);
    expect(account.ledgers.list('records').length).toBe(writes);
  });

  it('stamps dates and enters the ledger', () => {
    const { account, record } = script;
    const id = record.create({ type: 'customer', defaultValues: { companyname: 'Stamp', subsidiary: '1' } }).save();
    const { fields } = account.store.get('customer', String(id))!;
    expect([fields.datecreated, fields.lastmodifieddate]).toEqual([expect.stringMatching(/Z$/), fields.datecreated]);
    expect(account.ledgers.list('records').at(-1)).toMatchObject({
      op: 'create',
      type: 'customer',
      id: String(id),
      api: 'record.save',
      context: 'RESTLET',
      scriptId: 'customscript_test',
    });
  });

  it('of a copy makes a new record without the identity of the old one', () => {
    const { record } = script;
    const copy = record.copy({ type: 'customer', id: 100 });
    expect([copy.id, copy.isNew, copy.getValue('externalid'), copy.getValue('terms')]).toEqual([null, true, '', '2']);
    copy.setValue('companyname', 'Acme 2');
    const id = copy.save();
    expect(record.load({ type: 'customer', id }).getValue('entityid')).toBe('Acme 2');
    expect(record.load({ type: 'customer', id }).getLineCount('addressbook')).toBe(2);
  });

  it('can not be made of what scripts may not create (Oracle records reference, scripting level)', () => {
    const { record } = script;
    expect(errorName(() => record.create({ type: 'itemfulfillment' }))).not.toBe('no error');
    expect(errorName(() => record.copy({ type: 'customerpayment', id: 1 }))).not.toBe('no error');
  });
});

describe('record.attach and detach (section_4267282652)', () => {
  it('link a contact with a role to an entity, for 10 units', () => {
    const { account, record } = script;
    const contact = record
      .create({ type: 'contact', defaultValues: { firstname: 'A', lastname: 'B', subsidiary: '1' } })
      .save();
    script.units();
    record.attach({
      record: { type: 'contact', id: contact },
      to: { type: 'customer', id: 100 },
      attributes: { role: -10 },
    });
    expect(script.units()).toBe(10);
    expect(account.store.get('customer', '100')!.sublists.contactroles).toEqual([
      { fields: { contact: String(contact), role: -10 } },
    ]);
    record.detach({ record: { type: 'contact', id: contact }, from: { type: 'customer', id: 100 } });
    expect(account.store.get('customer', '100')!.sublists.contactroles).toBeUndefined();
    expect(
      errorName(() => record.attach({ record: { type: 'contact', id: 4711 }, to: { type: 'customer', id: 100 } })),
    ).toBe('RCRD_DSNT_EXIST');
  });
});
