import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';
import { runCode } from '../../helpers/emulator/run-code';
import { deployFile, unitsOf } from './deploy-file';
import { fillTradingAccount } from './trade-account';

let box: BlackBox;
beforeAll(async () => {
  box = await openBlackBox();
});
beforeEach(() => fillTradingAccount(box));
afterAll(() => box.close());

const deploy = (name: string, recordType?: string): Promise<string> =>
  deployFile(box, name, { folder: 'trade', ...(recordType === undefined ? {} : { recordType }) });

/** Functions that the bodies below use. */
const TOOLS = `
  const make = (type, entity, lines) => {
    const made = record.create({ type, isDynamic: true, defaultValues: { entity } });
    made.setValue('location', 1);
    lines.forEach(([item, quantity]) => {
      made.selectNewLine('item').setCurrentSublistValue('item', 'item', item).setCurrentSublistValue('item', 'quantity', quantity).commitLine('item');
    });
    return made.save();
  };
  const status = (type, id) => search.lookupFields({ type, id, columns: 'status' }).status[0].text;
`;
const answers = (body: string): Promise<unknown> => runCode(box, 'record search', `${TOOLS}\n${body}`);
const run = (name: string): Promise<Record<string, unknown>> =>
  box.control('POST', `scripts/customscript_${name}/customdeploy_${name}/run`, { wait: true }) as Promise<
    Record<string, unknown>
  >;
const logsOf = async (scriptId: string): Promise<string[]> => {
  const rows = (await box.control('GET', `executions?scriptId=${scriptId}`)) as {
    logs: { title: string; details: string }[];
  }[];
  return rows.flatMap(({ logs }) => logs.map(({ title, details }) => `${title}: ${details}`));
};

describe('User Events of a trading company (section_N563543)', () => {
  it('bill what was shipped, line by line, as it ships: 1 + 10 + 20 units', async () => {
    const script = await deploy('ue_bill_shipped', 'itemfulfillment');
    const body = `const order = make('salesorder', 501, [[801, 4], [804, 2]]);
      const ship = record.transform({ fromType: 'salesorder', fromId: order, toType: 'itemfulfillment' });
      ship.setSublistValue('item', 'quantity', 0, 3).setSublistValue('item', 'itemreceive', 1, false).setValue('shipstatus', 'A');
      const id = ship.save();
      const shipped = record.load({ type: 'itemfulfillment', id });
      shipped.setValue('shipstatus', 'C').save();
      const rows = search.create({ type: 'invoice', filters: [['mainline', 'is', 'T']], columns: ['amount', 'createdfrom'] }).run().getRange(0, 9);
      return [rows.map((row) => [row.getValue('amount'), row.getValue('createdfrom') === String(order)]), status('salesorder', order)];`;
    expect(await answers(body)).toEqual([[['75.00', true]], 'Partially Fulfilled']);
    expect(await logsOf(script)).toEqual(['Pending Billing/Partially Fulfilled: invoice true edit']);
    expect(await unitsOf(box, script)).toEqual([0, 31]);
  });

  it('refuse a bill for more than was received', async () => {
    await deploy('ue_three_way_match', 'vendorbill');
    const body = `const order = make('purchaseorder', 701, [[801, 5]]);
      const receipt = record.transform({ fromType: 'purchaseorder', fromId: order, toType: 'itemreceipt' });
      receipt.setSublistValue('item', 'quantity', 0, 2).save();
      const bill = () => record.transform({ fromType: 'purchaseorder', fromId: order, toType: 'vendorbill' });
      let refused;
      try { bill().save(); } catch (error) { refused = [error.name, error.message]; }
      const part = bill();
      part.setSublistValue('item', 'quantity', 0, 2);
      return [refused, typeof part.save(), status('purchaseorder', order)];`;
    expect(await answers(body)).toEqual([
      ['NOT_RECEIVED', 'Line 1: billed 5, received 2'],
      'number',
      'Partially Received',
    ]);
  });

  it('tell which lines of an order an edit has changed', async () => {
    const script = await deploy('ue_line_audit', 'salesorder');
    const body = `const id = make('salesorder', 501, [[801, 4], [804, 2], [802, 1]]);
      const order = record.load({ type: 'salesorder', id, isDynamic: true });
      order.removeLine({ sublistId: 'item', line: 1 });
      order.selectLine('item', 0).setCurrentSublistValue('item', 'quantity', 6).commitLine('item');
      order.selectNewLine('item').setCurrentSublistValue('item', 'item', 820).commitLine('item');
      return order.save() === id;`;
    expect(await answers(body)).toBe(true);
    expect(await logsOf(script)).toEqual(['lines: WIDGET 4>6 100>150; - MISC; + KIT 1', 'total: 225>310']);
  });

  it('note on a payment what it pays, and on the invoices who paid', async () => {
    await deploy('ue_payment_memo', 'customerpayment');
    const body = `const invoices = [make('invoice', 501, [[804, 2]]), make('invoice', 501, [[804, 4]]), make('invoice', 501, [[804, 6]])];
      const payment = record.create({ type: 'customerpayment', isDynamic: true, defaultValues: { entity: 501 } });
      [0, 2].forEach((index) => {
        payment.selectLine('apply', payment.findSublistLineWithValue('apply', 'doc', String(invoices[index])));
        payment.setCurrentSublistValue('apply', 'apply', true).commitLine('apply');
      });
      const id = payment.save();
      return [record.load({ type: 'customerpayment', id }).getValue('memo'), invoices.map((each) => record.load({ type: 'invoice', id: each }).getValue('memo') === 'paid by ' + id)];`;
    expect(await answers(body)).toEqual(['INV1001: 25, INV1003: 75', [true, false, true]]);
  });
});

