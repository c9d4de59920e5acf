import { startAccount, type NetSuiteAccount } from '../../helpers/netsuite/account-process';
import { batch, customer, line, operation, order, resultsOf, sku, value } from '../../helpers/netsuite/operations';

const range = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

/** More of something than one list of a query takes (1,000) or one answer holds (5,000 rows). */
describe('batches that name more records than a query takes at once', () => {
  let account: NetSuiteAccount;

  beforeAll(async () => {
    account = await startAccount();
    const items = range(2600).map((at) => ({
      type: 'noninventoryitem',
      fields: { itemid: `MANY-${at}`, isinactive: false, subsidiary: ['1'], includechildren: false },
    }));
    for (const from of [0, 1000, 2000]) await account.seed(items.slice(from, from + 1000));
    await account.restlet('upsert', batch([customer('SF_ACCT_MANY', { companyname: value('Many lines') })]));
  });

  afterAll(() => account.stop());

  const orders = (count: number, lines: number): object[] =>
    range(count).map((at) =>
      order(
        `SF_OPP_MANY${count}_${at}`,
        'SF_ACCT_MANY',
        range(lines).map((key) =>
          line(`L${key}`, { item: sku(`MANY-${at * lines + key}`), quantity: value(1), rate: value(2) }),
        ),
      ),
    );
  const queriesOf = async (operations: object[]): Promise<{ statuses: unknown[]; queries: number }> => {
    const answer = resultsOf(await account.restlet('upsert', batch(operations)));
    const units = (await account.executions('customscript_srl_upsert')).at(-1)?.unitsByApi ?? {};
    const statuses = [...new Set(answer.map(({ status, error }) => error?.message ?? status))];
    return { statuses, queries: (units['query.runSuiteQL'] ?? 0) / 10 };
  };

  test('orders that name 1,100 different items between them are all written', async () => {
    expect(await queriesOf(orders(11, 100))).toEqual({ statuses: ['created'], queries: 2 });
  });

  test('orders of 2,600 items, whose rows one answer could not hold, are all written', async () => {
    expect(await queriesOf(orders(13, 200))).toEqual({ statuses: ['created'], queries: 4 });
  });

  test('contacts of a thousand companies find the one that is there, and say of each other one which it was', async () => {
    const contacts = range(1000).map((at) =>
      operation({
        recordType: 'contact',
        externalId: `SF_CONT_MANY${at}`,
        fields: {
          company: { ref: { recordType: 'customer', externalId: at === 0 ? 'SF_ACCT_MANY' : `SF_ACCT_NO${at}` } },
        },
        requires: [{ recordType: 'customer', externalId: at === 0 ? 'SF_ACCT_MANY' : `SF_ACCT_NO${at}` }],
      }),
    );
    const results = resultsOf(await account.restlet('upsert', batch(contacts)));
    expect(results.filter(({ error }) => error?.code === 'MISSING_REQUIRED_RECORD')).toHaveLength(999);
    expect(results[0]?.error?.code).not.toBe('MISSING_REQUIRED_RECORD');
  });
});
