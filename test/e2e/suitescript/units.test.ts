import { startAccount, type NetSuiteAccount } from '../../helpers/netsuite/account-process';
import { batch, customer, line, operation, order, resultsOf, sku, value } from '../../helpers/netsuite/operations';

/** Units as the emulator's executions tell them, not as the script says. */
const range = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

describe('units of a batch, all overhead included', () => {
  let account: NetSuiteAccount;

  beforeAll(async () => {
    account = await startAccount();
    await account.seed(
      range(6).map((at) => ({ type: 'noninventoryitem', fields: { itemid: `SKU-${at}`, isinactive: false } })),
    );
  });

  afterAll(() => account.stop());

  const unitsOf = async (operations: object[]): Promise<{ perRecord: number; statuses: Set<string> }> => {
    const before = (await account.executions('customscript_srl_upsert')).length;
    const answer = await account.restlet('upsert', batch(operations));
    const results = resultsOf(answer);
    const run = (await account.executions('customscript_srl_upsert')).slice(before);
    expect(run).toHaveLength(1);
    return {
      perRecord: (run[0]?.unitsUsed ?? 0) / operations.length,
      statuses: new Set(results.map((one) => one.status)),
    };
  };

  const address = (zip: string): object => ({
    addressbook: {
      keyField: 'label',
      mode: 'merge',
      lines: [
        {
          key: 'Billing',
          fields: { defaultbilling: value(true), defaultshipping: value(true) },
          subrecords: { addressbookaddress: { fields: { country: value('US'), state: value('CA'), zip: value(zip) } } },
        },
      ],
    },
  });
  const account50 = (fields: object | ((at: number) => object), more: object = {}): object[] =>
    range(50).map((at) =>
      customer(`SF_ACCT_U${at}`, typeof fields === 'function' ? (fields as (at: number) => object)(at) : fields, more),
    );
  const named = (at: number): object => ({
    companyname: value(`Company ${at}`),
    phone: value('+1 555'),
    currency: { ref: { recordType: 'currency', key: { field: 'symbol', value: 'USD' } } },
    terms: { ref: { recordType: 'term', key: { field: 'name', value: 'Net 30' } } },
  });
  const matching = { key: { match: [{ field: 'url', value: 'https://nobody.example', strength: 'candidate' }] } };

  test('50 created customers cost at most 16 each, with match keys and addresses', async () => {
    const operations = range(50).map((at) =>
      customer(`SF_ACCT_U${at}`, named(at), {
        ...matching,
        key: { externalId: `SF_ACCT_U${at}`, ...matching.key },
        sublists: address('94403'),
      }),
    );
    const { perRecord, statuses } = await unitsOf(operations);
    expect([...statuses]).toEqual(['created']);
    expect(perRecord).toBeLessThanOrEqual(16);
  });

  test('50 unchanged customers, addresses compared, cost at most 0.5 each', async () => {
    const operations = range(50).map((at) => customer(`SF_ACCT_U${at}`, named(at), { sublists: address('94403') }));
    const { perRecord, statuses } = await unitsOf(operations);
    expect([...statuses]).toEqual(['unchanged']);
    expect(perRecord).toBeLessThanOrEqual(0.5);
  });

  test('50 updates of inline-editable fields cost at most 6 each', async () => {
    const { perRecord, statuses } = await unitsOf(account50({ phone: value('+1 556') }));
    expect([...statuses]).toEqual(['updated']);
    expect(perRecord).toBeLessThanOrEqual(6);
  });

  test('50 inline updates with fields to fill only if empty cost at most 7 each', async () => {
    const { perRecord, statuses } = await unitsOf(
      account50({ phone: value('+1 557'), comments: value('filled', { write: 'ifEmpty' }) }),
    );
    expect([...statuses]).toEqual(['updated']);
    expect(perRecord).toBeLessThanOrEqual(7);
  });

  test('50 updates of another field or of the address cost at most 16 each', async () => {
    const email = await unitsOf(account50((at: number) => ({ email: value(`a${at}@example.com`) })));
    expect([...email.statuses]).toEqual(['updated']);
    expect(email.perRecord).toBeLessThanOrEqual(16);
    const moved = await unitsOf(account50({}, { sublists: address('94404') }));
    expect([...moved.statuses]).toEqual(['updated']);
    expect(moved.perRecord).toBeLessThanOrEqual(16);
  });

  const lines = (rate: number): object[] =>
    range(6).map((at) => line(`L${at}`, { item: sku(`SKU-${at}`), quantity: value(at + 1), rate: value(rate + at) }));
  const orders = (rate: number): object[] =>
    range(20).map((at) => order(`SF_OPP_U${at}`, `SF_ACCT_U${at}`, lines(rate)));

  test('20 created orders cost at most 32 each, 20 unchanged 0.5, 20 changed 32', async () => {
    const created = await unitsOf(orders(10));
    expect([...created.statuses]).toEqual(['created']);
    expect(created.perRecord).toBeLessThanOrEqual(32);
    const unchanged = await unitsOf(orders(10));
    expect([...unchanged.statuses]).toEqual(['unchanged']);
    expect(unchanged.perRecord).toBeLessThanOrEqual(0.5);
    const changed = await unitsOf(orders(11));
    expect([...changed.statuses]).toEqual(['updated']);
    expect(changed.perRecord).toBeLessThanOrEqual(32);
  });

  test('location, department and class of an order are compared without loading it', async () => {
    const placed = (location: string): object[] =>
      range(20).map((at) =>
        order(`SF_OPP_U${at}`, `SF_ACCT_U${at}`, lines(11), {
          fields: {
            entity: { ref: { recordType: 'customer', externalId: `SF_ACCT_U${at}` } },
            location: value(location),
            department: value(null),
            class: value(null),
          },
        }),
      );
    expect([...(await unitsOf(placed('1'))).statuses]).toEqual(['updated']);
    const again = await unitsOf(placed('1'));
    expect([...again.statuses]).toEqual(['unchanged']);
    expect(again.perRecord).toBeLessThanOrEqual(0.5);
    expect([...(await unitsOf(placed('2'))).statuses]).toEqual(['updated']);
  });

  test('orders in a further currency load their customer once: then an order proves that it has the currency', async () => {
    const foreign = (from: number): object[] =>
      range(4).map((at) =>
        order(`SF_OPP_EUR${from + at}`, `SF_ACCT_U${at % 2}`, lines(10), {
          fields: {
            entity: { ref: { recordType: 'customer', externalId: `SF_ACCT_U${at % 2}` } },
            currency: { ref: { recordType: 'currency', key: { field: 'symbol', value: 'EUR' } } },
          },
          addCurrency: true,
        }),
      );
    const first = await unitsOf(foreign(0));
    expect([...first.statuses]).toEqual(['created']);
    // The query, four orders, and for each of two customers a load and a save.
    expect(first.perRecord * 4).toBe(10 + 4 * 30 + 2 * 15);
    const later = await unitsOf(foreign(4));
    expect([...later.statuses]).toEqual(['created']);
    expect(later.perRecord * 4).toBe(10 + 4 * 30);
  });

  test('50 created contacts, matched by e-mail within their customer, cost at most 16 each', async () => {
    const operations = range(50).map((at) =>
      operation({
        recordType: 'contact',
        externalId: `SF_CON_U${at}`,
        key: {
          match: [
            {
              field: 'email',
              value: `c${at}@example.com`,
              strength: 'exact',
              within: { company: { recordType: 'customer', externalId: `SF_ACCT_U${at}` } },
            },
          ],
        },
        fields: {
          company: { ref: { recordType: 'customer', externalId: `SF_ACCT_U${at}` } },
          firstname: value('Ada'),
          lastname: value(`Lovelace ${at}`),
          email: value(`c${at}@example.com`),
        },
      }),
    );
    const { perRecord, statuses } = await unitsOf(operations);
    expect([...statuses]).toEqual(['created']);
    expect(perRecord).toBeLessThanOrEqual(16);
  });
});
