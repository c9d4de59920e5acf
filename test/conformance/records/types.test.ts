import {
  errorMessage,
  openRecordScript,
  type RecordObject,
  type RecordScript,
} from '../../helpers/emulator/record-script';
import { columns, saveOrder, seedShop, type Line } from './fixtures';

let script: RecordScript;
beforeEach(async () => {
  script = await openRecordScript();
  seedShop(script);
});
afterEach(() => script.close());

const make = (type: string, values: Line, lists: Record<string, Line[]> = {}): RecordObject => {
  const made = script.record.create({ type });
  for (const [fieldId, value] of Object.entries(values)) made.setValue({ fieldId, value });
  for (const [sublistId, lines] of Object.entries(lists)) {
    lines.forEach((line, index) => {
      for (const [fieldId, value] of Object.entries(line))
        made.setSublistValue({ sublistId, fieldId, line: index, value });
    });
  }
  return made;
};
const saved = (type: string, values: Line, lists: Record<string, Line[]> = {}): RecordObject => {
  const id = make(type, values, lists).save();
  return script.record.load({ type, id });
};

describe('record types that integrations and scripts touch', () => {
  it.each<[string, Line, Record<string, Line[]>?]>([
    ['employee', { firstname: 'E', lastname: 'M', subsidiary: 1, email: 'e@m.example' }],
    ['vendor', { companyname: 'V', subsidiary: 1 }],
    ['partner', { companyname: 'P', subsidiary: 1 }],
    ['prospect', { companyname: 'Pr', subsidiary: 1 }],
    ['job', { companyname: 'Project', parent: 100 }],
    ['opportunity', { entity: 100, title: 'T', probability: 20 }],
    ['supportcase', { title: 'Broken', company: 100 }],
    ['task', { title: 'Call back', company: 100 }],
    ['phonecall', { title: 'Call', phone: '1' }],
    ['calendarevent', { title: 'Meet', startdate: new Date(2026, 5, 1) }],
    ['note', { title: 'N', note: 'text', entity: 100 }],
    ['message', { subject: 'S', message: 'm', entity: 100 }],
    ['folder', { name: 'F' }],
    ['subsidiary', { name: 'New', currency: 1, country: 'US' }],
    ['department', { name: 'D' }],
    ['classification', { name: 'C' }],
    ['location', { name: 'L', subsidiary: 1 }],
    ['term', { name: 'Net 7', daysuntilnetdue: 7 }],
    ['pricelevel', { name: 'VIP', discountpct: -20 }],
    ['currency', { name: 'Peso', symbol: 'MXN', exchangerate: 0.05 }],
    ['account', { acctname: 'Petty Cash', acctnumber: '1001', accttype: 'Bank' }],
    ['customercategory', { name: 'Gold' }],
    ['inventoryitem', { itemid: 'I1', cogsaccount: 10, assetaccount: 3, taxschedule: 1 }],
    ['noninventoryitem', { itemid: 'N1' }],
    ['noninventorysaleitem', { itemid: 'N2', incomeaccount: 8 }],
    ['serviceitem', { itemid: 'S1' }],
    ['otherchargeitem', { itemid: 'O1' }],
    ['discountitem', { itemid: 'D1', rate: '-5%' }],
    ['assemblyitem', { itemid: 'A1' }, { member: [{ item: 500, quantity: 2 }] }],
    ['kititem', { itemid: 'K1' }, { member: [{ item: 500, quantity: 2 }] }],
    ['purchaseorder', { entity: 200 }, { item: [{ item: 500, quantity: 1 }] }],
    ['vendorbill', { entity: 200, tranid: 'V-1' }, { expense: [{ account: 11, amount: 12.34 }] }],
    ['cashsale', { entity: 100 }, { item: [{ item: 501, quantity: 1 }] }],
    ['creditmemo', { entity: 100 }, { item: [{ item: 501, quantity: 1 }] }],
    ['returnauthorization', { entity: 100 }, { item: [{ item: 501, quantity: 1 }] }],
    ['customerdeposit', { customer: 100, payment: 50 }],
    ['expensereport', { entity: 2 }, { expense: [{ amount: 5, memo: 'taxi' }] }],
    ['transferorder', { location: 1, transferlocation: 2, subsidiary: 1 }, { item: [{ item: 500, quantity: 1 }] }],
    [
      'inventoryadjustment',
      { account: 12, adjlocation: 1, subsidiary: 1 },
      { inventory: [{ item: 500, adjustqtyby: 7, location: 1 }] },
    ],
  ])('%s is created, saved and read back with what was set', (type, values, lists = {}) => {
    const record = saved(type, values, lists);
    expect(record.type).toBe(type);
    for (const [id, value] of Object.entries(values)) {
      const read = record.getValue(id);
      expect([id, value instanceof Date ? read : String(read)]).toEqual([
        id,
        value instanceof Date ? value : String(value),
      ]);
    }
    for (const [sublist, lines] of Object.entries(lists)) {
      expect(columns(record, Object.keys(lines[0]!), sublist).flat().map(String)).toEqual(
        Object.values(lines[0]!).map(String),
      );
    }
  });

  it('journal entries balance or are refused', () => {
    const lines = (credit: number) => ({
      line: [
        { account: 1, debit: 100 },
        { account: 8, credit },
      ],
    });
    const journal = saved('journalentry', { subsidiary: 1, memo: 'j' }, lines(100));
    expect(columns(journal, ['account', 'debit', 'credit', 'line'], 'line')).toEqual([
      ['1', 100, '', 1],
      ['8', '', 100, 2],
    ]);
    expect(journal.getValue('tranid')).toBe('JE1001');
    expect(errorMessage(() => make('journalentry', { subsidiary: 1 }, lines(99)).save())).toContain('balance');
  });

  it('an inventory adjustment moves stock in total and at its location', () => {
    saved(
      'inventoryadjustment',
      { account: 12, subsidiary: 1 },
      { inventory: [{ item: 500, adjustqtyby: -30, location: 1 }] },
    );
    const item = script.record.load({ type: 'inventoryitem', id: 500 });
    expect([item.getValue('quantityonhand'), item.getValue('quantityavailable')]).toEqual([70, 70]);
    expect(columns(item, ['location', 'quantityonhand'], 'locations').slice(0, 2)).toEqual([
      ['1', -30],
      ['2', ''],
    ]);
  });

  it('stock and balances that move between a load and its save are neither lost nor a conflict', () => {
    const { record, account } = script;
    const item = record.load({ type: 'inventoryitem', id: 500 });
    const customer = record.load({ type: 'customer', id: 100 });
    saved('invoice', { entity: 100 }, { item: [{ item: 500, quantity: 3, location: 1 }] });
    item.setValue('displayname', 'Renamed').save();
    customer.setValue('phone', '5').save();
    const after = account.store.get('inventoryitem', '500')!;
    expect(after.fields).toMatchObject({ displayname: 'Renamed', quantityonhand: 97, quantityavailable: 97 });
    expect(after.sublists.locations!.map(({ fields }) => [fields.location, fields.quantityonhand])).toEqual([
      ['1', -3],
    ]);
    expect(account.store.get('customer', '100')!.fields).toMatchObject({ phone: '5', balance: 30 });
  });

  it('a deposit on an order is kept apart from the balance', () => {
    const order = saveOrder(script.record, [{ item: 500, quantity: 1 }]);
    const deposit = script.record.transform({ fromType: 'salesorder', fromId: order, toType: 'customerdeposit' });
    expect([deposit.getValue('customer'), deposit.getValue('payment')]).toEqual(['100', 10]);
    deposit.save();
    expect(script.account.store.get('customer', '100')!.fields).toMatchObject({ depositbalance: 10, balance: 0 });
  });

  it('an invoice gets its due date from the terms', () => {
    const invoice = saved(
      'invoice',
      { entity: 100, trandate: new Date(2026, 0, 15) },
      { item: [{ item: 501, quantity: 2 }] },
    );
    expect(invoice.getText('duedate')).toBe('2/14/2026');
    expect([invoice.getValue('amountremaining'), invoice.getValue('status')]).toEqual([5, 'Open']);
  });

  it('a closed sales order line no longer counts, and closing all closes the order', () => {
    const id = saveOrder(script.record, [{ item: 500, quantity: 1 }]);
    const order = script.record.load({ type: 'salesorder', id });
    order.setSublistValue({ sublistId: 'item', fieldId: 'isclosed', line: 0, value: true });
    order.save();
    expect(script.record.load({ type: 'salesorder', id }).getValue('status')).toBe('Closed');
  });
});
