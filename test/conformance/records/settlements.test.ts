import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';
import { runCode } from '../../helpers/emulator/run-code';
import { fillTradingAccount } from '../scripts/trade-account';

let box: BlackBox;
beforeAll(async () => {
  box = await openBlackBox();
});
beforeEach(() => fillTradingAccount(box));
afterAll(() => box.close());

/** Functions that the bodies below use. */
const TOOLS = `
  const sell = (type, amount, entity = 501) => {
    const made = record.create({ type, isDynamic: true, defaultValues: { entity } });
    made.selectNewLine('item').setCurrentSublistValue('item', 'item', 802).setCurrentSublistValue('item', 'rate', amount).commitLine('item');
    return made.save();
  };
  const status = (type, id) => search.lookupFields({ type, id, columns: 'status' }).status[0].text;
  const tick = (made, list, doc) => made.setSublistValue(list, 'apply', made.findSublistLineWithValue(list, 'doc', String(doc)), true);
  const failing = (work) => { try { work(); return 'none'; } catch (error) { return error.name; } };
`;
const answers = (body: string): Promise<unknown> =>
  runCode(box, 'record search transaction config', `${TOOLS}\n${body}`);

describe('voids', () => {
  it('give back to an order what the voided invoice had billed (section_N563543)', async () => {
    const body = `const order = sell('salesorder', 100);
      const invoice = record.transform({ fromType: 'salesorder', fromId: order, toType: 'invoice' }).save();
      const before = status('salesorder', order);
      transaction.void({ type: 'invoice', id: invoice });
      return [before, status('salesorder', order), status('invoice', invoice)];`;
    expect(await answers(body)).toEqual(['Billed', 'Pending Billing', 'Voided']);
  });

  it('are refused to types without one (section_4483109897)', async () => {
    const body = `return ['purchaseorder', 'opportunity', 'itemreceipt', 'customer'].map((type) => failing(() => transaction.void({ type, id: 501 })));`;
    expect(await answers(body)).toEqual(Array.from({ length: 4 }, () => 'INVALID_RCRD_TYPE'));
  });

  it('leave the amounts alone and post a journal where the preference for reversing journals is on (section_4413165692)', async () => {
    const body = `const page = config.load({ type: 'accountingpreferences' }); page.setValue('REVERSALVOIDING', true); page.save();
      const credit = sell('creditmemo', 40);
      const refund = record.create({ type: 'customerrefund', defaultValues: { entity: 501 } });
      tick(refund, 'apply', credit);
      const id = refund.save();
      const journal = record.load({ type: 'journalentry', id: transaction.void({ type: 'customerrefund', id }) });
      const lines = [0, 1].map((line) => ['debit', 'credit'].map((field) => journal.getSublistValue('line', field, line)));
      return [lines, record.load({ type: 'customerrefund', id }).getValue('total'), status('creditmemo', credit),
        failing(() => transaction.void({ type: 'creditmemo', id: credit }))];`;
    expect(await answers(body)).toEqual([
      [
        [40, ''],
        ['', 40],
      ],
      40,
      'Open',
      'VOIDING_REVERSAL_DISALLWD',
    ]);
  });
});

describe('payments', () => {
  it('keep what they were given beyond what they pay (section_N3193748)', async () => {
    const body = `const invoice = sell('invoice', 30);
      const payment = record.create({ type: 'customerpayment', defaultValues: { entity: 501 } });
      payment.setValue('payment', 100);
      tick(payment, 'apply', invoice);
      const stored = record.load({ type: 'customerpayment', id: payment.save() });
      return ['payment', 'applied', 'unapplied'].map((field) => stored.getValue(field));`;
    expect(await answers(body)).toEqual([100, 30, 70]);
  });

  it('apply a deposit by an application of its own (section_N3194216)', async () => {
    const body = `const made = record.create({ type: 'customerdeposit', defaultValues: { entity: 501 } });
      made.setValue('payment', 20);
      const deposit = made.save();
      const invoice = sell('invoice', 30);
      const payment = record.create({ type: 'customerpayment', defaultValues: { entity: 501 } });
      tick(payment, 'apply', invoice);
      tick(payment, 'deposit', deposit);
      const stored = record.load({ type: 'customerpayment', id: payment.save() });
      const own = search.create({ type: 'depositapplication', filters: [['mainline', 'is', 'T']] }).run().getRange(0, 9).map(({ id }) => record.load({ type: 'depositapplication', id }).getValue('applied'));
      return [stored.getValue('payment'), own, status('invoice', invoice), status('customerdeposit', deposit)];`;
    expect(await answers(body)).toEqual([10, [20], 'Paid In Full', 'Fully Applied']);
  });

  it('keep what they pay from being deleted (section_N563543)', async () => {
    const body = `const invoice = sell('invoice', 30);
      const payment = record.transform({ fromType: 'invoice', fromId: invoice, toType: 'customerpayment' }).save();
      const refused = failing(() => record.delete({ type: 'invoice', id: invoice }));
      record.delete({ type: 'customerpayment', id: payment });
      return [refused, failing(() => record.delete({ type: 'invoice', id: invoice }))];`;
    expect(await answers(body)).toEqual(['THIS_RECORD_CANNOT_BE_DELETED_BECAUSE_IT_HAS_DEPENDENT_RECORDS', 'none']);
  });
});

