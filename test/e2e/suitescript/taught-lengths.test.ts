import { startAccount, type NetSuiteAccount } from '../../helpers/netsuite/account-process';
import { batch, customer, resultsOf, value, type Result } from '../../helpers/netsuite/operations';

const SLOGAN =
  '<entitycustomfield scriptid="custentity_slogan"><label>Slogan</label><fieldtype>TEXT</fieldtype><appliestocustomer>T</appliestocustomer><storevalue>T</storevalue></entitycustomfield>';

/** No interface publishes how long a field may be; the refusal of a save does. */
describe('what a refused save tells of a field’s length', () => {
  let account: NetSuiteAccount;

  beforeAll(async () => {
    account = await startAccount();
    await account.control('POST', 'objects', [{ xml: SLOGAN }]);
  });
  afterAll(() => account.stop());

  const send = async (operations: object[]): Promise<{ results: Result[]; units: number }> => {
    const before = (await account.executions('customscript_srl_upsert')).length;
    const results = resultsOf(await account.restlet('upsert', batch(operations)));
    const [run] = (await account.executions('customscript_srl_upsert')).slice(before);
    return { results, units: run?.unitsUsed ?? -1 };
  };
  const long = 's'.repeat(301);
  const named = (id: string, slogan: object): object =>
    customer(`SF_ACCT_${id}`, { companyname: value(`Company ${id}`), custentity_slogan: slogan });

  test('one failed save serves the batch: values are cut where the flow allows it, others fail for nothing', async () => {
    const { results, units } = await send([
      named('L1', value(long, { truncate: true })),
      named('L2', value(long)),
      named('L3', value(long, { truncate: true })),
      named('L4', value('short')),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['created', 'failed', 'created', 'created']);
    expect(results[0]).toMatchObject({ warnings: [{ code: 'FIELD_TRUNCATED', field: 'custentity_slogan' }] });
    expect(results[1]?.error).toMatchObject({ code: 'FIELD_TOO_LONG', field: 'custentity_slogan', class: 'data' });
    expect(results[1]?.error?.message).toContain('300 fit');
    // The query, the refused save, three that succeeded, and the row of the failed one.
    expect(units).toBe(10 + 15 + 3 * 15 + 6);
    const stored = await account.byExternalId('customer', 'SF_ACCT_L3');
    expect(String(stored?.fields['custentity_slogan'])).toHaveLength(300);
  });

  test('a single failure names the field, how much fits, and what to do', async () => {
    const { results } = await send([named('L5', value(long))]);
    expect(results[0]?.error).toMatchObject({ code: 'FIELD_TOO_LONG', field: 'custentity_slogan' });
    expect(results[0]?.error?.message).toMatch(/301 characters, 300 fit; shorten it or let the flow truncate/);
  });

  test('an inline update is told the same, and cut the same', async () => {
    const change = (slogan: object): object => customer('SF_ACCT_L4', { custentity_slogan: slogan });
    const refused = await send([change(value(long))]);
    expect(refused.results[0]?.error).toMatchObject({ code: 'FIELD_TOO_LONG', field: 'custentity_slogan' });
    const cut = await send([change(value(long, { truncate: true }))]);
    expect(cut.results[0]).toMatchObject({ status: 'updated', warnings: [{ code: 'FIELD_TRUNCATED' }] });
    expect(String((await account.byExternalId('customer', 'SF_ACCT_L4'))?.fields['custentity_slogan'])).toHaveLength(
      300,
    );
  });
});
