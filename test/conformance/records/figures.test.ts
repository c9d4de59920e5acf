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
  await box.seed([
    { type: 'customer', id: '501', fields: { companyname: 'Acme', subsidiary: '1' } },
    { type: 'vendor', id: '502', fields: { companyname: 'Mill', subsidiary: '1' } },
    { type: 'inventoryitem', id: '601', fields: { itemid: 'BOX', subsidiary: ['1'], cost: 3, quantityonhand: 8, quantityavailable: 8 } }, // prettier-ignore
    { type: 'serviceitem', id: '602', fields: { itemid: 'HOUR', subsidiary: ['1'] } },
    { type: 'term', id: '90', fields: { name: '2% 10 Net 30', daysuntilnetdue: 30, discountpercent: 2, daysuntilexpiry: 10 } }, // prettier-ignore
  ]);
});

const STEPS = `
  const named = (run) => { try { return run(); } catch (e) { return [e.name, e.message.split(' ')[0]]; } };
  const read = (type, id, names) => { const made = record.load({ type, id }); return names.map((fieldId) => made.getValue({ fieldId })); };
  const look = (type, id, names) => { const found = search.lookupFields({ type, id, columns: names }); return names.map((name) => Number(found[name])); };
  const make = (type, fields, lines = []) => { const made = record.create({ type });
    for (const [field, value] of Object.entries(fields)) made.setValue(field, value);
    lines.forEach((line, i) => { for (const [field, value] of Object.entries(line)) made.setSublistValue('item', field, i, value); });
    return made.save(); };
  const hours = (quantity, rate) => [{ item: 602, quantity, rate }];`;
const run = (body: string): Promise<unknown> => runCode(box, 'record search query', `${STEPS}${body}`);

describe('figures that an account works out', () => {
  it('are nil for a customer or vendor with whom nothing has happened yet', async () => {
    const names = `['balance', 'overduebalance', 'depositbalance', 'unbilledorders']`;
    const body = `
      const id = make('customer', { companyname: 'New', subsidiary: 1 }); const vendor = make('vendor', { companyname: 'Newer', subsidiary: 1 });
      return [read('customer', id, ${names}), look('customer', id, ['balance', 'depositbalance', 'unbilledorders']), read('customer', id, ['weblead', 'daysoverdue', 'currencyprecision']),
        read('vendor', vendor, ['balance', 'unbilledorders', 'prepaymentbalance'])];`;
    expect(await run(body)).toEqual([
      [0, 0, 0, 0],
      [0, 0, 0],
      ['No', '', 2],
      [0, 0, 0],
    ]);
  });

  it('show on a transaction what its customer owes and has ordered, as of the reading', async () => {
    const names = `['balance', 'consolidatebalance', 'unbilledorders']`;
    const body = `
      const order = make('salesorder', { entity: 501, orderstatus: 'B' }, hours(4, 10)); const before = read('salesorder', order, ${names});
      const bill = make('invoice', { entity: 501 }, hours(2, 25));
      const fresh = record.create({ type: 'salesorder' }); fresh.setValue('entity', 501);
      return [before, read('salesorder', order, ${names}), read('invoice', bill, [...${names}, 'amountremainingtotalbox']), fresh.getValue('unbilledorders')];`;
    expect(await run(body)).toEqual([[0, 0, 40], [50, 50, 40], [50, 50, 40, 50], 40]);
  });

  it('count what was ordered from a vendor and not billed, and the credit there is with one', async () => {
    const body = `
      const order = make('purchaseorder', { entity: 502 }, hours(4, 10));
      const before = [read('vendor', 502, ['balance', 'unbilledorders', 'unbilledordersprimary']), look('vendor', 502, ['unbilledorders'])];
      const bill = record.transform({ fromType: 'purchaseorder', fromId: order, toType: 'vendorbill' }); bill.setSublistValue('item', 'quantity', 0, 1); const id = bill.save();
      make('vendorcredit', { entity: 502 }, hours(1, 6));
      return [...before, read('vendorbill', id, ['balance', 'unbilledorders', 'availablevendorcredit']), look('vendor', 502, ['balance', 'unbilledorders']),
        query.runSuiteQL({ query: 'SELECT balance, unbilledorders FROM vendor WHERE id = 502' }).results[0].values];`;
    expect(await run(body)).toEqual([[0, 40, 40], [40], [4, 30, 6], [4, 30], [4, 30]]);
  });

  it('count seeded orders and deposits where the customer was given no figure', async () => {
    await box.seed([
      { type: 'salesorder', id: '901', fields: { entity: '501', orderstatus: 'B' }, sublists: { item: [{ item: '602', quantity: 4, rate: 5, quantitybilled: 1 }] } }, // prettier-ignore
      { type: 'customerdeposit', id: '902', fields: { customer: '501', payment: 12 } },
    ]);
    const names = `['unbilledorders', 'depositbalance']`;
    const body = `return [read('customer', 501, ${names}), look('customer', 501, ${names}),
      query.runSuiteQL({ query: 'SELECT unbilledorderssearch, balancesearch FROM customer WHERE id = 501' }).results[0].values];`;
    expect(await run(body)).toEqual([
      [15, 12],
      [15, 12],
      [15, 0],
    ]);
  });

  it('follow from the document itself: totals of a journal, its currency, shipping, early payment', async () => {
    const body = `
      const journal = record.create({ type: 'journalentry' }); journal.setValue('subsidiary', 1);
      [['debit', 1], ['credit', 2]].forEach(([side, account], line) => { journal.setSublistValue('line', 'account', line, account); journal.setSublistValue('line', side, line, 12.5); });
      const bill = make('invoice', { entity: 501, trandate: new Date(2026, 10, 2), terms: 90, shippingcost: 4 }, hours(2, 98));
      return [read('journalentry', journal.save(), ['debittotal', 'credittotal', 'isbasecurrency']), read('invoice', bill, ['altshippingcost', 'discountamount', 'currencysymbol', 'isbasecurrency']),
        record.load({ type: 'invoice', id: bill }).getText('discountdate')];`;
    expect(await run(body)).toEqual([[12.5, 12.5, true], [4, 4, 'USD', true], '11/12/2026']);
  });

  it('tell on a line what of the item there is now', async () => {
    const body = `
      const id = make('estimate', { entity: 501 }, [{ item: 601, quantity: 2, rate: 9 }, { item: 602, quantity: 1, rate: 9 }]);
      const made = record.load({ type: 'estimate', id }); return [0, 1].map((line) => made.getSublistValue({ sublistId: 'item', fieldId: 'quantityavailable', line }));`;
    expect(await run(body)).toEqual([8, '']);
  });

  it('value what a build, a transfer or an adjustment moves', async () => {
    await box.seed([
      { type: 'inventoryitem', id: '604', fields: { itemid: 'PART', subsidiary: ['1'], averagecost: 2, quantityonhand: 50 } }, // prettier-ignore
      { type: 'assemblyitem', id: '603', fields: { itemid: 'KIT', subsidiary: ['1'] }, sublists: { member: [{ item: '604', quantity: 3 }] } }, // prettier-ignore
    ]);
    const body = `
      const build = make('assemblybuild', { item: 603, quantity: 4, subsidiary: 1, location: 1 });
      const change = record.create({ type: 'inventoryadjustment' }); for (const [field, value] of Object.entries({ subsidiary: 1, account: 1, adjlocation: 1 })) change.setValue(field, value);
      for (const [field, value] of Object.entries({ item: 604, location: 1, adjustqtyby: 5, unitcost: 3 })) change.setSublistValue('inventory', field, 0, value);
      return [read('assemblybuild', build, ['total']), read('inventoryadjustment', change.save(), ['estimatedtotalvalue'])];`;
    expect(await run(body)).toEqual([[24], [15]]);
  });

  it('add up the time worked on a task, and date the last message and the reopening of a case', async () => {
    const body = `
      const task = make('task', { title: 'Call', estimatedtime: 8 }); const before = read('task', task, ['actualtime', 'timeremaining']);
      make('timebill', { employee: -5, casetaskevent: task, hours: 2 });
      const item = make('supportcase', { title: 'Broken', company: 501, status: 5 }); const silent = read('supportcase', item, ['lastmessagedate', 'lastreopeneddate']);
      record.submitFields({ type: 'supportcase', id: item, values: { status: 4, incomingmessage: 'Still broken' } });
      return [before, read('task', task, ['actualtime', 'timeremaining', 'percenttimecomplete']), look('task', task, ['actualtime']), query.runSuiteQL({ query: 'SELECT actualtime, title FROM task' }).results[0].values, silent, read('supportcase', item, ['lastmessagedate', 'lastreopeneddate']).map((day) => day !== '')];`;
    expect(await run(body)).toEqual([[0, 8], [2, 6, 25], [2], [2, 'Call'], ['', ''], [true, true]]);
  });
});

