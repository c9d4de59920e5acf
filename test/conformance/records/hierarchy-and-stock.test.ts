import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';
import { runCode } from '../../helpers/emulator/run-code';

let box: BlackBox;
beforeAll(async () => {
  box = await openBlackBox();
  await box.seed([
    { type: 'customer', id: '101', fields: { entityid: 'Acme', companyname: 'Acme', subsidiary: '1', terms: '2' } },
    { type: 'customer', id: '102', fields: { entityid: 'West', companyname: 'West', subsidiary: '1', parent: '101' } },
    { type: 'inventoryitem', id: '201', fields: { itemid: 'Shirts', baseprice: 10, quantityonhand: 5 } },
    {
      type: 'inventoryitem',
      id: '202',
      fields: { itemid: 'Blue', parent: '201', baseprice: 12, quantityonhand: 5, quantityavailable: 5 },
    },
  ]);
});
afterAll(async () => box.close());

describe('names below others (section_N3352288)', () => {
  it('are shown with those above them, stored without, and found either way', async () => {
    const answer = await runCode(
      box,
      'record search query',
      `const order = record.create({ type: 'salesorder', isDynamic: true });
       order.setText({ fieldId: 'entity', text: 'West' });
       order.setText({ fieldId: 'subsidiary', text: 'Parent Company' });
       const columns = (type, id, names) => { const found = search.lookupFields({ type, id, columns: names }); return names.map((name) => found[name]); };
       return [
         order.getText({ fieldId: 'entity' }), order.getValue({ fieldId: 'entity' }),
         record.load({ type: 'customer', id: 102 }).getValue('entityid'),
         columns('customer', 102, ['entityid']), columns('item', 202, ['itemid']), columns('subsidiary', 2, ['name', 'namenohierarchy']),
         search.create({ type: 'customer', filters: [['entityid', 'is', 'West']] }).runPaged().count,
         query.runSuiteQL({ query: 'SELECT itemid, fullname, BUILTIN.DF(id) AS shown FROM item WHERE id = 202' }).asMappedResults()[0],
         query.runSuiteQL({ query: 'SELECT name, fullname FROM subsidiary WHERE id = 2' }).asMappedResults()[0],
       ];`,
    );
    expect(answer).toEqual([
      'Acme : West',
      '102',
      'West',
      ['Acme : West'],
      ['Shirts : Blue'],
      ['Parent Company : UK Subsidiary', 'UK Subsidiary'],
      1,
      { itemid: 'Blue', fullname: 'Shirts : Blue', shown: 'Shirts : Blue' },
      { name: 'UK Subsidiary', fullname: 'Parent Company : UK Subsidiary' },
    ]);
  });
});

describe('stock of sales orders', () => {
  it('is committed to the earlier order; the rest is back-ordered until it is fulfilled', async () => {
    const answer = await runCode(
      box,
      'record',
      `const order = (quantity) => {
         const made = record.create({ type: 'salesorder' });
         made.setValue('entity', 101);
         made.setSublistValue({ sublistId: 'item', fieldId: 'item', line: 0, value: 202 });
         made.setSublistValue({ sublistId: 'item', fieldId: 'quantity', line: 0, value: quantity });
         return made.save();
       };
       const line = (id) => ['quantitycommitted', 'quantitybackordered', 'quantityfulfilled'].map((fieldId) =>
         Number(record.load({ type: 'salesorder', id }).getSublistValue({ sublistId: 'item', fieldId, line: 0 })));
       const [first, second] = [order(3), order(4)];
       const before = [line(first), line(second)];
       const shipped = record.transform({ fromType: 'salesorder', fromId: first, toType: 'itemfulfillment' });
       shipped.setValue('shipstatus', 'C');
       shipped.save();
       return [before, line(first)];`,
    );
    expect(answer).toEqual([
      [
        [3, 0, 0],
        [2, 2, 0],
      ],
      [0, 0, 3],
    ]);
  });
});

it('an invoice made from an order is due by its terms (section_4267283788)', async () => {
  const answer = await runCode(
    box,
    'record',
    `const made = record.create({ type: 'salesorder' });
     made.setValue('entity', 101);
     made.setSublistValue({ sublistId: 'item', fieldId: 'item', line: 0, value: 201 });
     const invoice = record.transform({ fromType: 'salesorder', fromId: made.save(), toType: 'invoice' });
     const stored = record.load({ type: 'invoice', id: invoice.save() });
     return Math.round((stored.getValue('duedate') - stored.getValue('trandate')) / 86400000);`,
  );
  expect(answer).toBe(30);
});
