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
    { type: 'customer', id: '501', fields: { companyname: 'Acme', subsidiary: '1' } },
    { type: 'vendor', id: '502', fields: { companyname: 'Mill', subsidiary: '1' } },
    { type: 'inventoryitem', id: '601', fields: { itemid: 'ABC100', subsidiary: ['1'], cost: 9, baseprice: 25 } },
    {
      type: 'inventoryitem',
      id: '602',
      fields: { itemid: 'PART', subsidiary: ['1'], averagecost: 2, quantityonhand: 50 },
    },
    {
      type: 'assemblyitem',
      id: '603',
      fields: { itemid: 'KIT', subsidiary: ['1'] },
      sublists: { member: [{ item: '602', quantity: 3 }] },
    },
  ]);
});

const STEPS = `
  const rows = (sql, params) => query.runSuiteQL({ query: sql, params }).asMappedResults();
  const impact = (id) => rows('SELECT tal.transactionline AS line, a.acctname AS name, tal.debit, tal.credit FROM transactionaccountingline tal JOIN account a ON a.id = tal.account WHERE tal.transaction = ? ORDER BY 1', [id])
    .map(({ line, name, debit, credit }) => [line, name, debit ?? -credit]);
  const item = (id) => { const { quantityonhand, averagecost, totalvalue } = search.lookupFields({ type: 'item', id, columns: ['quantityonhand', 'averagecost', 'totalvalue'] });
    return [quantityonhand, averagecost, totalvalue].map(Number); };
  const order = (type, entity, quantity, rate) => { const made = record.create({ type });
    made.setValue('entity', entity); made.setValue('location', 1); if (type === 'salesorder') made.setValue('orderstatus', 'B');
    made.setSublistValue('item', 'item', 0, 601); made.setSublistValue('item', 'quantity', 0, quantity); made.setSublistValue('item', 'rate', 0, rate);
    return made.save(); };
  const receive = (quantity, rate) => { const id = order('purchaseorder', 502, quantity, rate);
    return [record.transform({ fromType: 'purchaseorder', fromId: id, toType: 'itemreceipt' }).save(), id]; };
  const ship = (quantity) => record.transform({ fromType: 'salesorder', fromId: order('salesorder', 501, quantity, 25), toType: 'itemfulfillment' }).save();`;

const run = (body: string): Promise<unknown> => runCode(box, 'record search query', `${STEPS}${body}`);