describe('figures that this emulator does not work out', () => {
  beforeEach(async () => {
    await box.seed([
      { type: 'task', id: '801', fields: { title: 'Call' } },
      { type: 'task', id: '802', fields: { title: 'Mail', lastviewed: '2026-11-01T10:00:00Z' } },
      { type: 'check', id: '803', fields: { account: '1', total: 5 } },
    ]);
  });

  it('throw their name when a stored record is asked for them, and are read where the record was given them', async () => {
    const body = `const made = record.load({ type: 'task', id: 801 });
      return [named(() => made.getValue('lastviewed')), named(() => made.getText({ fieldId: 'lastviewed' })), named(() => record.load({ type: 'check', id: 803 }).getValue('balance')),
        read('task', 802, ['lastviewed'])[0] !== '', named(() => search.lookupFields({ type: 'task', id: 801, columns: ['lastviewed'] }))];`;
    const thrown = (what: string): string[] => ['EMULATOR_UNSUPPORTED', what];
    expect(await run(body)).toEqual([
      thrown('task.lastviewed'),
      thrown('task.lastviewed'),
      thrown('check.balance'),
      true,
      thrown('task.lastviewed'),
    ]);
  });

  it('are empty where an account has them empty: on a new record, and where a script has emptied them', async () => {
    const body = `const emptied = record.load({ type: 'task', id: 802 }); emptied.setValue('lastviewed', '');
      return [record.create({ type: 'task' }).getValue('lastviewed'), emptied.getValue('lastviewed'), record.copy({ type: 'task', id: 801 }).getValue('lastviewed')];`;
    expect(await run(body)).toEqual(['', '', '']);
  });

  it('are left out by who reads all fields: lists of fields, JSON, copies and comparisons of before and after', async () => {
    const body = `const made = record.load({ type: 'task', id: 801 }); const given = record.load({ type: 'task', id: 802 });
      const all = made.getFields().map((fieldId) => made.getValue({ fieldId }));
      return [all.length > 10, made.getFields().includes('lastviewed'), given.getFields().includes('lastviewed'), record.load({ type: 'customer', id: 501 }).getFields().includes('balance'), record.create({ type: 'customer' }).getFields().includes('balance'), JSON.parse(JSON.stringify(made)).fields.lastviewed === undefined,
        record.copy({ type: 'task', id: 801 }).save() > 0];`;
    expect(await run(body)).toEqual([true, false, true, false, true, true, true]);
  });
});
