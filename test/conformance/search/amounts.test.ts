import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';
import { runCode } from '../../helpers/emulator/run-code';

/** An order that was shipped, billed and half paid, a bill that was paid, a check and a journal entry. */
const BOOKS = `
  const made = (type, fields, list, lines) => {
    const record_ = record.create({ type });
    Object.entries(fields).forEach(([name, value]) => record_.setValue(name, value));
    lines.forEach((line, at) => Object.entries(line).forEach(([name, value]) => record_.setSublistValue(list, name, at, value)));
    return record_.save();
  };
  const turned = (fromType, fromId, toType, change = () => {}) => {
    const record_ = record.transform({ fromType, fromId, toType });
    change(record_);
    return record_.save();
  };
  made('inventoryadjustment', { subsidiary: 1, account: 12 }, 'inventory', [{ item: 201, location: 1, adjustqtyby: 10, unitcost: 4 }]);
  const order = made('salesorder', { entity: 101, location: 1, orderstatus: 'B' }, 'item', [{ item: 201, quantity: 3, price: -1, rate: 9, amount: 27 }]);
  const shipment = turned('salesorder', order, 'itemfulfillment', (made) => made.setValue('shipstatus', 'C'));
  const invoice = turned('salesorder', order, 'invoice');
  const payment = turned('invoice', invoice, 'customerpayment', (made) => {
    made.setValue('payment', 12);
    made.setSublistValue('apply', 'amount', made.findSublistLineWithValue('apply', 'doc', String(invoice)), 12);
  });
  const bill = made('vendorbill', { entity: 102 }, 'expense', [{ account: 11, amount: 40 }]);
  const billPayment = turned('vendorbill', bill, 'vendorpayment', (made) => made.setValue('account', 1));
  const journal = made('journalentry', { subsidiary: 1 }, 'line', [{ account: 1, debit: 70 }, { account: 8, credit: 70 }]);
  return { order, shipment, invoice, payment, bill, billPayment, journal };`;

let box: BlackBox;
let ids: Record<string, number>;
beforeAll(async () => {
  box = await openBlackBox();
  const address = { addr1: '1 Main St', city: 'Boston', state: 'MA', zip: '02101', country: 'US', addrphone: '555' };
  await box.seed([
    {
      type: 'customer',
      id: '101',
      fields: { entityid: 'Acme', companyname: 'Acme', subsidiary: '1' },
      sublists: { addressbook: [{ defaultbilling: true, defaultshipping: true, addressbookaddress: address }] },
    },
    { type: 'vendor', id: '102', fields: { entityid: 'Mill', companyname: 'Mill', subsidiary: '1' } },
    { type: 'inventoryitem', id: '201', fields: { itemid: 'PART', subsidiary: ['1'] } },
  ]);
  ids = (await runCode(box, 'record', BOOKS)) as Record<string, number>;
});
afterAll(() => box.close());

const rows = (type: string, id: number | undefined, columns: string[]): Promise<unknown> =>
  runCode(
    box,
    'search',
    `return search.create({ type: '${type}', filters: [['internalid', 'anyof', ${String(id)}]], columns: ${JSON.stringify(columns)} }).run().getRange(0, 20)
      .map((row) => row.columns.map((column) => row.getText(column) ?? row.getValue(column)));`,
  );

describe('amounts are positive where they make their account larger (section_3891485192)', () => {
  it('on the lines of a journal entry, a debit of the bank and a credit of income', async () => {
    expect(await rows('journalentry', ids.journal, ['account', 'amount', 'signedamount'])).toEqual([
      ['1000 Checking', '70.00', '70.00'],
      ['4000 Sales', '70.00', '-70.00'],
    ]);
  });

  it('and negative where money leaves the bank: a payment to a vendor', async () => {
    expect(await rows('vendorpayment', ids.billPayment, ['account', 'amount'])).toEqual([
      ['1000 Checking', '-40.00'],
      ['2000 Accounts Payable', '-40.00'],
    ]);
    expect(await rows('vendorbill', ids.bill, ['account', 'amount'])).toEqual([
      ['2000 Accounts Payable', '40.00'],
      ['6000 Expenses', '40.00'],
    ]);
  });

  it('on the lines of a shipment, which take goods from the asset and put them into the cost of sales (section_158513731864)', async () => {
    expect(await rows('itemfulfillment', ids.shipment, ['mainline', 'account', 'amount', 'cogs'])).toEqual([
      ['*', '', '', false],
      ['', '1300 Inventory Asset', '-12.00', false],
      ['', '5000 Cost of Goods Sold', '12.00', true],
    ]);
    const sql = `SELECT netamount, quantity FROM transactionline WHERE transaction = ${String(ids.shipment)} AND mainline = 'F' ORDER BY id`;
    expect(
      await runCode(box, 'query', `return query.runSuiteQL(\`${sql}\`).results.map((row) => row.values);`),
    ).toEqual([
      [-12, -3],
      [12, null],
    ]);
  });
});

