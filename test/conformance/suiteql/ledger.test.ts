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
