import type { ChangeEvent } from '../../../contract/change-event';
import { startAccount, type NetSuiteAccount } from '../../helpers/netsuite/account-process';
import { batch, customer, line, order, resultsOf, sku, value } from '../../helpers/netsuite/operations';

describe('what an event tells of a change', () => {
  let account: NetSuiteAccount;

  beforeAll(async () => {
    account = await startAccount();
    await account.seed([{ type: 'noninventoryitem', fields: { itemid: 'CC-1', isinactive: false } }]);
    const address = {
      addressbook: {
        keyField: 'label',
        mode: 'merge',
        lines: [
          {
            key: 'Billing',
            fields: { defaultbilling: value(true) },
            subrecords: {
              addressbookaddress: { fields: { country: value('US'), state: value('CA'), city: value('San Mateo') } },
            },
          },
        ],
      },
    };
    await write(customer('SF_ACCT_CC', { companyname: value('Content Inc') }, { sublists: address }));
  });
  afterAll(() => account.stop());
  beforeEach(() => drain());

  const write = async (operation: object): Promise<string> => {
    const [result] = resultsOf(await account.restlet('upsert', batch([operation])));
    if (result?.internalId === undefined) throw new Error(JSON.stringify(result));
    return result.internalId;
  };
  const drain = async (): Promise<ChangeEvent[]> => {
    const { body } = await account.restlet('changes', undefined, { query: '&after=0&limit=1000' });
    const { events } = body as unknown as { events: ChangeEvent[] };
    if (events.length > 0) await account.restlet('changes', { acknowledge: events.map(({ id }) => id) });
    return events;
  };
  const save = (type: string, id: string, more: object): Promise<unknown> =>
    account.control('POST', 'ui/save', { type, id, fields: {}, ...more });
  const lines = (...given: [string, number][]): object[] =>
    given.map(([key, quantity]) => line(key, { item: sku('CC-1'), quantity: value(quantity), rate: value(5) }));

  test('an edit of nothing but an address is a change of its customer', async () => {
    const stored = await account.byExternalId('customer', 'SF_ACCT_CC');
    const [entry] = stored?.sublists['addressbook'] ?? [];
    const addressbookaddress = { ...(entry?.['addressbookaddress'] as object), city: 'Berkeley' };
    await save('customer', stored?.id ?? '', { sublists: { addressbook: [{ ...entry, addressbookaddress }] } });
    const [event] = await drain();
    expect(event?.data.changes).toEqual(
      expect.arrayContaining([{ field: 'addressbook[Billing].city', old: 'San Mateo', new: 'Berkeley' }]),
    );
  });

  test('lines that come, go and change are told by their keys, with old and new values', async () => {
    const id = await write(order('SF_OPP_CC', 'SF_ACCT_CC', lines(['A', 1], ['B', 2])));
    await drain();
    const stored = await account.record('salesorder', id);
    const [first] = stored?.sublists['item'] ?? [];
    const added = { ...first, custcol_srl_line_key: 'N', quantity: 7, amount: 35, line: null, lineuniquekey: null };
    await save('salesorder', id, { sublists: { item: [{ ...first, quantity: 3, amount: 15 }, added] } });
    const [event] = await drain();
    const byField = new Map(event?.data.changes.map((change) => [change.field, change]));
    expect(byField.get('item[A].quantity')).toMatchObject({ old: 1, new: 3 });
    expect(byField.get('item[B].quantity')).toMatchObject({ old: 2, new: null });
    expect(byField.get('item[N].quantity')).toMatchObject({ old: null, new: 7 });
  });

  test('a change in the last of many lines is seen', async () => {
    const many = Array.from({ length: 620 }, (_, at): [string, number] => [`L${at}`, 1]);
    const id = await write(order('SF_OPP_MANY', 'SF_ACCT_CC', lines(...many)));
    await drain();
    const stored = await account.record('salesorder', id);
    const item = stored?.sublists['item'] ?? [];
    await save('salesorder', id, {
      sublists: { item: item.map((one, at) => (at === 619 ? { ...one, quantity: 9, amount: 45 } : one)) },
    });
    const [event] = await drain();
    expect(event?.data.changes).toContainEqual({ field: 'item[L619].quantity', old: 1, new: 9 });
  });

  test('a record that a script makes from another is told as created, with what it is', async () => {
    const source = `/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record'], (record) => ({
  post: ({ id }) => ({ id: record.transform({ fromType: 'salesorder', fromId: id, toType: 'invoice' }).save() }),
}));`;
    await account.control('POST', 'scripts', [
      {
        scriptId: 'customscript_srl_biller',
        type: 'restlet',
        path: 'SuiteScripts/biller.js',
        source,
        deployments: [{ deploymentId: 'customdeploy_srl_biller', status: 'RELEASED', allRoles: true }],
      },
    ]);
    const from = await write(order('SF_OPP_BILL', 'SF_ACCT_CC', lines(['A', 4])));
    await drain();
    const { body } = await account.restlet('biller', { id: from }, { as: { entity: -5, role: 3 } });
    const event = (await drain()).find(({ type }) => type === 'com.netsuite.invoice.created.v1');
    expect(event?.data).toMatchObject({ internalId: String(body['id']), externalId: null });
    expect(event?.data.origin).toMatchObject({ opId: null, ownSave: false });
    const byField = new Map(event?.data.changes.map((change) => [change.field, change.new]));
    expect(byField.get('createdfrom')).toBe(from);
    expect(byField.get('item[A].quantity')).toBe(4);
  });

  test('a change too large for a row is told as a record to read again', async () => {
    const id = await write(customer('SF_ACCT_LONG', { companyname: value('Long Inc') }));
    await drain();
    const xml = Array.from(
      { length: 3 },
      (_, at) =>
        `<entitycustomfield scriptid="custentity_long_${at}"><label>Long ${at}</label><fieldtype>CLOBTEXT</fieldtype><appliestocustomer>T</appliestocustomer><storevalue>T</storevalue></entitycustomfield>`,
    );
    await account.control(
      'POST',
      'objects',
      xml.map((one) => ({ xml: one })),
    );
    const long = 'x'.repeat(400_000);
    await save('customer', id, {
      fields: { custentity_long_0: long, custentity_long_1: long, custentity_long_2: long },
    });
    const [event] = await drain();
    expect(event?.data).toMatchObject({ internalId: id, changes: [], truncated: true });
    expect((await account.restlet('describe')).body['outbox']).toMatchObject({ lost: 0 });
  });
});