describe('what documents take of one another (section_N3352288)', () => {
  it('shows beside the linked document, seen from either side', async () => {
    expect(await rows('customerpayment', ids.payment, ['appliedtotransaction.type', 'appliedtolinkamount'])).toEqual([
      ['', ''],
      ['Invoice', '12.00'],
    ]);
    const columns = ['mainline', 'applyingtransaction.type', 'applyinglinkamount', 'applyingforeignamount'];
    expect(((await rows('invoice', ids.invoice, columns)) as unknown[][])[0]).toEqual([
      '*',
      'Payment',
      '12.00',
      '12.00',
    ]);
  });

  it('is not made up between an order and its invoice', async () => {
    expect(JSON.stringify(await rows('salesorder', ids.order, ['applyingtransaction', 'applyinglinkamount']))).toMatch(
      /EMULATOR_UNSUPPORTED.*applyinglinkamount/,
    );
  });
});

describe('payments, which name their customer otherwise than orders do (section_158513731864)', () => {
  it('are transactions of the customer in SuiteQL, by reference, join and name', async () => {
    const answer = await runCode(
      box,
      'query',
      `const types = (sql) => query.runSuiteQL({ query: sql }).results.map((row) => row.values.join());
       return [types("SELECT type, BUILTIN.DF(entity) FROM transaction WHERE entity = 101 AND type LIKE 'Cust%' ORDER BY id"),
         types("SELECT t.type FROM customer c JOIN transaction t ON t.entity = c.id WHERE c.entityid = 'Acme' AND t.type LIKE 'Cust%' ORDER BY t.id"),
         types("SELECT COUNT(*) FROM transaction WHERE type = 'CustPymt' AND entity IN (SELECT id FROM customer)"),
         types("SELECT COUNT(*) FROM transaction WHERE type = 'CustPymt' AND entity IS NULL")];`,
    );
    expect(answer).toEqual([['CustInvc,Acme', 'CustPymt,Acme'], ['CustInvc', 'CustPymt'], ['1'], ['0']]);
  });

  it('and in the join from customers to their transactions', async () => {
    const answer = await runCode(
      box,
      'search',
      `return search.create({ type: 'customer', filters: [['internalid', 'anyof', 101], 'AND', ['transaction.mainline', 'is', 'T']], columns: [{ name: 'type', join: 'transaction' }] })
         .run().getRange(0, 9).map((row) => row.getValue(row.columns[0])).sort();`,
    );
    expect(answer).toEqual(['CustInvc', 'CustPymt', 'ItemShip', 'SalesOrd']);
  });
});

