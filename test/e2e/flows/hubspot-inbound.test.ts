import { readFileSync } from 'node:fs';
import type { ControlRecord } from '../../../demo/control';
import { startFlowStage, type FlowStage } from '../../helpers/flow-stage';

/** What people do in a HubSpot portal, told by its webhooks, with the flows on that are off as shipped. */
const SECRET = 'client-secret-of-the-test';
const PATIENCE_MS = 60_000;
let stage: FlowStage;
let ids = 700_000;

beforeAll(async () => {
  stage = await startFlowStage((config) => {
    const sources = config['sources'] as { name: string; hubspot?: object }[];
    sources.find(({ name }) => name === 'hubspot')!.hubspot = { clientSecrets: [SECRET], portalId: 62515 };
    for (const flow of ['order-to-salesorder', 'deal-order-to-salesorder', 'quote-to-estimate', 'estimate-to-quote'])
      config.flows.push({ id: `hubspot.${flow}`, enabled: true });
    Object.assign(config.netsuite[0]!.settings, { defaultSalesRep: 'default.rep@example.com' });
  });
  await stage.control.seed([
    { type: 'noninventoryitem', fields: { itemid: 'HS-1', isinactive: false } },
    { type: 'employee', fields: { entityid: 'Default Rep', email: 'default.rep@example.com', issalesrep: true } },
    { type: 'employee', fields: { entityid: 'Ada Rep', email: 'ada.rep@example.com', issalesrep: true } },
  ]);
  stage.crms.hubspot.table.put('owners', '41', { id: '41', email: 'ada.rep@example.com' });
  stage.crms.hubspot.table.put('owners', '42', { id: '42', email: 'stranger@example.com' });
});
afterAll(() => stage?.close());

/** A record that a person makes; nobody is told until it is changed. */
function add(object: string, properties: Record<string, string>, associated: Record<string, string[]> = {}): string {
  const id = String((ids += 1));
  const { hubspot } = stage.crms;
  hubspot.add(object, { id, properties: { ...properties, hs_object_id: id } });
  for (const [other, list] of Object.entries(associated))
    for (const one of list) hubspot.links.addDefault(object, id, other, one);
  return id;
}
const line = (quantity: string, price: string): string =>
  add('line_items', { hs_sku: 'HS-1', quantity, price, hs_position_on_quote: '0' });

/** A person changes properties; the portal's webhook tells the relay. */
async function edit(object: string, id: string, properties: Record<string, string>): Promise<void> {
  stage.crms.hubspot.edit(object, id, properties);
  await tell();
}
async function tell(): Promise<void> {
  const url = `${String(stage.relay().ready['url'])}/v1/hooks/hubspot`;
  expect(await stage.crms.hubspot.events.send(url, SECRET)).not.toContain(401);
}

