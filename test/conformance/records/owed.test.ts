import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';
import { runCode } from '../../helpers/emulator/run-code';

let box: BlackBox;
beforeAll(async () => {
  box = await openBlackBox();
});
afterAll(async () => box.close());
beforeEach(async () => {
  await box.control('POST', 'reset');
  await box.control('POST', 'clock', { set: '2026-11-20T18:00:00Z' });
  const invoice = (id: string, fields: object): object => ({
    type: 'invoice',
    id,
    fields: { trandate: '2026-10-01', duedate: '2026-10-31', ...fields },
  });
  await box.seed([
    { type: 'currencyrate', id: '90', fields: { basecurrency: '1', transactioncurrency: '3', exchangerate: 1.25, effectivedate: '2026-11-01' } }, // prettier-ignore
    { type: 'customer', id: '501', fields: { companyname: 'Euro', subsidiary: '1', currency: '3' } },
    { type: 'customer', id: '502', fields: { companyname: 'Below', subsidiary: '1', currency: '1', parent: '501' } },
    { type: 'customer', id: '503', fields: { companyname: 'Given', subsidiary: '1', currency: '3', balance: 8, unbilledorders: 4 } }, // prettier-ignore
    { type: 'vendor', id: '504', fields: { companyname: 'Mill', subsidiary: '1', currency: '3' } },
    { type: 'serviceitem', id: '602', fields: { itemid: 'HOUR', subsidiary: ['1'] } },
    invoice('701', { entity: '501', currency: '3', exchangerate: 1.1, total: 100, amountremaining: 100 }),
    invoice('702', { entity: '501', currency: '1', exchangerate: 1, total: 50, amountremaining: 50 }),
    invoice('703', { entity: '502', currency: '1', exchangerate: 1, total: 25, amountremaining: 25 }),
    { type: 'customerdeposit', id: '704', fields: { customer: '501', currency: '3', exchangerate: 1.1, payment: 10 } },
    { type: 'salesorder', id: '705', fields: { entity: '501', currency: '3', exchangerate: 1.1, orderstatus: 'B' }, sublists: { item: [{ item: '602', quantity: 2, rate: 20, amount: 40 }] } }, // prettier-ignore
    { type: 'vendorbill', id: '706', fields: { entity: '504', currency: '3', exchangerate: 1.1, total: 30, amountremaining: 30 } }, // prettier-ignore
  ]);
});

const STEPS = `
  const read = (type, id, names) => { const made = record.load({ type, id }); return names.map((fieldId) => made.getValue({ fieldId })); };
  const look = (type, id, names) => { const found = search.lookupFields({ type, id, columns: names }); return names.map((name) => Number(found[name])); };
  const order = (rate) => { const made = record.create({ type: 'salesorder' }); made.setValue('entity', 501); made.setValue('currency', 3); made.setValue('exchangerate', 1.1); made.setValue('orderstatus', 'B');
    made.setSublistValue('item', 'item', 0, 602); made.setSublistValue('item', 'quantity', 0, 1); made.setSublistValue('item', 'rate', 0, rate); return made.save(); };
  const OWN = ['balance', 'overduebalance', 'depositbalance', 'unbilledorders'];`;
const run = (body: string): Promise<unknown> => runCode(box, 'record search query', `${STEPS}${body}`);

describe('what a customer owes', () => {
  it("is in the customer's primary currency on its record: documents in it as they are, others by today's rate (section_N1398493)", async () => {
    // 100 EUR, and 50 USD at 1.25 are 40 EUR.
    expect(await run(`return read('customer', 501, OWN);`)).toEqual([140, 140, 10, 40]);
  });

  it('is in base currency in searches and SuiteQL at the rates of the documents, in that of the customer by the columns for it (bridgehead_N1400109)', async () => {
    const body = `return [look('customer', 501, OWN), look('customer', 501, ['fxbalance', 'fxunbilledorders']),
      query.runSuiteQL({ query: 'SELECT balancesearch, unbilledorderssearch FROM customer WHERE id = 501' }).results[0].values];`;
    expect(await run(body)).toEqual([
      [160, 160, 11, 44],
      [140, 40],
      [160, 44],
    ]);
  });

  it('keeps its currency over saves of documents, and is the same on their forms', async () => {
    const body = `
      const id = record.transform({ fromType: 'invoice', fromId: 701, toType: 'customerpayment' }).save();
      const paid = [read('customer', 501, OWN), look('customer', 501, ['balance', 'fxbalance']), read('invoice', 702, ['balance'])];
      record.delete({ type: 'customerpayment', id });
      return [...paid, read('customer', 501, ['balance']), read('customer', 502, ['balance'])];`;
    expect(await run(body)).toEqual([[40, 40, 10, 40], [50, 40], [40], [140], [25]]);
  });

  it('is added up over a hierarchy in the currency of the customer that is asked (bridgehead_N1288603)', async () => {
    const body = `return [read('customer', 501, ['consolbalance']), look('customer', 501, ['consolbalance', 'fxconsolbalance']),
      read('customer', 502, ['consolbalance']), look('customer', 502, ['consolbalance', 'fxconsolbalance'])];`;
    // Of 502 the 100 EUR of its parent are worth 110 USD by their own rate.
    expect(await run(body)).toEqual([[160], [185, 160], [185], [185, 185]]);
  });

  it('is what a row was given, in the currency of the row, where there is no document', async () => {
    const body = `return [read('customer', 503, OWN), look('customer', 503, ['balance', 'unbilledorders', 'fxbalance'])];`;
    expect(await run(body)).toEqual([
      [8, 0, 0, 4],
      [10, 5, 8],
    ]);
  });

  it('counts the orders that were there before the first saved one', async () => {
    expect(await run(`const id = order(60); const both = read('customer', 501, ['unbilledorders']);
      record.delete({ type: 'salesorder', id }); return [both, read('customer', 501, ['unbilledorders'])];`)).toEqual([[100], [40]]); // prettier-ignore
  });
});

it('a vendor is owed in its own currency where the field says so, at the rate of no day but that of the bill', async () => {
  const body = `return [read('vendor', 504, ['balance', 'balanceprimary']), look('vendor', 504, ['balance', 'fxbalance'])];`;
  expect(await run(body)).toEqual([
    [33, 30],
    [33, 30],
  ]);
});
