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
    { type: 'customer', id: 101, fields: { entityid: 'Acme', companyname: 'Acme', subsidiary: '1' } },
    { type: 'vendor', id: 102, fields: { entityid: 'Mill', companyname: 'Mill', subsidiary: '1' } },
    { type: 'inventoryitem', id: 201, fields: { itemid: 'Bolt', baseprice: 10, cost: 4, quantityonhand: 100 } },
  ]);
});

const run = (body: string): Promise<unknown> =>
  runCode(
    box,
    'record search query',
    `const rows = (sql, ...params) => query.runSuiteQL({ query: sql, params }).asMappedResults();
     const found = (type, filters, columns) => search.create({ type, filters, columns }).run().getRange(0, 99).map((row) => columns.map((name) => row.getValue(name)));
     const make = (type, fields, sublist, line) => {
       const made = record.create({ type });
       for (const [id, value] of Object.entries(fields)) made.setValue(id, value);
       for (const [id, value] of Object.entries(line)) made.setSublistValue({ sublistId: sublist, fieldId: id, line: 0, value });
       return made;
     };
     ${body}`,
  );

const SHIPMENT = `
  const order = make('salesorder', { entity: 101 }, 'item', { item: 201, quantity: 5 }).save();
  const ship = (quantity, shipstatus) => {
    const made = record.transform({ fromType: 'salesorder', fromId: order, toType: 'itemfulfillment' });
    return made.setSublistValue('item', 'quantity', 0, quantity).setValue('shipstatus', shipstatus).save();
  };
  const move = (id, shipstatus) => record.submitFields({ type: 'itemfulfillment', id, values: { shipstatus } });
  const progress = () => [
    record.load({ type: 'salesorder', id: order }).getValue('status'),
    ...found('salesorder', [['internalid', 'anyof', order], 'and', ['item', 'anyof', 201]], ['quantitypicked', 'quantitypacked', 'quantityshiprecv'])[0],
  ];`;

describe('a fulfillment that is not shipped', () => {
  it('is no shipment of its order: the status and the quantity fulfilled follow what is shipped (section_N1220604)', async () => {
    const answer = await run(`${SHIPMENT}
      const part = ship(2, 'A');
      const after = [progress()];
      move(part, 'B');
      after.push(progress());
      move(part, 'C');
      after.push(progress());
      const rest = ship(3, 'A');
      after.push(progress());
      move(rest, 'C');
      after.push(progress());
      return after;`);
    expect(answer).toEqual([
      ['Pending Fulfillment', '2', '0', '0'],
      ['Pending Fulfillment', '2', '2', '0'],
      ['Pending Billing/Partially Fulfilled', '2', '2', '2'],
      ['Pending Billing/Partially Fulfilled', '5', '2', '2'],
      ['Pending Billing', '5', '5', '5'],
    ]);
  });

  it('leaves what it has not picked to be picked, and all of it when it is deleted (section_N1230473)', async () => {
    const answer = await run(`${SHIPMENT}
      const left = () => record.transform({ fromType: 'salesorder', fromId: order, toType: 'itemfulfillment' }).getSublistValue('item', 'quantity', 0);
      const part = ship(2, 'A');
      const open = [left()];
      record.delete({ type: 'itemfulfillment', id: part });
      return [...open, left(), rows('SELECT quantitypicked FROM transactionline WHERE transaction = ? AND item = 201', order)[0].quantitypicked];`);
    expect(answer).toEqual([3, 5, 0]);
  });

  it('posts nothing and moves no stock until it is shipped (section_N1229796)', async () => {
    const answer = await run(`${SHIPMENT}
      const id = ship(2, 'A');
      const state = () => [
        rows('SELECT posting FROM transaction WHERE id = ?', id)[0].posting,
        found('itemfulfillment', [['posting', 'is', 'T'], 'and', ['mainline', 'is', 'T']], ['internalid']).length,
        rows("SELECT COUNT(*) AS n FROM transactionaccountingline WHERE posting = 'T' AND transaction = ?", id)[0].n,
        record.load({ type: 'inventoryitem', id: 201 }).getValue('quantityonhand'),
      ];
      const picked = state();
      move(id, 'C');
      return [picked, state()];`);
    expect(answer).toEqual([
      ['F', 0, 0, 100],
      ['T', 1, 2, 98],
    ]);
  });
});

describe('a transaction that waits for its approval (section_N1452887)', () => {
  const BOOKS = `
    const posted = (id) => [
      rows('SELECT posting FROM transaction WHERE id = ?', id)[0].posting,
      rows("SELECT COUNT(*) AS n FROM transactionaccountingline WHERE posting = 'T' AND transaction = ?", id)[0].n,
      found('transaction', [['internalid', 'anyof', id], 'and', ['posting', 'is', 'T']], ['debitamount']).length,
    ];`;

  it('posts nothing: a journal entry', async () => {
    const answer = await run(`${BOOKS}
      const entry = make('journalentry', { subsidiary: 1, approved: false }, 'line', { account: 11, debit: 50 });
      entry.setSublistValue('line', 'account', 1, 8).setSublistValue('line', 'credit', 1, 50);
      const id = entry.save();
      const before = posted(id);
      record.load({ type: 'journalentry', id }).setValue('approved', true).save();
      return [before, posted(id)];`);
    expect(answer).toEqual([
      ['F', 0, 0],
      ['T', 2, 2],
    ]);
  });

  it('posts once its approval status says so: a journal entry', async () => {
    const answer = await run(`${BOOKS}
      const entry = make('journalentry', { subsidiary: 1, approvalstatus: 1 }, 'line', { account: 11, debit: 50 });
      entry.setSublistValue('line', 'account', 1, 8).setSublistValue('line', 'credit', 1, 50);
      const id = entry.save();
      const state = () => [record.load({ type: 'journalentry', id }).getValue('approved'), record.load({ type: 'journalentry', id }).getValue('status'), ...posted(id)];
      const before = state();
      record.submitFields({ type: 'journalentry', id, values: { approvalstatus: 2 } });
      return [before, state()];`);
    expect(answer).toEqual([
      [false, 'Pending Approval', 'F', 0, 0],
      [true, 'Approved for Posting', 'T', 2, 2],
    ]);
  });

  it.each([
    ['vendorbill', 102, 'expense', '{ account: 11, amount: 70 }', 'vendor', 70],
    ['invoice', 101, 'item', '{ item: 201, quantity: 2 }', 'customer', 20],
  ])('is owed by nobody: a %s', async (type, entity, sublist, line, holder, owed) => {
    const answer = await run(`${BOOKS}
      const balance = () => [record.load({ type: '${holder}', id: ${entity} }).getValue('balance'), Number(found('${holder}', [['internalid', 'anyof', ${entity}]], ['balance'])[0][0])];
      const id = make('${type}', { entity: ${entity}, approvalstatus: 1 }, '${sublist}', ${line}).save();
      const before = [posted(id)[0], posted(id)[1], balance()];
      record.submitFields({ type: '${type}', id, values: { approvalstatus: 2 } });
      return [before, [posted(id)[0], posted(id)[1] > 0, balance()]];`);
    expect(answer).toEqual([
      ['F', 0, [0, 0]],
      ['T', true, [owed, owed]],
    ]);
  });
});
