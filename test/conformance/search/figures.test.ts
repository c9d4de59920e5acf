import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';
import { runCode } from '../../helpers/emulator/run-code';

let box: BlackBox;
beforeAll(async () => {
  box = await openBlackBox();
  await box.control('POST', 'clock', { set: '2026-11-20T18:00:00Z' });
  const open = (id: string, total: number, duedate: string): object => ({
    type: 'invoice',
    id,
    fields: {
      entity: '501',
      trandate: '2026-10-01',
      duedate,
      tranid: `INV${id}`,
      total,
      amountremaining: total,
      postingperiod: '22',
    },
  });
  await box.seed([
    { type: 'customer', id: '501', fields: { companyname: 'Late', subsidiary: '1' } },
    {
      type: 'customer',
      id: '502',
      fields: { companyname: 'Given', subsidiary: '1', overduebalance: 9, daysoverdue: 4 },
    },
    {
      type: 'inventoryitem',
      id: '601',
      fields: { itemid: 'PART', subsidiary: ['1'], quantityonhand: 5, quantityavailable: 5 },
    },
    open('701', 50, '2026-10-31'),
    open('702', 30, '2026-11-25'),
  ]);
});
afterAll(async () => box.close());

const READ = `const read = (id) => { const { overduebalance, daysoverdue } = search.lookupFields({ type: 'customer', id, columns: ['overduebalance', 'daysoverdue'] });
  const loaded = record.load({ type: 'customer', id });
  return [Number(overduebalance), Number(daysoverdue), loaded.getValue('overduebalance'), loaded.getValue('daysoverdue')]; };`;

describe('figures that transactions and days move', () => {
  it('says what a customer owes too late as of today, though nobody saves anything (section_N1220063)', async () => {
    const today = await runCode(
      box,
      'record search',
      `${READ} return [read(501), read(502), search.create({ type: 'invoice', filters: [['mainline', 'is', 'T'], 'AND', ['daysoverdue', 'greaterthan', 0]], columns: ['daysoverdue', 'daysopen', 'postingperiod'] })
         .run().getRange(0, 9).map((row) => [row.getValue('daysoverdue'), row.getValue('daysopen'), row.getText('postingperiod')])];`,
    );
    expect(today).toEqual([[50, 20, 50, 20], [9, 4, 9, 4], [['20', '50', 'Oct 2026']]]);
    await box.control('POST', 'clock', { set: '2026-11-30T18:00:00Z' });
    expect(await runCode(box, 'record search', `${READ} return read(501);`)).toEqual([80, 30, 80, 30]);
    await box.control('POST', 'clock', { set: '2026-11-20T18:00:00Z' });
  });

  it("moves an item's lastquantityavailablechange when stock moves, and not its last-modified date", async () => {
    const answer = await runCode(
      box,
      'record search',
      `const before = search.lookupFields({ type: 'item', id: 601, columns: ['modified', 'lastquantityavailablechange'] });
       const order = record.create({ type: 'salesorder' });
       order.setValue('entity', 501); order.setValue('location', 1); order.setValue('orderstatus', 'B');
       order.setSublistValue('item', 'item', 0, 601); order.setSublistValue('item', 'quantity', 0, 2);
       order.save();
       const after = search.lookupFields({ type: 'item', id: 601, columns: ['modified', 'lastquantityavailablechange', 'quantityavailable', 'quantityonhand', 'quantitycommitted'] });
       const found = search.create({ type: 'item', filters: [['lastquantityavailablechange', 'onorafter', 'today']], columns: ['itemid'] }).run().getRange(0, 9).map((row) => row.getValue('itemid'));
       return [before.lastquantityavailablechange, after.lastquantityavailablechange !== '', after.modified === before.modified, after.quantityavailable, after.quantityonhand, after.quantitycommitted, found];`,
    );
    expect(answer).toEqual(['', true, true, '3', '5', '2', ['PART']]);
  });

  it('takes the exchange rate that is in force on the day of the transaction', async () => {
    await box.seed([
      { type: 'customer', id: '503', fields: { companyname: 'Euro', subsidiary: '1', currency: '3' } },
      {
        type: 'currencyrate',
        id: '90',
        fields: { basecurrency: '1', transactioncurrency: '3', exchangerate: 1.2, effectivedate: '2026-11-15' },
      },
      {
        type: 'currencyrate',
        id: '91',
        fields: { basecurrency: '1', transactioncurrency: '3', exchangerate: 1.3, effectivedate: '2026-12-01' },
      },
    ]);
    const answer = await runCode(
      box,
      'record currency',
      `const on = (day) => { const made = record.create({ type: 'invoice', isDynamic: true, defaultValues: { entity: 503 } }); made.setValue('trandate', day); return made.getValue('exchangerate'); };
       return [on(new Date(2026, 10, 14)), on(new Date(2026, 10, 16)), currency.exchangeRate({ source: 'EUR', target: 'USD', date: new Date(2026, 11, 2) })];`,
    );
    expect(answer).toEqual([1.09, 1.2, 1.3]);
  });

  it('lists ledger accounts by number, name and type, and employees by access', async () => {
    const answer = await runCode(
      box,
      'search',
      `const rows = (type, filters, columns) => search.create({ type, filters, columns }).run().getRange(0, 9);
       return [rows('account', [['type', 'anyof', 'AcctRec'], 'AND', ['isinactive', 'is', 'F']], ['name', 'displayname', 'number', 'type'])
           .map((row) => [row.getValue('name'), row.getValue('displayname'), row.getValue('number'), row.getText('type')]),
         rows('employee', [['access', 'is', 'T']], ['giveaccess']).every((row) => row.getValue('giveaccess') === true)];`,
    );
    expect(answer).toEqual([
      [['1200 Accounts Receivable', 'Accounts Receivable', '1200', 'Accounts Receivable']],
      true,
    ]);
  });
});

