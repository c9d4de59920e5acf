import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';
import { runCode } from '../../helpers/emulator/run-code';

let box: BlackBox;
beforeEach(async () => {
  box = await openBlackBox();
  await box.seed([
    { type: 'inventoryitem', id: '201', fields: { itemid: 'Board', quantityonhand: 100 } },
    {
      type: 'assemblyitem',
      id: '202',
      fields: { itemid: 'Table' },
      sublists: { member: [{ item: '201', quantity: 4 }] },
    },
  ]);
});
afterEach(async () => box.close());

const ON_HAND = `const onHand = (type, id) => record.load({ type, id }).getValue('quantityonhand');
  const stock = () => [onHand('assemblyitem', 202), onHand('inventoryitem', 201)];`;

describe('work orders and builds (Oracle records reference, assembly items)', () => {
  it('take the components of the assembly; builds move the stock and finish the order', async () => {
    const answer = await runCode(
      box,
      'record',
      `${ON_HAND}
       const order = record.create({ type: 'workorder', isDynamic: true });
       order.setValue('subsidiary', 1);
       order.setValue('assemblyitem', 202);
       order.setValue('quantity', 3);
       const shown = order.getSublistValue({ sublistId: 'item', fieldId: 'quantity', line: 0 });
       const id = order.save();
       const state = () => record.load({ type: 'workorder', id }).getValue('status');
       const build = (quantity) => {
         const made = record.transform({ fromType: 'workorder', fromId: id, toType: 'assemblybuild' });
         const offered = [made.getValue('item'), made.getValue('quantity')];
         if (quantity) made.setValue('quantity', quantity);
         made.save();
         return [...offered, state(), ...stock()];
       };
       return [shown, state(), build(1), build()];`,
    );
    expect(answer).toEqual([12, 'Released', ['202', 3, 'In Process', 1, 96], ['202', 2, 'Built', 3, 88]]);
  });

  it('keep components that a script has chosen', async () => {
    const answer = await runCode(
      box,
      'record',
      `${ON_HAND}
       const build = record.create({ type: 'assemblybuild' });
       build.setValue({ fieldId: 'subsidiary', value: 1 }).setValue({ fieldId: 'location', value: 1 });
       build.setValue({ fieldId: 'item', value: 202 }).setValue({ fieldId: 'quantity', value: 2 });
       build.setSublistValue({ sublistId: 'component', fieldId: 'item', line: 0, value: 201 });
       build.setSublistValue({ sublistId: 'component', fieldId: 'quantity', line: 0, value: 5 });
       build.save();
       return stock();`,
    );
    expect(answer).toEqual([2, 95]);
  });
});

it('an inventory transfer moves stock from one location to the other', async () => {
  const answer = await runCode(
    box,
    'record query',
    `const made = record.create({ type: 'inventorytransfer' });
     made.setValue('subsidiary', 1).setValue('location', 1).setValue('transferlocation', 2);
     made.setSublistValue({ sublistId: 'inventory', fieldId: 'item', line: 0, value: 201 });
     made.setSublistValue({ sublistId: 'inventory', fieldId: 'adjustqtyby', line: 0, value: 7 });
     made.save();
     const rows = query.runSuiteQL({ query: 'SELECT location, quantityonhand FROM aggregateItemLocation WHERE item = 201 ORDER BY location' });
     return [record.load({ type: 'inventoryitem', id: 201 }).getValue('quantityonhand'), rows.asMappedResults()];`,
  );
  expect(answer).toEqual([
    100,
    [
      { location: 1, quantityonhand: -7 },
      { location: 2, quantityonhand: 7 },
    ],
  ]);
});
