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

const stored = (type: string, id: number): Record<string, unknown> =>
  script.account.store.get(type, String(id))!.fields;

describe('transactions in a foreign currency', () => {
  it('sell at the price in that currency, else at the base price converted at their exchange rate (section_N2183023)', () => {
    const lines = [500, 501, 502].map((item) => ({ item, quantity: 2 }));
    const id = saveOrder(script.record, lines, { currency: 3, exchangerate: 1.25 });
    const order = script.record.load({ type: 'salesorder', id });
    expect(columns(order, ['item', 'rate', 'amount'])).toEqual([
      ['500', 8, 16],
      ['501', 2, 4],
      ['502', 26.67, 53.34],
    ]);
  });

  it('settle documents in their own currency only (bridgehead_N1398658)', () => {
    const { record } = script;
    const bill = (rate: number, fields = {}): number =>
      saveOrder(record, [{ item: 502, quantity: 1, rate }], fields, 'invoice');
    const [dollars, euros] = [bill(100), bill(50, { currency: 3 })];
    const offered = (made: RecordObject): unknown[][] => columns(made, ['doc', 'due'], 'apply');
    expect(offered(record.create({ type: 'customerpayment', defaultValues: { customer: 100 } }))).toEqual([
      [String(dollars), 100],
    ]);
    const payment = record.create({ type: 'customerpayment', isDynamic: true, defaultValues: { customer: 100 } });
    payment.setValue('currency', 3);
    expect(offered(payment)).toEqual([[String(euros), 50]]);
    const paid = record.transform({ fromType: 'invoice', fromId: euros, toType: 'customerpayment' });
    expect(offered(paid)).toEqual([[String(euros), 50]]);
    paid.save();
    expect([stored('invoice', euros).status, stored('invoice', dollars).status]).toEqual(['Paid In Full', 'Open']);
  });

  it('keep their currency once they are saved (bridgehead_N1398658)', () => {
    const { record } = script;
    const id = saveOrder(record, [{ item: 502, quantity: 1, rate: 50 }]);
    const order = record.load({ type: 'salesorder', id });
    expect(errorName(() => order.setValue('currency', 3).save())).toBe('USER_ERROR');
    expect(errorName(() => record.submitFields({ type: 'salesorder', id, values: { currency: 3 } }))).toBe(
      'USER_ERROR',
    );
    expect(record.load({ type: 'salesorder', id }).setValue('currency', 1).setValue('memo', 'same').save()).toBe(id);
    expect(stored('salesorder', id)).toMatchObject({ currency: '1', exchangerate: 1, total: 50, memo: 'same' });
  });
});
