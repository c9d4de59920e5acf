import { SuiteScriptError } from '../../../emulator/guest/errors';
import { errorMessage, errorName, openRecordScript, type RecordScript } from '../../helpers/emulator/record-script';
import { seedShop } from './fixtures';

let script: RecordScript;
beforeEach(async () => {
  script = await openRecordScript();
  seedShop(script);
});
afterEach(() => script.close());

const INVALID = 'You have entered an Invalid Field Value';

describe('field values (section_4273154686)', () => {
  it('have the type of their field: boolean, Date, number, text', () => {
    const order = script.record.create({ type: 'salesorder' });
    order
      .setValue('shipcomplete', 'T')
      .setValue('shipdate', new Date(2026, 1, 28))
      .setValue('shippingcost', '12.50')
      .setValue('entity', 100)
      .setValue('memo', 7);
    expect(order.getValue('shipcomplete')).toBe(true);
    expect(order.getValue('shipdate')).toEqual(new Date(2026, 1, 28));
    expect(order.getValue('shippingcost')).toBe(12.5);
    expect(order.getValue('entity')).toBe('100');
    expect(order.getValue('memo')).toBe('7');
    expect(order.getValue('tobeprinted')).toBe(false);
    expect(order.getValue('department')).toBe('');
    expect(order.getValue('nosuchfield')).toBeUndefined();
  });

  it.each([
    ['shipcomplete', 'maybe'],
    ['shippingcost', 'twelve'],
    ['shipdate', 'tomorrow'],
    ['shipdate', 12],
  ])('refuse what %s can not hold', (fieldId, value) => {
    const order = script.record.create({ type: 'salesorder' });
    expect(errorName(() => order.setValue({ fieldId, value }))).toBe('INVALID_FLD_VALUE');
    expect(errorMessage(() => order.setValue({ fieldId, value }))).toBe(
      `${INVALID} ${value} for the following field: ${fieldId}`,
    );
  });

  it('keep a day whatever the time zone, and store it as the day', () => {
    const order = script.record.create({
      type: 'salesorder',
      defaultValues: { entity: 100, trandate: new Date(2026, 2, 1) },
    });
    order.setSublistValue({ sublistId: 'item', fieldId: 'item', line: 0, value: 501 });
    const id = order.save();
    expect(script.account.store.get('salesorder', String(id))!.fields.trandate).toBe('2026-03-01');
    expect(script.record.load({ type: 'salesorder', id }).getText('trandate')).toBe('3/1/2026');
  });

  it('in standard mode are read the way they were set (SSS_INVALID_API_USAGE otherwise)', () => {
    const order = script.record.create({ type: 'salesorder' });
    order.setText({ fieldId: 'entity', text: 'Acme' });
    expect(order.getText('entity')).toBe('Acme');
    expect(errorMessage(() => order.getValue('entity'))).toBe(
      'Invalid API usage. You must use getText to return the value set with setText.',
    );
    order.setValue('terms', 2);
    expect(errorMessage(() => order.getText('terms'))).toBe(
      'Invalid API usage. You must use getValue to return the value set with setValue.',
    );
    order.setSublistText({ sublistId: 'item', fieldId: 'item', line: 0, text: 'WIDGET' });
    expect(errorName(() => order.getSublistValue({ sublistId: 'item', fieldId: 'item', line: 0 }))).toBe(
      'SSS_INVALID_API_USAGE',
    );
    order.setSublistValue({ sublistId: 'item', fieldId: 'quantity', line: 0, value: 2 });
    expect(errorName(() => order.getSublistText({ sublistId: 'item', fieldId: 'quantity', line: 0 }))).toBe(
      'SSS_INVALID_API_USAGE',
    );
    expect(errorName(() => order.setText('entity', 'Nobody'))).toBe('INVALID_FLD_VALUE');
    const dynamic = script.record.create({ type: 'salesorder', isDynamic: true });
    dynamic.setText({ fieldId: 'entity', text: 'Acme' });
    expect([dynamic.getValue('entity'), dynamic.setValue('terms', 3).getText('terms')]).toEqual(['100', 'Net 60']);
  });

  it('record.submitFields takes moments as people of the account write them, and refuses days that no calendar has', () => {
    script.account.registry.addField(['customer'], {
      id: 'custentity_at',
      label: 'At',
      type: 'datetimetz',
      custom: true,
    });
    const id = 100;
    const submit = (value: string): unknown => {
      script.record.submitFields({ type: 'customer', id, values: { custentity_at: value } });
      return script.account.store.get('customer', String(id))!.fields.custentity_at;
    };
    script.account.settings.timeZone = 'America/New_York';
    expect(submit('11/22/2026 3:15 pm')).toBe('2026-11-22T20:15:00.000Z');
    expect(submit('7/1/2026')).toBe('2026-07-01T04:00:00.000Z');
    expect(submit('2026-11-22T20:15:00Z')).toBe('2026-11-22T20:15:00Z');
    expect(errorName(() => submit('2026-02-31'))).toBe('INVALID_FLD_VALUE');
    expect(errorName(() => submit('11/22/2026 noon'))).toBe('INVALID_FLD_VALUE');
  });

  it('name the argument that is missing', () => {
    const order = script.record.create({ type: 'salesorder' });
    const { record } = script;
    expect(errorMessage(() => order.getValue({}))).toBe('getValue: Missing a required argument: fieldId');
    expect(errorMessage(() => record.create({}))).toBe('record.create: Missing a required argument: type');
    expect(errorMessage(() => record.load({ type: 'customer' }))).toBe('record.load: Missing a required argument: id');
    expect(errorMessage(() => record.submitFields({ type: 'customer', id: 1 }))).toBe(
      'record.submitFields: Missing a required argument: values',
    );
    expect(errorMessage(() => record.attach({ record: { type: 'contact', id: 1 } }))).toBe(
      'record.attach: Missing a required argument: to',
    );
    expect(errorMessage(() => record.create({ type: 'nonsense' }))).toBe('The record type [NONSENSE] is invalid.');
    expect(errorMessage(() => record.load({ type: 'customer', id: 4711 }))).toBe('That record does not exist.');
    expect(script.units()).toBe(10 + 5);
  });

  it('take arguments by position too', () => {
    const order = script.record.create({ type: 'salesorder' });
    order.setValue('memo', 'x');
    order.setSublistValue('item', 'item', 0, 500);
    expect(order.getValue('memo')).toBe('x');
    expect(order.getSublistValue('item', 'item', 0)).toBe('500');
    expect(order.findSublistLineWithValue('item', 'item', 500)).toBe(0);
    expect(order.findSublistLineWithValue({ sublistId: 'item', fieldId: 'item', value: '501' })).toBe(-1);
  });

  it('live on lines addressed from 0; bad sublists and lines are refused (SSS_INVALID_SUBLIST_OPERATION)', () => {
    const order = script.record.create({ type: 'salesorder' });
    expect(order.getLineCount({ sublistId: 'item' })).toBe(0);
    expect(order.getLineCount({ sublistId: 'nolist' })).toBe(-1);
    for (const work of [
      () => order.getSublistValue({ sublistId: 'item', fieldId: 'item', line: 0 }),
      () => order.setSublistValue({ sublistId: 'item', fieldId: 'item', line: 3, value: 1 }),
      () => order.setSublistValue({ sublistId: 'nolist', fieldId: 'item', line: 0, value: 1 }),
      () => order.removeLine({ sublistId: 'item', line: 0 }),
      () => order.insertLine({ sublistId: 'item', line: 2 }),
    ]) {
      expect(errorName(work)).toBe('SSS_INVALID_SUBLIST_OPERATION');
    }
  });

  it('are described by Field, Sublist and Column objects', () => {
    const order = script.record.create({ type: 'salesorder' });
    expect(order.getField('entity')).toMatchObject({
      id: 'entity',
      type: 'select',
      label: 'Customer',
      isMandatory: true,
    });
    expect(order.getField('nosuchfield')).toBeNull();
    expect(order.getFields()).toContain('otherrefnum');
    expect(order.getSublists()).toContain('item');
    expect(order.getSublistFields('item')).toEqual(expect.arrayContaining(['item', 'rate']));
    expect(order.getSublist('item')!.getColumn({ fieldId: 'quantity' })).toMatchObject({
      id: 'quantity',
      type: 'float',
      sublistId: 'item',
    });
    const terms = order.getField('terms') as { getSelectOptions(options?: object): unknown };
    expect(terms.getSelectOptions({ filter: 'net 3', operator: 'startswith' })).toEqual([
      { value: '2', text: 'Net 30' },
    ]);
    const memo = order.getField('memo') as { getSelectOptions(): unknown };
    expect(errorName(() => memo.getSelectOptions())).toBe('SSS_INVALID_UI_OBJECT_TYPE');
  });

  it('show as text in the JSON of a record', () => {
    const order = script.record.create({ type: 'salesorder', defaultValues: { entity: 100 } });
    order.setValue('tobeemailed', true);
    order.setSublistValue({ sublistId: 'item', fieldId: 'quantity', line: 0, value: 2 });
    expect(JSON.parse(JSON.stringify(order))).toMatchObject({
      type: 'salesorder',
      isDynamic: false,
      fields: { entity: '100', tobeemailed: 'T' },
      sublists: { item: { 'line 1': { quantity: '2' } } },
    });
  });

  it('have no promises in server scripts (subsect_24165317531)', () => {
    const { record } = script;
    const promised = record.load as unknown as { promise(options: object): unknown };
    expect(errorName(() => promised.promise({ type: 'customer', id: 100 }))).toBe('SSS_INVALID_API_USAGE');
    expect(errorName(() => record.load({ type: 'customer', id: 100 }).save.promise())).toBe('SSS_INVALID_API_USAGE');
    expect(() => record.load({ type: 'customer', id: 100 }).executeMacro({ id: 'calculateTax' })).toThrow(
      SuiteScriptError,
    );
  });

  it('of price matrices are read and set by level and quantity break', () => {
    const { record } = script;
    const item = record.load({ type: 'inventoryitem', id: 500 });
    expect(item.getMatrixSublistValue({ sublistId: 'price1', fieldId: 'price', column: 0, line: 1 })).toBe(9);
    item.setMatrixSublistValue({ sublistId: 'price1', fieldId: 'price', column: 0, line: 0, value: 11 });
    item.save();
    const again = record.load({ type: 'inventoryitem', id: 500 });
    expect(again.getMatrixSublistValue({ sublistId: 'price1', fieldId: 'price', column: 0, line: 0 })).toBe(11);
    expect(again.getMatrixHeaderCount({ sublistId: 'price1', fieldId: 'price' })).toBe(1);
  });

  it('of a new item offer all price levels of all currencies, and only priced ones are kept', () => {
    const { record, account } = script;
    const item = record.create({ type: 'inventoryitem', defaultValues: { itemid: 'PRICED' } });
    expect(item.getLineCount('price1')).toBe(5);
    expect(item.getSublistText({ sublistId: 'price1', fieldId: 'pricelevel', line: 1 })).toBe('Alternate Price 1');
    item.setMatrixSublistValue({ sublistId: 'price1', fieldId: 'price', column: 0, line: 0, value: 20 });
    item.setMatrixSublistValue({ sublistId: 'price3', fieldId: 'price', column: 0, line: 2, value: 15 });
    const id = item.save();
    const stored = account.store.get('inventoryitem', String(id))!;
    expect(stored.sublists.price1!.map(({ fields }) => [fields.pricelevel, fields.price_1_])).toEqual([['1', 20]]);
    expect(stored.sublists.price3!.map(({ fields }) => [fields.pricelevel, fields.currency])).toEqual([['3', '3']]);
    expect(stored.fields.itemtype).toBe('InvtPart');
    const dynamic = record.load({ type: 'inventoryitem', id, isDynamic: true });
    const line = dynamic.findSublistLineWithValue({ sublistId: 'price1', fieldId: 'pricelevel', value: '1' });
    dynamic.selectLine({ sublistId: 'price1', line });
    (dynamic as unknown as { setCurrentMatrixSublistValue(options: object): unknown }).setCurrentMatrixSublistValue({
      sublistId: 'price1',
      fieldId: 'price',
      column: 0,
      value: 21,
    });
    dynamic.commitLine({ sublistId: 'price1' }).save();
    expect(account.store.get('inventoryitem', String(id))!.sublists.price1![0]!.fields.price_1_).toBe(21);
    expect(dynamic.getLineCount('locations')).toBe(6);
  });

  it('that no one declared are dropped, or adopted with setting unknownCustomFields', async () => {
    const write = (target: RecordScript): unknown => {
      const { record } = target;
      const made = record.create({ type: 'customer', defaultValues: { companyname: 'U', subsidiary: '1' } });
      made.setValue('custentity_flag', true).setValue('custentity_note', 'hello');
      const id = made.save();
      const loaded = record.load({ type: 'customer', id });
      return [loaded.getValue('custentity_flag'), loaded.getValue('custentity_note')];
    };
    expect(write(script)).toEqual([undefined, undefined]);
    const lenient = await openRecordScript({ unknownCustomFields: 'accept' });
    expect(write(lenient)).toEqual([true, 'hello']);
    expect(lenient.account.registry.type('customer')!.fields.custentity_flag!.type).toBe('checkbox');
    await lenient.close();
  });
});
