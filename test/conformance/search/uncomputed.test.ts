import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';
import { runCode } from '../../helpers/emulator/run-code';

let box: BlackBox;
beforeAll(async () => {
  box = await openBlackBox();
  await box.control('POST', 'clock', { set: '2026-11-20T18:00:00Z' });
  const customer = (id: string, more: object): object => ({
    type: 'customer',
    id,
    fields: { companyname: `C${id}`, subsidiary: '1', ...more },
  });
  const open = (id: string, entity: string, amount: number, duedate: string): object => ({
    type: 'invoice',
    id,
    fields: { entity, trandate: '2026-10-01', duedate, total: amount, amountremaining: amount },
  });
  await box.seed([
    customer('501', { depositbalance: 5 }),
    customer('502', { parent: '501', unbilledorders: 7, dateclosed: '2026-03-04' }),
    customer('503', { parent: '502' }),
    customer('504', {}),
    { type: 'department', id: '30', fields: { name: 'Service' } },
    { type: 'department', id: '31', fields: { name: 'Field', parent: '30' } },
    { type: 'employee', id: '601', fields: { firstname: 'Ann', department: '31', subsidiary: '1' } },
    { type: 'serviceitem', id: '801', fields: { itemid: 'HOUR', department: '31' } },
    { type: 'salesorder', id: '901', fields: { entity: '504', department: '31' } },
    open('701', '501', 50, '2026-10-31'),
    open('702', '503', 30, '2026-10-21'),
    open('703', '503', 20, '2026-12-25'),
  ]);
});
afterAll(async () => box.close());

const TRY = `const named = (run) => { try { return run(); } catch (e) { return [e.name, e.message.split(' ')[0]]; } };
  const columns = (type, id, ...names) => search.lookupFields({ type, id, columns: names });`;

describe('what an account works out', () => {
  it('is the whole hierarchy for consolidated figures, whichever of its customers is asked (bridgehead_N1288603)', async () => {
    const names = `'consolbalance', 'consoloverduebalance', 'consoldaysoverdue', 'consoldepositbalance', 'consolunbilledorders'`;
    const body = `${TRY} return [501, 502, 503, 504].map((id) => Object.values(columns('customer', id, ${names})).map(Number));`;
    const whole = [100, 80, 30, 5, 7];
    expect(await runCode(box, 'search', body)).toEqual([whole, whole, whole, [0, 0, 0, 0, 0]]);
    const loaded = `const made = record.load({ type: 'customer', id: 502 }); return [${names}].map((fieldId) => made.getValue({ fieldId }));`;
    expect(await runCode(box, 'record', loaded)).toEqual(whole);
  });

  it('is never answered empty where this emulator does not work it out: columns, filters, joins, formulas and SuiteQL throw by name', async () => {
    const body = `${TRY} return [
      named(() => columns('customer', 501, 'dateclosed')), named(() => columns('invoice', 701, 'amountunbilled')), named(() => columns('invoice', 701, 'customer.lastviewed')),
      named(() => search.create({ type: 'customer', filters: [['boughtdate', 'onorafter', 'today']] }).run().getRange(0, 9)),
      named(() => search.create({ type: 'invoice', columns: [search.createColumn({ name: 'formulanumeric', formula: '{cogsamount} * 2' })] }).run().getRange(0, 9)),
      named(() => query.runSuiteQL({ query: 'SELECT effectiverate FROM transaction' }).results)];`;
    const thrown = ['customer.dateclosed', 'transaction.amountunbilled', 'customer.lastviewed', 'customer.boughtdate'];
    expect(await runCode(box, 'search query', body)).toEqual(
      [...thrown, 'transaction.cogsamount', 'transaction.effectiverate'].map((what) => ['EMULATOR_UNSUPPORTED', what]),
    );
  });

  it('is read where the record was given it; an asterisk leaves the rest out', async () => {
    const body = `${TRY} return [columns('customer', 502, 'dateclosed').dateclosed !== '',
      query.runSuiteQL({ query: 'SELECT * FROM transaction' }).asMappedResults().length];`;
    expect(await runCode(box, 'search query', body)).toEqual([true, 4]);
  });

  it('includes a segment under its other name, without its levels', async () => {
    const body = `${TRY} return [['employee', 601], ['item', 801], ['salesorder', 901]].map(([type, id]) => columns(type, id, 'departmentnohierarchy').departmentnohierarchy[0].text);`;
    expect(await runCode(box, 'search', body)).toEqual(['Field', 'Field', 'Field']);
  });

  it('tells of a line of an order whether all of it was shipped', async () => {
    const line = (item: string, quantity: number, quantityfulfilled: number): object => ({
      item,
      quantity,
      quantityfulfilled,
    });
    await box.seed([
      { type: 'inventoryitem', id: '810', fields: { itemid: 'BOX' } },
      {
        type: 'salesorder',
        id: '910',
        fields: { entity: '504' },
        sublists: { item: [line('810', 4, 4), line('810', 5, 2)] },
      },
    ]);
    const body = `${TRY}
      const lines = (wanted) => search.create({ type: 'salesorder', filters: [['internalid', 'anyof', 910], 'and', ['mainline', 'is', 'F'],
        'and', ['shiprecvstatusline', 'is', wanted]], columns: ['quantity', 'shiprecvstatusline'] }).run().getRange(0, 9)
        .map((row) => [row.getValue('quantity'), row.getValue('shiprecvstatusline')]);
      return [lines('T'), lines('F')];`;
    expect(await runCode(box, 'search', body)).toEqual([[['4', true]], [['5', false]]]);
  });
});
