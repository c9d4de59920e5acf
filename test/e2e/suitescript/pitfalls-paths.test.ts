import { startAccount, type NetSuiteAccount } from '../../helpers/netsuite/account-process';
import { batch, customer, operation, resultsOf, value, type Result } from '../../helpers/netsuite/operations';

/** Known pitfalls on the paths where a second guard would hide that the first is gone. */
describe('pitfalls, path by path', () => {
  let account: NetSuiteAccount;

  beforeAll(async () => {
    account = await startAccount();
  });
  afterAll(() => account.stop());

  const one = async (single: object): Promise<Result> =>
    resultsOf(await account.restlet('upsert', batch([single])))[0] as Result;

  test('P2 an external id that an employee holds is told from the query alone, before a record is begun', async () => {
    await account.seed([
      {
        type: 'employee',
        externalId: 'TAKEN_1',
        fields: { entityid: 'Holder', firstname: 'Ho', lastname: 'Lder', subsidiary: '1' },
      },
    ]);
    const result = await one(customer('TAKEN_1', { companyname: value('Taken') }));
    expect(result).toMatchObject({ status: 'review', error: { code: 'EXTERNAL_ID_TAKEN' } });
    const { unitsByApi = {} } = (await account.executions('customscript_srl_upsert')).at(-1) ?? {};
    // The failure row alone: 2 to create, 4 to save; a customer would have cost 5 and 10.
    expect([unitsByApi['record.create'], unitsByApi['record.save']]).toEqual([2, 4]);
  });

  test('P23 the country is set before the state of a new address', async () => {
    const address = { state: value('CA'), zip: value('94403'), country: value('US') };
    const addressbook = {
      keyField: 'label',
      mode: 'merge',
      lines: [{ key: 'Main', fields: {}, subrecords: { addressbookaddress: { fields: address } } }],
    };
    await one(customer('SF_ACCT_NEWADDR', { companyname: value('New address') }, { sublists: { addressbook } }));
    const [row] = (await account.byExternalId('customer', 'SF_ACCT_NEWADDR'))?.sublists['addressbook'] ?? [];
    expect(row?.['addressbookaddress']).toMatchObject({ country: 'US', state: 'CA', zip: '94403' });
  });

  test('P39 null and empty text clear also where the record is loaded and saved', async () => {
    const made = {
      companyname: value('Clear'),
      email: value('a@example.com'),
      accountnumber: value('7'),
      comments: value('3'),
    };
    await one(customer('SF_ACCT_CLEAR', made));
    const result = await one(customer('SF_ACCT_CLEAR', { email: value(null), accountnumber: value('') }));
    expect(result.status).toBe('updated');
    const fields = (await account.byExternalId('customer', 'SF_ACCT_CLEAR'))?.fields ?? {};
    expect([fields['email'] ?? null, fields['accountnumber'] ?? null, fields['comments']]).toEqual([null, null, '3']);
  });

  test('a batch of two record types and another contract are refused as a whole, by name', async () => {
    const mixed = await account.restlet(
      'upsert',
      batch([customer('A', {}), operation({ recordType: 'contact', externalId: 'B' })]),
    );
    expect(mixed).toMatchObject({ status: 400, body: { error: { code: 'MIXED_RECORD_TYPES' } } });
    const other = await account.restlet('upsert', { ...batch([customer('A', {})]), contract: 99 });
    expect(other).toMatchObject({ status: 400, body: { error: { code: 'CONTRACT_MISMATCH' } } });
  });
});