describe('fulfilments and receipts', () => {
  const OVER = `const order = (type, entity) => {
      const made = record.create({ type, isDynamic: true, defaultValues: { entity } });
      made.setValue('location', 1);
      made.selectNewLine('item').setCurrentSublistValue('item', 'item', 801).setCurrentSublistValue('item', 'quantity', 4).commitLine('item');
      return made.save();
    };
    const move = (fromType, fromId, toType, quantity) => record.transform({ fromType, fromId, toType }).setSublistValue('item', 'quantity', 0, quantity).save();
    const [sale, purchase] = [order('salesorder', 501), order('purchaseorder', 701)];
    move('salesorder', sale, 'itemfulfillment', 3);
    const first = [failing(() => move('salesorder', sale, 'itemfulfillment', 2)), failing(() => move('purchaseorder', purchase, 'itemreceipt', 5))];`;

  it('are for no more than an order has left (bridgehead_N1225860, bridgehead_N2414561)', async () => {
    const body = `${OVER} return [...first, failing(() => move('salesorder', sale, 'itemfulfillment', 1)), failing(() => move('purchaseorder', purchase, 'itemreceipt', 4))];`;
    expect(await answers(body)).toEqual(['USER_ERROR', 'USER_ERROR', 'none', 'none']);
  });

  it('may be for more where the account allows overages (bridgehead_N1225860)', async () => {
    await box.control('POST', 'settings', { settings: { records: { allowOverage: true } } });
    expect(await answers(`${OVER} return first;`)).toEqual(['none', 'none']);
  });

  it('keep the lines that were ticked on their form', async () => {
    const body = `const made = record.create({ type: 'salesorder', isDynamic: true, defaultValues: { entity: 501 } });
      made.setValue('location', 1);
      [801, 804].forEach((item) => made.selectNewLine('item').setCurrentSublistValue('item', 'item', item).commitLine('item'));
      const ship = record.transform({ fromType: 'salesorder', fromId: made.save(), toType: 'itemfulfillment' });
      const id = ship.setSublistValue('item', 'itemreceive', 0, false).save();
      const stored = record.load({ type: 'itemfulfillment', id });
      return [stored.getLineCount('item'), stored.getSublistValue('item', 'item', 0)];`;
    expect(await answers(body)).toEqual([1, '804']);
  });
});

describe('journals', () => {
  it('with a reversal date have an exact opposite that follows their changes and goes with them (section_N1471552)', async () => {
    const body = `const made = record.create({ type: 'journalentry' });
      made.setValue('subsidiary', 1).setValue('trandate', new Date(2026, 10, 30)).setValue('reversaldate', new Date(2026, 11, 1));
      [[1, 'debit'], [8, 'credit']].forEach(([account, side], line) => { made.setSublistValue('line', 'account', line, account); made.setSublistValue('line', side, line, 7); });
      const id = made.save();
      const opposite = () => search.create({ type: 'journalentry', filters: [['createdfrom', 'anyof', id]] }).run().getRange(0, 9).map((row) => row.id).filter((each, index, all) => all.indexOf(each) === index)
        .map((each) => record.load({ type: 'journalentry', id: each })).map((each) => [each.getText('trandate'), each.getSublistValue('line', 'credit', 0), each.getSublistValue('line', 'debit', 1)]);
      const first = opposite();
      const edited = record.load({ type: 'journalentry', id });
      edited.setSublistValue('line', 'debit', 0, 9).setSublistValue('line', 'credit', 1, 9).save();
      const second = opposite();
      record.delete({ type: 'journalentry', id });
      return [first, second, opposite()];`;
    expect(await answers(body)).toEqual([[['12/1/2026', 7, 7]], [['12/1/2026', 9, 9]], []]);
  });
});
