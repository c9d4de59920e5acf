import { Acceptance, account, customerId, edited, opportunity, orderId, toLine } from '../../helpers/acceptance';

jest.setTimeout(240_000);

type Cells = Record<string, unknown>;

let world: Acceptance;
let buyer: string;
beforeAll(async () => {
  world = await Acceptance.start();
  buyer = await customer();
});
afterAll(() => world?.close());

async function customer(change: Cells = {}): Promise<string> {
  const made = account(change);
  const told = await world.send('salesforce', 'Account', made);
  if (told.result !== 'created') throw new Error(JSON.stringify(told));
  return made.Id;
}

const linesOf = async (id: string): Promise<Cells[]> =>
  (await world.held('salesorder', orderId(id)))?.sublists['item'] ?? [];
const skuOf = async (line: Cells | undefined): Promise<unknown> => {
  const id = String(line?.['item']);
  for (const type of ['inventoryitem', 'noninventoryitem', 'serviceitem', 'kititem']) {
    const item = (await world.stage.control.all(type)).find((one) => one.id === id);
    if (item) return item.fields['itemid'];
  }
  return undefined;
};

it('A02: a won opportunity becomes a sales order with its lines, terms and references', async () => {
  const won = opportunity(
    buyer,
    [
      { sku: 'VLV-1001', quantity: 3, price: 10.5 },
      { sku: 'SNS-1002', quantity: 1, price: 99.99, Description: 'calibrated' },
    ],
    { PO_Number__c: 'PO-77', Payment_Terms__c: 'Net 30', Name: 'Spring order' },
  );
  const told = await world.send('salesforce', 'Opportunity', won);
  expect(told).toMatchObject({ state: 'done', result: 'created' });
  const order = await world.held('salesorder', orderId(won.Id));
  const owner = await world.held('customer', customerId(buyer));
  expect(order?.fields).toMatchObject({
    entity: owner?.id,
    otherrefnum: 'PO-77',
    memo: 'Spring order',
    trandate: '2026-03-29',
  });
  const [terms] = (await world.stage.control.all('term')).filter(({ fields }) => fields['name'] === 'Net 30');
  expect(order?.fields['terms']).toBe(terms?.id);
  const lines = order?.sublists['item'] ?? [];
  expect(lines.map(({ quantity, rate, amount }) => [quantity, rate, amount])).toEqual([
    [3, 10.5, 31.5],
    [1, 99.99, 99.99],
  ]);
  expect(await Promise.all(lines.map(skuOf))).toEqual(['VLV-1001', 'SNS-1002']);
  expect(lines[1]).toMatchObject({ description: 'calibrated' });
});

it('A02: an open opportunity makes no order, and winning it makes one', async () => {
  const open = opportunity(buyer, [{ sku: 'VLV-1001', quantity: 1, price: 5 }], { IsWon: false, IsClosed: false });
  expect(await world.post('salesforce', 'Opportunity', [open])).toEqual([]);
  expect((await world.send('salesforce', 'Opportunity', edited(open, { IsWon: true }))).result).toBe('created');
});

it('P36: an opportunity that is won and reopened five times is one sales order', async () => {
  const deal = opportunity(buyer, [{ sku: 'VLV-1001', quantity: 2, price: 7 }]);
  const results: unknown[] = [];
  for (let turn = 0; turn < 5; turn += 1) {
    await world.post('salesforce', 'Opportunity', [edited(deal, { IsWon: false, StageName: 'Negotiation' })]);
    results.push((await world.send('salesforce', 'Opportunity', edited(deal, {}))).result);
  }
  expect(results).toEqual(['created', 'unchanged', 'unchanged', 'unchanged', 'unchanged']);
  const orders = await world.stage.control.all('salesorder');
  expect(orders.filter(({ externalId }) => externalId === orderId(deal.Id))).toHaveLength(1);
});

