import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';
import { runCode } from '../../helpers/emulator/run-code';

let box: BlackBox;
beforeAll(async () => {
  box = await openBlackBox();
  await box.seed([
    { type: 'customer', id: '101', fields: { entityid: 'Acme', companyname: 'Acme', subsidiary: '1' } },
    { type: 'vendor', id: '102', fields: { entityid: 'Mill', companyname: 'Mill', subsidiary: '1' } },
    { type: 'serviceitem', id: '201', fields: { itemid: 'Hour', baseprice: 100 } },
  ]);
});
afterAll(async () => box.close());

const BOOKS = `
  const order = record.create({ type: 'salesorder' });
  order.setValue('entity', 101);
  order.setSublistValue({ sublistId: 'item', fieldId: 'item', line: 0, value: 201 });
  const orderId = order.save();
  const invoiceId = record.transform({ fromType: 'salesorder', fromId: orderId, toType: 'invoice' }).save();
  const paymentId = record.transform({ fromType: 'invoice', fromId: invoiceId, toType: 'customerpayment' }).save();
  const bill = record.create({ type: 'vendorbill', isDynamic: true });
  bill.setValue('entity', 102);
  bill.selectNewLine('expense').setCurrentSublistValue('expense', 'account', 11).setCurrentSublistValue('expense', 'amount', 40);
  bill.commitLine('expense');
  const billId = bill.save();
  const rows = (sql, params) => query.runSuiteQL({ query: sql, params }).asMappedResults();`;

describe('the ledger in SuiteQL (section_158513731864)', () => {
  it('has debits and credits that balance, by account; what does not post says so', async () => {
    const answer = await runCode(
      box,
      'record query',
      `${BOOKS}
       const impact = (id) => rows('SELECT BUILTIN.DF(tal.account) AS account, tal.debit, tal.credit, tal.posting FROM transactionaccountingline tal WHERE tal.transaction = ? ORDER BY tal.transactionline', [id])
         .map(({ account, debit, credit, posting }) => [account, debit, credit, posting]);
       const total = rows("SELECT SUM(amount) AS sum FROM transactionaccountingline WHERE posting = 'T'")[0].sum;
       return [impact(orderId).map((row) => row[3]), impact(invoiceId), impact(paymentId), impact(billId), total];`,
    );
    expect(answer).toEqual([
      ['F', 'F'],
      [
        ['1200 Accounts Receivable', 100, null, 'T'],
        ['4000 Sales', null, 100, 'T'],
      ],
      [
        ['1499 Undeposited Funds', 100, null, 'T'],
        ['1200 Accounts Receivable', null, 100, 'T'],
      ],
      [
        ['2000 Accounts Payable', null, 40, 'T'],
        ['6000 Expenses', 40, null, 'T'],
      ],
      0,
    ]);
  });

  it('links the lines of documents to those they came from, and payments to what they settle', async () => {
    const answer = await runCode(
      box,
      'record query',
      `${BOOKS}
       return [rows('SELECT previousdoc, previousline, nextdoc, nexttype, linktype FROM NextTransactionLineLink WHERE previousdoc IN (?, ?) ORDER BY nextdoc', [orderId, invoiceId])
         .map((row) => [row.previousdoc === orderId ? 'order' : 'invoice', row.previousline, row.nextdoc === invoiceId ? 'invoice' : 'payment', row.nexttype, row.linktype]),
         rows('SELECT nextdoc FROM NextTransactionLink WHERE previousdoc = ?', [orderId]).map((row) => row.nextdoc === invoiceId),
         rows('SELECT accountsearchdisplayname, accountsearchdisplaynamecopy FROM account WHERE id = 8')[0]];`,
    );
    expect(answer).toEqual([
      [
        ['order', 1, 'invoice', 'CustInvc', 'OrdBill'],
        ['invoice', 0, 'payment', 'CustPymt', 'Payment'],
      ],
      [true],
      { accountsearchdisplayname: '4000 Sales', accountsearchdisplaynamecopy: 'Sales' },
    ]);
  });
});

