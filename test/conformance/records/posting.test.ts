import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';
import { runCode } from '../../helpers/emulator/run-code';

let box: BlackBox;
beforeAll(async () => {
  box = await openBlackBox();
  await box.control('POST', 'clock', { set: '2026-11-20T18:00:00Z' });
  await box.seed([
    { type: 'customer', id: '101', fields: { entityid: 'Acme', companyname: 'Acme', subsidiary: '1' } },
    { type: 'serviceitem', id: '201', fields: { itemid: 'Hour', baseprice: 100 } },
    { type: 'accountingperiod', id: '22', fields: { closed: true } },
  ]);
});
afterAll(async () => box.close());

const INVOICE = `const invoice = (date) => {
  const made = record.create({ type: 'invoice' });
  made.setValue('entity', 101);
  if (date) made.setValue('trandate', date);
  made.setSublistValue({ sublistId: 'item', fieldId: 'item', line: 0, value: 201 });
  return made;
};
const attempt = (call) => { try { return call(); } catch (e) { return e.name; } };`;

describe('posting periods (section_N3740408)', () => {
  it('follow the date, and a closed one takes no transaction, no change and no deletion', async () => {
    const answer = await runCode(
      box,
      'record',
      `${INVOICE}
       const id = invoice().save();
       const saved = record.load({ type: 'invoice', id });
       const moved = record.load({ type: 'invoice', id }).setValue('trandate', new Date(2026, 9, 5));
       return [saved.getText('postingperiod'), saved.getText('account'),
         attempt(() => invoice(new Date(2026, 9, 5)).save()), attempt(() => moved.save()), attempt(() => saved.setValue('memo', 'x').save() === id)];`,
    );
    expect(answer).toEqual(['Nov 2026', '1200 Accounts Receivable', 'CLOSED_TRAN_PRD', 'CLOSED_TRAN_PRD', true]);
  });

  it('leave what does not touch the ledger to the period (section_0818065706)', async () => {
    await box.seed([
      {
        type: 'invoice',
        id: '900',
        fields: { entity: '101', trandate: '2026-10-05', postingperiod: '22', tranid: 'OLD' },
        sublists: { item: [{ item: '201', quantity: 1, rate: 10 }] },
      },
    ]);
    const edit = `return attempt(() => record.load({ type: 'invoice', id: 900 }).setValue('memo', 'x').save());`;
    expect(await runCode(box, 'record', `${INVOICE} ${edit}`)).toBe('CLOSED_TRAN_PRD');
    expect(
      await runCode(box, 'record', `${INVOICE} return attempt(() => record.delete({ type: 'invoice', id: 900 }));`),
    ).toBe('CLOSED_TRAN_PRD');
    await box.seed([{ type: 'accountingperiod', id: '22', fields: { allownonglchanges: true } }]);
    expect(await runCode(box, 'record', `${INVOICE} ${edit}`)).toBe(900);
  });
});

it('money received waits among the undeposited funds until a bank account is chosen', async () => {
  const answer = await runCode(
    box,
    'record',
    `const sale = (bank) => {
       const made = record.create({ type: 'cashsale' });
       made.setValue('entity', 101);
       if (bank) made.setValue('account', bank);
       made.setSublistValue({ sublistId: 'item', fieldId: 'item', line: 0, value: 201 });
       return record.load({ type: 'cashsale', id: made.save() }).getValue('status');
     };
     return [sale(), sale(1)];`,
  );
  expect(answer).toEqual(['Not Deposited', 'Deposited']);
});

it('a journal line names an account and one side', async () => {
  const answer = await runCode(
    box,
    'record',
    `const journal = (lines) => {
       const made = record.create({ type: 'journalentry' });
       made.setValue('subsidiary', 1);
       lines.forEach((fields, line) => Object.entries(fields).forEach(([fieldId, value]) =>
         made.setSublistValue({ sublistId: 'line', fieldId, line, value })));
       try { return record.load({ type: 'journalentry', id: made.save() }).getValue('status'); } catch (e) { return e.message; }
     };
     return [journal([{ account: 1, debit: 5 }, { account: 8, credit: 5 }]), journal([{ debit: 5 }, { account: 8, credit: 5 }]),
       journal([{ account: 1, debit: 5, credit: 5 }]), journal([{ account: 1, debit: 5 }, { account: 8, credit: 4 }])];`,
  );
  expect(answer).toEqual([
    'Approved for Posting',
    'Please enter value(s) for: Account',
    'Please enter a value in either the debit or the credit column of a line, not in both.',
    'Please make the journal entry balance. Debits and credits must be equal.',
  ]);
});

it('a customer shows what its open orders will still bill', async () => {
  const answer = await runCode(
    box,
    'record',
    `const shown = () => Number(record.load({ type: 'customer', id: 101 }).getValue('unbilledorders'));
     const made = record.create({ type: 'salesorder' });
     made.setValue('entity', 101);
     made.setSublistValue({ sublistId: 'item', fieldId: 'item', line: 0, value: 201 });
     made.setSublistValue({ sublistId: 'item', fieldId: 'quantity', line: 0, value: 4 });
     const id = made.save();
     const ordered = shown();
     const invoice = record.transform({ fromType: 'salesorder', fromId: id, toType: 'invoice' });
     invoice.setSublistValue({ sublistId: 'item', fieldId: 'quantity', line: 0, value: 1 });
     const invoiced = invoice.save();
     const left = shown();
     record.delete({ type: 'invoice', id: invoiced });
     const again = shown();
     record.delete({ type: 'salesorder', id });
     return [ordered, left, again, shown()];`,
  );
  expect(answer).toEqual([400, 300, 400, 0]);
});
