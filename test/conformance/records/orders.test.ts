import { errorMessage, errorName, openRecordScript, type RecordScript } from '../../helpers/emulator/record-script';
import { columns, newOrder, saveOrder, seedShop } from './fixtures';

let script: RecordScript;
beforeEach(async () => {
  script = await openRecordScript();
  seedShop(script);
});
afterEach(() => script.close());

const item = (id: number, quantity?: number, more = {}) => ({
  item: id,
  ...(quantity === undefined ? {} : { quantity }),
  ...more,
});

describe('a sales order in standard mode (section_1524156901)', () => {
  it('takes terms, currency, sales rep and both addresses from its customer at the save', () => {
    const { record } = script;
    const order = newOrder(record, [item(500, 2)]);
    expect(order.getValue('terms')).toBe('');
    const saved = record.load({ type: 'salesorder', id: order.save() });
    expect(saved.getText('terms')).toBe('Net 30');
    expect(saved.getText('entity')).toBe('Acme');
    expect(saved.getValue('subsidiary')).toBe('1');
    expect(saved.getText('salesrep')).toBe('Sam Sales');
    expect(saved.getSubrecord({ fieldId: 'billingaddress' }).getValue('addr1')).toBe('1 Bill St');
    expect(saved.getSubrecord({ fieldId: 'shippingaddress' }).getValue('addr1')).toBe('2 Ship Rd');
    expect(saved.getValue('shipaddresslist')).toBe('902');
    expect(saved.getText('shipaddresslist')).toBe('Warehouse');
    expect(saved.getValue('trandate')).toBeInstanceOf(Date);
  });

  it('keeps what the script has set, whatever the order of its calls', () => {
    const { record } = script;
    const order = record.create({ type: 'salesorder' });
    order.setValue('terms', '3');
    order.setSublistValue({ sublistId: 'item', fieldId: 'rate', line: 0, value: 7 });
    order.setSublistValue({ sublistId: 'item', fieldId: 'quantity', line: 0, value: 3 });
    order.setSublistValue({ sublistId: 'item', fieldId: 'item', line: 0, value: 500 });
    order.setValue('entity', 100);
    const saved = record.load({ type: 'salesorder', id: order.save() });
    expect(saved.getText('terms')).toBe('Net 60');
    expect(columns(saved, ['rate', 'amount', 'price'])).toEqual([[7, 21, '-1']]);
  });

  it('prices lines by the price level and the currency', () => {
    const { record } = script;
    const id = saveOrder(record, [item(500, 3), item(500, 1, { price: '2' }), item(501), item(502, 3)]);
    const saved = record.load({ type: 'salesorder', id });
    expect(columns(saved, ['quantity', 'rate', 'amount', 'description'])).toEqual([
      [3, 10, 30, 'A widget'],
      [1, 9, 9, 'A widget'],
      [1, 2.5, 2.5, 'A manual'],
      [3, 33.335, 100.01, 'Set-up'],
    ]);
    expect(saved.getValue('subtotal')).toBe(141.51);
    expect(saved.getValue('total')).toBe(141.51);
    const euro = record.load({ type: 'salesorder', id: saveOrder(record, [item(500, 2)], { currency: '3' }) });
    expect([euro.getValue('total'), euro.getValue('exchangerate'), euro.getText('currency')]).toEqual([
      16,
      1.09,
      'Euro',
    ]);
  });

  it('takes an amount as given and derives the rate from it', () => {
    const { record } = script;
    const saved = record.load({ type: 'salesorder', id: saveOrder(record, [item(500, 4, { amount: 50 })]) });
    expect(columns(saved, ['quantity', 'rate', 'amount'])).toEqual([[4, 12.5, 50]]);
  });

  it('sums a subtotal line up exactly', () => {
    const id = saveOrder(script.record, [item(501, 1, { rate: 0.1 }), item(501, 1, { rate: 0.2 }), item(504)]);
    expect(columns(script.record.load({ type: 'salesorder', id }), ['amount'])).toEqual([[0.1], [0.2], [0.3]]);
  });

  it('applies a discount to the line above, and a subtotal line counts for nothing in the total', () => {
    const { record } = script;
    const id = saveOrder(record, [item(500, 3), item(503), item(500, 1), item(504), item(503)]);
    const saved = record.load({ type: 'salesorder', id });
    expect(columns(saved, ['amount']).flat()).toEqual([30, -3, 10, 37, -3.7]);
    expect(saved.getValue('total')).toBe(33.3);
  });

  it('adds the members of an item group and its end', () => {
    const { record } = script;
    const saved = record.load({ type: 'salesorder', id: saveOrder(record, [item(506, 3)]) });
    expect(columns(saved, ['item', 'quantity', 'amount'])).toEqual([
      ['506', 3, ''],
      ['500', 6, 60],
      ['501', 3, 7.5],
      ['0', '', ''],
    ]);
    expect(saved.getValue('total')).toBe(67.5);
  });

  it('keeps line ids and unique keys over edits, and never gives a line id twice', () => {
    const { record } = script;
    const id = saveOrder(record, [item(500, 1), item(501, 1), item(502, 1)]);
    const first = record.load({ type: 'salesorder', id });
    const before = columns(first, ['line', 'lineuniquekey']);
    expect(before.map(([line]) => line)).toEqual([1, 2, 3]);
    first.removeLine({ sublistId: 'item', line: 2 });
    first.removeLine({ sublistId: 'item', line: 0 });
    first.insertLine({ sublistId: 'item', line: 0 });
    first.setSublistValue({ sublistId: 'item', fieldId: 'item', line: 0, value: 500 });
    first.save();
    const after = columns(record.load({ type: 'salesorder', id }), ['item', 'line', 'lineuniquekey']);
    expect(after[1]).toEqual(['501', ...before[1]!]);
    expect(after[0]!.slice(0, 2)).toEqual(['500', 4]);
    expect(before.map(([, key]) => key)).not.toContain(after[0]![2]);
  });

  it('recalculates a changed line only: an amount that is not rate times quantity survives an edit elsewhere', () => {
    const { record } = script;
    const id = saveOrder(record, [item(500, 4, { amount: 33.33, rate: 8 }), item(501, 1)]);
    const order = record.load({ type: 'salesorder', id });
    order.setSublistValue({ sublistId: 'item', fieldId: 'quantity', line: 1, value: 2 });
    order.setValue('memo', 'x').save();
    const saved = record.load({ type: 'salesorder', id });
    expect(columns(saved, ['amount']).flat()).toEqual([33.33, 5]);
    expect(saved.getValue('total')).toBe(38.33);
  });

  it('gets a document number, status texts and dates', () => {
    const { record } = script;
    const id = saveOrder(record, [item(500, 1)]);
    expect(saveOrder(record, [item(500, 1)])).toBe(id + 1);
    const saved = record.load({ type: 'salesorder', id });
    expect([saved.getValue('tranid'), saved.getValue('status'), saved.getValue('orderstatus')]).toEqual([
      'SO1001',
      'Pending Fulfillment',
      'B',
    ]);
    expect(saved.getText('orderstatus')).toBe('Pending Fulfillment');
    expect(saved.getValue('createddate')).toBeInstanceOf(Date);
  });

  it.each([
    ['without lines', [], {}, 'USER_ERROR', 'You must enter at least one line item for this transaction.'],
    ['without an item', [{ quantity: 1 }], {}, 'USER_ERROR', 'Please enter value(s) for: Item'],
    ['with an unknown item', [item(999, 1)], {}, 'INVALID_KEY_OR_REF', 'Invalid item reference key 999.'],
    ['with an inactive item', [item(505, 1)], {}, 'INVALID_KEY_OR_REF', 'Invalid item reference key 505.'],
    [
      'with a negative quantity',
      [item(500, -1)],
      {},
      'USER_ERROR',
      'Please enter a quantity greater than or equal to 0.',
    ],
    [
      'with a negative total',
      [item(500, 1), item(503, undefined, { rate: '-200%' })],
      {},
      'USER_ERROR',
      'The total can not be negative.',
    ],
    [
      'in a currency its customer has not',
      [item(500, 1)],
      { currency: '4' },
      'INVALID_KEY_OR_REF',
      'Invalid currency reference key 4 for entity 100.',
    ],
    [
      'in a subsidiary its customer is not in',
      [item(500, 1)],
      { subsidiary: '2' },
      'INVALID_KEY_OR_REF',
      'Invalid entity reference key 100 for subsidiary 2.',
    ],
    [
      'for an unknown customer',
      [item(500, 1)],
      { entity: 98765 },
      'INVALID_KEY_OR_REF',
      'Invalid entity reference key 98765.',
    ],
  ])('is refused %s', (_, lines, fields, name, message) => {
    const { record } = script;
    expect(errorName(() => saveOrder(record, lines, fields))).toBe(name);
    expect(errorMessage(() => saveOrder(record, lines, fields))).toBe(message);
  });
});

