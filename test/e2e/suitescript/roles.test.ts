import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startAccount, type NetSuiteAccount } from '../../helpers/netsuite/account-process';
import {
  batch,
  customer,
  line,
  nextVersion,
  order,
  resultsOf,
  sku,
  value,
  type Result,
} from '../../helpers/netsuite/operations';

const role = readFileSync(path.resolve(__dirname, '../../../src/Objects/customrole_srl_integration.xml'), 'utf8');
const without = (key: string): string =>
  role.replace(
    new RegExp(`\\s*<permission>\\s*<permkey>${key.replace(/[[\]]/g, '\\$&')}</permkey>[\\s\\S]*?</permission>`),
    '',
  );

describe('the integration role can do exactly this', () => {
  let account: NetSuiteAccount;

  beforeAll(async () => {
    account = await startAccount();
    await account.seed([{ type: 'noninventoryitem', fields: { itemid: 'R-1', isinactive: false } }]);
    await one(customer('SF_ACCT_R', { companyname: value('Roles Inc') }));
  });

  afterAll(() => account.stop());

  const deploy = (xml: string): Promise<unknown> => account.control('POST', 'objects', [{ xml }]);
  const send = async (operations: object[]): Promise<Result[]> =>
    resultsOf(await account.restlet('upsert', batch(operations)));
  const one = async (single: object): Promise<Result> => (await send([single]))[0] as Result;
  const lines = [line('A', { item: sku('R-1'), quantity: value(1), rate: value(1) })];

  afterEach(() => deploy(role));

  test.each([
    ['LIST_CUSTJOB', () => customer(`SF_ACCT_${nextVersion()}`, { companyname: value(nextVersion()) })],
    ['TRAN_SALESORD', () => order(`SF_OPP_${nextVersion()}`, 'SF_ACCT_R', lines)],
  ])('without %s the write fails by name and class, and describe lists it', async (key, make) => {
    await deploy(without(key));
    const result = await one(make());
    expect([result.status, result.error?.class]).toEqual(['failed', 'permission']);
    const { body } = await account.restlet('describe');
    expect((body['permissions'] as { missing: string[] }).missing.join(' ')).toContain(key);
    await deploy(role);
    expect((await one(make())).status).toBe('created');
  });

  test('without scheduling, describe says that jobs wait for the schedule', async () => {
    const { body } = await account.restlet('describe', undefined, { as: { entity: 4, role: 'customrole_srl_basic' } });
    expect(body['limits']).toMatchObject({ onDemand: false });
    expect((await account.restlet('describe')).body['limits']).toMatchObject({ onDemand: true });
  });

  test('without SuiteQL the prefetch searches, and the answers are the same', async () => {
    const first = customer('SF_ACCT_SEARCH', { companyname: value('Searched'), phone: value('1') });
    await one(first);
    await deploy(without('REPO_ANALYTICS'));
    const { body } = await account.restlet('describe');
    expect((body['types'] as Record<string, { query: string }>)['customer']?.query).toBe('search');
    expect((await one(first)).status).toBe('duplicate');
    expect((await one(customer('SF_ACCT_SEARCH', { companyname: value('Searched'), phone: value('1') }))).status).toBe(
      'unchanged',
    );
    expect((await one(customer('SF_ACCT_SEARCH', { phone: value('2') }))).status).toBe('updated');
    expect((await one(customer('SF_ACCT_SEARCH2', { companyname: value('Searched too') }))).status).toBe('created');
    expect((await one(order('SF_OPP_SEARCH', 'SF_ACCT_SEARCH', lines))).status).toBe('created');
    expect((await one(order('SF_OPP_SEARCH', 'SF_ACCT_SEARCH', lines))).status).toBe('unchanged');
    const unknown = await one(
      order('SF_OPP_SEARCH3', 'SF_ACCT_SEARCH', [line('A', { item: sku('NOPE'), quantity: value(1) })]),
    );
    expect(unknown.error).toMatchObject({ code: 'UNKNOWN_ITEM' });
  });
});
