import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';
import { addEntryType, deployFile, unitsOf } from './deploy-file';

/** User Events, Map/Reduce, scheduled scripts and Suitelets in the style of public repositories, run as they are. */
let box: BlackBox;
beforeAll(async () => {
  box = await openBlackBox();
});
afterEach(() => box.control('POST', 'reset'));
afterAll(() => box.close());

interface Saved {
  id: string;
  saved: boolean;
  error?: { name: string; message: string; entryPoint: string };
}
const customer = (fields: object): object => ({
  type: 'customer',
  fields: { subsidiary: '1', isinactive: false, ...fields },
});
const item = {
  type: 'inventoryitem',
  id: '501',
  fields: { itemid: 'WIDGET', displayname: 'Widget', isinactive: false },
};
const save = (body: object): Promise<Saved> => box.control('POST', 'ui/save', body) as Promise<Saved>;
const read = (type: string, id: string): Promise<{ fields: Record<string, unknown> }> =>
  box.control('GET', `records/${type}/${id}`) as Promise<{ fields: Record<string, unknown> }>;
const run = (name: string, params: object = {}): Promise<Record<string, unknown>> =>
  box.control('POST', `scripts/customscript_${name}/customdeploy_${name}/run`, { params, wait: true }) as Promise<
    Record<string, unknown>
  >;
const order = (customerId: string | undefined, quantity: number): object => ({
  type: 'salesorder',
  fields: { entity: customerId },
  sublists: { item: [{ item: '501', quantity, rate: 1 }] },
});

describe('User Events (sections 4407992070, 1512409310)', () => {
  it('default a field on create, by context', async () => {
    await deployFile(box, 'ue_customer_defaults', { recordType: 'customer' });
    const crud = await deployFile(box, 'rl_customer_crud');
    const byUser = await save({ type: 'customer', fields: { companyname: 'UI', subsidiary: '1' } });
    const byScript = (await box.restlet(crud, 'POST', { companyname: 'Script', subsidiary: 1 })).body as { id: number };
    expect((await read('customer', byUser.id)).fields.comments).toBe('created via USERINTERFACE');
    expect((await read('customer', String(byScript.id))).fields.comments).toBe('created via RESTLET');
  });

  it('refuse an order before it is stored', async () => {
    await deployFile(box, 'ue_order_validate', { recordType: 'salesorder' });
    const [id] = await box.seed([customer({ companyname: 'Acme', currency: '1' }), item]);
    expect(await save(order(id, 101))).toMatchObject({
      saved: false,
      error: { name: 'QTY_TOO_HIGH', message: 'Line 1: 101 is more than 100', entryPoint: 'beforeSubmit' },
    });
    expect(await box.control('GET', 'records/salesorder')).toEqual([]);
    expect(await save(order(id, 100))).toMatchObject({ saved: true });
  });

  it('log changed fields, on edits and on list edits, for 6 units a row', async () => {
    await addEntryType(box);
    const script = await deployFile(box, 'ue_change_log', { recordType: 'customer' });
    const [id] = await box.seed([customer({ companyname: 'Acme', phone: '555-0001', comments: 'a' })]);
    await save({ type: 'customer', id, fields: { phone: '555-0002' } });
    await save({ type: 'customer', id, fields: { comments: 'b' }, inline: true });
    const rows = (await box.control('GET', 'records/customrecord_entry')) as { fields: { name: string } }[];
    expect(rows.map((row) => row.fields.name)).toEqual(['phone: 555-0001 > 555-0002', 'comments: a > b']);
    expect(await unitsOf(box, script)).toEqual([6, 6]);
  });

  it('forbid a delete', async () => {
    await deployFile(box, 'ue_no_delete', { recordType: 'customer' });
    const [id = ''] = await box.seed([customer({ companyname: 'Acme' })]);
    expect(await save({ type: 'customer', id, delete: true })).toMatchObject({
      saved: false,
      error: { name: 'NO_DELETE', message: 'Acme must stay' },
    });
    expect((await read('customer', id)).fields.companyname).toBe('Acme');
  });

  it('fill the form before the user does', async () => {
    await deployFile(box, 'ue_form_defaults', { recordType: 'salesorder' });
    expect(await box.control('POST', 'ui/open', { type: 'salesorder', event: 'create' })).toMatchObject({
      fields: { memo: 'from the form' },
    });
  });

  it('compute a body field from the lines', async () => {
    await addEntryType(box);
    await deployFile(box, 'ue_line_total', { recordType: 'salesorder' });
    const [id] = await box.seed([customer({ companyname: 'Acme', currency: '1' }), item]);
    const saved = await save({
      type: 'salesorder',
      fields: { entity: id },
      sublists: {
        item: [
          { item: '501', quantity: 2, rate: 1 },
          { item: '501', quantity: 5, rate: 1 },
        ],
      },
    });
    expect((await read('salesorder', saved.id)).fields.custbody_units).toBe(7);
  });

  it('write another record without waking its User Events', async () => {
    await addEntryType(box);
    const cascade = await deployFile(box, 'ue_cascade', { recordType: 'contact' });
    const log = await deployFile(box, 'ue_change_log', { recordType: 'customer' });
    const [id = ''] = await box.seed([customer({ companyname: 'Acme', comments: 'none' })]);
    await save({ type: 'contact', fields: { firstname: 'Ann', lastname: 'Lee', company: id, subsidiary: '1' } });
    expect((await read('customer', id)).fields.comments).toBe('last contact Lee');
    expect(await unitsOf(box, cascade)).toEqual([5]);
    expect(await unitsOf(box, log)).toEqual([]);
  });

  it('can no longer stop a save afterwards', async () => {
    await deployFile(box, 'ue_after_error', { recordType: 'customer' });
    const result = await save({ type: 'customer', fields: { companyname: 'Late', subsidiary: '1' } });
    expect(result).toMatchObject({ saved: true, error: { message: 'too late', entryPoint: 'afterSubmit' } });
    expect((await read('customer', result.id)).fields.companyname).toBe('Late');
  });
});