it('A14: an order of 300 lines is one sales order of one call; a line that changes, one that comes and one that goes are all that is written then', async () => {
  const lines = Array.from({ length: 300 }, (_, at) => ({
    sku: at % 2 ? 'VLV-1001' : 'SNS-1002',
    quantity: 1 + (at % 7),
    price: 10 + at / 4,
  }));
  const won = opportunity(buyer, lines);
  const told = await world.send('salesforce', 'Opportunity', won);
  expect(told).toMatchObject({ state: 'done', result: 'created', attemptCount: 1, lane: 'bulk' });
  const made = await linesOf(won.Id);
  expect(made.map(({ quantity, rate }) => [quantity, rate])).toEqual(
    lines.map(({ quantity, price }) => [quantity, price]),
  );

  const { records } = won['OpportunityLineItems'] as { records: Cells[] };
  const left = records
    .filter((_, at) => at !== 41)
    .map((line) => (line === records[17] ? { ...line, Quantity: 99 } : line));
  const added = toLine({ sku: 'FLT-1009', quantity: 2, price: 3 }, 300);
  const change = { OpportunityLineItems: { done: true, totalSize: 300, records: [...left, added] } };
  const again = await world.send('salesforce', 'Opportunity', edited(won, change));
  expect(again).toMatchObject({ state: 'done', result: 'updated' });
  const now = await linesOf(won.Id);
  const keyOf = (line: Cells): unknown => line['custcol_srl_line_key'];
  expect(now.map(keyOf)).toEqual([...made.filter((_, at) => at !== 41).map(keyOf), added['Id']]);
  expect(now[17]).toMatchObject({ quantity: 99 });
  const kept = ({ lineuniquekey, item, quantity, rate }: Cells): Cells => ({ lineuniquekey, item, quantity, rate });
  expect(now.filter((_, at) => at !== 17 && at < 299).map(kept)).toEqual(
    made.filter((_, at) => at !== 17 && at !== 41).map(kept),
  );

  // Beside them small orders go their way, and no call came near what a RESTlet may use.
  const small = await world.send(
    'salesforce',
    'Opportunity',
    opportunity(buyer, [{ sku: 'VLV-1001', quantity: 1, price: 1 }]),
  );
  expect(small).toMatchObject({ result: 'created', lane: 'realtime' });
  const calls = await world.executions('upsert');
  expect(Math.max(...calls.map(({ unitsUsed }) => unitsUsed))).toBeLessThan(5_000);
  expect(calls.filter(({ error }) => error)).toEqual([]);
});

it('A06: an unknown SKU fails before anything is written and is named', async () => {
  const wrong = opportunity(buyer, [
    { sku: 'VLV-1001', quantity: 1, price: 1 },
    { sku: 'NO-SUCH-SKU', quantity: 1, price: 1 },
  ]);
  const told = await world.send('salesforce', 'Opportunity', wrong);
  expect(told).toMatchObject({
    state: 'review',
    error: { message: expect.stringContaining('NO-SUCH-SKU') as unknown },
  });
  expect(await world.held('salesorder', orderId(wrong.Id))).toBeNull();
  const records = wrong['OpportunityLineItems'] as { records: Cells[] };
  const corrected = { ...records, records: records.records.map((line) => ({ ...line, ProductCode: 'VLV-1001' })) };
  const again = await world.send('salesforce', 'Opportunity', edited(wrong, { OpportunityLineItems: corrected }));
  expect(again.result).toBe('created');
  expect(await linesOf(wrong.Id)).toHaveLength(2);
});

it('A14: a line that somebody deleted in NetSuite comes back by its key, and no other line is touched', async () => {
  const won = opportunity(buyer, [
    { sku: 'VLV-1001', quantity: 1, price: 10 },
    { sku: 'SNS-1002', quantity: 2, price: 20 },
    { sku: 'FLT-1009', quantity: 3, price: 30 },
  ]);
  await world.send('salesforce', 'Opportunity', won);
  const order = await world.held('salesorder', orderId(won.Id));
  const [first, , third] = order?.sublists['item'] ?? [];
  await world.control('POST', 'ui/save', {
    type: 'salesorder',
    id: order?.id,
    fields: {},
    sublists: { item: [first, third] },
  });
  const records = won['OpportunityLineItems'] as { records: Cells[] };
  const changed = {
    ...records,
    records: records.records.map((line, at) => (at === 2 ? { ...line, Quantity: 9 } : line)),
  };
  const told = await world.send('salesforce', 'Opportunity', edited(won, { OpportunityLineItems: changed }));
  expect(told.result).toBe('updated');
  const lines = await linesOf(won.Id);
  const byKey = new Map(lines.map((line) => [line['custcol_srl_line_key'], [line['quantity'], line['rate']]]));
  expect(records.records.map(({ Id }) => byKey.get(Id))).toEqual([
    [1, 10],
    [2, 20],
    [9, 30],
  ]);
  expect(lines.find(({ lineuniquekey }) => lineuniquekey === first?.['lineuniquekey'])).toMatchObject({ quantity: 1 });
});

it('A15: the same SKU twice, a discounted line and a kit keep their order and their amounts', async () => {
  await world.control('POST', 'records', [
    {
      type: 'kititem',
      fields: { itemid: 'KIT-0001', displayname: 'Kit', isinactive: false, subsidiary: ['1'] },
      sublists: { price1: [{ pricelevel: '1', price_1_: 50 }] },
    },
  ]);
  const won = opportunity(buyer, [
    { sku: 'VLV-1001', quantity: 1, price: 100 },
    { sku: 'VLV-1001', quantity: 2, price: 80, Discount: 10 },
    { sku: 'KIT-0001', quantity: 1, price: 45 },
  ]);
  const told = await world.send('salesforce', 'Opportunity', won);
  expect(told).toMatchObject({ state: 'done', result: 'created' });
  const order = await world.held('salesorder', orderId(won.Id));
  expect(order?.fields['total']).toBe(100 + 2 * 80 * 0.9 + 45);
  const lines = order?.sublists['item'] ?? [];
  expect(lines.filter(({ quantity, rate }) => quantity === 1 && rate === 100)).toHaveLength(1);
  expect(await skuOf(lines.at(-1))).toBe('KIT-0001');
});

