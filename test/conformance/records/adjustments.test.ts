import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';
import { runCode } from '../../helpers/emulator/run-code';

let box: BlackBox;
beforeAll(async () => {
  box = await openBlackBox();
});
afterAll(async () => box.close());
beforeEach(async () => {
  await box.control('POST', 'reset');
  await box.seed([
    {
      type: 'inventoryitem',
      id: '601',
      fields: { itemid: 'BOLT', subsidiary: ['1'], assetaccount: '3', averagecost: 2 },
    },
    {
      type: 'inventoryitem',
      id: '602',
      fields: { itemid: 'NUT', subsidiary: ['1'], assetaccount: '3', averagecost: 5 },
    },
    { type: 'lotnumberedinventoryitem', id: '603', fields: { itemid: 'PAINT', subsidiary: ['1'], assetaccount: '3' } },
  ]);
});

const STEPS = `
  const lines = (type, columns) => search.create({ type, filters: [['mainline', 'is', 'F']], columns }).run().getRange(0, 50)
    .map((row) => columns.map((column) => column === 'item' ? row.getText(column) : row.getValue(column)));
  const tl = (id) => query.runSuiteQL({ query: \`SELECT BUILTIN.DF(tl.item) AS item, tl.location, tl.quantity, tl.netamount FROM transactionline tl
    WHERE tl.transaction = ? AND tl.mainline = 'F' ORDER BY tl.linesequencenumber\`, params: [id] }).asMappedResults().map(Object.values);
  const ledger = (id) => query.runSuiteQL({ query: \`SELECT tl.quantity, tal.amount FROM transactionaccountingline tal
    JOIN transactionline tl ON tl.transaction = tal.transaction AND tl.id = tal.transactionline WHERE tal.transaction = ? AND tl.mainline = 'F' ORDER BY tl.linesequencenumber\`, params: [id] }).asMappedResults().map(Object.values);
  const adjust = (...rows) => { const made = record.create({ type: 'inventoryadjustment' }); made.setValue('subsidiary', 1); made.setValue('account', 12);
    rows.forEach(([item, location, by], i) => { const set = (f, v) => made.setSublistValue('inventory', f, i, v); set('item', item); set('location', location); set('adjustqtyby', by); });
    return made.save(); };`;

const run = (body: string): Promise<unknown> => runCode(box, 'record search query', `${STEPS}${body}`);

describe('lines that move goods (section_158513731864, section_N2195087)', () => {
  it('are rows of the adjustment in searches and SuiteQL: by how much the stock changes, where, and what that is worth', async () => {
    const answer = await run(`const id = adjust([601, 1, 10], [602, 2, -3]);
      return [lines('inventoryadjustment', ['item', 'location', 'quantity', 'amount']), tl(id), ledger(id)];`);
    expect(answer).toEqual([
      [
        ['BOLT', '1', '10', '20.00'],
        ['NUT', '2', '-3', '-15.00'],
      ],
      [
        ['BOLT', 1, 10, 20],
        ['NUT', 2, -3, -15],
      ],
      [
        [10, 20],
        [-3, -15],
      ],
    ]);
  });

  it('of a transfer are two each: out of one location, into the other', async () => {
    const answer = await run(`adjust([601, 1, 10]);
      const made = record.create({ type: 'inventorytransfer' }); made.setValue('subsidiary', 1); made.setValue('location', 1); made.setValue('transferlocation', 2);
      made.setSublistValue('inventory', 'item', 0, 601); made.setSublistValue('inventory', 'adjustqtyby', 0, 4);
      const id = made.save();
      const again = record.load({ type: 'inventorytransfer', id }); const count = again.getLineCount('inventory');
      again.setValue('memo', 'seen'); again.save();
      return [lines('inventorytransfer', ['item', 'location', 'quantity', 'amount']), tl(id), ledger(id), count,
        search.create({ type: 'inventorytransfer', filters: [['location', 'anyof', 2]], columns: [search.createColumn({ name: 'quantity', summary: 'SUM' })] }).run().getRange(0, 1)[0].getValue({ name: 'quantity', summary: 'SUM' })];`);
    expect(answer).toEqual([
      [
        ['BOLT', '1', '-4', '-8.00'],
        ['BOLT', '2', '4', '8.00'],
      ],
      [
        ['BOLT', 1, -4, -8],
        ['BOLT', 2, 4, 8],
      ],
      [
        [-4, -8],
        [4, 8],
      ],
      1,
      '4',
    ]);
  });
});