it('N/format writes and reads a datetime in the zone that is asked for (section_4388843892)', async () => {
  const answer = await runCode(
    box,
    'format',
    `const timezone = format.Timezone.EUROPE_LONDON, type = format.Type.DATETIME;
     const noon = new Date(Date.UTC(2026, 0, 5, 12));
     return [format.format({ value: noon, type, timezone }), format.parse({ value: '1/5/2026 12:00:00 pm', type, timezone }).toISOString()];`,
  );
  expect(answer).toEqual(['1/5/2026 12:00:00 pm', '2026-01-05T12:00:00.000Z']);
});

it('N/query joins an item to its stock by location', async () => {
  const answer = await runCode(
    box,
    'query',
    `const made = query.create({ type: 'item' });
     const stock = made.autoJoin({ fieldId: 'locations' });
     made.condition = made.createCondition({ fieldId: 'id', operator: query.Operator.ANY_OF, values: [601] });
     made.columns = [made.createColumn({ fieldId: 'itemid' }), stock.createColumn({ fieldId: 'location' })];
     return made.run().asMappedResults();`,
  );
  expect(answer).toEqual([{ itemid: 'PART', location: 1 }]);
});

it('a record is saved with a form of the account only, unless the setting lets any pass (section_4267286323)', async () => {
  const save = `const made = record.create({ type: 'customer' }); made.setValue('companyname', 'Form ' + input.n); made.setValue('subsidiary', 1); made.setValue('customform', 99999);
    try { return typeof made.save(); } catch (e) { return [e.name, e.message]; }`;
  expect(await runCode(box, 'record', save)).toEqual(['INVALID_KEY_OR_REF', 'Invalid customform reference key 99999.']);
  await box.control('POST', 'settings', { settings: { records: { refuseUnknownForms: false } } });
  expect(await runCode(box, 'record', save)).toBe('number');
});