it.each([
  ['a negative quantity', { Quantity: -1 }, /quantity/i],
  ['a quantity of zero', { Quantity: 0 }, /quantity/i],
])('A16: %s is refused by name and nothing is made', async (_what, change, message) => {
  const won = opportunity(buyer, [{ sku: 'VLV-1001', quantity: 1, price: 1, ...change }]);
  const told = await world.send('salesforce', 'Opportunity', won);
  expect(told).toMatchObject({ state: 'review', error: { message: expect.stringMatching(message) as unknown } });
  expect(await world.held('salesorder', orderId(won.Id))).toBeNull();
});

it.each(['total', 'taxtotal', 'subtotal', 'tranid'])('A16: nobody can write %s, whoever asks', async (field) => {
  const externalId = `DIRECT_${field.toUpperCase()}`;
  const told = await world.send('direct', 'salesorder', {
    recordType: 'salesorder',
    action: 'upsert',
    key: { externalId },
    fields: { entity: { ref: { recordType: 'customer', externalId: customerId(buyer) } }, [field]: { value: '1' } },
  });
  expect(told.error).toMatchObject({ field });
  expect(await world.held('salesorder', externalId)).toBeNull();
});

it('A16: a total that NetSuite makes differently is told with both figures, and never written over', async () => {
  const won = opportunity(buyer, [{ sku: 'VLV-1001', quantity: 2, price: 10 }], { Amount: 25 });
  const told = await world.send('salesforce', 'Opportunity', won);
  const [warning] = told.warnings.filter(({ code }) => code === 'TOTAL_DIFFERS');
  expect(warning?.message).toMatch(/25.*20|20.*25/s);
  expect((await world.held('salesorder', orderId(won.Id)))?.fields['total']).toBe(20);
});

it.each(['2026-03-29', '2026-10-25', '2026-12-31', '2026-01-01'])(
  'A17: the day %s is the same day in NetSuite, in an account nine hours away',
  async (day) => {
    const won = opportunity(buyer, [{ sku: 'VLV-1001', quantity: 1, price: 1 }], {
      CloseDate: day,
      Requested_Ship_Date__c: day,
    });
    await world.send('salesforce', 'Opportunity', won);
    expect((await world.held('salesorder', orderId(won.Id)))?.fields).toMatchObject({ trandate: day, shipdate: day });
  },
);

it('A19: an order in a currency its customer lacks gets it added, and its lines keep their prices', async () => {
  const won = opportunity(buyer, [{ sku: 'VLV-1001', quantity: 2, price: 33.33, CurrencyIsoCode: 'EUR' }], {
    CurrencyIsoCode: 'EUR',
  });
  expect(await world.send('salesforce', 'Opportunity', won)).toMatchObject({ result: 'created' });
  const order = await world.held('salesorder', orderId(won.Id));
  const euro = (await world.stage.control.all('currency')).find(({ fields }) => fields['symbol'] === 'EUR');
  expect(order?.fields['currency']).toBe(euro?.id);
  expect(order?.sublists['item']?.[0]).toMatchObject({ rate: 33.33, amount: 66.66 });
});

it('A19: an order whose lines name different currencies is refused before it is sent', async () => {
  const won = opportunity(buyer, [{ sku: 'VLV-1001', quantity: 1, price: 1, CurrencyIsoCode: 'USD' }], {
    CurrencyIsoCode: 'EUR',
  });
  expect(await world.send('salesforce', 'Opportunity', won)).toMatchObject({
    state: 'review',
    error: { class: 'data' },
  });
  expect(await world.held('salesorder', orderId(won.Id))).toBeNull();
});

it('P38: a line that is changed in the CRM after billing began waits for a person', async () => {
  const won = opportunity(buyer, [{ sku: 'SVC-1006', quantity: 4, price: 10 }]);
  await world.send('salesforce', 'Opportunity', won);
  const order = await world.held('salesorder', orderId(won.Id));
  const [item] = order?.sublists['item'] ?? [];
  await world.control('POST', 'records', [
    { type: 'salesorder', id: order?.id, fields: {}, sublists: { item: [{ ...item, quantitybilled: 4 }] } },
  ]);
  const fewer = {
    done: true,
    records: [{ ...toLine({ sku: 'SVC-1006', quantity: 1, price: 10 }, 0), Id: item?.['custcol_srl_line_key'] }],
  };
  const told = await world.send('salesforce', 'Opportunity', edited(won, { OpportunityLineItems: fewer }));
  expect(['review', 'done']).toContain(told.state);
  expect((await linesOf(won.Id))[0]).toMatchObject({ quantity: 4 });
});
