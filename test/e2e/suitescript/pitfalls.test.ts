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

/** The numbers are those of the list of known ways in which CRM integrations go wrong. */
describe('pitfalls', () => {
  let account: NetSuiteAccount;

  beforeAll(async () => {
    account = await startAccount();
    await account.seed([
      { type: 'noninventoryitem', fields: { itemid: 'P-1', isinactive: false, baseprice: 100 } },
      { type: 'noninventoryitem', fields: { itemid: 'P-2', isinactive: false } },
      { type: 'noninventoryitem', fields: { itemid: 'P-OFF', isinactive: true } },
      { type: 'discountitem', fields: { itemid: 'Discount 10', isinactive: false } },
      {
        type: 'employee',
        externalId: 'SF_ACCT_TAKEN',
        fields: { entityid: 'Emil Employee', firstname: 'Emil', lastname: 'Employee' },
      },
    ]);
    await one(customer('SF_ACCT_P', { companyname: value('Pitfall Inc') }));
  });

  afterAll(() => account.stop());

  const send = async (operations: object[], budget?: object): Promise<Result[]> =>
    resultsOf(await account.restlet('upsert', batch(operations, budget)));
  const one = async (single: object): Promise<Result> => (await send([single]))[0] as Result;

  test('P1 two ids that differ by case alone give two customers, because relays send 18 characters', async () => {
    const results = await send([
      customer('SF_ACCT_001XX000003DGBYAAW', { companyname: value('Case one') }),
      customer('SF_ACCT_001XX000003DGBYAAG', { companyname: value('Case two') }),
    ]);
    expect(new Set(results.map((result) => result.internalId)).size).toBe(2);
  });

  test('P2 an external id held by an employee is named and nothing is overwritten', async () => {
    const result = await one(customer('SF_ACCT_TAKEN', { companyname: value('Taken') }));
    expect(result).toMatchObject({ status: 'review', error: { code: 'EXTERNAL_ID_TAKEN', class: 'conflict' } });
    expect(result.error?.message).toContain('SF_ACCT_TAKEN');
    expect((await account.byExternalId('employee', 'SF_ACCT_TAKEN'))?.fields['entityid']).toBe('Emil Employee');
  });

  test.each([84, 120, 255])(
    'P3 a company name of %i characters fails by name, or is cut where the flow allows it',
    async (length) => {
      const name = `${length} ${'N'.repeat(76)}🙂${'x'.repeat(length - 77 - String(length).length - 1)}`;
      const refused = await one(customer(`SF_ACCT_LONG${length}`, { companyname: value(name) }));
      expect(refused).toMatchObject({
        status: 'failed',
        error: { code: 'FIELD_TOO_LONG', field: 'companyname', class: 'data' },
      });
      const cut = await one(customer(`SF_ACCT_LONG${length}`, { companyname: value(name, { truncate: true }) }));
      expect(cut).toMatchObject({ status: 'created', warnings: [{ code: 'FIELD_TRUNCATED' }] });
      const stored = String((await account.byExternalId('customer', `SF_ACCT_LONG${length}`))?.fields['companyname']);
      expect(Array.from(stored).length).toBeLessThanOrEqual(83);
      expect(stored).not.toMatch(/\p{Surrogate}/u);
    },
  );

  test('P4 discount lines keep their place below what they discount, also when a line is added later', async () => {
    const lines = [
      line('A', { item: sku('P-1'), quantity: value(1), rate: value(100) }),
      line('A-D', { item: sku('Discount 10'), rate: value(-10) }),
      line('B', { item: sku('P-2'), quantity: value(1), rate: value(50) }),
    ];
    await one(order('SF_OPP_P4', 'SF_ACCT_P', lines));
    const keys = async (): Promise<unknown[]> =>
      ((await account.byExternalId('salesorder', 'SF_OPP_P4'))?.sublists['item'] ?? []).map(
        (row) => row['custcol_srl_line_key'],
      );
    expect(await keys()).toEqual(['A', 'A-D', 'B']);
    const more = [
      ...lines.slice(0, 1),
      line('A2', { item: sku('P-2'), quantity: value(1), rate: value(1) }),
      ...lines.slice(1),
    ];
    expect((await one(order('SF_OPP_P4', 'SF_ACCT_P', more))).status).toBe('updated');
    expect(await keys()).toEqual(['A', 'A2', 'A-D', 'B']);
  });

  test('P5 a negative quantity fails and no order is made', async () => {
    const result = await one(order('SF_OPP_P5', 'SF_ACCT_P', [line('A', { item: sku('P-1'), quantity: value(-1) })]));
    expect(result).toMatchObject({ status: 'failed', error: { code: 'NEGATIVE_QUANTITY', field: 'item[A].quantity' } });
    expect(await account.byExternalId('salesorder', 'SF_OPP_P5')).toBeNull();
  });

  test.each(['total', 'taxtotal', 'tranid'])('P6 %s is refused at run time', async (field) => {
    const result = await one(
      order('SF_OPP_P6', 'SF_ACCT_P', [], {
        fields: { [field]: value(1), entity: { ref: { recordType: 'customer', externalId: 'SF_ACCT_P' } } },
      }),
    );
    expect(result).toMatchObject({ status: 'failed', error: { code: 'FIELD_DENIED', field } });
  });

  test('P6 a line key can be given, lineuniquekey cannot', async () => {
    const result = await one(
      order('SF_OPP_P6', 'SF_ACCT_P', [line('A', { item: sku('P-1'), quantity: value(1), lineuniquekey: value(7) })]),
    );
    expect(result.error).toMatchObject({ code: 'FIELD_DENIED', field: 'item[A].lineuniquekey' });
  });

  test('P10 an order ahead of its customer waits by name and succeeds once the customer is there', async () => {
    const early = order('SF_OPP_P10', 'SF_ACCT_P10', [
      line('A', { item: sku('P-1'), quantity: value(1), rate: value(1) }),
    ]);
    expect(await one(early)).toMatchObject({
      status: 'failed',
      error: { code: 'MISSING_REQUIRED_RECORD', class: 'dependency' },
      missing: [{ recordType: 'customer', externalId: 'SF_ACCT_P10' }],
    });
    await one(customer('SF_ACCT_P10', { companyname: value('Late parent') }));
    expect((await one(early)).status).toBe('created');
  });

  test('P11 lines are told by key: gaps and foreign lines do not matter', async () => {
    const made = (keys: string[], rate: number): object[] =>
      keys.map((key) => line(key, { item: sku('P-1'), quantity: value(1), rate: value(rate) }));
    await one(order('SF_OPP_P11', 'SF_ACCT_P', made(['A', 'B', 'C'], 5)));
    const before = await account.byExternalId('salesorder', 'SF_OPP_P11');
    // Somebody deletes the first line and adds one of their own in front.
    const [, second, third] = before?.sublists['item'] ?? [];
    const own = { item: second?.['item'], quantity: 9, rate: 1, price: '-1' };
    await account.control('POST', 'ui/save', {
      type: 'salesorder',
      id: before?.id,
      fields: {},
      sublists: { item: [own, second, third] },
    });
    const result = await one(order('SF_OPP_P11', 'SF_ACCT_P', made(['B', 'C'], 6)));
    expect(result.changes?.map((change) => change.field)).toEqual(['item[B].rate', 'item[C].rate']);
    const rows = (await account.byExternalId('salesorder', 'SF_OPP_P11'))?.sublists['item'] ?? [];
    expect(rows.map((row) => [row['custcol_srl_line_key'] ?? null, row['rate'], row['quantity']])).toEqual([
      [null, 1, 9],
      ['B', 6, 1],
      ['C', 6, 1],
    ]);
  });

  test('P12 the same SKU twice is two lines', async () => {
    const lines = ['A', 'B'].map((key, at) => line(key, { item: sku('P-1'), quantity: value(at + 1), rate: value(2) }));
    await one(order('SF_OPP_P12', 'SF_ACCT_P', lines));
    expect((await account.byExternalId('salesorder', 'SF_OPP_P12'))?.sublists['item']).toHaveLength(2);
  });

  test('P13 an operation whose answer was lost is recognised by its stamp', async () => {
    await account.control('POST', 'faults', [
      { kind: 'cutAfterCommit', match: { scriptId: 'customscript_srl_upsert' }, times: 1 },
    ]);
    const lost = customer('SF_ACCT_P13', { companyname: value('Lost answer') });
    await account.restlet('upsert', batch([lost])).catch(() => undefined);
    await account.control('DELETE', 'faults');
    expect(await one(lost)).toMatchObject({ status: 'duplicate', stampedBy: (lost as { opId: string }).opId });
  });

  test('P14 a user who saves between load and save loses nothing, nor do we', async () => {
    await one(customer('SF_ACCT_P14', { companyname: value('Race'), email: value('a@example.com') }));
    await account.control('POST', 'faults', [
      {
        kind: 'editBetween',
        fields: { comments: 'by a user' },
        match: { scriptId: 'customscript_srl_upsert', recordType: 'customer' },
        times: 1,
      },
    ]);
    const result = await one(customer('SF_ACCT_P14', { email: value('b@example.com') }));
    await account.control('DELETE', 'faults');
    expect(result.status).toBe('updated');
    const stored = await account.byExternalId('customer', 'SF_ACCT_P14');
    expect(stored?.fields).toMatchObject({ email: 'b@example.com', comments: 'by a user' });
  });

  test('P18 a given rate wins over the price level', async () => {
    await one(
      order('SF_OPP_P18', 'SF_ACCT_P', [line('A', { item: sku('P-1'), quantity: value(1), rate: value(77.5) })]),
    );
    const [row] = (await account.byExternalId('salesorder', 'SF_OPP_P18'))?.sublists['item'] ?? [];
    expect(row).toMatchObject({ price: '-1', rate: 77.5 });
  });

  test.each(['2026-03-08', '2026-11-01', '2026-12-31', '2026-03-01'])('P19 the day %s stays that day', async (day) => {
    const id = `SF_OPP_P19_${day.replaceAll('-', '')}`;
    const lines = [line('A', { item: sku('P-1'), quantity: value(1), rate: value(1) })];
    const entity = { ref: { recordType: 'customer', externalId: 'SF_ACCT_P' } };
    const fields = { entity, trandate: value(day, { as: 'date' }) };
    await one(order(id, 'SF_ACCT_P', lines, { fields }));
    expect((await account.byExternalId('salesorder', id))?.fields['trandate']).toBe(day);
    expect((await one(order(id, 'SF_ACCT_P', lines, { fields }))).status).toBe('unchanged');
  });

  test('P19 a day that is none is refused', async () => {
    const fields = { trandate: value('2026-02-30', { as: 'date' }) };
    const result = await one(order('SF_OPP_P19', 'SF_ACCT_P', [], { fields }));
    expect(result.error).toMatchObject({ code: 'INVALID_DATE', field: 'trandate', class: 'data' });
  });

  test('P21 a currency that the customer lacks goes to review, or is added where the flow allows it', async () => {
    const lines = [line('A', { item: sku('P-1'), quantity: value(1), rate: value(1) })];
    const fields = {
      entity: { ref: { recordType: 'customer', externalId: 'SF_ACCT_P' } },
      currency: { ref: { recordType: 'currency', key: { field: 'symbol', value: 'EUR' } } },
    };
    expect(await one(order('SF_OPP_P21', 'SF_ACCT_P', lines, { fields }))).toMatchObject({
      status: 'review',
      error: { code: 'CURRENCY_NOT_ON_CUSTOMER' },
    });
    expect(await account.byExternalId('salesorder', 'SF_OPP_P21')).toBeNull();
    expect(await one(order('SF_OPP_P21', 'SF_ACCT_P', lines, { fields, addCurrency: true }))).toMatchObject({
      status: 'created',
      warnings: [{ code: 'CURRENCY_ADDED' }],
    });
  });

  test('P22 a subsidiary that the customer does not belong to is refused before the order is begun', async () => {
    const entity = { ref: { recordType: 'customer', externalId: 'SF_ACCT_P' } };
    const subsidiaries = await account.control<{ id: string }[]>('GET', 'records/subsidiary');
    const other = subsidiaries.find((row) => row.id !== '1')?.id;
    const fields = { entity, subsidiary: { ref: { recordType: 'subsidiary', internalId: other } } };
    const lines = [line('A', { item: sku('P-1'), quantity: value(1), rate: value(1) })];
    const result = await one(order('SF_OPP_P22', 'SF_ACCT_P', lines, { fields }));
    expect(result).toMatchObject({ status: 'failed', error: { code: 'SUBSIDIARY_MISMATCH', field: 'subsidiary' } });
    const own = { entity, subsidiary: { ref: { recordType: 'subsidiary', internalId: '1' } } };
    expect((await one(order('SF_OPP_P22', 'SF_ACCT_P', lines, { fields: own }))).status).toBe('created');
  });

  test('P8 the form that was asked for is the record’s form', async () => {
    const fields = { name: 'Another customer form', recordtype: 'customer', mandatory: [], isinactive: false };
    const [form] = await account.seed([{ type: 'customform', fields }]);
    await one(customer('SF_ACCT_P8A', { companyname: value('Preferred form') }));
    const result = await one({ ...customer('SF_ACCT_P8', { companyname: value('Form') }), customForm: form });
    expect(result.status).toBe('created');
    expect((await account.byExternalId('customer', 'SF_ACCT_P8'))?.fields['customform']).toBe(form);
    expect((await account.byExternalId('customer', 'SF_ACCT_P8A'))?.fields['customform']).not.toBe(form);
  });

  test('P21 an unknown currency is named', async () => {
    const currency = { ref: { recordType: 'currency', key: { field: 'symbol', value: 'XXX' } } };
    const result = await one(customer('SF_ACCT_P21', { companyname: value('Which'), currency }));
    expect(result.error).toMatchObject({ code: 'UNKNOWN_CURRENCY', field: 'currency', class: 'data' });
  });

  const withAddress = (id: string, address: object): object =>
    customer(
      id,
      { companyname: value(id) },
      {
        sublists: {
          addressbook: {
            keyField: 'label',
            mode: 'merge',
            lines: [
              {
                key: 'Main',
                fields: { defaultbilling: value(true) },
                subrecords: { addressbookaddress: { fields: address } },
              },
            ],
          },
        },
      },
    );

  test('P23 the country is set before the state, whatever order they come in', async () => {
    await one(withAddress('SF_ACCT_P23', { state: value('CA'), zip: value('94403'), country: value('US') }));
    const moved = withAddress('SF_ACCT_P23', { state: value('ON'), zip: value('K1A'), country: value('CA') });
    expect((await one(moved)).status).toBe('updated');
    const [row] = (await account.byExternalId('customer', 'SF_ACCT_P23'))?.sublists['addressbook'] ?? [];
    expect(row?.['addressbookaddress']).toMatchObject({ country: 'CA', state: 'ON' });
  });

  test('P23 an unknown country is named', async () => {
    const result = await one(withAddress('SF_ACCT_P23X', { country: value('Atlantis') }));
    expect(result.error).toMatchObject({ code: 'UNKNOWN_COUNTRY', class: 'data', field: 'addressbook[Main].country' });
  });

  test('P39 absent leaves alone, null and empty text clear', async () => {
    await one(
      customer('SF_ACCT_P39', {
        companyname: value('Three states'),
        phone: value('1'),
        fax: value('2'),
        comments: value('3'),
      }),
    );
    await one(customer('SF_ACCT_P39', { phone: value(null), fax: value('') }));
    const fields = (await account.byExternalId('customer', 'SF_ACCT_P39'))?.fields ?? {};
    expect([fields['phone'] ?? null, fields['fax'] ?? null, fields['comments']]).toEqual([null, null, '3']);
  });

  test('P43 a record that a workflow locks fails alone', async () => {
    await send(['A', 'B', 'C'].map((key) => customer(`SF_ACCT_P43${key}`, { companyname: value(`Lock ${key}`) })));
    const locked = await account.byExternalId('customer', 'SF_ACCT_P43B');
    await account.control('POST', 'faults', [
      { kind: 'recordLocked', match: { recordType: 'customer', recordId: locked?.id } },
    ]);
    const results = await send(
      ['A', 'B', 'C'].map((key) => customer(`SF_ACCT_P43${key}`, { email: value(`${key}@example.com`) })),
    );
    await account.control('DELETE', 'faults');
    expect(results.map((result) => result.status)).toEqual(['updated', 'failed', 'updated']);
    expect(results[1]?.error?.class).toBe('conflict');
  });

  test('P44 a field that NetSuite drops silently is told when it was to be verified', async () => {
    await account.control('POST', 'faults', [
      { kind: 'ignoreField', field: 'comments', match: { recordType: 'customer' } },
    ]);
    const fields = { companyname: value('Dropped'), comments: value('important', { verify: true }) };
    const result = await one(customer('SF_ACCT_P44', fields));
    await account.control('DELETE', 'faults');
    expect(result).toMatchObject({ status: 'review', error: { code: 'NOT_VERIFIED', field: 'comments' } });
  });

  test('a malformed operation, a foreign kind and an inactive item never harm their neighbours', async () => {
    const version = nextVersion();
    const results = await send([
      order('SF_OPP_N1', 'SF_ACCT_P', [line('A', { item: sku('P-1'), quantity: value(1), rate: value(1) })]),
      { opId: 'broken', version, recordType: 'salesorder', action: 'explode', key: {} },
      order('SF_OPP_N2', 'SF_ACCT_P', [line('A', { item: sku('P-OFF'), quantity: value(1) })]),
      order('SF_OPP_N3', 'SF_ACCT_P', [line('A', { item: sku('P-2'), quantity: value(1), rate: value(1) })]),
    ]);
    expect(results.map((result) => [result.status, result.error?.code ?? null])).toEqual([
      ['created', null],
      ['failed', 'INVALID_REQUEST_BODY'],
      ['failed', 'REFERENCE_INACTIVE'],
      ['created', null],
    ]);
  });
});