it('links a payment to the documents that it ticks, and to no others (section_158513731864)', async () => {
  const apply = [
    { line: 1, doc: '9001', apply: true, amount: 30 },
    { line: 2, doc: '9002', apply: false, amount: 0 },
  ];
  await box.seed([
    { type: 'invoice', id: '9001', fields: { entity: '101', tranid: 'A1', total: 30 } },
    { type: 'invoice', id: '9002', fields: { entity: '101', tranid: 'A2', total: 30 } },
    { type: 'customerpayment', id: '9003', fields: { customer: '101', tranid: 'P1', total: 30 }, sublists: { apply } },
  ]);
  const answer = await runCode(
    box,
    'query',
    `const rows = (sql) => query.runSuiteQL({ query: sql }).results.map((row) => row.values);
     return [rows('SELECT previousdoc, nextdoc, BUILTIN.DF(nextdoc), previoustype, nexttype FROM PreviousTransactionLineLink WHERE nextdoc = 9003'),
       rows("SELECT t.id FROM transaction t LEFT JOIN NextTransactionLink k ON k.previousdoc = t.id WHERE t.id IN (9001, 9002) AND k.nextdoc IS NULL")];`,
  );
  expect(answer).toEqual([[[9001, 9003, 'Payment #P1', 'CustInvc', 'CustPymt']], [[9002]]]);
});

describe('amounts of several subsidiaries (article_1029114527)', () => {
  it('are consolidated at the rate of the period: none for one currency, the average for income, the current for what stands in the balance', async () => {
    await box.seed([
      {
        type: 'customer',
        id: '111',
        fields: { entityid: 'London', companyname: 'London', subsidiary: '2', currency: '2' },
      },
      {
        type: 'invoice',
        id: '900',
        fields: {
          entity: '111',
          subsidiary: '2',
          currency: '2',
          trandate: '2026-11-05',
          postingperiod: '23',
          tranid: 'UK1',
          total: 100,
        },
        sublists: { item: [{ line: 1, item: '201', quantity: 1, rate: 100, amount: 100 }] },
      },
      {
        type: 'consolidatedexchangerate',
        fields: {
          postingperiod: '23',
          fromsubsidiary: '2',
          tosubsidiary: '1',
          fromcurrency: '2',
          tocurrency: '1',
          currentrate: 1.3,
          averagerate: 1.25,
          historicalrate: 1.2,
        },
      },
    ]);
    const answer = await runCode(
      box,
      'query',
      `const rows = (columns, period = 23, target = 1) => { try { return query.runSuiteQL({ query: \`SELECT \${columns} FROM transactionaccountingline tal JOIN transaction t ON t.id = tal.transaction WHERE t.id = 900 ORDER BY tal.transactionline\`.replace(/PERIOD/g, period).replace(/TARGET/g, target) }).asMappedResults().map(Object.values); } catch (e) { return e.message; } };
       const consolidated = (rate) => \`BUILTIN.CONSOLIDATE(tal.amount, 'LEDGER', 'DEFAULT', '\${rate}', TARGET, PERIOD, 'DEFAULT')\`;
       return [rows(consolidated('DEFAULT')), rows(consolidated('CURRENT')), rows(consolidated('DEFAULT'), 't.postingperiod'), rows(consolidated('DEFAULT'), 23, 2),
         rows(\`BUILTIN.CURRENCY(tal.amount), BUILTIN.CURRENCY(\${consolidated('DEFAULT')})\`)[0], rows(consolidated('DEFAULT'), 20)];`,
    );
    expect(answer).toEqual([
      [[130], [-125]],
      [[130], [-130]],
      [[130], [-125]],
      [[100], [-100]],
      ['GBP', 'USD'],
      'Search error occurred: Invalid or unsupported search: no consolidated exchange rate from subsidiary 2 to 1 in period 20; add a record of type consolidatedexchangerate',
    ]);
  });
});
