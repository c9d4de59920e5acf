import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';
import { runCode } from '../../helpers/emulator/run-code';

let box: BlackBox;
beforeAll(async () => {
  box = await openBlackBox();
});
afterAll(async () => box.close());

it('journals between companies are journals in SuiteQL, searches and the ledger (section_N1475891)', async () => {
  const answer = await runCode(
    box,
    'record search query',
    `const company = record.create({ type: 'subsidiary' });
     for (const [id, value] of Object.entries({ name: 'Second', parent: 1, currency: 1, country: 'US' })) company.setValue(id, value);
     const second = company.save();
     const enter = (type, own) => {
       const journal = record.create({ type }).setValue('subsidiary', 1);
       if (own !== 1) journal.setValue('tosubsidiary', own);
       [[1, 11, 'debit'], [1, 8, 'credit'], [own, 11, 'debit'], [own, 8, 'credit']].forEach(([subsidiary, account, side], line) => {
         if (own !== 1) journal.setSublistValue({ sublistId: 'line', fieldId: 'linesubsidiary', line, value: subsidiary });
         journal.setSublistValue({ sublistId: 'line', fieldId: 'account', line, value: account });
         journal.setSublistValue({ sublistId: 'line', fieldId: side, line, value: 25 });
       });
       return journal.save();
     };
     const plain = enter('journalentry', 1);
     const between = enter('intercompanyjournalentry', second);
     const rows = (sql, ...params) => query.runSuiteQL({ query: sql, params }).asMappedResults();
     const found = search.create({ type: 'transaction', filters: [['type', 'anyof', 'Journal'], 'and', ['debitamount', 'greaterthan', 0]], columns: [search.createColumn({ name: 'internalid', summary: 'group' }), search.createColumn({ name: 'debitamount', summary: 'sum' })] });
     return [
       rows("SELECT id, recordtype, posting FROM transaction WHERE type = 'Journal' ORDER BY id").map((row) => [row.id === plain ? 'plain' : row.id === between, row.recordtype, row.posting]),
       rows("SELECT SUM(debit) AS debit, SUM(credit) AS credit FROM transactionaccountingline WHERE posting = 'T' AND transaction = ?", between)[0],
       rows('SELECT COUNT(*) AS n FROM transactionline WHERE transaction = ?', between)[0].n,
       found.run().getRange(0, 9).map((row) => Number(row.getValue({ name: 'debitamount', summary: 'sum' }))),
     ];`,
  );
  expect(answer).toEqual([
    [
      ['plain', 'journalentry', 'T'],
      [true, 'intercompanyjournalentry', 'T'],
    ],
    { debit: 50, credit: 50 },
    4,
    [50, 50],
  ]);
});