describe('joins of searches (section_N3352288)', () => {
  it('lead to the addresses of a transaction', async () => {
    const columns = [
      'billingaddress.city',
      'shippingaddress.state',
      'shippingaddress.country',
      'shippingaddress.phone',
    ];
    expect(((await rows('salesorder', ids.order, columns)) as unknown[][])[0]).toEqual([
      'Boston',
      'MA',
      'United States',
      '555',
    ]);
  });

  it('lead from the stock of an item to its locations, with all their fields', async () => {
    const names = ['name', 'internalid', 'isinactive', 'subsidiary'];
    const answer = await runCode(
      box,
      'search',
      `return search.create({ type: 'item', filters: [['internalid', 'anyof', 201], 'AND', ['inventorylocation.internalidnumber', 'equalto', 1]],
         columns: ${JSON.stringify(names)}.map((name) => ({ name, join: 'inventorylocation' })) }).run().getRange(0, 5).map((row) => row.columns.map((column) => row.getValue(column)));`,
    );
    expect(answer).toEqual([['San Francisco', '1', false, '1']]);
  });

  it('a formula that is a plain number sorts and groups nothing', async () => {
    const answer = await runCode(
      box,
      'search',
      `const found = (columns) => search.create({ type: 'salesorder', filters: [['mainline', 'is', 'T']], columns }).run().getRange(0, 5).map((row) => row.columns.map((column) => row.getValue(column)));
       const one = { name: 'formulanumeric', formula: '7' };
       return [found([{ ...one, sort: 'ASC' }, { name: 'amount' }]), found([{ ...one, summary: 'GROUP' }, { name: 'amount', summary: 'SUM' }])];`,
    );
    expect(answer).toEqual([[['7', '27.00']], [['7', '27.00']]]);
  });
});

it('the record type of a script deployment is the type it is deployed to (section_1509578980)', async () => {
  const source =
    '/**\n * @NApiVersion 2.1\n * @NScriptType UserEventScript\n */\ndefine([], () => ({ beforeSubmit() {} }));';
  const deployments = [{ deploymentId: 'customdeploy_on_orders', recordType: 'salesorder' }];
  await box.control('POST', 'scripts', [
    { scriptId: 'customscript_on_orders', type: 'userevent', source, deployments },
  ]);
  const answer = await runCode(
    box,
    'search',
    `return search.create({ type: 'scriptdeployment', filters: [['scriptid', 'is', 'customdeploy_on_orders']], columns: ['recordtype', 'script.scriptid'] })
       .run().getRange(0, 5).map((row) => [row.recordType, ...row.columns.map((column) => row.getValue(column))]);`,
  );
  expect(answer).toEqual([['scriptdeployment', expect.stringMatching(/salesorder/i), 'customscript_on_orders']]);
});

