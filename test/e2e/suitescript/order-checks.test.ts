import { startAccount, type NetSuiteAccount } from '../../helpers/netsuite/account-process';
import {
  batch,
  customer,
  line,
  operation,
  order,
  resultsOf,
  sku,
  value,
  type Result,
} from '../../helpers/netsuite/operations';

/** What is checked of an order before it is begun and after it is saved. The numbers are those of the list of known pitfalls. */
describe('orders fit the account, and NetSuite’s figures fit the CRM’s', () => {
  let account: NetSuiteAccount;
  let serial = 0;

  beforeAll(async () => {
    account = await startAccount();
    await account.seed([
      {
        type: 'noninventoryitem',
        fields: { itemid: 'T-1', isinactive: false, subsidiary: ['1'], includechildren: false },
      },
      {
        type: 'noninventoryitem',
        fields: { itemid: 'T-UK', isinactive: false, subsidiary: ['2'], includechildren: false },
      },
      {
        type: 'noninventoryitem',
        fields: { itemid: 'T-ALL', isinactive: false, subsidiary: ['2'], includechildren: true },
      },
      {
        type: 'noninventoryitem',
        fields: { itemid: 'T-LEVEL', isinactive: false },
        sublists: { price1: [{ pricelevel: '1', price_1_: 12.5 }] },
      },
      { type: 'discountitem', fields: { itemid: 'T-10%', isinactive: false, rate: '-10%' } },
      {
        type: 'customform',
        id: '901',
        fields: { name: 'Order form B', recordtype: 'salesorder', mandatory: ['otherrefnum'] },
      },
    ]);
    await one(customer('SF_ACCT_OC', { companyname: value('Order checks') }));
  });

  afterAll(() => account.stop());

  const send = async (operations: object[]): Promise<Result[]> =>
    resultsOf(await account.restlet('upsert', batch(operations)));
  const one = async (single: object): Promise<Result> => (await send([single]))[0] as Result;
  const nextId = (): string => `SF_OPP_OC${(serial += 1)}`;
  const simple = (rate: number, quantity = 1): object =>
    line('A', { item: sku('T-1'), quantity: value(quantity), rate: value(rate) });
  const entity = { ref: { recordType: 'customer', externalId: 'SF_ACCT_OC' } };
  /** Resolves once the call that `hold` waits for is held. */
  const held = async (): Promise<void> => {
    for (;;) {
      const faults = await account.control<{ holding: boolean }[]>('GET', 'faults');
      if (faults.some((fault) => fault.holding)) return;
    }
  };
  const written = async (): Promise<number> =>
    (await account.control<{ type: string }[]>('GET', 'ledger/records?scriptId=customscript_srl_upsert')).filter(
      (row) => row.type === 'salesorder',
    ).length;
  const unitsOf = async (operations: object[]): Promise<number> => {
    await send(operations);
    return (await account.executions('customscript_srl_upsert')).at(-1)?.unitsUsed ?? -1;
  };

  describe('P17 a total that NetSuite makes differently is told with both figures', () => {
    const priced = (id: string, expectedTotal: object): object =>
      order(id, 'SF_ACCT_OC', [line('A', { item: sku('T-LEVEL'), quantity: value(4), price: value('1') })], {
        expectedTotal,
      });

    test('for a person to look at, with the order saved', async () => {
      const id = nextId();
      const result = await one(priced(id, { amount: '40.00' }));
      expect(result).toMatchObject({ status: 'review', error: { code: 'TOTAL_DIFFERS', class: 'data', field: 'net' } });
      expect(result.error?.message).toMatch(/\b50\b.*40\.00/);
      expect(result.warnings).toMatchObject([{ code: 'TOTAL_DIFFERS', from: '40.00', to: '50' }]);
      expect((await account.byExternalId('salesorder', id))?.id).toBe(result.internalId);
    });

    test('or as a warning, as the flow chooses', async () => {
      const result = await one(priced(nextId(), { amount: '40.00', whenDifferent: 'warn' }));
      expect(result).toMatchObject({
        status: 'created',
        warnings: [{ code: 'TOTAL_DIFFERS', from: '40.00', to: '50' }],
      });
    });

    test('also when the answer was lost and the operation comes again, for no more units', async () => {
      const lost = priced(nextId(), { amount: '40.00' });
      await one(lost);
      // The query, and the failure row's counter of attempts.
      expect(await unitsOf([lost])).toBe(10 + 2);
      expect(await one(lost)).toMatchObject({ status: 'review', error: { code: 'TOTAL_DIFFERS' } });
    });

    test('rounding within the tolerance is silent: 0.01 a line, or what the flow allows', async () => {
      expect((await one(priced(nextId(), { amount: '50.01' }))).warnings).toEqual([]);
      expect((await one(priced(nextId(), { amount: '50.02' }))).status).toBe('review');
      expect((await one(priced(nextId(), { amount: '50.04', tolerance: { percent: '0.1' } }))).status).toBe('created');
      expect((await one(priced(nextId(), { amount: '50.06', tolerance: { percent: '0.1' } }))).status).toBe('review');
    });

    test('discounts count, one query serves the batch, and a total that fits says nothing', async () => {
      const make = (): object =>
        order(nextId(), 'SF_ACCT_OC', [simple(100), line('D', { item: sku('T-10%'), rate: value('-10%') })], {
          expectedTotal: { amount: '90.00' },
        });
      const before = (await account.executions('customscript_srl_upsert')).length;
      const results = await send(Array.from({ length: 10 }, make));
      expect(results.map((result) => [result.status, result.warnings.length])).toEqual(Array(10).fill(['created', 0]));
      const [execution] = (await account.executions('customscript_srl_upsert')).slice(before);
      expect(execution?.unitsUsed).toBe(10 * 30 + 2 * 10);
    });

    test('an expected total that is no decimal fails by itself', async () => {
      expect((await one(priced(nextId(), { amount: '1e3' }))).error).toMatchObject({ code: 'INVALID_REQUEST_BODY' });
    });
  });

  describe('P22 what does not belong to the order’s subsidiary is refused before anything is written', () => {
    const refused = async (single: object, field: string): Promise<Result> => {
      const before = await written();
      const result = await one(single);
      expect(result).toMatchObject({ status: 'failed', error: { code: 'SUBSIDIARY_MISMATCH', class: 'data', field } });
      expect(await written()).toBe(before);
      return result;
    };

    test('an item of another subsidiary, by its line', async () => {
      const lines = [simple(1), line('B', { item: sku('T-UK'), quantity: value(1), rate: value(1) })];
      const result = await refused(order(nextId(), 'SF_ACCT_OC', lines), 'item[B].item');
      expect(result.error?.message).toContain('belongs to subsidiary 2');
    });

    test('a location of another subsidiary, on the order or on a line', async () => {
      const berlin = { ref: { recordType: 'location', text: 'Berlin' } };
      await refused(order(nextId(), 'SF_ACCT_OC', [simple(1)], { fields: { entity, location: berlin } }), 'location');
      const lines = [line('A', { item: sku('T-1'), quantity: value(1), rate: value(1), location: value('4') })];
      await refused(order(nextId(), 'SF_ACCT_OC', lines), 'item[A].location');
    });

    test('a subsidiary that is not the customer’s, for no unit more than the query', async () => {
      const wrong = order(nextId(), 'SF_ACCT_OC', [simple(1)], { fields: { entity, subsidiary: value('3') } });
      await refused(wrong, 'subsidiary');
      expect(await unitsOf([wrong])).toBeLessThanOrEqual(10 + 6);
    });

    test('a line or location that an update brings, while what stands there already is left in peace', async () => {
      const id = nextId();
      expect((await one(order(id, 'SF_ACCT_OC', [simple(1)]))).status).toBe('created');
      const uk = (rate: number): object => line('B', { item: sku('T-UK'), quantity: value(1), rate: value(rate) });
      await refused(order(id, 'SF_ACCT_OC', [simple(1), uk(1)]), 'item[B].item');
      await refused(
        order(id, 'SF_ACCT_OC', [line('A', { item: sku('T-UK'), quantity: value(1), rate: value(1) })]),
        'item[A].item',
      );
      const berlin = { ref: { recordType: 'location', text: 'Berlin' } };
      await refused(order(id, 'SF_ACCT_OC', [simple(1)], { fields: { entity, location: berlin } }), 'location');
      // The item moved to another subsidiary after the order was made: its other values may change all the same.
      const moved = await account.seed([
        {
          type: 'noninventoryitem',
          fields: { itemid: 'T-MOVED', isinactive: false, subsidiary: ['1'], includechildren: false },
        },
      ]);
      const line1 = (memo: string): object =>
        order(id, 'SF_ACCT_OC', [line('M', { item: sku('T-MOVED'), quantity: value(1), rate: value(3) })], {
          fields: { entity, otherrefnum: value(memo) },
        });
      expect((await one(line1('PO 1'))).status).toBe('updated');
      await account.seed([{ type: 'noninventoryitem', id: moved[0], fields: { subsidiary: ['2'] } }]);
      expect((await one(line1('PO 2'))).status).toBe('updated');
    });

    test('a further subsidiary of the customer, and an item that includes children, are accepted', async () => {
      await account.seed([
        {
          type: 'customer',
          externalId: 'SF_ACCT_TWO',
          fields: { entityid: 'Two homes', companyname: 'Two homes', subsidiary: '1', currency: '1', isperson: false },
          sublists: { submachine: [{ subsidiary: '1' }, { subsidiary: '2' }] },
        },
      ]);
      const fields = { entity: { ref: { recordType: 'customer', externalId: 'SF_ACCT_TWO' } }, subsidiary: value('2') };
      const uk = line('B', { item: sku('T-UK'), quantity: value(1), rate: value(1) });
      expect((await one(order(nextId(), 'SF_ACCT_TWO', [uk], { fields }))).status).toBe('created');
      const all = line('C', { item: sku('T-ALL'), quantity: value(1), rate: value(1) });
      expect((await one(order(nextId(), 'SF_ACCT_OC', [all]))).status).toBe('created');
    });
  });

  describe('P8 forms', () => {
    test('describe tells what each form demands', async () => {
      const { body } = await account.restlet('describe', undefined, { query: '&types=salesorder' });
      const { mandatory } = (body['types'] as Record<string, { mandatory: Record<string, string[]> }>)[
        'salesorder'
      ] ?? { mandatory: {} };
      expect(Object.keys(mandatory).sort()).toEqual(['68', '901']);
      expect(mandatory['901']).toContain('otherrefnum');
      expect(mandatory['68']).not.toContain('otherrefnum');
      expect(mandatory['68']).toContain('entity');
    });

    test('the form is set first, so that its demands hold, and what it demands is named', async () => {
      const without = { ...order(nextId(), 'SF_ACCT_OC', [simple(1)]), customForm: '901' };
      const result = await one(without);
      expect(result).toMatchObject({
        status: 'failed',
        error: { code: 'MANDATORY_FIELD_EMPTY', field: 'otherrefnum' },
      });
      const id = nextId();
      const given = order(id, 'SF_ACCT_OC', [simple(1)], { fields: { entity, otherrefnum: value('PO 7') } });
      expect((await one({ ...given, customForm: '901' })).status).toBe('created');
      expect((await account.byExternalId('salesorder', id))?.fields['customform']).toBe('901');
      expect((await one(order(nextId(), 'SF_ACCT_OC', [simple(1)]))).status).toBe('created');
    });
  });

  test.each([
    'DUP_RCRD',
    'UNIQUE_RCRD_ID_REQD',
    'DUP_ENTITY',
    'UNIQUE_CUST_ID_REQD',
    'DUP_CSTM_RCRD_ENTRY',
    'DUP_SOMETHING_NEW',
  ])('%s of a save is a question: the record that somebody made meanwhile is found and updated', async (code) => {
    const externalId = `SF_ACCT_RACE_${code}`;
    // Held between prefetch and save; somebody else creates the record meanwhile.
    const [fault] = await account.control<{ faultId: string }[]>('POST', 'faults', [
      { kind: 'hold', match: { scriptId: 'customscript_srl_upsert', api: 'record.create' }, times: 1 },
    ]);
    await account.control('POST', 'faults', [
      {
        kind: 'failApi',
        code,
        message: 'exists',
        match: { scriptId: 'customscript_srl_upsert', api: 'record.save' },
        times: 1,
      },
    ]);
    const answer = one(customer(externalId, { companyname: value(`Race ${code}`), phone: value('77') }));
    await held();
    await account.seed([
      {
        type: 'customer',
        externalId,
        fields: { entityid: `Race ${code}`, companyname: `Race ${code}`, subsidiary: '1', isperson: false },
      },
    ]);
    await account.control('POST', `faults/${fault?.faultId ?? ''}/release`);
    const result = await answer;
    await account.control('DELETE', 'faults');
    expect(result).toMatchObject({ status: 'updated', externalId });
    expect((await account.byExternalId('customer', externalId))?.fields['phone']).toBe('77');
  });

  test('an estimate is checked like an order', async () => {
    const quote = operation({
      recordType: 'estimate',
      externalId: 'SF_QUO_1',
      fields: { entity },
      sublists: { item: { keyField: 'custcol_srl_line_key', mode: 'replace', lines: [simple(20, 2)] } },
      expectedTotal: { amount: '41' },
    });
    expect(await one(quote)).toMatchObject({ status: 'review', error: { code: 'TOTAL_DIFFERS' } });
  });

  test('a copy that was made with scripts off still holds the stamps, and is no second match', async () => {
    // Another application owns the external id: the link lives in the CRM id.
    const [original] = await account.seed([
      {
        type: 'customer',
        externalId: 'OTHER_APP_1',
        fields: { entityid: 'Linked', companyname: 'Linked', subsidiary: '1', isperson: false },
      },
    ]);
    const linked = (phone: string): object =>
      customer(
        'SF_ACCT_LINK',
        { phone: value(phone) },
        { key: { externalId: 'SF_ACCT_LINK', crmId: 'SF_ACCT_LINK', internalId: original } },
      );
    expect(await one(linked('1'))).toMatchObject({ status: 'updated', internalId: original });
    const { id: copy } = await account.control<{ id: string }>('POST', 'ui/save', {
      type: 'customer',
      copyFrom: original,
      fields: { entityid: 'Linked copy', companyname: 'Linked copy' },
      triggers: false,
    });
    expect((await account.record('customer', copy))?.fields['custentity_srl_crm_id']).toBe('SF_ACCT_LINK');
    const byCrmId = customer(
      'SF_ACCT_LINK',
      { phone: value('2') },
      { key: { externalId: 'SF_ACCT_LINK', crmId: 'SF_ACCT_LINK' } },
    );
    expect(await one(byCrmId)).toMatchObject({ status: 'updated', internalId: original });
    expect((await account.record('customer', copy))?.fields['phone'] ?? null).not.toBe('2');
  });
});
