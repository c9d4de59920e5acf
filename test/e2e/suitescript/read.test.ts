import { startAccount, type NetSuiteAccount } from '../../helpers/netsuite/account-process';
import { batch, customer, value } from '../../helpers/netsuite/operations';

type Row = Record<string, unknown>;

/** Pages hold 1,000 rows. 120,000 shows that nothing ends where one query would (100,000 rows); it takes minutes. */
const MANY = Number(process.env['LONG_READING'] ?? 2_500);
const SEED_PART = 2_500;

describe('what NetSuite owns is read page by page', () => {
  let account: NetSuiteAccount;

  beforeAll(async () => {
    account = await startAccount();
    await account.seed([
      {
        type: 'noninventoryitem',
        fields: {
          itemid: 'READ-1',
          displayname: 'Readable',
          salesdescription: 'A thing',
          isinactive: false,
          lastmodifieddate: '2026-11-20T10:00:00Z',
        },
        sublists: { price1: [{ pricelevel: '1', price_1_: 12.5 }] },
      },
      {
        type: 'noninventoryitem',
        fields: { itemid: 'READ-OLD', isinactive: true, lastmodifieddate: '2020-01-01T10:00:00Z' },
      },
    ]);
    await account.restlet('upsert', batch([customer('SF_ACCT_READ', { companyname: value('Reader') })]));
  });

  afterAll(() => account.stop());

  const read = async (page: string, query = ''): Promise<Row[]> => {
    const rows: Row[] = [];
    let after = '';
    for (;;) {
      const answer = await account.restlet('read', undefined, { query: `&page=${page}${query}${after}` });
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
      rows.push(...(answer.body['rows'] as Row[]));
      if (answer.body['after'] === undefined) return rows;
      after = `&after=${answer.body['after'] as string}`;
    }
  };

  test('items by last-modified date', async () => {
    const rows = await read('items', '&since=2026-11-01T00:00:00Z');
    expect(rows.find((row) => row['sku'] === 'READ-1')).toMatchObject({
      name: 'Readable',
      inactive: false,
      lastModified: '2026-11-20T10:00:00.000Z',
    });
    expect(rows.find((row) => row['sku'] === 'READ-OLD')).toBeUndefined();
  });

  test('prices by level and currency', async () => {
    expect((await read('prices')).find((row) => row['sku'] === 'READ-1')).toMatchObject({
      priceLevel: '1',
      unitPrice: 12.5,
    });
  });

  test('balances of all customers, and a full page goes on', async () => {
    await account.seed(
      Array.from({ length: 1000 }, (_, at) => ({
        type: 'customer',
        fields: { entityid: `Many ${at}`, companyname: `Many ${at}`, isinactive: false, balance: at },
      })),
    );
    const rows = await read('balances');
    expect(new Set(rows.map((row) => row['internalId'])).size).toBe(rows.length);
    expect(rows.length).toBeGreaterThan(1000);
    expect(rows.find((row) => row['externalId'] === 'SF_ACCT_READ')).toBeDefined();
  });

  test('exchange rates by effective date', async () => {
    const rows = await read('rates');
    expect(Array.isArray(rows)).toBe(true);
  });

  test('stock by the change of what is available, which last-modified dates do not show', async () => {
    const [item] = await account.seed([
      {
        type: 'inventoryitem',
        fields: {
          itemid: 'STOCK-1',
          isinactive: false,
          lastmodifieddate: '2020-01-01T10:00:00Z',
          lastquantityavailablechange: '2026-11-20T10:00:00Z',
        },
        sublists: { locations: [{ location: '1', quantityavailable: 7, quantityonhand: 9 }] },
      },
    ]);
    const rows = await read('stock', '&since=2026-11-19T00:00:00Z');
    expect(rows.filter((row) => row['internalId'] === item)).toEqual([
      expect.objectContaining({ sku: 'STOCK-1', location: '1', available: 7, onHand: 9 }),
    ]);
  });

  test('an unknown page is refused by name', async () => {
    await expect(read('secrets')).rejects.toThrow('INVALID_REQUEST_BODY');
  });

  test(
    `a reading goes on page by page past any number of rows: ${MANY} items by SuiteQL, ${MANY} customers by search`,
    async () => {
      const at = '2026-11-21T06:00:00Z';
      for (let from = 0; from < MANY; from += SEED_PART) {
        const part = Array.from({ length: Math.min(SEED_PART, MANY - from) }, (_, n) => from + n);
        const item = (n: number): object => ({ itemid: `LONG-${n}`, isinactive: false, lastmodifieddate: at });
        const buyer = (n: number): object => ({
          entityid: `LONG-${n}`,
          companyname: `Long ${n}`,
          lastmodifieddate: at,
        });
        await account.seed(part.map((n) => ({ type: 'noninventoryitem', fields: item(n) })));
        await account.seed(part.map((n) => ({ type: 'customer', fields: buyer(n) })));
      }
      const items = (await read('items', '&since=2026-11-21T00:00:00Z')).map((row) => String(row['sku']));
      const buyers = (await read('identities')).map((row) => String(row['number']));
      const long = (names: readonly string[]): number => new Set(names.filter((name) => name.startsWith('LONG-'))).size;
      expect([items.length, long(items), long(buyers)]).toEqual([MANY, MANY, MANY]);
      expect(new Set(buyers).size).toBe(buyers.length);
      const runs = await account.executions('customscript_srl_read');
      expect(Math.max(...runs.map(({ unitsUsed }) => unitsUsed))).toBeLessThanOrEqual(100);
    },
    60_000 + MANY * 10,
  );
});