describe('jobs of a trading company (section_157072844224)', () => {
  const ORDERS = `const orders = [make('salesorder', 501, [[804, 2]]), make('salesorder', 502, [[804, 4]]), make('salesorder', 501, [[801, 1]])];`;

  it('ship all open orders by customer, then bill what is shipped: 30 units an invoice', async () => {
    expect(await answers(`${ORDERS} return orders.length;`)).toBe(3);
    const shipping = await deploy('mr_ship_by_customer');
    expect(await run('mr_ship_by_customer')).toMatchObject({
      state: 'COMPLETE',
      map: { invocations: 3 },
      reduce: { invocations: 2 },
    });
    expect(await logsOf(shipping)).toEqual(['shipped: {"501":2,"502":1}']);
    const billing = await deploy('ss_bill_orders');
    expect(await run('ss_bill_orders')).toEqual({ state: 'COMPLETE', units: 10 + 3 * 30 });
    expect(await logsOf(billing)).toEqual(['billed: 3 of 3']);
    const left = `return search.create({ type: 'salesorder', filters: [['mainline', 'is', 'T'], 'AND', ['status', 'noneof', 'SalesOrd:G']] }).runPaged().count;`;
    expect(await answers(left)).toBe(0);
  });

  it('pay invoices at a desk: the oldest first', async () => {
    await deploy('sl_invoice_desk');
    await answers(`return [make('invoice', 502, [[804, 2]]), make('invoice', 502, [[804, 4]])];`);
    const url = `${box.url}/app/site/hosting/scriptlet.nl?script=customscript_sl_invoice_desk&deploy=customdeploy_sl_invoice_desk`;
    const open = async (init?: RequestInit, query = '&customer=502'): Promise<number[]> => {
      const rows = (await (await fetch(`${url}${query}`, init)).json()) as { left: number }[];
      return rows.map(({ left }) => left);
    };
    expect(await open()).toEqual([25, 50]);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(await open({ method: 'POST', headers, body: 'customer=502&amount=40' }, '')).toEqual([35]);
  });
});