async function until<T>(what: string, look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) {
      const failures = await stage.client().failures(stage.keys.admin, 20);
      throw new Error(`${what} did not come; in review: ${JSON.stringify(failures.map(({ error }) => error))}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
const find = async (type: string, externalId: string): Promise<ControlRecord | undefined> =>
  (await stage.control.all(type)).find((one) => one.externalId === externalId);
const arrived = (type: string, externalId: string): Promise<ControlRecord> =>
  until(`${type} ${externalId}`, () => find(type, externalId));
const linesOf = (record: ControlRecord | undefined) =>
  (record?.sublists['item'] ?? []).map((one) => [
    one['custcol_srl_line_key'],
    Number(one['quantity']),
    Number(one['rate']),
  ]);
/** The properties of a record, once one of them has a value. */
function shownOn(object: string, id: string, name: string): Record<string, unknown> | undefined {
  const { properties } = stage.crms.hubspot.table.get(object, id) as { properties: Record<string, unknown> };
  return properties[name] === undefined ? undefined : properties;
}
const customerId = async (company: string): Promise<string> => (await arrived('customer', `HS_COMP_${company}`)).id;
/** A company that is a customer already. */
async function linked(name: string): Promise<string> {
  const company = add('companies', { name });
  await edit('companies', company, { phone: '+1 555 0100' });
  await customerId(company);
  return company;
}

test('F6: an order that is marked becomes a sales order of its company, which is read and written first', async () => {
  const company = add('companies', { name: 'Order Works' });
  const item = line('3', '12.50');
  const order = add(
    'orders',
    { hs_order_name: 'Spring', hs_external_order_id: 'PO-7', hs_external_created_date: '2026-03-02T12:00:00Z' },
    { companies: [company], line_items: [item] },
  );
  await edit('orders', order, { hs_order_name: 'Spring order' });
  await edit('orders', order, { send_to_netsuite: 'true' });
  const made = await arrived('salesorder', `HS_ORD_${order}`);
  expect(made.fields).toMatchObject({
    entity: await customerId(company),
    otherrefnum: 'PO-7',
    memo: 'Spring order',
    trandate: '2026-03-02',
  });
  expect(linesOf(made)).toEqual([[item, 3, 12.5]]);
});

test('P37: an order of a won deal is the sales order of that deal', async () => {
  const company = await linked('Deal Works');
  const deal = add(
    'deals',
    { dealname: 'Big deal', dealstage: 'closedwon', closedate: '2026-03-02T12:00:00Z' },
    { companies: [company], line_items: [line('1', '10')] },
  );
  await edit('deals', deal, { dealname: 'Bigger deal' });
  const first = await arrived('salesorder', `HS_DEAL_${deal}`);
  const item = line('4', '9');
  const order = add(
    'orders',
    { hs_external_order_id: 'PO-8', hs_external_created_date: '2026-03-03T12:00:00Z', send_to_netsuite: 'true' },
    { companies: [company], deals: [deal], line_items: [item] },
  );
  await edit('orders', order, { hs_order_name: 'Of the deal' });
  const updated = await until('the order of the deal', async () => {
    const found = await find('salesorder', `HS_DEAL_${deal}`);
    return found?.fields['otherrefnum'] === 'PO-8' ? found : undefined;
  });
  expect(updated.id).toBe(first.id);
  expect(linesOf(updated)).toEqual([[item, 4, 9]]);
  expect(await find('salesorder', `HS_ORD_${order}`)).toBeUndefined();
  // Deal and order each say so themselves.
  const synced = { netsuite_sync_status: 'Synced', netsuite_internal_id: first.id };
  for (const [object, id] of [
    ['deals', deal],
    ['orders', order],
  ] as const)
    expect(await until(`the state of ${object}`, () => shownOn(object, id, 'netsuite_sync_status'))).toMatchObject(
      synced,
    );
});

test('A37: an approved quote becomes an estimate, and the quote shows its number and total', async () => {
  const company = await linked('Quote Works');
  const item = line('2', '15');
  const quote = add(
    'quotes',
    { hs_title: 'Offer', hs_status: 'DRAFT', hs_quote_number: '20260301-1', hs_expiration_date: '2026-04-30' },
    { companies: [company], line_items: [item] },
  );
  await edit('quotes', quote, { hs_title: 'Our offer' });
  await edit('quotes', quote, { hs_status: 'APPROVED' });
  const estimate = await arrived('estimate', `HS_QUO_${quote}`);
  expect(estimate.fields).toMatchObject({ memo: 'Our offer', otherrefnum: '20260301-1', duedate: '2026-04-30' });
  expect(linesOf(estimate)).toEqual([[item, 2, 15]]);
  const shown = await until('the number of the estimate', () => {
    const all = shownOn('quotes', quote, 'netsuite_estimate_number');
    return all?.['netsuite_internal_id'] === undefined || all['netsuite_estimate_total'] === undefined
      ? undefined
      : all;
  });
  expect(shown).toMatchObject({
    netsuite_estimate_number: estimate.fields['tranid'],
    netsuite_internal_id: estimate.id,
    netsuite_estimate_total: '30',
  });
});

test('P29, F3: a contact is of its primary company, whatever labels others have, and moves only when that changes', async () => {
  const { links } = stage.crms.hubspot;
  const first = await linked('First Home');
  const other = await linked('Advised');
  const contact = add('contacts', { lastname: 'Mover', email: 'mover@example.com' }, { companies: [first] });
  // The portal's own first label has the number that HubSpot's primary type has.
  links.addLabel('contacts', contact, 'companies', other, 1);
  await edit('contacts', contact, { firstname: 'Ada' });
  const made = await arrived('contact', `HS_CON_${contact}`);
  expect(made.fields['company']).toBe(await customerId(first));
  links.addTyped('contacts', contact, 'companies', other, 1);
  await edit('contacts', contact, { jobtitle: 'Advisor' });
  await until('the move of the contact', async () => {
    const now = (await find('contact', `HS_CON_${contact}`))?.fields;
    return now?.['title'] === 'Advisor' ? now : undefined;
  });
  expect((await find('contact', `HS_CON_${contact}`))?.fields['company']).toBe(await customerId(other));
});

test('F20: the owner of a company is its sales rep by e-mail, and somebody NetSuite does not know the default one', async () => {
  const known = add('companies', { name: 'Owned', hubspot_owner_id: '41' });
  const stranger = add('companies', { name: 'Owned by a stranger', hubspot_owner_id: '42' });
  await edit('companies', known, { phone: '+1 555 0101' });
  await edit('companies', stranger, { phone: '+1 555 0102' });
  const employees = await stage.control.all('employee');
  const rep = (email: string) => employees.find(({ fields }) => fields['email'] === email)?.id;
  expect((await arrived('customer', `HS_COMP_${known}`)).fields['salesrep']).toBe(rep('ada.rep@example.com'));
  expect((await arrived('customer', `HS_COMP_${stranger}`)).fields['salesrep']).toBe(rep('default.rep@example.com'));
});

test('P39: a contact that is taken from its company is taken from it in NetSuite, too', async () => {
  const company = await linked('Former employer');
  const contact = add('contacts', { lastname: 'Mover', email: 'mover@example.com' }, { companies: [company] });
  await edit('contacts', contact, { firstname: 'Mia' });
  expect((await arrived('contact', `HS_CON_${contact}`)).fields['company']).toBe(await customerId(company));
  const { associations } = stage.crms.hubspot.table.get('contacts', contact) as {
    associations: { companies: { results: unknown[] } };
  };
  associations.companies.results.length = 0;
  await edit('contacts', contact, { firstname: 'Maria' });
  const moved = await until('the new name', async () => {
    const found = await find('contact', `HS_CON_${contact}`);
    return found?.fields['firstname'] === 'Maria' ? found : undefined;
  });
  expect(moved.fields['company'] ?? '').toBe('');
});

test('A44, P35: of two merged companies one goes before a person, and a late deal of it is the other one’s order', async () => {
  const kept = await linked('Kept');
  const gone = await linked('Gone');
  stage.crms.hubspot.merge('companies', kept, gone);
  await tell();
  const client = stage.client();
  const merge = await until('the merge in review', async () =>
    (await client.failures(stage.keys.admin, 100)).find(({ error }) => error?.code === 'CRM_RECORD_MERGED'),
  );
  expect(merge.error?.message).toContain(`companies ${gone} was merged into ${kept}`);
  const id = String((ids += 1));
  const deal = {
    id,
    properties: { hs_object_id: id, dealname: 'Late', dealstage: 'closedwon', closedate: '2026-03-02T12:00:00Z' },
    associations: { companies: { results: [{ id: gone, type: 'deal_to_company' }] } },
    lineItems: [{ id: String((ids += 1)), properties: { hs_sku: 'HS-1', quantity: '1', price: '5' } }],
  };
  const { operations } = await client.upsert(stage.keys.hubspot, {
    source: 'hubspot',
    object: 'deals',
    records: [deal],
  });
  const order = await arrived('salesorder', `HS_DEAL_${id}`);
  expect(order.fields['entity']).toBe(await customerId(kept));
  const { warnings } = await until('the end of the late deal', async () => {
    const told = await client.operation(stage.keys.hubspot, operations[0]!.operationId);
    return told.state === 'done' ? told : undefined;
  });
  expect(warnings).toContainEqual(expect.objectContaining({ code: 'MERGED_REFERENCE' }));
  expect(await find('customer', `HS_COMP_${gone}`)).toBeDefined();
});

test('A44, P35: a deal that two others were merged into becomes no second sales order', async () => {
  const company = await linked('Merged deals');
  const won = { dealname: 'Primary', dealstage: 'closedwon', closedate: '2026-03-02T12:00:00Z' };
  const primary = add('deals', won, { companies: [company], line_items: [line('1', '10')] });
  await edit('deals', primary, { dealname: 'Primary deal' });
  const order = await arrived('salesorder', `HS_DEAL_${primary}`);
  await until('the order on the deal', () => shownOn('deals', primary, 'netsuite_internal_id'));
  // HubSpot makes a new record of both, with the values of the primary one.
  const former = stage.crms.hubspot.table.get('deals', primary) as {
    properties: Record<string, string>;
    archived: boolean;
  };
  former.archived = true;
  const merged = add('deals', former.properties, { companies: [company], line_items: [line('1', '10')] });
  await edit('deals', merged, { dealname: 'Merged deal' });
  const client = stage.client();
  const held = await until('the merged deal in review', async () =>
    (await client.failures(stage.keys.admin, 100)).find(({ crmId }) => crmId === merged),
  );
  expect(held.error).toMatchObject({ code: 'EXTERNAL_ID_TAKEN' });
  expect(held.error?.message).toContain(`salesorder ${order.id} is linked to ${primary}, not to ${merged}`);
  expect(await find('salesorder', `HS_DEAL_${merged}`)).toBeUndefined();
});

test('A44, P35: a deal that was accepted before its company was merged, and waits, is the order of the company that is left', async () => {
  const kept = await linked('Stays');
  const gone = await linked('Goes');
  const client = stage.client();
  const lane = async (paused: boolean): Promise<void> => {
    const { netsuite } = JSON.parse(readFileSync(stage.config, 'utf8')) as { netsuite: { account: string }[] };
    const url = `${String(stage.relay().ready['url'])}/v1/admin/pools/${netsuite[0]!.account}/lanes/realtime`;
    const headers = { authorization: `Bearer ${stage.keys.admin}`, 'content-type': 'application/json' };
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ paused }) });
    expect(answer.status).toBeLessThan(300);
  };
  await lane(true);
  const id = String((ids += 1));
  const deal = {
    id,
    properties: { hs_object_id: id, dealname: 'Early', dealstage: 'closedwon', closedate: '2026-03-02T12:00:00Z' },
    associations: { companies: { results: [{ id: gone, type: 'deal_to_company' }] } },
    lineItems: [{ id: String((ids += 1)), properties: { hs_sku: 'HS-1', quantity: '2', price: '5' } }],
  };
  const { operations } = await client.upsert(stage.keys.hubspot, {
    source: 'hubspot',
    object: 'deals',
    records: [deal],
  });
  stage.crms.hubspot.merge('companies', kept, gone);
  await tell();
  await until('the deal to follow the merge', async () => {
    const { state } = await client.operation(stage.keys.hubspot, operations[0]!.operationId);
    return ['superseded', 'cancelled'].includes(state) ? true : undefined;
  });
  await lane(false);
  const order = await arrived('salesorder', `HS_DEAL_${id}`);
  expect(order.fields['entity']).toBe(await customerId(kept));
  expect(linesOf(order)).toHaveLength(1);
});
