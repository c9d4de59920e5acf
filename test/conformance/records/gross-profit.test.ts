import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';
import { runCode } from '../../helpers/emulator/run-code';

let box: BlackBox;
beforeAll(async () => {
  box = await openBlackBox();
});
afterAll(async () => box.close());

const item = (type: string, id: string, fields: object, sublists = {}): object => ({
  type,
  id,
  fields: { itemid: `I${id}`, subsidiary: ['1'], ...fields },
  sublists,
});

beforeEach(async () => {
  await box.control('POST', 'reset');
  await box.seed([
    { type: 'customer', id: '501', fields: { companyname: 'Acme', subsidiary: '1' } },
    { type: 'vendor', id: '502', fields: { companyname: 'Mill', subsidiary: '1' } },
    item('inventoryitem', '601', { averagecost: 6, cost: 5, lastpurchaseprice: 7, costestimate: 4, quantityonhand: 9 }),
    item('noninventorysaleitem', '602', { costestimate: 2.5, cost: 1 }),
    item('noninventoryresaleitem', '603', { lastpurchaseprice: 3, cost: 8 }),
    item('kititem', '604', {}, { member: [{ item: '601', quantity: 2 }, { item: '602', quantity: 1 }] }), // prettier-ignore
    item('discountitem', '605', { rate: '-10%' }),
    item('inventoryitem', '606', { cost: 9 }, { itemvendor: [{ vendor: '502', preferredvendor: true, purchaseprice: 8.5 }] }), // prettier-ignore
  ]);
});

const STEPS = `
  const sell = (lines, more = {}) => { const made = record.create({ type: 'salesorder' }); made.setValue('entity', 501);
    for (const [field, value] of Object.entries(more)) made.setValue(field, value);
    lines.forEach((line, i) => { for (const [field, value] of Object.entries(line)) made.setSublistValue('item', field, i, value); });
    return made.save(); };
  const PROFIT = ['totalcostestimate', 'estgrossprofit', 'estgrossprofitpercent'];
  const profit = (type, id) => { const made = record.load({ type, id }); return PROFIT.map((fieldId) => made.getValue({ fieldId })); };
  const costs = (id) => { const made = record.load({ type: 'salesorder', id });
    return Array.from({ length: made.getLineCount('item') }, (_, line) => ['costestimatetype', 'costestimaterate', 'costestimate'].map((fieldId) => made.getSublistValue({ sublistId: 'item', fieldId, line }))); };`;
const run = (body: string): Promise<unknown> => runCode(box, 'record search query', `${STEPS}${body}`);

