import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';
import { addEntryType, deployFile, unitsOf } from './deploy-file';

/** RESTlets as public repositories write them, run as they are; results and units by the documented table (section_157072844224). */
let box: BlackBox;
beforeAll(async () => {
  box = await openBlackBox({ secrets: { custsecret_webhook: 'whsec' } });
});
afterEach(() => box.control('POST', 'reset'));
afterAll(() => box.close());

const customer = (fields: object): object => ({
  type: 'customer',
  fields: { subsidiary: '1', isinactive: false, ...fields },
});
const item = {
  type: 'inventoryitem',
  id: '501',
  fields: { itemid: 'WIDGET', displayname: 'Widget', isinactive: false },
};

describe('RESTlets: entities', () => {
  it('creates, reads, changes and deletes a customer: 15, 5, 15 and 10 units', async () => {
    const script = await deployFile(box, 'rl_customer_crud');
    const { body: made } = await box.restlet(script, 'POST', {
      companyname: 'Acme',
      subsidiary: 1,
      email: 'a@acme.example',
    });
    const { id } = made as { id: number };
    expect((await box.restlet(script, 'GET', undefined, { query: { id } })).status).toBe(400);
    const put = await box.restlet(script, 'PUT', { id, phone: '555-0100', ignored: 1 });
    expect(put.body).toEqual({ id });
    expect(await box.control('GET', `records/customer/${id}`)).toMatchObject({
      fields: { companyname: 'Acme', email: 'a@acme.example', phone: '555-0100' },
    });
    await box.restlet(script, 'DELETE', undefined, { query: { id } });
    await expect(box.control('GET', `records/customer/${id}`)).rejects.toThrow('404');
    expect(await unitsOf(box, script)).toEqual([15, 5, 15, 10]);
  });

  it('answers an error of its own inside a 200', async () => {
    const script = await deployFile(box, 'rl_contact_create');
    const [id] = await box.seed([customer({ companyname: 'Acme' })]);
    expect(
      (await box.restlet(script, 'POST', { firstName: 'Ann', lastName: 'Lee', email: 'ann@x.example', customerId: id }))
        .body,
    ).toMatchObject({ success: true });
    expect(
      (
        await box.restlet(script, 'POST', {
          firstName: 'Bob',
          lastName: 'Lee',
          email: 'b@x.example',
          customerId: 424242,
        })
      ).body,
    ).toEqual({ success: false, error: 'INVALID_KEY_OR_REF' });
    expect((await unitsOf(box, script))[0]).toBe(15);
  });

  it('reads any record with values and texts', async () => {
    const script = await deployFile(box, 'rl_record_reader');
    const [id] = await box.seed([customer({ companyname: 'Acme', currency: '1' })]);
    const { body } = await box.restlet(script, 'GET', undefined, {
      query: { type: 'customer', id: id ?? '', fields: 'companyname,currency' },
    });
    expect(body).toMatchObject({
      type: 'customer',
      id,
      companyname: { value: 'Acme' },
      currency: { value: '1', text: 'US Dollar' },
    });
    expect(await unitsOf(box, script)).toEqual([5]);
  });

  it('looks fields up in the documented shapes for one unit', async () => {
    const script = await deployFile(box, 'rl_lookup');
    const [id] = await box.seed([customer({ companyname: 'Acme' })]);
    const { body } = await box.restlet(script, 'GET', undefined, { query: { id: id ?? '' } });
    expect(body).toEqual({
      companyname: 'Acme',
      isinactive: false,
      subsidiary: [{ value: '1', text: 'Parent Company' }],
    });
    expect(await unitsOf(box, script)).toEqual([1]);
  });

  it('submits inline fields for 5 units and others for a hidden load and save', async () => {
    const script = await deployFile(box, 'rl_submit_fields');
    const [id] = await box.seed([customer({ companyname: 'Acme' })]);
    expect((await box.restlet(script, 'PUT', { type: 'customer', id, values: { phone: '555-0101' } })).body).toEqual({
      used: 5,
    });
    expect(
      (await box.restlet(script, 'PUT', { type: 'customer', id, values: { email: 'x@acme.example' } })).body,
    ).toEqual({ used: 15 });
    expect(await box.control('GET', `records/customer/${id}`)).toMatchObject({
      fields: { phone: '555-0101', email: 'x@acme.example' },
    });
  });

  it('adds an address line with its subrecord', async () => {
    const script = await deployFile(box, 'rl_address');
    const [id] = await box.seed([customer({ companyname: 'Acme' })]);
    expect((await box.restlet(script, 'POST', { customer: id, city: 'Springfield' })).body).toEqual({
      lines: 1,
      city: 'Springfield',
      label: 'Head office',
    });
    expect(await unitsOf(box, script)).toEqual([20]);
  });

  it('creates what 5,000 units allow and hands back the rest', async () => {
    const script = await deployFile(box, 'rl_batch_upsert');
    const names = Array.from({ length: 340 }, (_, i) => `Batch ${i}`);
    expect((await box.restlet(script, 'POST', { names })).body).toEqual({ done: 331, left: 9 });
    expect(await unitsOf(box, script)).toEqual([4965]);
  });
});