describe('Map/Reduce scripts', () => {
  it('update what a search finds: 5 units each, keys are internal ids', async () => {
    await deployFile(box, 'mr_touch_customers', {
      parameters: [{ id: 'custscript_prefix', type: 'text', default: 'seen' }],
    });
    const ids = await box.seed([
      customer({ companyname: 'A', comments: 'old' }),
      customer({ companyname: 'B', comments: 'old' }),
      customer({ companyname: 'C', comments: 'new' }),
    ]);
    const report = await run('mr_touch_customers', { custscript_prefix: 'touched' });
    expect(report).toMatchObject({
      state: 'COMPLETE',
      units: 10,
      map: { invocations: 2, keys: [ids[0], ids[1]], outputs: 2 },
    });
    expect((await read('customer', ids[0] ?? '')).fields.comments).toBe('touched A');
    expect((await read('customer', ids[2] ?? '')).fields.comments).toBe('new');
  });

  it('total SuiteQL rows by key and write a file: 20 units in summarize', async () => {
    await addEntryType(box);
    await deployFile(box, 'mr_order_totals');
    await box.seed(
      [1, 2, 4].map((n) => ({
        type: 'customrecord_entry',
        fields: { name: `E${n}`, custrecord_amount: n, custrecord_state: n === 4 ? '2' : '1' },
      })),
    );
    expect(await run('mr_order_totals')).toMatchObject({
      state: 'COMPLETE',
      units: 20,
      reduce: { invocations: 2, keys: ['1', '2'] },
    });
    expect(await box.control('GET', 'ledger/files')).toMatchObject([{ name: 'totals.csv', contents: '1,3\n2,4' }]);
  });

  it('import a file line by line: 15 units a contact', async () => {
    await deployFile(box, 'mr_csv_contacts', {
      files: [
        {
          path: 'SuiteScripts/contacts.csv',
          source: 'first,last,email\nAnn,Lee,ann@x.example\nBob,Roe,bob@x.example\n',
        },
      ],
    });
    expect(await run('mr_csv_contacts')).toMatchObject({
      state: 'COMPLETE',
      units: 40,
      map: { invocations: 3, outputs: 2 },
    });
    // Two jobs work side by side: which contact is first is chance.
    const contacts = (await box.control('GET', 'records/contact')) as { fields: { email: string } }[];
    expect(contacts.map((row) => row.fields.email).sort()).toEqual(['ann@x.example', 'bob@x.example']);
  });

  it('take a saved search by id', async () => {
    const searches = await deployFile(box, 'rl_saved_search');
    await deployFile(box, 'mr_saved_search');
    const [id] = await box.seed([customer({ companyname: 'Big Co', comments: 'big' })]);
    await box.restlet(searches, 'PUT', {});
    expect(await run('mr_saved_search')).toMatchObject({
      state: 'COMPLETE',
      units: 0,
      output: [{ key: 'Big Co', value: id }],
    });
  });

  it('retry what fails, as often as they say', async () => {
    await deployFile(box, 'mr_retry');
    const report = await run('mr_retry');
    expect(report).toMatchObject({
      state: 'COMPLETE',
      map: { invocations: 6 },
      output: [
        { key: 'ok', value: '1' },
        { key: 'flaky', value: '2' },
      ],
    });
    expect((report.stages as { errors: object[] }[])[1]?.errors).toHaveLength(4);
  });

  it('group numbers by a numeric key', async () => {
    await deployFile(box, 'mr_group_lines');
    expect(await run('mr_group_lines')).toMatchObject({
      output: [
        { key: '1', value: '5' },
        { key: '2', value: '5' },
      ],
    });
  });
});

