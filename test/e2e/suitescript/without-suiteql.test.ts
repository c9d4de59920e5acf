import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startAccount, type NetSuiteAccount } from '../../helpers/netsuite/account-process';
import { BulkJob } from '../../helpers/netsuite/bulk-job';
import { batch, customer, line, order, resultsOf, sku, value, type Result } from '../../helpers/netsuite/operations';

type Row = Record<string, unknown>;
const ROLE = 'customrole_srl_integration';
const role = readFileSync(path.resolve(__dirname, `../../../src/Objects/${ROLE}.xml`), 'utf8');
const withoutSuiteQl = role.replace(/\s*<permission>\s*<permkey>REPO_ANALYTICS<\/permkey>[\s\S]*?<\/permission>/, '');

/** A role without SuiteAnalytics Workbook may not run SuiteQL: everything is then done by N/search. */
describe('without SuiteQL', () => {
  let account: NetSuiteAccount;

  beforeAll(async () => {
    account = await startAccount();
    await account.control('POST', 'objects', [{ xml: withoutSuiteQl }]);
    await account.seed([
      {
        type: 'noninventoryitem',
        externalId: 'W_1',
        fields: { itemid: 'W-1', displayname: 'Widget', isinactive: false, lastmodifieddate: '2026-11-20T10:00:00Z' },
        sublists: { price1: [{ pricelevel: '1', price_1_: 12.5 }] },
      },
      {
        type: 'noninventoryitem',
        fields: { itemid: 'W-UK', isinactive: false, subsidiary: ['2'], includechildren: false },
      },
    ]);
    await one(customer('SF_ACCT_W', { companyname: value('Without') }));
  });

  afterAll(() => account.stop());

  const one = async (single: object): Promise<Result> =>
    resultsOf(await account.restlet('upsert', batch([single])))[0] as Result;
  const read = async (page: string, query = ''): Promise<Row[]> => {
    const { status, body } = await account.restlet('read', undefined, { query: `&page=${page}${query}` });
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body['rows'] as Row[];
  };
  const events = async (after = '0'): Promise<{ events: Row[]; cursor: string }> =>
    (await account.restlet('changes', undefined, { query: `&after=${after}` })).body as unknown as {
      events: Row[];
      cursor: string;
    };

  test('describe says so, and counts what waits in the outbox all the same', async () => {
    const { body } = await account.restlet('describe', undefined, { query: '&types=customer,salesorder' });
    const types = body['types'] as Record<string, { query: string }>;
    expect([types['customer']?.query, types['salesorder']?.query]).toEqual(['search', 'search']);
    expect(body['outbox']).toEqual({ waiting: 1, lost: 0 });
    expect(String((body['permissions'] as { missing: string[] }).missing)).toContain('REPO_ANALYTICS');
  });

  test('changes come out and are acknowledged, long ones whole', async () => {
    const start = (await events()).cursor;
    const stored = await account.byExternalId('customer', 'SF_ACCT_W');
    const long = 'ü'.repeat(3900);
    await account.control('POST', 'ui/save', { type: 'customer', id: stored?.id, fields: { comments: long } });
    const page = await events(start);
    const event = page.events.find((one) => one['type'] === 'com.netsuite.customer.updated.v1');
    expect((event?.['data'] as { changes: unknown[] }).changes).toEqual([
      expect.objectContaining({ field: 'comments', new: long }),
    ]);
    const { body } = await account.restlet('changes', { acknowledge: [event?.['id']] });
    expect(body).toEqual({ acknowledged: 1 });
    expect((await events(start)).events.map((one) => one['type'])).not.toContain('com.netsuite.customer.updated.v1');
  });

  test('an order is created, recognised, compared, and its total and subsidiaries are checked', async () => {
    const make = (item: string, more: object = {}): object =>
      order('SF_OPP_W', 'SF_ACCT_W', [line('A', { item: sku(item), quantity: value(4), price: value('1') })], more);
    expect((await one(make('W-UK'))).error).toMatchObject({ code: 'SUBSIDIARY_MISMATCH', field: 'item[A].item' });
    const first = make('W-1', { expectedTotal: { amount: '40.00', whenDifferent: 'warn' } });
    expect(await one(first)).toMatchObject({ status: 'created', warnings: [{ code: 'TOTAL_DIFFERS', to: '50' }] });
    expect(await one(first)).toMatchObject({ status: 'duplicate', warnings: [{ code: 'TOTAL_DIFFERS' }] });
    expect(await one(make('W-1', { expectedTotal: { amount: '50.00' } }))).toMatchObject({
      status: 'unchanged',
      warnings: [],
    });
  });

  test('reconcile answers the records of a period, each once, over adjoining periods', async () => {
    const stored = await account.byExternalId('customer', 'SF_ACCT_W');
    const middle = new Date(String(stored?.fields['lastmodifieddate']));
    const ask = async (from: number, to: number): Promise<Row[]> => {
      const request = {
        recordType: 'customer',
        from: new Date(middle.getTime() + from).toISOString(),
        to: new Date(middle.getTime() + to).toISOString(),
      };
      const { status, body } = await account.restlet('reconcile', request);
      if (status !== 200) throw new Error(JSON.stringify(body));
      return body['rows'] as Row[];
    };
    const ids = [...(await ask(-3_600_000, 60_000)), ...(await ask(60_000, 3_600_000))].map((row) => row['internalId']);
    expect(ids.filter((id) => id === stored?.id)).toHaveLength(1);
    const orders = (
      await account.restlet('reconcile', {
        recordType: 'salesorder',
        from: '2020-01-01T00:00:00Z',
        to: '2030-01-01T00:00:00Z',
      })
    ).body['rows'] as Row[];
    expect(orders).toEqual([expect.objectContaining({ externalId: 'SF_OPP_W' })]);
  });

  test('the sweep runs under such a role too', async () => {
    const stored = await account.byExternalId('customer', 'SF_ACCT_W');
    await account.control('POST', 'clock', { advanceMs: 120_000 });
    await account.control('POST', 'ui/save', {
      type: 'customer',
      id: stored?.id,
      fields: { phone: '9' },
      triggers: false,
    });
    const users = await account.control<{ id: string; type: string }[]>('GET', 'records/employee?limit=50');
    expect(users.length).toBeGreaterThan(0);
    const run = await account.control('POST', 'scripts/customscript_srl_sweep/customdeploy_srl_sweep/run', {
      wait: true,
      as: { entity: 4, role: ROLE },
    });
    expect(run).toMatchObject({ state: 'COMPLETE' });
    const swept = (await events()).events.filter(({ data }) => (data as Row)['foundBy'] === 'sweep');
    expect(swept.map(({ subject }) => subject)).toContain(`customer/${stored?.id}`);
  });

  test('items, prices, stock, customers and balances are read', async () => {
    expect((await read('items', '&since=2026-11-01T00:00:00Z')).find((row) => row['sku'] === 'W-1')).toMatchObject({
      name: 'Widget',
      externalId: 'W_1',
      inactive: false,
      lastModified: '2026-11-20T10:00:00.000Z',
    });
    expect((await read('prices')).filter((row) => row['sku'] === 'W-1')).toEqual([
      expect.objectContaining({ priceLevel: '1', unitPrice: 12.5, currency: 'USD', inactive: false }),
    ]);
    expect((await read('customers')).find((row) => row['externalId'] === 'SF_ACCT_W')).toMatchObject({
      stage: 'CUSTOMER',
    });
    expect(Array.isArray(await read('balances'))).toBe(true);
    expect(Array.isArray(await read('stock'))).toBe(true);
  });

  test('a bulk load is staged in parts, carried out under such a role, and its results are handed out', async () => {
    const make = (at: number): object => customer(`SF_ACCT_WB${at}`, { companyname: value(`Bulk ${at}`) });
    const job = await BulkJob.open(account, 6);
    const parts = [
      [0, 1, 2],
      [3, 4, 5],
    ].map((part) => part.map(make));
    for (const [part, operations] of parts.entries()) await job.append(part, operations);
    await job.append(1, parts[1] ?? []);
    await job.start();
    expect(await job.until()).toMatchObject({ state: 'done', counts: { created: 6, waiting: 0 } });
    expect((await job.results()).map((result) => result.status)).toEqual(Array(6).fill('created'));
    expect(await account.byExternalId('customer', 'SF_ACCT_WB5')).not.toBeNull();
  });

  test('housekeeping finds what may go behind thousands of rows that may not', async () => {
    const row = (state: string): object => ({
      type: 'customrecord_srl_failure',
      fields: { custrecord_srl_fl_state: state, lastmodified: '2026-01-01T00:00:00Z' },
    });
    const open = Array.from({ length: 5_000 }, () => row('open'));
    for (let from = 0; from < open.length; from += 1000) await account.seed(open.slice(from, from + 1000));
    const [closed] = await account.seed([row('closed')]);
    const answer = await account.control<{ state: string }>(
      'POST',
      'scripts/customscript_srl_housekeeping/customdeploy_srl_housekeeping_2/run',
      { wait: true, as: account.integration },
    );
    expect(answer).toMatchObject({ state: 'COMPLETE' });
    expect(await account.record('customrecord_srl_failure', closed ?? '')).toBeNull();
    expect(await account.record('customrecord_srl_failure', String(Number(closed) - 1))).not.toBeNull();
  });
});
