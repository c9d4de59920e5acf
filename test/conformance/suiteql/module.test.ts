import type { AccountKernel } from '../../../emulator/kernel/account';
import { openDeployedAccount, postTo, restletSpec } from '../../helpers/emulator/deployed-account';
import { seedTrade } from './account';

let account: AccountKernel;

beforeAll(async () => {
  account = await openDeployedAccount({
    scripts: [
      restletSpec(
        'ql',
        ['N/query', 'N/runtime'],
        `try {
          const before = runtime.getCurrentScript().getRemainingUsage();
          const set = query.runSuiteQL(args.call);
          const out = { results: set.asMappedResults(), first: set.results[0] && set.results[0].asMap(), columns: set.columns.map((c) => c.fieldId) };
          return { ...out, units: before - runtime.getCurrentScript().getRemainingUsage() };
        } catch (e) { return { name: e.name, message: e.message }; }`,
      ),
      restletSpec(
        'paged',
        ['N/query', 'N/runtime'],
        `const before = runtime.getCurrentScript().getRemainingUsage();
         const paged = query.runSuiteQLPaged({ query: args.query, pageSize: 5 });
         const ids = [];
         paged.pageRanges.forEach((range) => ids.push(paged.fetch({ index: range.index }).data.asMappedResults().map((r) => r.id)));
         const again = [];
         paged.iterator().each((page) => { page.value.data.results.forEach((r) => again.push(r.values[0])); return true; });
         return { count: paged.count, ids, again, isLast: paged.fetch(paged.pageRanges.length - 1).isLast, units: before - runtime.getCurrentScript().getRemainingUsage() };`,
      ),
    ],
  });
  seedTrade(account);
  for (let id = 1001; id <= 1012; id++)
    account.store.put({
      type: 'vendor',
      id: String(id),
      externalId: null,
      version: 0,
      fields: { entityid: `V${id}` },
      sublists: {},
      subrecords: {},
    });
});

afterAll(() => account.close());

const ask = async (call: unknown): Promise<Record<string, unknown>> =>
  (await postTo(account, 'ql', { call } as never)).body as Record<string, unknown>;

describe('N/query runSuiteQL from a script (section_157960542026)', () => {
  it('binds parameters, answers mapped rows under lower-case names and costs 10 units', async () => {
    const answer = await ask({
      query: 'SELECT ID, EntityId AS "Name" FROM customer WHERE externalid IN (?, ?) ORDER BY id',
      params: ['ACME-1', 'BETA-1'],
    });
    expect(answer).toEqual({
      results: [
        { id: 101, name: 'Acme' },
        { id: 102, name: 'Beta' },
      ],
      first: { id: 101, name: 'Acme' },
      columns: ['id', 'name'],
      units: 10,
    });
  });

  it('takes the query as a plain string', async () => {
    expect(await ask('SELECT id FROM customer WHERE id = 101')).toMatchObject({ results: [{ id: 101 }] });
  });

  it.each([
    [{}, 'SSS_MISSING_REQD_ARGUMENT', 'query.runSuiteQL: Missing a required argument: query'],
    [{ query: 'SELECT id FROM customer WHERE id = ?', params: [{}] }, 'SSS_INVALID_TYPE_ARG', /params/],
    [{ query: 'SELECT id FROM customer WHERE id = ?', params: 5 }, 'WRONG_PARAMETER_TYPE', /params/],
    [
      { query: 'SELECT id FROM nosuch' },
      'SSS_SEARCH_ERROR_OCCURRED',
      "Search error occurred: Record 'nosuch' was not found.",
    ],
  ])('refuses %j by name', async (call, name, message) => {
    expect(await ask(call)).toEqual({
      name,
      message: message instanceof RegExp ? expect.stringMatching(message) : message,
    });
  });

  it('pages by running the query anew, 10 units a page (section_157960586441)', async () => {
    const answer = (await postTo(account, 'paged', { query: 'SELECT id FROM vendor ORDER BY id' })).body;
    const all = Array.from({ length: 12 }, (_, i) => 1001 + i);
    expect(answer).toEqual({
      count: 12,
      ids: [all.slice(0, 5), all.slice(5, 10), all.slice(10)],
      again: all,
      isLast: true,
      units: 10 + 3 * 10 + 3 * 10 + 10,
    });
  });
});
