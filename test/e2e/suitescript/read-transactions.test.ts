import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startAccount, type NetSuiteAccount } from '../../helpers/netsuite/account-process';
import { openBackOffice, type BackOffice } from '../../helpers/netsuite/back-office';
import { batch, customer, line, order, resultsOf, sku, value } from '../../helpers/netsuite/operations';

type Row = Record<string, unknown>;

describe('documents of the books are read page by page, each with the order it belongs to', () => {
  let account: NetSuiteAccount;
  let office: BackOffice;
  let orderId: string;
  let customerId: string;

  beforeAll(async () => {
    account = await startAccount();
    office = await openBackOffice(account.url, { entity: -5, role: 3 });
    await account.seed([
      {
        type: 'inventoryitem',
        fields: {
          itemid: 'DOC-1',
          displayname: 'Documented',
          isinactive: false,
          quantityavailable: 50,
          quantityonhand: 50,
        },
        sublists: {
          price1: [{ pricelevel: '1', price_1_: 10 }],
          locations: [{ location: '1', quantityavailable: 50, quantityonhand: 50 }],
        },
      },
    ]);
    const write = async (one: object): Promise<string> => {
      const [result] = resultsOf(await account.restlet('upsert', batch([one])));
      expect(result).toMatchObject({ status: 'created' });
      return result!.internalId!;
    };
    customerId = await write(customer('SF_ACCT_DOC', { companyname: value('Documents Ltd'), creditlimit: value(900) }));
    orderId = await write(
      order('SF_OPP_DOC', 'SF_ACCT_DOC', [
        line('00kDOC', {
          item: sku('DOC-1'),
          quantity: value(5),
          price: value('-1'),
          rate: value('20.00'),
          location: value('1'),
        }),
      ]),
    );
    await office.save({ type: 'salesorder', id: orderId, fields: { orderstatus: 'B' } });
  });
  afterAll(() => account.stop());

  const read = async (page: string, query = ''): Promise<Row[]> => {
    const answer = await account.restlet('read', undefined, { query: `&page=${page}${query}` });
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    return answer.body['rows'] as Row[];
  };

  it('a sales order and its lines, by id', async () => {
    expect(await read('orders', `&ids=${orderId}`)).toEqual([
      expect.objectContaining({
        internalId: orderId,
        externalId: 'SF_OPP_DOC',
        statusCode: 'B',
        status: 'Pending Fulfillment',
        total: 100,
        currency: 'USD',
        customerId,
        customerKey: 'SF_ACCT_DOC',
      }),
    ]);
    expect(await read('orderLines', `&ids=${orderId}`)).toEqual([
      expect.objectContaining({
        lineKey: '00kDOC',
        sku: 'DOC-1',
        quantity: 5,
        amount: 100,
        fulfilled: 0,
        closed: false,
      }),
    ]);
  });

  it('A03: a fulfilment in two packages has both tracking numbers, and the line shows what is fulfilled', async () => {
    await office.save({
      type: 'itemfulfillment',
      from: { type: 'salesorder', id: orderId },
      fields: { shipstatus: 'C' },
      lines: [
        { sublist: 'item', line: 0, fields: { quantity: 2 } },
        { sublist: 'package', line: 0, fields: { packagetrackingnumber: '1Z-AAA', packageweight: 1 } },
        { sublist: 'package', line: 1, fields: { packagetrackingnumber: '1Z-BBB', packageweight: 1 } },
      ],
    });
    expect(await read('fulfillments')).toEqual([
      expect.objectContaining({
        tracking: '1Z-AAA; 1Z-BBB',
        packages: 2,
        statusCode: 'C',
        orderId,
        orderKey: 'SF_OPP_DOC',
      }),
    ]);
    expect(await read('orderLines', `&ids=${orderId}`)).toEqual([expect.objectContaining({ fulfilled: 2 })]);
    await office.save({
      type: 'itemfulfillment',
      from: { type: 'salesorder', id: orderId },
      fields: { shipstatus: 'C' },
      lines: [
        { sublist: 'item', line: 0, fields: { quantity: 1 } },
        { sublist: 'package', line: 0, fields: { packagetrackingnumber: '1Z-CCC', packageweight: 1 } },
      ],
    });
    const together = { key: 'SF_OPP_DOC', tracking: '1Z-AAA; 1Z-BBB; 1Z-CCC', fulfillments: 2 };
    const shipments = [expect.objectContaining({ ...together, fulfillmentStatus: 'Partially Fulfilled' })];
    expect(await read('shipments')).toEqual(shipments);
    expect(await read('shipments', `&ids=${orderId}`)).toEqual(shipments);
  });

  it('an invoice, its payment, and a credit made of the invoice lead to the order', async () => {
    const invoice = await office.save({
      type: 'invoice',
      from: { type: 'salesorder', id: orderId },
      fields: { duedate: '2026-12-31' },
    });
    const [before] = await read('invoices', `&ids=${invoice}`);
    expect(before).toMatchObject({
      status: 'Open',
      dueDate: '2026-12-31',
      amountPaid: 0,
      orderKey: 'SF_OPP_DOC',
      voided: false,
    });
    const total = before!['total'] as number;
    await office.save({
      type: 'customerpayment',
      from: { type: 'invoice', id: invoice },
      lines: [{ sublist: 'apply', line: 0, fields: { apply: true, amount: 15 } }],
    });
    expect(await read('invoices', `&ids=${invoice}`)).toEqual([
      expect.objectContaining({ amountPaid: 15, amountRemaining: total - 15 }),
    ]);
    expect(await read('payments')).toEqual([
      expect.objectContaining({ invoiceIds: invoice, applied: expect.stringContaining(': 15') as string }),
    ]);
    expect(await read('billing')).toEqual([
      expect.objectContaining({
        key: 'SF_OPP_DOC',
        paymentStatus: 'Partially Paid',
        amountPaid: 15,
        dueDate: '2026-12-31',
      }),
    ]);
    const credit = await office.save({ type: 'creditmemo', from: { type: 'invoice', id: invoice } });
    expect(await read('credits', `&ids=${credit}`)).toEqual([
      expect.objectContaining({
        type: 'CustCred',
        orderKey: 'SF_OPP_DOC',
        customerKey: 'SF_ACCT_DOC',
        invoiceIds: invoice,
      }),
    ]);
    expect(await read('invoiceLines', `&ids=${invoice}`)).toEqual([
      expect.objectContaining({ sku: 'DOC-1', lineKey: '00kDOC' }),
    ]);
  });

  it('a customer with balances and the day of its last order; only what changed since', async () => {
    const [row] = await read('customers', `&ids=${customerId}`);
    const order = await account.record('salesorder', orderId);
    expect(order?.fields['trandate']).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(row).toMatchObject({
      externalId: 'SF_ACCT_DOC',
      creditLimit: 900,
      lastOrderDate: order?.fields['trandate'],
    });
    expect(row!['balance']).toBeDefined();
    expect(await read('customers', '&since=2099-01-01T00:00:00Z')).toEqual([]);
  });

  it('A36: what a customer bought, what is still on its way, until when it is entitled', async () => {
    await office.save({ type: 'salesorder', id: orderId, fields: { enddate: '2099-05-01' } });
    expect(await read('entitlements', `&ids=${customerId}`)).toEqual([
      expect.objectContaining({
        externalId: 'SF_ACCT_DOC',
        active: true,
        entitlementEnd: '2099-05-01',
        purchasedItems: 'DOC-1 x 5',
        openShipments: 1,
      }),
    ]);
    await expect(read('entitlements')).rejects.toThrow('ids');
  });

  it('the smaller role reads them too, and ids are checked', async () => {
    const smaller = await account.restlet('read', undefined, {
      as: { entity: 4, role: 'customrole_srl_basic' },
      query: `&page=orders&ids=${orderId}`,
    });
    expect(smaller.body['rows']).toHaveLength(1);
    await expect(read('orders', '&ids=1;DROP')).rejects.toThrow('INVALID_REQUEST_BODY');
    const ids = Array.from({ length: 201 }, (_, at) => at + 1).join(',');
    await expect(read('orders', `&ids=${ids}`)).rejects.toThrow('INVALID_REQUEST_BODY');
  });

  describe('a role without SuiteAnalytics Workbook', () => {
    const role = readFileSync(path.resolve(__dirname, '../../../src/Objects/customrole_srl_integration.xml'), 'utf8');
    const withoutSuiteQl = role.replace(
      /\s*<permission>\s*<permkey>REPO_ANALYTICS<\/permkey>[\s\S]*?<\/permission>/,
      '',
    );
    let asked: Record<string, string>;
    const bySuiteQl = new Map<string, Row[]>();

    beforeAll(async () => {
      asked = {
        orders: '',
        orderLines: '',
        invoices: '',
        invoiceLines: '',
        credits: '',
        payments: '',
        fulfillments: '',
        billing: '',
        shipments: '',
        entitlements: `&ids=${customerId}`,
      };
      for (const [page, query] of Object.entries(asked)) bySuiteQl.set(page, await read(page, query));
      bySuiteQl.set('billing by id', await read('billing', `&ids=${orderId}`));
      bySuiteQl.set('shipments by id', await read('shipments', `&ids=${orderId}`));
      bySuiteQl.set('orders by id', await read('orders', `&ids=${orderId}`));
      await account.control('POST', 'objects', [{ xml: withoutSuiteQl }]);
      const { body } = await account.restlet('describe', undefined, { query: '&types=salesorder' });
      expect((body['types'] as Record<string, Row>)['salesorder']?.['query']).toBe('search');
    });

    /** Without the time of reading; searches show minutes, SuiteQL seconds. */
    const lasting = (rows: Row[]): Row[] =>
      rows.map(({ asOf: _asOf, lastModified, ...row }) => ({
        ...row,
        ...(typeof lastModified === 'string' ? { lastModified: lastModified.slice(0, 16) } : {}),
      }));

    it('reads the same rows by searches, page by page', async () => {
      for (const [page, query] of Object.entries(asked)) {
        expect(bySuiteQl.get(page)?.length).toBeGreaterThan(0);
        const rows = lasting(await read(page, query));
        expect([page, rows]).toEqual([
          page,
          lasting(bySuiteQl.get(page) ?? []).map((row) => expect.objectContaining(row) as Row),
        ]);
      }
      expect(lasting(await read('billing', `&ids=${orderId}`))).toMatchObject(
        lasting(bySuiteQl.get('billing by id') ?? []),
      );
      expect(lasting(await read('shipments', `&ids=${orderId}`))).toMatchObject(
        lasting(bySuiteQl.get('shipments by id') ?? []),
      );
      expect(lasting(await read('orders', `&ids=${orderId}`))).toMatchObject(
        lasting(bySuiteQl.get('orders by id') ?? []),
      );
      expect(await read('orders', '&since=2099-01-01T00:00:00Z')).toEqual([]);
      expect(await read('billing', '&since=2099-01-01T00:00:00Z')).toEqual([]);
    });

    it('reads today’s exchange rates against the base currency', async () => {
      const rates = await read('rates');
      expect(rates.find((row) => row['currency'] === 'EUR')).toMatchObject({
        base: 'USD',
        rate: 1.09,
        effectiveDate: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) as string,
      });
      expect(rates.map((row) => row['currency'])).not.toContain('USD');
    });
  });
});
