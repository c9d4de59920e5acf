import {
  errorMessage,
  openRecordScript,
  type RecordObject,
  type RecordScript,
} from '../../helpers/emulator/record-script';
import { saveOrder, seedShop } from './fixtures';

let script: RecordScript;
beforeEach(async () => {
  script = await openRecordScript();
  seedShop(script);
});
afterEach(() => script.close());

const stored = (type: string, id: number): Record<string, unknown> =>
  script.account.store.get(type, String(id))!.fields;
const invoiceOf = (quantity: number): number =>
  saveOrder(script.record, [{ item: 501, quantity, rate: 10 }], {}, 'invoice');
const creditOf = (invoice: number, isDynamic = false): RecordObject =>
  script.record.transform({ fromType: 'invoice', fromId: invoice, toType: 'creditmemo', isDynamic });
const first = (fieldId: string, value: unknown): object => ({ sublistId: 'item', fieldId, line: 0, value });

describe('a credit memo for a part of an invoice (section_N1312521)', () => {
  it('takes off the invoice what it comes to', () => {
    const invoice = invoiceOf(4);
    const credit = creditOf(invoice).setSublistValue(first('quantity', 1)).save();
    expect(stored('creditmemo', credit)).toMatchObject({ total: 10, applied: 10, unapplied: 0 });
    expect(stored('invoice', invoice)).toMatchObject({ amountremaining: 30, status: 'Open' });
    expect(stored('customer', 100)).toMatchObject({ balance: 30 });
  });

  it('does so line by line in dynamic mode, and grows again', () => {
    const credit = creditOf(invoiceOf(4), true);
    const applied = (): unknown => credit.getSublistValue({ sublistId: 'apply', fieldId: 'amount', line: 0 });
    const set = (quantity: number): void => {
      credit.selectLine({ sublistId: 'item', line: 0 });
      credit.setCurrentSublistValue({ sublistId: 'item', fieldId: 'quantity', value: quantity });
      credit.commitLine({ sublistId: 'item' });
    };
    const seen = [applied()];
    for (const quantity of [1, 3]) {
      set(quantity);
      seen.push(applied());
    }
    expect(seen).toEqual([40, 10, 30]);
  });

  it('leaves unapplied what the invoice does not owe any more, and what a script holds back', () => {
    const invoice = invoiceOf(4);
    const paid = script.record.transform({ fromType: 'invoice', fromId: invoice, toType: 'customerpayment' });
    paid.setValue('payment', 35).save();
    expect(stored('creditmemo', creditOf(invoice).save())).toMatchObject({ total: 40, applied: 5, unapplied: 35 });
    const held = creditOf(invoiceOf(2)).setSublistValue({ sublistId: 'apply', fieldId: 'amount', line: 0, value: 6 });
    expect(stored('creditmemo', held.save())).toMatchObject({ total: 20, applied: 6, unapplied: 14 });
  });

  it('is refused where a script applies more than it comes to', () => {
    const credit = creditOf(invoiceOf(4)).setSublistValue(first('quantity', 1));
    credit.setSublistValue({ sublistId: 'apply', fieldId: 'amount', line: 0, value: 25 });
    expect(errorMessage(() => credit.save())).toBe('The applied amounts are more than the credit.');
  });

  it('gives back to the invoice what a smaller credit takes off it', () => {
    const invoice = invoiceOf(4);
    const id = creditOf(invoice).save();
    script.record.load({ type: 'creditmemo', id }).setSublistValue(first('quantity', 3)).save();
    expect(stored('creditmemo', id)).toMatchObject({ total: 30, applied: 30, unapplied: 0 });
    expect(stored('invoice', invoice)).toMatchObject({ amountremaining: 10, status: 'Open' });
  });
});

describe('the default address of a customer', () => {
  it('reads as it is after an edit, however often the record was saved before', () => {
    script.record.load({ type: 'customer', id: 100 }).setValue('comments', 'seen').save();
    const customer = script.record.load({ type: 'customer', id: 100 });
    customer.getSublistSubrecord('addressbook', 'addressbookaddress', 0).setValue('city', 'Sparks');
    customer.save();
    expect(script.record.load({ type: 'customer', id: 100 }).getValue('defaultaddress')).toContain('Sparks NV');
  });
});
