import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';

/** Loads a saved search by its script id or internal id and evaluates it. */
const LOADER = `/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/search'], (search) => ({
  post: ({ id }) => {
    try {
      const found = search.load({ id });
      const rows = found.run().getRange({ start: 0, end: 10 }).map((row) => found.columns.map((column) => row.getValue(column)));
      return { type: found.searchType, title: found.title, id: found.id, expression: found.filterExpression, rows };
    } catch (e) { return { name: e.name, message: e.message } }
  },
}));`;
const RESTLET = 'customscript_loader';

let box: BlackBox;
let searchId: string;
beforeAll(async () => {
  box = await openBlackBox();
  await box.control('POST', 'scripts', [
    { scriptId: RESTLET, type: 'restlet', source: LOADER, deployments: [{ deploymentId: 'customdeploy_loader' }] },
  ]);
  const customer = (companyname: string, email: string, isinactive: boolean): object => ({
    type: 'customer',
    fields: { companyname, email, subsidiary: '1', isinactive },
  });
  const filters = [['isinactive', 'is', 'F'], 'AND', ['email', 'contains', 'example.com']];
  const columns = [{ name: 'companyname', sort: 'DESC' }, 'email'];
  const saved = (fields: object): object => ({ type: 'savedsearch', fields });
  const ids = await box.seed([
    customer('Acme', 'a@example.com', false),
    customer('Bolt', 'b@example.com', false),
    customer('Gone', 'g@example.com', true),
    customer('Other', 'o@example.org', false),
    saved({ title: 'Reachable', scriptid: 'customsearch_reachable', searchtype: 'customer', filters, columns }),
    saved({ title: 'Broken', scriptid: 'customsearch_broken', columns }),
  ]);
  searchId = ids[4] ?? '';
});
afterAll(() => box.close());

const load = async (id: string | number): Promise<unknown> => (await box.restlet(RESTLET, 'POST', { id })).body;

describe('a saved search seeded through the control API', () => {
  const rows = [
    ['Bolt', 'b@example.com'],
    ['Acme', 'a@example.com'],
  ];

  it('is loaded by its script id and evaluated: filters, columns and their order', async () => {
    expect(await load('customsearch_reachable')).toMatchObject({ type: 'customer', title: 'Reachable', rows });
  });

  it('is loaded by its internal id, in either type', async () => {
    expect(await load(searchId)).toMatchObject({ rows });
    expect(await load(Number(searchId))).toMatchObject({ rows });
  });

  it('says what it lacks instead of giving rows of another type', async () => {
    expect(await load('customsearch_broken')).toMatchObject({
      message: expect.stringContaining('searchtype') as string,
    });
    expect(await load('customsearch_absent')).toHaveProperty('name');
  });
});