describe('a sales order in dynamic mode (section_1524156901)', () => {
  it('sources, prices and totals while the script goes on', () => {
    const { record } = script;
    const order = record.create({ type: 'salesorder', isDynamic: true });
    order.setValue('entity', 100);
    expect(order.getText('terms')).toBe('Net 30');
    order.selectNewLine({ sublistId: 'item' });
    order.setCurrentSublistValue({ sublistId: 'item', fieldId: 'item', value: 500 });
    expect(order.getCurrentSublistValue({ sublistId: 'item', fieldId: 'rate' })).toBe(10);
    order.setCurrentSublistValue({ sublistId: 'item', fieldId: 'quantity', value: 5 });
    expect(order.getCurrentSublistValue({ sublistId: 'item', fieldId: 'amount' })).toBe(50);
    expect(order.getCurrentSublistText({ sublistId: 'item', fieldId: 'item' })).toBe('WIDGET');
    expect(order.getValue('total')).toBe(0);
    order.commitLine({ sublistId: 'item' });
    expect(order.getValue('total')).toBe(50);
    order.selectLine({ sublistId: 'item', line: 0 });
    order.setCurrentSublistValue({ sublistId: 'item', fieldId: 'rate', value: 9.5 });
    expect(order.getCurrentSublistValue({ sublistId: 'item', fieldId: 'price' })).toBe('-1');
    order.commitLine({ sublistId: 'item' });
    const saved = record.load({ type: 'salesorder', id: order.save() });
    expect(columns(saved, ['quantity', 'rate', 'amount'])).toEqual([[5, 9.5, 47.5]]);
  });

  it('lets the item overwrite a rate that was set before it: order matters as in the form', () => {
    const { record } = script;
    const order = record.create({ type: 'salesorder', isDynamic: true, defaultValues: { entity: 100 } });
    order.selectNewLine({ sublistId: 'item' });
    order.setCurrentSublistValue({ sublistId: 'item', fieldId: 'rate', value: 1 });
    order.setCurrentSublistValue({ sublistId: 'item', fieldId: 'item', value: 500 });
    order.commitLine({ sublistId: 'item' });
    expect(order.getSublistValue({ sublistId: 'item', fieldId: 'rate', line: 0 })).toBe(10);
  });

  it('loses a line that is not committed', () => {
    const { record } = script;
    const order = record.create({ type: 'salesorder', isDynamic: true, defaultValues: { entity: 100 } });
    order
      .selectNewLine({ sublistId: 'item' })
      .setCurrentSublistValue({ sublistId: 'item', fieldId: 'item', value: 500 });
    expect(order.getLineCount({ sublistId: 'item' })).toBe(0);
    expect(errorName(() => order.save())).toBe('USER_ERROR');
  });

  it("refuses the other mode's ways", () => {
    const { record } = script;
    const dynamic = record.create({ type: 'salesorder', isDynamic: true });
    const standard = record.create({ type: 'salesorder' });
    expect(errorName(() => dynamic.setSublistValue({ sublistId: 'item', fieldId: 'item', line: 0, value: 500 }))).toBe(
      'SSS_INVALID_API_USAGE',
    );
    expect(errorName(() => standard.selectNewLine({ sublistId: 'item' }))).toBe('SSS_INVALID_API_USAGE');
    expect(errorName(() => dynamic.moveLine({ sublistId: 'item', from: 0, to: 1 }))).toBe(
      'SSS_SUBLIST_DOESNT_SUPPORT_MOVING_LINES',
    );
    expect([dynamic.toString(), standard.toString()]).toEqual(['dynamic record', 'standard record']);
  });
});
