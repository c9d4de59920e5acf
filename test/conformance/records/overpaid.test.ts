import {
  errorName,
  openRecordScript,
  type RecordObject,
  type RecordScript,
} from '../../helpers/emulator/record-script';
import { columns, saveOrder, seedShop } from './fixtures';

let script: RecordScript;
beforeEach(async () => {
  script = await openRecordScript();
  seedShop(script);
});
afterEach(() => script.close());

const bill = (rate: number): number => saveOrder(script.record, [{ item: 502, quantity: 1, rate }], {}, 'invoice');
const stored = (type: string, id: number): Record<string, unknown> =>
  script.account.store.get(type, String(id))!.fields;
const apply = (payment: RecordObject, invoice: number, amount: number): RecordObject => {
  const line = columns(payment, ['doc'], 'apply').findIndex(([doc]) => doc === String(invoice));
  payment.setSublistValue({ sublistId: 'apply', fieldId: 'apply', line, value: true });
  return payment.setSublistValue({ sublistId: 'apply', fieldId: 'amount', line, value: amount });
};
const newPayment = (): RecordObject =>
  script.record.create({ type: 'customerpayment', defaultValues: { customer: 100 } });

describe('a payment (section_N1288824)', () => {
  it('gives an invoice no more than it has open', () => {
    const id = bill(40);
    expect(errorName(() => apply(newPayment(), id, 70).save())).toBe('USER_ERROR');
    expect(stored('invoice', id)).toMatchObject({ amountremaining: 40, status: 'Open' });
    const [first, second] = [apply(newPayment(), id, 30), apply(newPayment(), id, 30)];
    first.save();
    expect(errorName(() => second.save())).toBe('USER_ERROR');
    expect(stored('invoice', id).amountremaining).toBe(10);
  });

  it('applies no more than its amount and its credits hold', () => {
    const id = bill(40);
    const payment = newPayment();
    payment.setValue('payment', 10);
    expect(errorName(() => apply(payment, id, 40).save())).toBe('USER_ERROR');
    const saved = apply(newPayment().setValue('payment', 50), id, 40).save();
    expect(stored('customerpayment', saved)).toMatchObject({ payment: 50, applied: 40, unapplied: 10 });
    const again = script.record.load({ type: 'customerpayment', id: saved });
    again.setValue('memo', 'same');
    expect(again.save()).toBe(saved);
    const lower = script.record.load({ type: 'customerpayment', id: saved });
    expect(errorName(() => lower.setValue('payment', 30).save())).toBe('USER_ERROR');
  });
});