describe('RESTlets: transactions', () => {
  it('enters a sales order in dynamic mode: create 10, save 20, load 10', async () => {
    const script = await deployFile(box, 'rl_sales_order');
    const [id] = await box.seed([customer({ companyname: 'Acme', currency: '1' }), item]);
    const { body } = await box.restlet(script, 'POST', {
      customer: id,
      memo: 'by script',
      lines: [
        { item: 501, quantity: 2, rate: 12.5 },
        { item: 501, quantity: 1, rate: 5 },
      ],
    });
    expect(body).toMatchObject({ total: 30, lines: 2, first: 25 });
    expect(await unitsOf(box, script)).toEqual([40]);
  });

  it('bills a sales order: transform 10, save 20, lookup 1', async () => {
    const orders = await deployFile(box, 'rl_sales_order');
    const script = await deployFile(box, 'rl_invoice_order');
    const [id] = await box.seed([customer({ companyname: 'Acme', currency: '1' }), item]);
    const order = (
      await box.restlet(orders, 'POST', { customer: id, memo: 'm', lines: [{ item: 501, quantity: 2, rate: 10 }] })
    ).body as { id: number };
    await box.control('POST', 'records', [
      { type: 'salesorder', id: String(order.id), fields: { orderstatus: 'F', status: 'pendingBilling' } },
    ]);
    expect((await box.restlet(script, 'POST', { orderId: order.id })).body).toEqual({
      createdfrom: String(order.id),
      memo: 'billed by script',
    });
    expect(await unitsOf(box, script)).toEqual([31]);
  });
});

describe('RESTlets: searches and queries', () => {
  const three = [
    customer({ companyname: 'Ada', email: 'x@x.example' }),
    customer({ companyname: 'Bob', email: 'x@x.example' }),
    customer({ companyname: 'Cy', email: 'x@x.example', isinactive: true }),
  ];

  it('runs a search with each for 10 units', async () => {
    const script = await deployFile(box, 'rl_search_each');
    const ids = await box.seed(three);
    expect((await box.restlet(script, 'POST', { email: 'x@x.example' })).body).toEqual([
      { id: ids[1], name: 'Bob' },
      { id: ids[0], name: 'Ada' },
    ]);
    expect(await unitsOf(box, script)).toEqual([10]);
  });

  it('pages: 5 for the run and 5 a page', async () => {
    const script = await deployFile(box, 'rl_search_paged');
    await box.seed(Array.from({ length: 12 }, (_, i) => customer({ companyname: `Page ${i}` })));
    expect((await box.restlet(script, 'POST', { pageSize: 5 })).body).toEqual({ count: 12, pages: [5, 5, 2] });
    expect(await unitsOf(box, script)).toEqual([20]);
  });

  it('groups and sums custom records', async () => {
    await addEntryType(box);
    const script = await deployFile(box, 'rl_search_summary');
    await box.seed(
      [1, 2, 4].map((n) => ({
        type: 'customrecord_entry',
        fields: { name: `E${n}`, custrecord_amount: n, custrecord_state: n === 4 ? '2' : '1' },
      })),
    );
    expect((await box.restlet(script, 'POST', {})).body).toEqual([
      ['Done', 4],
      ['Open', 3],
    ]);
    expect(await unitsOf(box, script)).toEqual([10]);
  });

  it('saves a search and loads it later: 5, then 5 and 10', async () => {
    const script = await deployFile(box, 'rl_saved_search');
    await box.seed([
      customer({ companyname: 'Big Co', comments: 'big' }),
      customer({ companyname: 'Small Co', comments: 'small' }),
    ]);
    expect((await box.restlet(script, 'PUT', {})).body).toBe(true);
    expect((await box.restlet(script, 'GET')).body).toEqual(['Big Co']);
    expect(await unitsOf(box, script)).toEqual([5, 15]);
  });

  it('runs SuiteQL with parameters for 10 units and names what is wrong with it', async () => {
    const script = await deployFile(box, 'rl_suiteql');
    await box.seed(three);
    expect(
      (
        await box.restlet(script, 'POST', {
          q: 'SELECT companyname FROM customer WHERE email = ? ORDER BY companyname',
          params: ['x@x.example'],
        })
      ).body,
    ).toEqual({ ok: true, rows: [{ companyname: 'Ada' }, { companyname: 'Bob' }, { companyname: 'Cy' }] });
    expect((await box.restlet(script, 'POST', { q: 'SELECT nothing FROM nowhere' })).body).toMatchObject({ ok: false });
    expect((await unitsOf(box, script))[0]).toBe(10);
  });
});

