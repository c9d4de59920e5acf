import {
  errorMessage,
  errorName,
  openRecordScript,
  type RecordObject,
  type RecordScript,
} from '../../helpers/emulator/record-script';
import { seedShop } from './fixtures';

let script: RecordScript;
beforeEach(async () => {
  script = await openRecordScript();
  seedShop(script);
});
afterEach(() => script.close());

const make = (type: string, values: Record<string, unknown>): RecordObject => {
  const made = script.record.create({ type });
  for (const [fieldId, value] of Object.entries(values)) made.setValue({ fieldId, value });
  return made;
};
const load = (type: string, id: number): RecordObject => script.record.load({ type, id });

describe('entities', () => {
  it('take their id from the company or the person when it is not given', () => {
    const company = load('customer', make('customer', { companyname: 'Beta', subsidiary: 1 }).save());
    const person = load(
      'customer',
      make('customer', { isperson: 'T', firstname: 'Ann', lastname: 'Lee', subsidiary: 1 }).save(),
    );
    const contact = load('contact', make('contact', { firstname: 'Bo', lastname: 'Day', company: 100 }).save());
    expect([company, person, contact].map((each) => each.getValue('entityid'))).toEqual(['Beta', 'Ann Lee', 'Bo Day']);
    expect(person.getValue('isperson')).toBe('T');
    expect(contact.getValue('subsidiary')).toBe('1');
    expect(contact.getText('company')).toBe('Acme');
  });

  it('trade in the currency of their subsidiary unless another is given', () => {
    const german = load('customer', make('customer', { companyname: 'DE', subsidiary: 3 }).save());
    const dollar = load('customer', make('customer', { companyname: 'DE2', subsidiary: 3, currency: 1 }).save());
    expect([german.getText('currency'), dollar.getText('currency')]).toEqual(['Euro', 'US Dollar']);
  });

  it.each([
    ['customer', { subsidiary: 1 }, 'Please enter value(s) for: Company Name'],
    ['customer', { companyname: 'X' }, 'Please enter value(s) for: Primary Subsidiary'],
    ['customer', { isperson: 'T' }, 'Please enter value(s) for: Last Name, Primary Subsidiary'],
    ['contact', { subsidiary: 1 }, 'Please enter value(s) for: Contact'],
  ])('name all mandatory fields that a %s lacks', (type, values, message) => {
    expect(errorName(() => make(type, values).save())).toBe('USER_ERROR');
    expect(errorMessage(() => make(type, values).save())).toBe(message);
  });

  it('may be saved without mandatory fields on request', () => {
    expect(errorName(() => make('customer', { companyname: 'Free' }).save({ ignoreMandatoryFields: true }))).toBe(
      'no error',
    );
  });

  it('demand what their form demands', () => {
    script.account.store.put({
      type: 'customform',
      id: '999',
      externalId: null,
      version: 0,
      fields: { name: 'Strict', recordtype: 'customer', mandatory: ['email', 'phone'] },
      sublists: {},
      subrecords: {},
    });
    const strict = (): number =>
      make('customer', { companyname: 'Y', subsidiary: 1, customform: '999', phone: '1' }).save();
    expect(errorMessage(strict)).toBe('Please enter value(s) for: Email');
    const blank = script.record.create({ type: 'customer', isDynamic: true });
    const field = blank.getField({ fieldId: 'customform' }) as { getSelectOptions(): { text: string }[] };
    const forms = field.getSelectOptions();
    expect(forms.map((form) => form.text)).toEqual(['Standard Customer Form', 'Strict']);
    const demands = (form: string): boolean[] => {
      blank.setValue('customform', form);
      return ['email', 'phone', 'fax'].map(
        (fieldId) => (blank.getField({ fieldId }) as { isMandatory: boolean }).isMandatory,
      );
    };
    expect(demands('999')).toEqual([true, true, false]);
    expect(demands('10')).toEqual([false, false, false]);
  });

  it('refuse a name that another one has (G:6721237847)', () => {
    make('customer', { companyname: 'Twin', subsidiary: 1 }).save();
    expect(errorName(() => make('customer', { companyname: 'TWIN', subsidiary: 1 }).save())).toBe(
      'UNIQUE_CUST_ID_REQD',
    );
    expect(errorMessage(() => make('customer', { companyname: 'twin', subsidiary: 1 }).save())).toBe(
      'A customer record with this ID already exists. You must enter a unique customer ID for each record you create.',
    );
    expect(errorName(() => make('vendor', { companyname: 'Twin', subsidiary: 1 }).save())).toBe('no error');
    make('contact', { firstname: 'A', lastname: 'B', company: 100 }).save();
    expect(errorName(() => make('contact', { firstname: 'A', lastname: 'B', company: 100 }).save())).not.toBe(
      'no error',
    );
    expect(errorName(() => make('contact', { firstname: 'A', lastname: 'B', subsidiary: 1 }).save())).toBe('no error');
  });

  it('share external ids whatever their case, over all types of the group (section_N3436356)', () => {
    make('customer', { companyname: 'E', subsidiary: 1, externalid: 'SF_1' }).save();
    expect(
      errorName(() => make('contact', { firstname: 'E', lastname: 'F', subsidiary: 1, externalid: 'sf_1' }).save()),
    ).toBe('DUP_ENTITY');
  });

  it('refuse values over the field length with the real text', () => {
    const long = (): number => make('customer', { companyname: 'x'.repeat(84), subsidiary: 1 }).save();
    expect(errorName(long)).toBe('THE_FIELD_1_CONTAINED_MORE_THAN_THE_MAXIMUM_NUMBER__2__OF_CHARACTERS_ALLOWED');
    expect(errorMessage(long)).toBe(
      'The field companyname contained more than the maximum number ( 83 ) of characters allowed.',
    );
    expect(errorName(() => make('customer', { companyname: 'x'.repeat(83), subsidiary: 1 }).save())).toBe('no error');
  });

  it('move from lead to customer with their status, keeping their id', () => {
    const id = make('lead', { companyname: 'Hope', subsidiary: 1 }).save();
    expect(load('customer', id).type).toBe('lead');
    script.record.submitFields({ type: 'lead', id, values: { entitystatus: '13' } });
    expect(script.account.store.get('lead', String(id))).toBeUndefined();
    expect(load('lead', id).type).toBe('customer');
    expect(load('customer', id).getValue('stage')).toBe('CUSTOMER');
  });

  it('keep addresses as subrecords with ids of their own (section_4687606306)', () => {
    const customer = make('customer', { companyname: 'Addr', subsidiary: 1 });
    for (const [line, city] of ['Rome', 'Oslo'].entries()) {
      const address = customer.getSublistSubrecord({ sublistId: 'addressbook', fieldId: 'addressbookaddress', line });
      address
        .setValue({ fieldId: 'country', value: city === 'Rome' ? 'IT' : 'NO' })
        .setValue({ fieldId: 'city', value: city });
      customer.setSublistValue({ sublistId: 'addressbook', fieldId: 'defaultbilling', line, value: true });
    }
    const id = customer.save();
    const loaded = load('customer', id);
    const ids = [0, 1].map((line) => loaded.getSublistValue({ sublistId: 'addressbook', fieldId: 'internalid', line }));
    expect(new Set(ids).size).toBe(2);
    expect(
      [0, 1].map((line) => loaded.getSublistValue({ sublistId: 'addressbook', fieldId: 'defaultbilling', line })),
    ).toEqual([false, true]);
    loaded.removeLine({ sublistId: 'addressbook', line: 0 });
    const left = load('customer', loaded.save());
    expect(left.getSublistValue({ sublistId: 'addressbook', fieldId: 'internalid', line: 0 })).toBe(ids[1]);
    expect(left.hasSublistSubrecord({ sublistId: 'addressbook', fieldId: 'addressbookaddress', line: 0 })).toBe(true);
    expect(
      left.getSublistSubrecord({ sublistId: 'addressbook', fieldId: 'addressbookaddress', line: 0 }).getText('country'),
    ).toBe('Norway');
  });

  it('take ISO countries and known states only (section_4704101831)', () => {
    const withAddress = (country: string, state: string) => () => {
      const customer = make('customer', { companyname: `C${country}${state}`, subsidiary: 1 });
      const address = customer.getSublistSubrecord({
        sublistId: 'addressbook',
        fieldId: 'addressbookaddress',
        line: 0,
      });
      address.setValue('country', country).setValue('state', state);
      return customer.save();
    };
    expect(errorMessage(withAddress('UK', ''))).toBe('Invalid country reference key UK.');
    expect(errorMessage(withAddress('US', 'ZZ'))).toBe('Invalid state reference key ZZ.');
    expect(errorName(withAddress('DE', 'Bayern'))).toBe('no error');
  });

  it('cannot be saved from a subrecord', () => {
    const customer = make('customer', { companyname: 'Sub', subsidiary: 1 });
    const address = customer.getSublistSubrecord({ sublistId: 'addressbook', fieldId: 'addressbookaddress', line: 0 });
    expect(errorName(() => address.save())).toBe('SSS_INVALID_API_USAGE');
    expect(errorName(() => customer.getSubrecord('companyname'))).toBe('FIELD_1_IS_NOT_A_SUBRECORD_FIELD');
  });

  it('cannot be deleted while transactions name them', () => {
    const order = script.record.create({ type: 'salesorder', defaultValues: { entity: 100 } });
    order.setSublistValue({ sublistId: 'item', fieldId: 'item', line: 0, value: 501 });
    const orderId = order.save();
    expect(errorName(() => script.record.delete({ type: 'customer', id: 100 }))).toBe(
      'THIS_RECORD_CANNOT_BE_DELETED_BECAUSE_IT_HAS_DEPENDENT_RECORDS',
    );
    expect(errorName(() => script.record.delete({ type: 'noninventoryitem', id: 501 }))).toBe(
      'THIS_RECORD_CANNOT_BE_DELETED_BECAUSE_IT_HAS_DEPENDENT_RECORDS',
    );
    expect(script.record.delete({ type: 'salesorder', id: orderId })).toBe(orderId);
    expect(script.record.delete({ type: 'customer', id: 100 })).toBe(100);
    expect(errorName(() => load('customer', 100))).toBe('RCRD_DSNT_EXIST');
    const rows = script.account.store
      .list('deletedrecord')
      .map((row) => [row.fields.recordtype, row.fields.recordid, row.fields.externalid]);
    expect(rows).toEqual([
      ['salesorder', orderId, undefined],
      ['customer', 100, 'CUST_100'],
    ]);
  });
});

describe('a lead or prospect with transactions', () => {
  it('moves on by itself: a quote makes a prospect, an order a customer, with the same id', () => {
    const { record, account } = script;
    const lead = record.create({ type: 'lead' });
    lead.setValue('companyname', 'Promoted');
    lead.setValue('subsidiary', '1');
    const id = String(lead.save());
    const stages = (): (string | undefined)[] =>
      ['lead', 'prospect', 'customer'].filter((type) => account.store.get(type, id) !== undefined);
    const make = (type: string): number => {
      const made = record.create({ type });
      made.setValue('entity', id);
      made.setSublistValue({ sublistId: 'item', fieldId: 'item', line: 0, value: '500' });
      return made.save();
    };
    make('estimate');
    expect(stages()).toEqual(['prospect']);
    make('salesorder');
    expect(stages()).toEqual(['customer']);
    expect(account.store.get('customer', id)?.fields.entitystatus).toBe('13');
    make('estimate');
    expect(stages()).toEqual(['customer']);
  });
});
