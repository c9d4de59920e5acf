import type { AccountKernel } from '../../../emulator/kernel/account';
import { openDeployedAccount, postTo, restletSpec } from '../../helpers/emulator/deployed-account';
import { seedTrade } from '../suiteql/account';

let account: AccountKernel;

const script = (name: string, code: string) =>
  restletSpec(
    name,
    ['N/search', 'N/runtime'],
    `const left = () => runtime.getCurrentScript().getRemainingUsage(); const before = left(); try { ${code} } catch (e) { return { name: e.name, message: e.message }; }`,
  );

beforeAll(async () => {
  account = await openDeployedAccount({
    scripts: [
      script(
        'rows',
        `const found = search.create(args).run(); const rows = found.getRange({ start: 0, end: 10 });
        return { json: JSON.parse(JSON.stringify(rows)), units: before - left() };`,
      ),
      script(
        'values',
        `const s = search.create({ type: search.Type.SALES_ORDER,
          filters: [search.createFilter({ name: 'mainline', operator: search.Operator.IS, values: ['F'] }), search.createFilter({ name: 'entity', operator: 'anyof', values: 101 })],
          columns: ['tranid', search.createColumn({ name: 'item', sort: search.Sort.DESC }), search.createColumn({ name: 'companyname', join: 'customer' }), 'quantity'] });
        const out = [];
        s.run().each((r) => { out.push([r.id, r.recordType, r.getValue('tranid'), r.getValue({ name: 'item' }), r.getText(s.columns[1]), r.getValue({ name: 'companyname', join: 'customer' }), r.getValue('quantity'), r.getValue('nosuch')]); return out.length < 2; });
        return { out, units: before - left() };`,
      ),
      script(
        'summary',
        `const s = search.create({ type: 'transaction', filters: [['mainline', 'is', 'T'], 'AND', ['type', 'anyof', 'SalesOrd']],
          columns: [search.createColumn({ name: 'entity', summary: 'GROUP' }), search.createColumn({ name: 'amount', summary: search.Summary.SUM })] });
        return { out: s.run().getRange(0, 10).map((r) => [r.getValue({ name: 'entity', summary: 'GROUP' }), r.getText({ name: 'entity', summary: 'GROUP' }), r.getValue(s.columns[1]), r.getAllValues()]), units: before - left() };`,
      ),
      script(
        'global',
        `return { rows: search.global(args).map((r) => [r.id, r.recordType, r.getValue('name')]), units: before - left() };`,
      ),
      script('duplicates', `return { ids: search.duplicates(args).map((r) => r.id), units: before - left() };`),
      script('lookup', `return { found: search.lookupFields(args), units: before - left() };`),
      script(
        'saved',
        `const s = search.create({ type: 'customer', title: 'All customers', id: 'customsearch_all', filters: [['isinactive', 'is', 'F']], columns: ['entityid'] });
        const id = s.save();
        const again = search.load({ id: 'customsearch_all' });
        const names = again.run().getRange({ start: 0, end: 5 }).map((r) => r.getValue('entityid'));
        again.filters.push(search.createFilter({ name: 'entityid', operator: 'is', values: 'x' }));
        const expression = again.filterExpression;
        search.delete({ id });
        return { id: typeof id, title: again.title, type: again.searchType, names, expression, units: before - left() };`,
      ),
      script(
        'paged',
        `const p = search.create({ type: 'vendor', columns: [search.createColumn({ name: 'entityid', sort: 'ASC' })] }).runPaged({ pageSize: 5 });
        const pages = p.pageRanges.map((range) => p.fetch({ index: range.index }).data.map((r) => r.getValue('entityid')));
        return { count: p.count, pages, next: p.fetch(0).next().data.length, units: before - left() };`,
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

const post = async (name: string, args: unknown = {}) =>
  (await postTo(account, name, args as never)).body as Record<string, unknown>;

describe('N/search from a script (section_4345764122)', () => {
  it('turns rows into JSON with selects as lists of value and text, booleans and formatted dates', async () => {
    const { json, units } = await post('rows', {
      type: 'customer',
      filters: ['internalid', 'anyof', '101'],
      columns: ['entityid', 'salesrep', 'isinactive', 'creditlimit', 'salesrep.email', 'pricelevel'],
    });
    expect(json).toEqual([
      {
        recordType: 'customer',
        id: '101',
        values: {
          entityid: 'Acme',
          salesrep: [{ value: '7', text: 'Sam Seller' }],
          isinactive: false,
          creditlimit: '1000.50',
          'salesrep.email': 'sam@example.com',
          pricelevel: [],
        },
      },
    ]);
    expect(units).toBe(10);
  });

  it('walks lines with each, stops when the callback says so, and costs 10 units', async () => {
    expect(await post('values')).toEqual({
      out: [
        ['501', 'salesorder', 'SO501', '11', 'WIDGET', 'Acme Ltd', '3', null],
        ['501', 'salesorder', 'SO501', '12', 'SETUP', 'Acme Ltd', '1', null],
      ],
      units: 10,
    });
  });

  it('sums by group', async () => {
    expect(await post('summary')).toMatchObject({
      out: [
        ['101', 'Acme', '130.00', { 'GROUP(entity)': [{ value: '101', text: 'Acme' }], 'SUM(amount)': '130.00' }],
        ['102', 'Beta', '10.00', {}],
      ],
      units: 10,
    });
  });

  it('looks up fields for one unit, {} for an unknown id', async () => {
    expect(
      await post('lookup', {
        type: 'customer',
        id: 101,
        columns: ['entityid', 'salesrep', 'isinactive', 'salesrep.email'],
      }),
    ).toEqual({
      found: {
        entityid: 'Acme',
        salesrep: [{ value: '7', text: 'Sam Seller' }],
        isinactive: false,
        'salesrep.email': 'sam@example.com',
      },
      units: 1,
    });
    expect(await post('lookup', { type: 'customer', id: 99999, columns: 'entityid' })).toMatchObject({ found: {} });
  });

  it('saves, loads, runs and deletes a saved search: 5 units each, 10 for the rows', async () => {
    expect(await post('saved')).toEqual({
      id: 'number',
      title: 'All customers',
      type: 'customer',
      names: ['Acme', 'Gamma'],
      expression: [['isinactive', 'is', 'F'], 'AND', ['entityid', 'is', 'x']],
      units: 25,
    });
  });

  it('pages with 5 units for the run and 5 a page (documented profile)', async () => {
    const names = Array.from({ length: 12 }, (_, i) => `V${1001 + i}`);
    expect(await post('paged')).toEqual({
      count: 12,
      pages: [names.slice(0, 5), names.slice(5, 10), names.slice(10)],
      next: 5,
      units: 5 + 3 * 5 + 2 * 5,
    });
  });

  it.each([
    [{ columns: ['entityid'] }, 'SSS_MISSING_REQD_ARGUMENT', 'search.create: Missing a required argument: type'],
    [
      { type: 'customer', columns: ['nosuch'] },
      'SSS_INVALID_SRCH_COL',
      'An nlobjSearchColumn contains an invalid column, or is not in proper syntax: nosuch.',
    ],
    [
      { type: 'customer', filters: [['nosuch', 'is', '1']] },
      'SSS_INVALID_SRCH_FILTER',
      'An nlobjSearchFilter contains invalid search criteria: nosuch.',
    ],
    [{ type: 'customer', filters: [['entityid', 'resembles', '1']] }, 'SSS_INVALID_SRCH_OPERATOR', /entityid/],
    [{ type: 'customer', filters: [['entityid', 'is', 'x'], 'AND'] }, 'SSS_INVALID_SRCH_FILTER_EXPR', /operand/],
    [{ type: 'nosuch' }, 'INVALID_RCRD_TYPE', /NOSUCH/],
    [{ type: 'opportunity', filters: [['mainline', 'is', 'T']] }, 'SSS_INVALID_SRCH_FILTER', /mainline/],
  ])('refuses %j', async (args, name, message) => {
    expect(await post('rows', args)).toEqual({
      name,
      message: message instanceof RegExp ? expect.stringMatching(message) : message,
    });
  });
});

describe('search.global and search.duplicates', () => {
  it('find records by name and by shared fields, 10 units each', async () => {
    expect(await post('global', { keywords: 'cu: acm' })).toEqual({ rows: [['101', 'customer', 'Acme']], units: 10 });
    expect(await post('global', { keywords: 'so501' })).toEqual({
      rows: [['501', 'salesorder', 'Sales Order #SO501']],
      units: 10,
    });
    expect(await post('duplicates', { type: 'customer', fields: { email: 'INFO@acme.example' } })).toEqual({
      ids: ['101'],
      units: 10,
    });
    expect(await post('duplicates', { type: 'customer', id: 101 })).toEqual({ ids: [], units: 10 });
  });
});