describe('the lines of a payment are what it settles (section_3891485192, section_158513731864)', () => {
  const payment = {
    type: 'customerpayment',
    id: '9103',
    fields: { customer: '103', tranid: 'P9', payment: 50, total: 50 },
    sublists: {
      apply: [
        { line: 1, doc: '9101', apply: true, amount: 30 },
        { line: 2, doc: '9102', apply: false, amount: 0 },
        { line: 3, doc: '9104', apply: true, amount: 15 },
      ],
    },
  };
  const invoice = (id: string): object => ({
    type: 'invoice',
    id,
    fields: { entity: '103', tranid: `I${id}`, total: 30 },
  });
  const customer = {
    type: 'customer',
    id: '103',
    fields: { entityid: 'Payer', companyname: 'Payer', subsidiary: '1' },
  };
  beforeAll(() => box.seed([customer, ...['9101', '9102', '9104'].map(invoice), payment]));

  it('one row for each ticked document, beside the main line that has none', async () => {
    const columns = ['mainline', 'account', 'amount', 'appliedtotransaction'];
    expect(await rows('customerpayment', 9103, columns)).toEqual([
      ['*', '1499 Undeposited Funds', '50.00', ''],
      ['', '1200 Accounts Receivable', '-30.00', 'Invoice #I9101'],
      ['', '1200 Accounts Receivable', '-15.00', 'Invoice #I9104'],
    ]);
    const of = (filters: string): Promise<unknown> =>
      runCode(
        box,
        'search',
        `return search.create({ type: 'customerpayment', filters: [${filters}], columns: ['amount'] }).run().getRange(0, 9).map((row) => row.id + ' ' + row.getValue('amount'));`,
      );
    expect(await of(`['mainline', 'is', 'F'], 'AND', ['appliedtotransaction', 'anyof', 9101]`)).toEqual([
      '9103 -30.00',
    ]);
    expect(await of(`['internalid', 'is', 9103], 'AND', ['appliedtotransaction', 'noneof', '@NONE@']`)).toEqual([
      '9103 -30.00',
      '9103 -15.00',
    ]);
  });

  it('which leave of a seeded invoice what is open, unless the seed says otherwise', async () => {
    await box.seed([
      { type: 'invoice', id: '9105', fields: { entity: '103', tranid: 'I9105', total: 30, amountremaining: 7 } },
      { type: 'invoice', id: '9106', fields: { entity: '103', tranid: 'I9106', total: 30, status: 'Paid In Full' } },
    ]);
    const answer = await runCode(
      box,
      'search',
      `return search.create({ type: 'invoice', filters: [['mainline', 'is', 'T'], 'AND', ['entity', 'anyof', 103]], columns: ['tranid', 'amountremaining', 'amountpaid', 'status'] })
         .run().getRange(0, 9).map((row) => [row.getValue('tranid'), row.getValue('amountremaining'), row.getValue('amountpaid'), row.getText('status')].join(' '));`,
    );
    expect(answer).toEqual([
      'I9101 .00 30.00 Paid In Full',
      'I9102 30.00 .00 Open',
      'I9104 15.00 15.00 Open',
      'I9105 7.00 23.00 Open',
      'I9106 .00 30.00 Paid In Full',
    ]);
  });

  it('also of one that was seeded before them', async () => {
    await box.seed([
      { type: 'customer', id: '119', fields: { entityid: 'Late', companyname: 'Late', subsidiary: '1' } },
      { type: 'invoice', id: '9201', fields: { entity: '119', tranid: 'I9201', total: 30 } },
      { type: 'invoice', id: '9202', fields: { entity: '119', tranid: 'I9202', total: 30, amountremaining: 7 } },
      { type: 'invoice', id: '9203', fields: { entity: '119', tranid: 'I9203', total: 30 } },
    ]);
    const pay = (id: string, lines: object[]): object => ({
      type: 'customerpayment',
      id,
      fields: { customer: '119', payment: 9 },
      sublists: { apply: lines },
    });
    await box.seed([
      pay('9301', [
        { doc: '9201', apply: true, amount: 10 },
        { doc: '9202', apply: true, amount: 5 },
      ]),
    ]);
    await box.seed([pay('9302', [{ doc: '9201', apply: true, amount: 12, disc: 8 }])]);
    await box.seed([{ type: 'customerpayment', id: '9302', fields: { memo: 'seeded again' } }]);
    const answer = await runCode(
      box,
      'search',
      `return search.create({ type: 'invoice', filters: [['mainline', 'is', 'T'], 'AND', ['entity', 'anyof', 119]], columns: ['tranid', 'amountremaining', 'status'] })
         .run().getRange(0, 9).map((row) => [row.getValue('tranid'), row.getValue('amountremaining'), row.getText('status')].join(' '));`,
    );
    expect(answer).toEqual(['I9201 .00 Paid In Full', 'I9202 7.00 Open', 'I9203 30.00 Open']);
  });

  it('and of the ledger, with what it leaves unapplied', async () => {
    const answer = await runCode(
      box,
      'query',
      `const rows = (sql) => query.runSuiteQL({ query: sql }).results.map((row) => row.values);
       return [rows("SELECT tl.id, tl.mainline, tl.foreignamount, tl.entity, BUILTIN.DF(tal.account), tal.debit, tal.credit FROM transactionline tl JOIN transactionaccountingline tal ON tal.transaction = tl.transaction AND tal.transactionline = tl.id WHERE tl.transaction = 9103 ORDER BY tl.id"),
         rows("SELECT transactionline, credit FROM transactionaccountingline WHERE transaction = 9103 AND credit IS NOT NULL ORDER BY 1"),
         rows("SELECT COUNT(*) FROM transactionline WHERE transaction = 9103 AND mainline = 'F'")];`,
    );
    expect(answer).toEqual([
      [
        [0, 'T', 50, 103, '1499 Undeposited Funds', 50, null],
        [1, 'F', -30, 103, '1200 Accounts Receivable', null, 30],
        [3, 'F', -15, 103, '1200 Accounts Receivable', null, 15],
      ],
      [
        [1, 30],
        [3, 15],
        [4, 5],
      ],
      [[2]],
    ]);
  });
});
