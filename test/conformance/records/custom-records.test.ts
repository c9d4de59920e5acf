import type { FieldMeta, TypeMeta } from '../../../emulator/kernel/types';
import { errorMessage, errorName, openRecordScript, type RecordScript } from '../../helpers/emulator/record-script';
import { columns, seedShop } from './fixtures';

let script: RecordScript;

const field = (id: string, more: Partial<FieldMeta> = {}): FieldMeta => ({
  id,
  label: id,
  type: 'text',
  custom: true,
  inlineEditable: true,
  ...more,
});
const type = (id: string, fields: FieldMeta[]): TypeMeta => ({
  id,
  label: id,
  class: 'custom',
  group: id,
  fields: Object.fromEntries(fields.map((each) => [each.id, each])),
  sublists: {},
  subrecords: {},
  transforms: [],
  scripting: { create: true, copy: true, delete: true, edit: true },
  nameField: 'name',
});

beforeEach(async () => {
  script = await openRecordScript();
  seedShop(script);
  const { registry } = script.account;
  registry.addList('customlist_colour', 'Colour', [
    { id: '1', scriptId: 'val_red', text: 'Red', inactive: false },
    { id: '2', scriptId: 'val_blue', text: 'Blue', inactive: false },
  ]);
  registry.addType(
    type('customrecord_visit', [
      field('custrecord_who', { type: 'select', selectType: 'customer', isParent: true }),
      field('custrecord_colour', { type: 'select', selectType: 'customlist_colour' }),
      field('custrecord_tags', { type: 'multiselect', selectType: 'customlist_colour' }),
      field('custrecord_must', { required: true, label: 'Must' }),
      field('custrecord_when', { type: 'date' }),
      field('custrecord_flag', { type: 'checkbox', defaultValue: true }),
      field('custrecord_short', { maxLength: 5 }),
    ]),
  );
});
afterEach(() => script.close());

describe('custom records', () => {
  it('keep values of their own fields, lists by id and by text', () => {
    const { record } = script;
    const visit = record.create({ type: 'customrecord_visit' });
    expect(visit.getValue('custrecord_flag')).toBe(true);
    visit
      .setText('custrecord_colour', 'Blue')
      .setValue('custrecord_tags', [1, 2])
      .setValue('custrecord_must', 'x')
      .setValue('custrecord_when', new Date(2026, 3, 5));
    visit.setValue('externalid', 'V1').setValue('name', 'First');
    const loaded = record.load({ type: 'customrecord_visit', id: visit.save() });
    expect([loaded.getValue('custrecord_colour'), loaded.getText('custrecord_colour')]).toEqual(['2', 'Blue']);
    expect([loaded.getValue('custrecord_tags'), loaded.getText('custrecord_tags')]).toEqual([
      ['1', '2'],
      ['Red', 'Blue'],
    ]);
    expect(loaded.getValue('custrecord_when')).toEqual(new Date(2026, 3, 5));
    expect([loaded.getValue('name'), loaded.getValue('externalid'), loaded.getValue('isinactive')]).toEqual([
      'First',
      'V1',
      false,
    ]);
    expect(loaded.getText('owner')).toBe('Administrator');
    expect(loaded.getValue('created')).toBeInstanceOf(Date);
  });

  it('refuse what their fields demand or can not hold', () => {
    const { record } = script;
    const make = (values: Record<string, unknown>) => () => {
      const made = record.create({ type: 'customrecord_visit' });
      for (const [fieldId, value] of Object.entries(values)) made.setValue({ fieldId, value });
      return made.save();
    };
    expect(errorMessage(make({}))).toBe('Please enter value(s) for: Must');
    expect(errorMessage(make({ custrecord_must: 'x', custrecord_short: '123456' }))).toContain('( 5 )');
    expect(errorName(make({ custrecord_must: 'x', custrecord_colour: '9' }))).toBe('INVALID_KEY_OR_REF');
    expect(errorName(make({ custrecord_must: 'x', custrecord_who: 4711 }))).toBe('INVALID_KEY_OR_REF');
    make({ custrecord_must: 'x', externalid: 'V' })();
    expect(errorName(make({ custrecord_must: 'x', externalid: 'v' }))).toBe('DUP_CSTM_RCRD_ENTRY');
  });

  it('are lines of their parent when their field says so', () => {
    const { record, account } = script;
    const sublistId = 'recmachcustrecord_who';
    const customer = record.load({ type: 'customer', id: 100 });
    expect(customer.getLineCount({ sublistId })).toBe(0);
    for (const line of [0, 1]) {
      customer.setSublistValue({ sublistId, fieldId: 'custrecord_must', line, value: `line ${line}` });
      customer.setSublistValue({ sublistId, fieldId: 'custrecord_colour', line, value: line + 1 });
    }
    customer.save();
    expect(
      account.store.list('customrecord_visit').map((row) => [row.fields.custrecord_who, row.fields.custrecord_must]),
    ).toEqual([
      ['100', 'line 0'],
      ['100', 'line 1'],
    ]);
    const again = record.load({ type: 'customer', id: 100 });
    expect(columns(again, ['custrecord_must', 'custrecord_colour', 'id'], sublistId)).toEqual([
      ['line 0', '1', '1'],
      ['line 1', '2', '2'],
    ]);
    again.removeLine({ sublistId, line: 0 });
    again.setSublistValue({ sublistId, fieldId: 'custrecord_must', line: 0, value: 'changed' });
    again.save();
    expect(account.store.list('customrecord_visit').map((row) => [row.id, row.fields.custrecord_must])).toEqual([
      ['2', 'changed'],
    ]);
    expect(account.store.get('customer', '100')!.sublists[sublistId]).toBeUndefined();
  });

  it('cost 2 to open, 4 to save or delete, 2 for a list edit (section_157072844224)', () => {
    const { record } = script;
    const id = record.create({ type: 'customrecord_visit', defaultValues: { custrecord_must: 'x' } }).save();
    expect(script.units()).toBe(6);
    record.submitFields({ type: 'customrecord_visit', id, values: { custrecord_flag: 'F' } });
    expect(script.units()).toBe(2);
    expect(script.account.store.get('customrecord_visit', String(id))!.fields.custrecord_flag).toBe(false);
    record.delete({ type: 'customrecord_visit', id });
    expect(script.units()).toBe(4);
    expect(script.account.store.list('deletedrecord')[0]!.fields).toMatchObject({
      recordtype: 'customrecord_visit',
      iscustomrecord: true,
    });
  });
});

describe('features that are off', () => {
  it('ask for no subsidiary and know no currencies', async () => {
    const plain = await openRecordScript({ features: { SUBSIDIARIES: false, MULTICURRENCY: false } });
    const id = plain.record.create({ type: 'customer', defaultValues: { companyname: 'Plain' } }).save();
    expect(plain.record.load({ type: 'customer', id }).getValue('entityid')).toBe('Plain');
    expect(plain.account.store.list('subsidiary')).toEqual([]);
    expect(plain.account.store.list('currency').length).toBe(1);
    await plain.close();
  });
});