describe('the cost of goods (section_N2195087)', () => {
  it("gives the figures of Oracle's example: 15.00, 4.50, and an adjustment of 0.75 when the estimate proves too low", async () => {
    const answer = await run(`
      const first = receive(10, 1.5)[0]; const afterFirst = item(601);
      const inStock = ship(10); const short = ship(3); const owed = item(601);
      const second = receive(20, 1.75)[0];
      return [impact(first), afterFirst, impact(inStock), impact(short), owed, impact(second), item(601)];`);
    expect(answer).toEqual([
      [
        [0, 'Inventory Received Not Billed', -15],
        [1, 'Inventory Asset', 15],
      ],
      [10, 1.5, 15],
      [
        [1, 'Inventory Asset', -15],
        [2, 'Cost of Goods Sold', 15],
      ],
      [
        [1, 'Inventory Asset', -4.5],
        [2, 'Cost of Goods Sold', 4.5],
      ],
      [-3, 1.5, -4.5],
      [
        [0, 'Inventory Received Not Billed', -35],
        [1, 'Inventory Asset', 35],
        [2, 'Cost of Goods Sold', 0.75],
        [3, 'Inventory Asset', -0.75],
      ],
      [17, 1.75, 29.75],
    ]);
  });

  it('stands on an invoice without an order as lines of their own, which the COGS flag tells from the others', async () => {
    const answer = await run(`
      receive(10, 4);
      const made = record.create({ type: 'invoice' });
      made.setValue('entity', 501); made.setValue('location', 1); made.setSublistValue('item', 'item', 0, 601); made.setSublistValue('item', 'quantity', 0, 2);
      const id = made.save();
      const lines = search.create({ type: 'invoice', filters: [['internalid', 'anyof', id], 'AND', ['mainline', 'is', 'F']], columns: ['account', 'amount', 'cogs'] }).run().getRange(0, 9)
        .map((row) => [row.getText('account'), row.getValue('amount'), row.getValue('cogs')]);
      const loaded = record.load({ type: 'invoice', id });
      const again = JSON.stringify(impact(id));
      loaded.setValue('memo', 'seen'); loaded.save();
      return [impact(id), lines, rows('SELECT iscogs, netamount FROM transactionline WHERE transaction = ? ORDER BY id', [id]).map(Object.values),
        JSON.stringify(impact(id)) === again, loaded.getLineCount('item')];`);
    expect(answer).toEqual([
      [
        [0, 'Accounts Receivable', 50],
        [1, 'Sales', -50],
        [2, 'Cost of Goods Sold', 8],
        [3, 'Inventory Asset', -8],
      ],
      [
        ['4000 Sales', '50.00', false],
        ['5000 Cost of Goods Sold', '8.00', true],
        ['1300 Inventory Asset', '-8.00', true],
      ],
      [
        ['F', 50],
        ['F', -50],
        ['T', 8],
        ['T', -8],
      ],
      true,
      1,
    ]);
  });

  it('moves along with transfers and builds, and comes back when their transactions are deleted', async () => {
    const answer = await run(`
      receive(10, 4);
      const transfer = record.create({ type: 'inventorytransfer' });
      transfer.setValue('subsidiary', 1); transfer.setValue('location', 1); transfer.setValue('transferlocation', 2);
      transfer.setSublistValue('inventory', 'item', 0, 601); transfer.setSublistValue('inventory', 'adjustqtyby', 0, 4);
      const moved = transfer.save();
      const places = () => rows('SELECT location, quantityonhand, averagecostmli, onhandvaluemli FROM inventoryitemlocations WHERE item = 601 ORDER BY 1').map(Object.values);
      const before = places();
      const up = record.create({ type: 'inventoryadjustment' });
      up.setValue('subsidiary', 1); up.setValue('account', 12);
      up.setSublistValue('inventory', 'item', 0, 601); up.setSublistValue('inventory', 'location', 0, 2);
      up.setSublistValue('inventory', 'adjustqtyby', 0, 4); up.setSublistValue('inventory', 'unitcost', 0, 8);
      const adjusted = up.save(); const entries = impact(adjusted); const raised = places();
      record.delete({ type: 'inventoryadjustment', id: adjusted });
      const build = record.create({ type: 'assemblybuild', isDynamic: true });
      build.setValue('subsidiary', 1); build.setValue('location', 1); build.setValue('item', 603); build.setValue('quantity', 5);
      const built = build.save();
      return [impact(moved).map((row) => row[2]), before, entries, raised, places(), impact(built).map((row) => row[2]), item(603), item(602)];`);
    expect(answer).toEqual([
      [-16, 16],
      [
        [1, 6, 4, 24],
        [2, 4, 4, 16],
      ],
      [
        [0, 'Inventory Adjustment', -32],
        [1, 'Inventory Asset', 32],
      ],
      [
        [1, 6, 4, 24],
        [2, 8, 6, 48],
      ],
      [
        [1, 6, 4, 24],
        [2, 4, 4, 16],
      ],
      [30, -30],
      [5, 6, 30],
      [35, 2, 70],
    ]);
  });

  it('leaves the books balanced, with goods received and not billed cleared by the bill', async () => {
    const answer = await run(`
      const [, purchase] = receive(10, 3);
      const bill = record.transform({ fromType: 'purchaseorder', fromId: purchase, toType: 'vendorbill' }).save();
      ship(4);
      return [impact(bill), rows("SELECT SUM(tal.amount) AS sum FROM transactionaccountingline tal JOIN account a ON a.id = tal.account WHERE a.acctname = 'Inventory Received Not Billed' AND tal.posting = 'T'")[0].sum,
        rows("SELECT SUM(amount) AS sum FROM transactionaccountingline WHERE posting = 'T'")[0].sum];`);
    expect(answer).toEqual([
      [
        [0, 'Accounts Payable', -30],
        [1, 'Inventory Received Not Billed', 30],
      ],
      0,
      0,
    ]);
  });
});
