import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';
import { runCode } from '../../helpers/emulator/run-code';

let box: BlackBox;
beforeAll(async () => {
  box = await openBlackBox();
  await box.seed([
    {
      type: 'customer',
      id: '501',
      fields: { companyname: 'Acme', subsidiary: '1' },
      sublists: {
        addressbook: [
          {
            defaultbilling: true,
            addressbookaddress: { addr1: '1 Main', city: 'Austin', state: 'TX', zip: '78701', country: 'US' },
          },
        ],
      },
    },
    { type: 'serviceitem', id: '601', fields: { itemid: 'Hour', baseprice: 10 } },
  ]);
});
afterAll(async () => box.close());

describe('bank deposits (section_4273154686)', () => {
  it('offer the payments that wait, take the chosen ones to the bank, and give them back when they are deleted', async () => {
    const answer = await runCode(
      box,
      'record query',
      `const sale = record.create({ type: 'cashsale' });
       sale.setValue('entity', 501); sale.setValue('undepfunds', 'T'); sale.setSublistValue('item', 'item', 0, 601); sale.setSublistValue('item', 'quantity', 0, 3);
       const saleId = sale.save();
       const statusOf = () => record.load({ type: 'cashsale', id: saleId }).getValue('status');
       const before = statusOf();
       const deposit = record.create({ type: 'deposit', isDynamic: true });
       deposit.setValue('account', 1);
       const line = deposit.findSublistLineWithValue('payment', 'id', saleId);
       deposit.selectLine('payment', line).setCurrentSublistValue('payment', 'deposit', true).commitLine('payment');
       deposit.selectNewLine('other').setCurrentSublistValue('other', 'account', 8).setCurrentSublistValue('other', 'amount', 5).commitLine('other');
       const shown = deposit.getValue('total');
       const id = deposit.save();
       const stored = record.load({ type: 'deposit', id });
       const during = [statusOf(), record.create({ type: 'deposit' }).getLineCount('payment')];
       const entries = query.runSuiteQL({ query: 'SELECT BUILTIN.DF(account) AS account, COALESCE(debit, -credit) AS amount FROM transactionaccountingline WHERE transaction = ? ORDER BY transactionline', params: [id] }).asMappedResults().map(Object.values);
       record.delete({ type: 'deposit', id });
       return [before, line, shown, stored.getValue('total'), stored.getLineCount('payment'), during, entries, statusOf(), record.create({ type: 'deposit' }).getLineCount('payment')];`,
    );
    expect(answer).toEqual([
      'Not Deposited',
      0,
      35,
      35,
      1,
      ['Deposited', 0],
      [
        ['1000 Checking', 35],
        ['4000 Sales', -5],
        ['1499 Undeposited Funds', -30],
      ],
      'Not Deposited',
      1,
    ]);
  });
});

it('an address that was given in parts reads as one text in searches and SuiteQL (section_4704101831)', async () => {
  const answer = await runCode(
    box,
    'search query',
    `const { address, billaddress } = search.lookupFields({ type: 'customer', id: 501, columns: ['address', 'billaddress'] });
     return [address, billaddress === address, query.runSuiteQL({ query: 'SELECT addrtext FROM customeraddressbookentityaddress' }).asMappedResults()[0].addrtext === address];`,
  );
  expect(answer).toEqual(['1 Main\nAustin TX 78701\nUnited States', true, true]);
});