describe('RESTlets: other modules', () => {
  it('stores an upload and reads it back: 20, 10, 10', async () => {
    const script = await deployFile(box, 'rl_file_upload');
    const base64 = Buffer.from('a,1\nb,2\n').toString('base64');
    expect((await box.restlet(script, 'POST', { name: 'in.csv', base64 })).body).toEqual({ size: 8, sum: 3 });
    expect(await unitsOf(box, script)).toEqual([40]);
  });

  it('submits a Map/Reduce for 20 units', async () => {
    const script = await deployFile(box, 'rl_task_status');
    const job = await deployFile(box, 'mr_group_lines');
    expect((await box.restlet(script, 'POST', { scriptId: job, params: {} })).body).toMatchObject({ known: true });
    expect(await unitsOf(box, script)).toEqual([20]);
  });

  it('sends mail for 20 units', async () => {
    const script = await deployFile(box, 'rl_notify');
    expect((await box.restlet(script, 'POST', { to: 'ops@example.com', text: 'hello' })).body).toBe('sent');
    expect(await box.control('GET', 'ledger/email')).toMatchObject([
      { recipients: ['ops@example.com'], subject: 'Note from TSTDRV1000001', scriptId: script },
    ]);
    expect(await unitsOf(box, script)).toEqual([20]);
  });

  it('creates custom records by text for 6 units each, loads one for 2', async () => {
    await addEntryType(box);
    const script = await deployFile(box, 'rl_custom_record');
    expect(
      (
        await box.restlet(script, 'POST', [
          { name: 'A', amount: 1.5, state: 'Open' },
          { name: 'B', amount: 2, state: 'Done' },
        ])
      ).body,
    ).toBe(2);
    const rows = (await box.control('GET', 'records/customrecord_entry')) as { id: string }[];
    expect((await box.restlet(script, 'GET', undefined, { query: { id: rows[0]?.id ?? '' } })).body).toEqual([
      'A',
      1.5,
      'Open',
    ]);
    expect(await unitsOf(box, script)).toEqual([12, 2]);
  });

  it('signs and posts to a mapped host for 10 units', async () => {
    const server = http.createServer((request, response) =>
      response.end(JSON.stringify({ signature: request.headers['x-signature'] })),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await box.control('POST', 'settings', {
      hosts: { 'hooks.example.com': `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    });
    const script = await deployFile(box, 'rl_sign');
    const { body } = await box.restlet(script, 'POST', { payload: { a: 1 } });
    expect(body).toEqual({ code: 200, body: { signature: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/) as string } });
    expect(await unitsOf(box, script)).toEqual([10]);
    server.close();
    server.closeAllConnections();
  });

  it('caches a rate: 12 units the first time, 1 after that', async () => {
    const script = await deployFile(box, 'rl_cached_rate');
    for (let i = 0; i < 2; i++)
      expect((await box.restlet(script, 'GET', undefined, { query: { from: 'EUR', to: 'USD' } })).body).toBe(1.09);
    expect(await unitsOf(box, script)).toEqual([12, 1]);
  });

  it('answers 400 for what it throws, with a code for each kind', async () => {
    const script = await deployFile(box, 'rl_errors');
    const codes = [];
    for (const kind of ['custom', 'platform', 'native', 'text']) {
      const { status, body } = await box.restlet(script, 'POST', { kind });
      codes.push([status, (body as { error: { code: string } }).error.code]);
    }
    expect(codes).toEqual([
      [400, 'ORDER_REJECTED'],
      [400, 'RCRD_DSNT_EXIST'],
      [400, 'UNEXPECTED_ERROR'],
      [400, 'UNEXPECTED_ERROR'],
    ]);
  });

  it('runs SuiteScript 2.0 with N/util', async () => {
    const script = await deployFile(box, 'rl_legacy_es5');
    expect((await box.restlet(script, 'GET', undefined, { query: { name: 'abc' } })).body).toMatchObject({
      NAME: 3,
      ok: true,
    });
  });

  it('finds its own modules by relative and absolute path', async () => {
    const files = [
      {
        path: 'SuiteScripts/lib/money.js',
        source: "define([], () => ({ format: (c, cur) => (c / 100).toFixed(2) + ' ' + cur }));",
      },
      { path: 'SuiteScripts/lib/constants.js', source: "define({ CURRENCY: 'EUR' });" },
    ];
    const script = await deployFile(box, 'rl_library', { files });
    expect((await box.restlet(script, 'POST', { cents: 1234 })).body).toEqual({
      text: '12.34 EUR',
      missing: 'MODULE_DOES_NOT_EXIST',
    });
  });
});
