import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';
import { runCode } from '../../helpers/emulator/run-code';

let box: BlackBox;
beforeAll(async () => {
  box = await openBlackBox();
});
afterAll(async () => box.close());
beforeEach(async () => {
  await box.control('POST', 'reset');
  await box.seed([
    { type: 'customer', id: 101, fields: { entityid: 'Acme', companyname: 'Acme', subsidiary: '1' } },
    { type: 'vendor', id: 102, fields: { entityid: 'Mill', companyname: 'Mill', subsidiary: '1' } },
    { type: 'inventoryitem', id: 201, fields: { itemid: 'Bolt', baseprice: 10, cost: 4, quantityonhand: 100 } },
  ]);
});

/** A sale of three that are bought for it, its purchase order, and what of it is in stock. */
const SALE = `
  const sell = (createpo, defaults) => {
    const order = record.create({ type: 'salesorder' }).setValue('entity', 101);
    for (const [id, value] of Object.entries({ item: 201, quantity: 3, createpo, povendor: 102, porate: 4 }))
      order.setSublistValue({ sublistId: 'item', fieldId: id, line: 0, value });
    const sale = order.save();
    const purchase = record.create({ type: 'purchaseorder', defaultValues: { soid: sale, entity: 102, custid: 101, poentity: 102, ...defaults } }).save();
    return { sale, purchase };
  };
  const turn = (fromType, fromId, toType) => record.transform({ fromType, fromId, toType }).save();
  const stock = () => ['quantityonhand', 'quantitycommitted', 'quantityonorder'].map((id) => Number(record.load({ type: 'inventoryitem', id: 201 }).getValue(id)));
  const posted = (id) => query.runSuiteQL({ query: 'SELECT BUILTIN.DF(account) AS account, amount FROM transactionaccountingline WHERE transaction = ? ORDER BY transactionline', params: [id] }).asMappedResults().map((row) => [row.account, row.amount]);`;

/** wp.jjknowledgebase.com/drop-ship-vs-special-order and blog.prolecto.com (2016/06/12) describe both. */
describe('what a vendor sends to the customer', () => {
  it('is never in stock, commits none of it, and costs what its bill says', async () => {
    const answer = await runCode(
      box,
      'record query',
      `${SALE}
       const { sale, purchase } = sell('DropShip', { dropship: 'T', shipgroup: 1 });
       const ordered = stock();
       const shipment = turn('salesorder', sale, 'itemfulfillment');
       const bill = turn('purchaseorder', purchase, 'vendorbill');
       return [ordered, stock(), posted(shipment), posted(bill), record.load({ type: 'salesorder', id: sale }).getValue('status')];`,
    );
    expect(answer).toEqual([
      [100, 0, 0],
      [100, 0, 0],
      [],
      [
        ['2000 Accounts Payable', -12],
        ['5000 Cost of Goods Sold', 12],
      ],
      'Pending Billing',
    ]);
  });

  it('differs from a special order, which goes through the stock', async () => {
    const answer = await runCode(
      box,
      'record query',
      `${SALE}
       const { sale, purchase } = sell('SpecOrd', { specord: 'T' });
       const seen = [stock()];
       turn('purchaseorder', purchase, 'itemreceipt');
       seen.push(stock());
       turn('salesorder', sale, 'itemfulfillment');
       return [...seen, stock()];`,
    );
    expect(answer).toEqual([
      [100, 3, 3],
      [103, 3, 0],
      [100, 0, 0],
    ]);
  });
});