describe('estimated gross profit', () => {
  it('estimates the cost of a line by the kind of its item, and by the type chosen on the item or the line (section_N1758354, section_N1757784)', async () => {
    const body = `
      record.submitFields({ type: 'inventoryitem', id: 606, values: { costestimatetype: 'PREFVENDORRATE' } });
      return costs(sell([{ item: 601, quantity: 2, rate: 10 }, { item: 602, quantity: 4, rate: 5 }, { item: 603, quantity: 1, rate: 9 }, { item: 604, quantity: 3, rate: 40 },
        { item: 606, quantity: 1, rate: 10 }, { item: 601, quantity: 2, rate: 10, costestimatetype: 'LASTPURCHPRICE' }, { item: 601, quantity: 2, rate: 10, costestimatetype: 'PURCHPRICE' },
        { item: 601, quantity: 2, rate: 10, costestimatetype: 'CUSTOM', costestimate: 1.25 }]));`;
    expect(await run(body)).toEqual([
      ['AVGCOST', 6, 12],
      ['ITEMDEFINED', 2.5, 10],
      ['LASTPURCHPRICE', 3, 3],
      ['MEMBERDEFINED', 14.5, 43.5],
      ['PREFVENDORRATE', 8.5, 8.5],
      ['LASTPURCHPRICE', 7, 14],
      ['PURCHPRICE', 5, 10],
      ['CUSTOM', '', 1.25],
    ]);
  });

  it('is the revenue less that cost, discounts of line and document included; reads, look-ups, searches and SuiteQL agree (section_N1762276)', async () => {
    const body = `
      const id = sell([{ item: 601, quantity: 10, rate: 10 }, { item: 605 }], { discountitem: 605 });
      const found = search.lookupFields({ type: 'salesorder', id, columns: PROFIT });
      const [row] = query.runSuiteQL({ query: 'SELECT totalcostestimate, estgrossprofit, estgrossprofitpercent FROM transaction WHERE id = ?', params: [id] }).results;
      const lines = search.create({ type: 'salesorder', filters: [['internalid', 'anyof', id], 'and', ['mainline', 'is', 'F']], columns: ['costestimate', 'estgrossprofit', 'estgrossprofitpct'] })
        .run().getRange(0, 9).map((line) => line.columns.map((column) => parseFloat(line.getValue(column))));
      return [profit('salesorder', id), PROFIT.map((name) => parseFloat(found[name])), row.values, lines[0]];`;
    expect(await run(body)).toEqual([
      [60, 21, 25.93],
      [60, 21, 25.93],
      [60, 21, 25.93],
      [60, 40, 40],
    ]);
  });

  it('is in the currency of the transaction, and in base currency in searches (section_N1758108)', async () => {
    await box.seed([{ type: 'currency', id: '7', fields: { name: 'Euro', symbol: 'EUR', exchangerate: 1.5 } }]);
    const body = `
      const id = sell([{ item: 601, quantity: 2, rate: 10 }], { currency: 7 });
      const found = search.lookupFields({ type: 'salesorder', id, columns: ['totalcostestimate', 'estgrossprofit', 'fxestgrossprofit'] });
      return [profit('salesorder', id), Object.values(found).map(Number)];`;
    expect(await run(body)).toEqual([
      [8, 12, 60],
      [12, 18, 12],
    ]);
  });

  it('travels to what is made from the document, and follows the quantity', async () => {
    const body = `
      const id = sell([{ item: 602, quantity: 4, rate: 5 }]);
      const bill = record.transform({ fromType: 'salesorder', fromId: id, toType: 'invoice' });
      bill.setSublistValue('item', 'quantity', 0, 2);
      const order = record.load({ type: 'salesorder', id }); order.setSublistValue('item', 'quantity', 0, 10); order.save();
      return [profit('invoice', bill.save()), profit('salesorder', id)];`;
    expect(await run(body)).toEqual([
      [5, 5, 50],
      [25, 25, 50],
    ]);
  });

  it('is worked out for seeded documents with lines, is asked for by name without them, and is nowhere when the feature is off (section_N1764883)', async () => {
    const seeded = (id: string, more: object): object => ({ type: 'invoice', id, fields: { entity: '501', trandate: '2026-10-01' }, ...more }); // prettier-ignore
    await box.seed([
      seeded('701', { sublists: { item: [{ item: '602', quantity: 2, rate: 5 }] } }),
      { type: 'invoice', id: '702', fields: { entity: '501', trandate: '2026-10-01', total: 50 } },
    ]);
    const body = `const named = (run) => { try { return run(); } catch (e) { return [e.name, e.message.split(' ')[0]]; } };
      return [profit('invoice', 701), named(() => profit('invoice', 702)), named(() => search.lookupFields({ type: 'invoice', id: 702, columns: ['estgrossprofit'] }))];`;
    expect(await run(body)).toEqual([
      [5, 5, 50],
      ['EMULATOR_UNSUPPORTED', 'invoice.totalcostestimate'],
      ['EMULATOR_UNSUPPORTED', 'transaction.estgrossprofit'],
    ]);
    await box.control('POST', 'settings', { features: { GROSSPROFIT: false } });
    expect(await run(`return profit('salesorder', sell([{ item: 602, quantity: 4, rate: 5 }]));`)).toEqual([
      '',
      '',
      '',
    ]);
  });

  it('takes the last purchase price of goods that are not kept in stock from the bill', async () => {
    const body = `
      const bill = record.create({ type: 'vendorbill' }); bill.setValue('entity', 502);
      for (const [field, value] of Object.entries({ item: 603, quantity: 1, rate: 4.2 })) bill.setSublistValue('item', field, 0, value);
      bill.save();
      return [costs(sell([{ item: 603, quantity: 2, rate: 9 }])), search.lookupFields({ type: 'item', id: 603, columns: ['lastpurchaseprice'] })];`;
    expect(await run(body)).toEqual([[['LASTPURCHPRICE', 4.2, 8.4]], { lastpurchaseprice: '4.20' }]);
  });
});