describe('goods with lot numbers (section_N2236900)', () => {
  it('leave a location no further than the lot has them there: the save that takes more is refused whole', async () => {
    const answer = await run(`
      const move = (location, by, lot) => { const made = record.create({ type: 'inventoryadjustment', isDynamic: true }); made.setValue('subsidiary', 1); made.setValue('account', 12);
        made.selectNewLine('inventory'); made.setCurrentSublistValue('inventory', 'item', 603); made.setCurrentSublistValue('inventory', 'location', location); made.setCurrentSublistValue('inventory', 'adjustqtyby', by);
        const detail = made.getCurrentSublistSubrecord('inventory', 'inventorydetail'); detail.selectNewLine('inventoryassignment');
        if (by > 0) detail.setCurrentSublistValue('inventoryassignment', 'receiptinventorynumber', lot); else detail.setCurrentSublistText('inventoryassignment', 'issueinventorynumber', lot);
        detail.setCurrentSublistValue('inventoryassignment', 'quantity', by); detail.commitLine('inventoryassignment'); made.commitLine('inventory');
        try { made.save(); return 'saved'; } catch (e) { return e.name + ' ' + e.message; } };
      const left = () => Number(search.lookupFields({ type: 'item', id: 603, columns: ['quantityonhand'] }).quantityonhand);
      return [move(1, 5, 'A1'), move(2, 9, 'A1'), move(1, -6, 'A1'), left(), move(1, -5, 'A1'), left()];`);
    expect(answer).toEqual([
      'saved',
      'saved',
      'USER_ERROR Serial/lot number A1 has 1 less than line 1 of the inventory list takes from it. Please change the inventory detail.',
      14,
      'saved',
      9,
    ]);
  });
});

describe('a payment (section_N3193748)', () => {
  const PAY = `const bill = (amount) => { const made = record.create({ type: 'invoice' }); made.setValue('entity', 501);
        made.setSublistValue('item', 'item', 0, 604); made.setSublistValue('item', 'quantity', 0, 1); made.setSublistValue('item', 'rate', 0, amount); return made.save(); };
      const open = (id) => Number(search.lookupFields({ type: 'invoice', id, columns: ['amountremaining'] }).amountremaining);
      const paid = (id) => { const p = record.load({ type: 'customerpayment', id }); return ['payment', 'applied', 'unapplied'].map((f) => p.getValue(f)); };`;
  beforeEach(() =>
    box.seed([
      { type: 'customer', id: '501', fields: { companyname: 'Acme', subsidiary: '1' } },
      { type: 'serviceitem', id: '604', fields: { itemid: 'WORK', subsidiary: ['1'] } },
    ]),
  );

  it.each(['false', 'true'])(
    'smaller than the invoice it is made from pays that much of it (dynamic: %s)',
    async (isDynamic) => {
      const answer = await run(`${PAY} const inv = bill(100);
      const made = record.transform({ fromType: 'invoice', fromId: inv, toType: 'customerpayment', isDynamic: ${isDynamic} });
      made.setValue('payment', 40); const id = made.save(); return [paid(id), open(inv)];`);
      expect(answer).toEqual([[40, 40, 0], 60]);
    },
  );

  it.each(['false', 'true'])(
    'is what its ticked lines come to until its amount is said, which then covers the lines from the top (dynamic: %s)',
    async (isDynamic) => {
      const answer = await run(`${PAY} const ids = [bill(100), bill(100)];
      const pay = (payment) => { const made = record.create({ type: 'customerpayment', isDynamic: ${isDynamic}, defaultValues: { entity: 501 } });
        if (payment) made.setValue('payment', payment);
        for (let i = 0; i < made.getLineCount('apply'); i += 1) { if (${isDynamic}) { made.selectLine('apply', i); made.setCurrentSublistValue('apply', 'apply', true); made.commitLine('apply'); }
          else made.setSublistValue('apply', 'apply', i, true); }
        return paid(made.save()); };
      return [pay(130), ids.map(open), pay(), ids.map(open)];`);
      expect(answer).toEqual([
        [130, 130, 0],
        [0, 70],
        [70, 70, 0],
        [0, 0],
      ]);
    },
  );
});