describe('scheduled scripts and Suitelets', () => {
  it('close what a search finds: 10, then 5 and 10 each', async () => {
    await deployFile(box, 'ss_close_stale');
    const [first = ''] = await box.seed([
      { type: 'task', fields: { title: 'Call', status: 'NOTSTART', assigned: '-5', startdate: '2026-01-01' } },
      { type: 'task', fields: { title: 'Done', status: 'COMPLETE', assigned: '-5', startdate: '2026-01-01' } },
    ]);
    expect(await run('ss_close_stale')).toEqual({ state: 'COMPLETE', units: 25 });
    expect((await read('task', first)).fields.status).toBe('COMPLETE');
  });

  it('export a query to a file: 10 and 20', async () => {
    await deployFile(box, 'ss_export');
    await box.seed([customer({ companyname: 'Export A', email: 'a@x.example' }), customer({ companyname: 'Other' })]);
    expect(await run('ss_export')).toEqual({ state: 'COMPLETE', units: 30 });
    expect(await box.control('GET', 'ledger/files')).toMatchObject([
      { name: 'export.csv', contents: 'name,email\nExport A,a@x.example\n' },
    ]);
  });

  it('start a Map/Reduce that a parameter names, and fail without it', async () => {
    await deployFile(box, 'mr_group_lines');
    await deployFile(box, 'ss_chain', { parameters: [{ id: 'custscript_target', type: 'text' }] });
    expect(await run('ss_chain')).toMatchObject({ state: 'FAILED', error: { message: 'no target' } });
    expect(await run('ss_chain', { custscript_target: 'customscript_mr_group_lines' })).toEqual({
      state: 'COMPLETE',
      units: 20,
    });
    expect(await box.control('GET', 'ledger/tasks')).toMatchObject([
      {},
      {},
      { taskType: 'MAP_REDUCE', submittedBy: 'customscript_ss_chain' },
    ]);
  });

  it('answer JSON from a Suitelet', async () => {
    await deployFile(box, 'sl_api');
    await box.seed([customer({ companyname: 'Acme' })]);
    const answer = await fetch(
      `${box.url}/app/site/hosting/scriptlet.nl?script=customscript_sl_api&deploy=customdeploy_sl_api&name=Acme`,
    );
    expect([answer.headers.get('content-type'), await answer.json()]).toEqual([
      'application/json',
      { method: 'GET', found: true },
    ]);
  });

  it('create a record from a posted form and lead there', async () => {
    await deployFile(box, 'sl_redirect');
    const url = `${box.url}/app/site/hosting/scriptlet.nl?script=customscript_sl_redirect&deploy=1`;
    expect(await (await fetch(url)).text()).toBe('<form method="post"><button>Create</button></form>\n');
    const posted = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'name=Formed',
    });
    expect(posted.status).toBe(302);
    expect(posted.headers.get('location')).toMatch(/^\/app\/common\/entity\/custjob\.nl\?id=\d+/);
    expect(await box.control('GET', 'records/customer')).toMatchObject([{ fields: { companyname: 'Formed' } }]);
  });
});
