import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';
import { runCode } from '../../helpers/emulator/run-code';

let box: BlackBox;
beforeAll(async () => {
  box = await openBlackBox();
  const detail = (...assigned: object[]): object => ({ inventorydetail: { inventoryassignment: assigned } });
  await box.seed([
    { type: 'customer', id: '101', fields: { entityid: 'Acme', companyname: 'Acme', subsidiary: '1' } },
    { type: 'customer', id: '102', fields: { entityid: 'Bolt', companyname: 'Bolt', subsidiary: '1' } },
    { type: 'contactrole', id: '7', fields: { name: 'Buyer' } },
    { type: 'contact', id: '111', fields: { entityid: 'Cora', company: '101' } },
    { type: 'contact', id: '112', fields: { entityid: 'Dora', company: '101' } },
    { type: 'contact', id: '113', fields: { entityid: 'Solo' } },
    { type: 'lotnumberedinventoryitem', id: '202', fields: { itemid: 'PAINT', subsidiary: ['1'] } },
    { type: 'inventorynumber', id: '301', fields: { inventorynumber: 'LOT-A', item: '202' } },
    {
      type: 'itemfulfillment',
      id: '401',
      fields: { entity: '101', tranid: 'F1' },
      sublists: { item: [{ item: '202', quantity: 3, ...detail({ issueinventorynumber: '301', quantity: 3 }) }] },
    },
    {
      type: 'itemreceipt',
      id: '402',
      fields: { entity: '101', tranid: 'R1' },
      sublists: {
        item: [
          {
            item: '202',
            quantity: 2,
            ...detail({ receiptinventorynumber: 'LOT-A', quantity: 2, expirationdate: '2027-01-31' }),
          },
        ],
      },
    },
    { type: 'invoice', id: '403', fields: { entity: '101', tranid: 'I1', total: 10 } },
  ]);
  await runCode(
    box,
    'record',
    `record.attach({ record: { type: 'contact', id: 111 }, to: { type: 'customer', id: 102 }, attributes: { role: 7 } });`,
  );
});
afterAll(() => box.close());

const rows = (sql: string): Promise<unknown> =>
  runCode(box, 'query', `return query.runSuiteQL({ query: ${JSON.stringify(sql)} }).results.map((row) => row.values);`);

describe('records of the analytics data source (section_158513731864)', () => {
  it('companyContactRelationship: contacts with the companies they work for and are attached to, in their role (section_4267282652)', async () => {
    const sql =
      'SELECT r.company, BUILTIN.DF(r.contact), BUILTIN.DF(r.role) FROM companyContactRelationship r JOIN contact c ON c.id = r.contact ORDER BY 1, 2';
    expect(await rows(sql)).toEqual([
      [101, 'Cora', null],
      [101, 'Dora', null],
      [102, 'Cora', 'Buyer'],
    ]);
  });

  it('inventoryAssignment: which numbers a line took or brought, negative where goods go out (section_N3744760)', async () => {
    const sql = `SELECT ia.transaction, tl.itemtype, BUILTIN.DF(ia.inventorynumber), n.inventorynumber, ia.quantity, TO_CHAR(ia.expirationdate, 'YYYY-MM-DD')
      FROM transactionline tl JOIN inventoryAssignment ia ON ia.transaction = tl.transaction AND ia.transactionline = tl.id
      JOIN inventoryNumber n ON n.id = ia.inventorynumber ORDER BY 1`;
    expect(await rows(sql)).toEqual([
      [401, 'InvtPart', 'LOT-A', 'LOT-A', -3, null],
      [402, 'InvtPart', 'LOT-A', 'LOT-A', 2, '2027-01-31'],
    ]);
  });

  it('whose assignments the control API takes and shows as lists within the line', async () => {
    const shown = await box.control('GET', 'records/itemreceipt/402');
    expect(shown).toMatchObject({
      sublists: {
        item: [
          {
            inventorydetail: {
              inventoryassignment: [{ receiptinventorynumber: 'LOT-A', quantity: 2, expirationdate: '2027-01-31' }],
            },
          },
        ],
      },
    });
  });

  it('transactionStatus and country: lists of the platform', async () => {
    const told = "SELECT id, name, fullname FROM TransactionStatus WHERE trantype = 'SalesOrd' ORDER BY id";
    expect(((await rows(told)) as unknown[]).slice(0, 2)).toEqual([
      ['A', 'Pending Approval', 'Sales Order : Pending Approval'],
      ['B', 'Pending Fulfillment', 'Sales Order : Pending Fulfillment'],
    ]);
    const named =
      "SELECT s.name FROM transaction t JOIN TransactionStatus s ON s.trantype = t.type AND s.id = 'A' WHERE t.id = 403";
    expect(await rows(named)).toEqual([['Open']]);
    expect(await rows("SELECT * FROM Country WHERE id IN ('DE', 'US') ORDER BY id")).toEqual([
      ['DE', 'Germany'],
      ['US', 'United States'],
    ]);
  });

  it('transactionAccountingLine tells the type of its account', async () => {
    expect(
      await rows(
        "SELECT accounttype, amount FROM TransactionAccountingLine WHERE transaction = 403 AND accounttype = 'AcctRec'",
      ),
    ).toEqual([['AcctRec', 10]]);
  });

  it.each(['LoginAudit', 'ScriptNote', 'CustomField', 'CustomList', 'State', 'ItemBinQuantity', 'TransactionShipment'])(
    '%s, which nothing here keeps, is refused by name and never empty',
    async (table) =>
      expect(JSON.stringify(await rows(`SELECT * FROM ${table}`))).toContain(
        `unsupported search: ${table.toLowerCase()}: `,
      ),
  );
});
