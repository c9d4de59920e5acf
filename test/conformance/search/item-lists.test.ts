import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';
import { runCode } from '../../helpers/emulator/run-code';

let box: BlackBox;
beforeAll(async () => {
  box = await openBlackBox();
  const vendor = (id: string, companyname: string): object => ({
    type: 'vendor',
    id,
    fields: { companyname, subsidiary: '1' },
  });
  await box.seed([
    vendor('701', 'Mill'),
    vendor('702', 'Forge'),
    { type: 'currency', id: '40', fields: { name: 'Krona', symbol: 'SEK', exchangerate: 0.1 } },
    {
      type: 'inventoryitem',
      id: '801',
      fields: { itemid: 'BOLT', displayname: 'A bolt', subsidiary: ['1'] },
      sublists: {
        itemvendor: [
          { vendor: '701', vendorcode: 'M-1', purchaseprice: 2.5, preferredvendor: true },
          { vendor: '702', vendorcode: 'F-1', purchaseprice: 3 },
        ],
      },
    },
    { type: 'noninventoryitem', id: '802', fields: { itemid: 'GLUE', subsidiary: ['1'] } },
    {
      type: 'kititem',
      id: '803',
      fields: { itemid: 'SET', subsidiary: ['1'] },
      sublists: {
        member: [
          { item: '801', quantity: 4 },
          { item: '802', quantity: 1 },
        ],
      },
    },
    {
      type: 'inventoryitem',
      id: '804',
      fields: { itemid: 'NUT', subsidiary: ['1'] },
      sublists: { itemvendor: [{ vendor: '702', purchaseprice: 9, vendorcurrency: '40' }] },
    },
  ]);
});
afterAll(async () => box.close());

const run = (body: string): Promise<unknown> => runCode(box, 'search query', body);

describe('lists of an item in searches', () => {
  it('give a row for each member, and join what the member says', async () => {
    const answer = await run(`
      const text = (row, column) => row.getText(column) || row.getValue(column);
      const columns = ['itemid', 'memberitem', 'memberquantity', search.createColumn({ name: 'displayname', join: 'memberItem' }), search.createColumn({ name: 'type', join: 'memberItem' })];
      const rows = search.create({ type: 'item', filters: [['internalid', 'anyof', 803]], columns }).run().getRange(0, 9);
      const without = search.create({ type: 'item', filters: [['internalid', 'anyof', 803]], columns: ['itemid'] }).run().getRange(0, 9).length;
      const holding = search.create({ type: 'kititem', filters: [['memberitem', 'anyof', 802]] }).run().getRange(0, 9).map((row) => row.id);
      return [rows.map((row) => columns.map((column) => text(row, column))), rows[0].getValue('memberitem'), without, holding];`);
    expect(answer).toEqual([
      [
        ['SET', 'BOLT', '4', 'A bolt', 'Inventory Item'],
        ['SET', 'GLUE', '1', '', 'Non-inventory Item'],
      ],
      '801',
      1,
      ['803'],
    ]);
  });

  it('give a row for each vendor with its code and price, but no price in the currency of the account that only another currency has', async () => {
    const answer = await run(`
      const rows = search.create({ type: 'item', filters: [['othervendor', 'anyof', 701, 702], 'AND', ['internalid', 'anyof', 801]], columns: ['othervendor', 'vendorcode', 'vendorcost'] }).run().getRange(0, 9)
        .map((row) => [row.getText('othervendor'), row.getValue('vendorcode'), row.getValue('vendorcost')]);
      const foreign = search.create({ type: 'item', filters: [['internalid', 'anyof', 804]], columns: ['vendorcostentered', 'vendorpricecurrency'] }).run().getRange(0, 9)
        .map((row) => [row.getValue('vendorcostentered'), row.getText('vendorpricecurrency')]);
      let refused; try { search.lookupFields({ type: 'item', id: 804, columns: ['vendorcost'] }); } catch (e) { refused = /vendorcost/.test(e.message); }
      return [rows, foreign, refused, search.create({ type: 'item', filters: [['internalid', 'anyof', 802]], columns: ['vendorcost'] }).run().getRange(0, 9).map((row) => row.getValue('vendorcost'))];`);
    expect(answer).toEqual([
      [
        ['Mill', 'M-1', '2.50'],
        ['Forge', 'F-1', '3.00'],
      ],
      [['9.00', 'Krona']],
      true,
      [''],
    ]);
  });

  it('are tables of their own in SuiteQL, where the item has no such columns', async () => {
    const answer = await run(`
      const rows = (sql) => query.runSuiteQL({ query: sql }).asMappedResults().map(Object.values);
      let refused; try { rows('SELECT memberitem FROM item'); } catch (e) { refused = e.name; }
      return [rows('SELECT m.parentitem, BUILTIN.DF(m.item), m.quantity, i.displayname FROM itemmember m JOIN item i ON i.id = m.item WHERE m.parentitem = 803 ORDER BY m.linenumber'),
        rows("SELECT BUILTIN.DF(iv.vendor), iv.vendorcode, iv.purchaseprice FROM itemvendor iv WHERE iv.item = 801 AND iv.preferredvendor = 'T'"), refused];`);
    expect(answer).toEqual([
      [
        [803, 'BOLT', 4, 'A bolt'],
        [803, 'GLUE', 1, null],
      ],
      [['Mill', 'M-1', 2.5]],
      'SSS_SEARCH_ERROR_OCCURRED',
    ]);
  });
});
