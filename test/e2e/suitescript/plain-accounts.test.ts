import { startAccount, type NetSuiteAccount } from '../../helpers/netsuite/account-process';
import { BulkJob } from '../../helpers/netsuite/bulk-job';
import { batch, line, operation, resultsOf, sku, value, type Result } from '../../helpers/netsuite/operations';

type Row = Record<string, unknown>;

/** Accounts differ in what is switched on: the same scripts and the same role work in all of them. */
describe.each([
  ['without OneWorld', { SUBSIDIARIES: false }],
  ['without multiple currencies', { MULTICURRENCY: false }],
  [
    'with neither, nor locations, departments and classes',
    { SUBSIDIARIES: false, MULTICURRENCY: false, LOCATIONS: false, DEPARTMENTS: false, CLASSES: false },
  ],
])('an account %s', (_, features) => {
  let account: NetSuiteAccount;

  beforeAll(async () => {
    account = await startAccount({ features });
    await account.seed([
      {
        type: 'noninventoryitem',
        fields: { itemid: 'PLAIN-1', displayname: 'Plain', isinactive: false },
        sublists: { price1: [{ pricelevel: '1', price_1_: 12.5 }] },
      },
    ]);
  });

  afterAll(() => account.stop());

  const one = async (single: object): Promise<Result> =>
    resultsOf(await account.restlet('upsert', batch([single])))[0] as Result;
  const read = async (page: string): Promise<Row[]> => {
    const { status, body } = await account.restlet('read', undefined, { query: `&page=${page}` });
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body['rows'] as Row[];
  };
  const oneWorld = !('SUBSIDIARIES' in features);
  const home = oneWorld ? { subsidiary: value('1', { write: 'onCreate' }) } : {};
  const customer = (externalId: string, fields: object = {}): object =>
    operation({
      recordType: 'customer',
      externalId,
      fields: { isperson: value(false, { write: 'onCreate' }), companyname: value(externalId), ...home, ...fields },
    });
  const order = (externalId: string, rate: number, more: object = {}): object =>
    operation({
      recordType: 'salesorder',
      externalId,
      fields: { entity: { ref: { recordType: 'customer', externalId: 'SF_ACCT_PLAIN' } } },
      sublists: {
        item: {
          keyField: 'custcol_srl_line_key',
          mode: 'replace',
          lines: [line('A', { item: sku('PLAIN-1'), quantity: value(2), rate: value(rate) })],
        },
      },
      ...more,
    });

  test('describe tells the features and finds every permission and column', async () => {
    const { body } = await account.restlet('describe', undefined, { query: '&types=customer,contact,salesorder' });
    expect(body['features']).toMatchObject(
      Object.fromEntries(Object.entries(features).filter(([name]) => /SUBSID|CURRENCY/.test(name))),
    );
    expect(body['permissions']).toEqual({ missing: [] });
    const types = body['types'] as Record<
      string,
      { query: string; columns: string[]; mandatory: Record<string, string[]> }
    >;
    expect(types['salesorder']?.columns).toEqual(expect.arrayContaining(['entity', 'trandate', 'memo']));
    const demanded = Object.values(types['customer']?.mandatory ?? {})[0] ?? [];
    expect(demanded.includes('subsidiary')).toBe(oneWorld);
  });

  test('customers, contacts and orders are written, recognised, compared and changed; totals are compared', async () => {
    expect(await one(customer('SF_ACCT_PLAIN'))).toMatchObject({ status: 'created', warnings: [] });
    expect(await one(customer('SF_ACCT_PLAIN'))).toMatchObject({ status: 'unchanged' });
    expect(await one(customer('SF_ACCT_PLAIN', { phone: value('5') }))).toMatchObject({ status: 'updated' });
    const contact = operation({
      recordType: 'contact',
      externalId: 'SF_CON_PLAIN',
      fields: { lastname: value('Plain'), company: { ref: { recordType: 'customer', externalId: 'SF_ACCT_PLAIN' } } },
    });
    expect((await one(contact)).status).toBe('created');
    expect(await one(order('SF_OPP_PLAIN', 10, { expectedTotal: { amount: '20.00' } }))).toMatchObject({
      status: 'created',
      warnings: [],
    });
    expect(await one(order('SF_OPP_PLAIN', 10))).toMatchObject({ status: 'unchanged' });
    expect(await one(order('SF_OPP_PLAIN', 11, { expectedTotal: { amount: '20.00' } }))).toMatchObject({
      status: 'review',
      error: { code: 'TOTAL_DIFFERS' },
    });
  });

  test('a reference to what the account does not have is named, and harms nothing else', async () => {
    if (oneWorld) return;
    const wrong = customer('SF_ACCT_PLAIN2', {
      subsidiary: { ref: { recordType: 'subsidiary', text: 'Nowhere Ltd' } },
    });
    const results = resultsOf(await account.restlet('upsert', batch([wrong, customer('SF_ACCT_PLAIN3')])));
    expect(results.map((result) => result.status)).toEqual(['failed', 'created']);
    expect(results[0]?.error).toMatchObject({ field: 'subsidiary' });
  });

  test('changes come out', async () => {
    const { body } = await account.restlet('changes', undefined, { query: '&after=0' });
    const events = body['events'] as { id: string; data: { externalId: string } }[];
    expect(events.map((event) => event.data.externalId)).toEqual(
      expect.arrayContaining(['SF_ACCT_PLAIN', 'SF_OPP_PLAIN']),
    );
    const acknowledged = await account.restlet('changes', { acknowledge: events.map((event) => event.id) });
    expect(acknowledged.body).toEqual({ acknowledged: events.length });
  });

  test('a bulk load runs', async () => {
    const job = await BulkJob.open(account, 3);
    await job.append(
      0,
      [1, 2, 3].map((at) => customer(`SF_ACCT_PLAINB${at}`)),
    );
    await job.start();
    expect(await job.until()).toMatchObject({ state: 'done', counts: { created: 3 } });
  });

  test('what NetSuite owns is read', async () => {
    expect((await read('items')).find((row) => row['sku'] === 'PLAIN-1')).toBeDefined();
    expect((await read('customers')).find((row) => row['externalId'] === 'SF_ACCT_PLAIN')).toBeDefined();
    expect((await read('orders')).find((row) => row['externalId'] === 'SF_OPP_PLAIN')).toMatchObject({ total: 22 });
    expect((await read('prices')).find((row) => row['sku'] === 'PLAIN-1')).toMatchObject({ unitPrice: 12.5 });
  });
});
