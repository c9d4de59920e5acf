import { startFakeHubSpot, type FakeHubSpot } from '../../../demo/fake-crm/hubspot/hubspot-server';
import { loadFlows } from '../../../flows';
import { TRANSFORMS } from '../../../flows/transforms';
import { hsPrimaryId } from '../../../flows/transforms/choices';
import { HubSpotAdapter } from '../../../relay/crm/hubspot/hubspot-adapter';
import { hubspotOptionsSchema } from '../../../relay/crm/hubspot/hubspot-client';
import type { CrmWrite, CrmWriteOutcome } from '../../../relay/delivery/crm-adapter';

const token = 'pat-of-the-test';
const oauth = { clientId: 'client', clientSecret: 'secret-of-the-test', refreshToken: 'refresh-of-the-test' };
const signal = new AbortController().signal;
const KEY = 'netsuite_internal_id';
let portal: FakeHubSpot;
let now: number;

beforeEach(async () => {
  now = Date.parse('2026-11-21T08:00:00Z');
  const limits = { perTenSeconds: 1000 };
  portal = await startFakeHubSpot({ token, oauth, limits, now: () => new Date(now).toISOString(), indexLagMs: 5_000 });
});
afterEach(() => portal.close());

function adapter(sign: object = { token }): HubSpotAdapter {
  const options = hubspotOptionsSchema.parse({ name: 'hubspot', baseUrl: portal.url, ...sign });
  return new HubSpotAdapter(options, { flowsFor: () => [], now: () => now });
}

const upsert = (key: string, fields: Record<string, unknown>, more: Partial<CrmWrite> = {}): CrmWrite => ({
  operationId: `op_${key}_${JSON.stringify(fields).length}`,
  crmId: null,
  match: { field: KEY, value: key },
  create: true,
  fields,
  ...more,
});

const write = (items: CrmWrite[], object = 'companies', crm = adapter()): Promise<readonly CrmWriteOutcome[]> =>
  crm.writeBatch({ object, requestId: 'r', items }, signal);

describe('Writing to HubSpot', () => {
  it('never creates a record unless the flow says so, and finds a fresh one though the search does not yet (P28)', async () => {
    const [missed] = await write([upsert('7', { netsuite_balance: 1 }, { create: false })]);
    expect(missed).toMatchObject({ ok: false, fault: { class: 'dependency', code: 'NOT_FOUND' } });
    await write([upsert('7', { name: 'Seven' })]);
    const [found] = await write([upsert('7', { netsuite_balance: 1 }, { create: false })]);
    expect(found).toMatchObject({ ok: true, status: 'updated' });
    expect(portal.table.calls.some(({ path }) => path.endsWith('/search'))).toBe(false);
    expect(portal.table.all('companies')).toHaveLength(1);
  });

  it('P29: associates without taking the place of the primary company a person chose', async () => {
    await write([upsert('1', { name: 'Chosen' }), upsert('2', { name: 'Other' })]);
    const [chosen, other] = portal.table.all('companies').map(([id]) => id) as [string, string];
    const contact = { field: 'email', value: 'a@example.com' };
    const to = (crmId: string): Partial<CrmWrite> => ({ match: contact, associate: [{ object: 'companies', crmId }] });
    await write([upsert('c', { firstname: 'A' }, to(chosen))], 'contacts');
    const [again] = await write([upsert('c', { firstname: 'B' }, to(other))], 'contacts');
    expect(again).toMatchObject({ ok: true });
    const [[id]] = portal.table.all('contacts') as [[string, unknown]];
    expect(portal.links.primary('contacts', id)).toBe(chosen);
    expect(portal.links.read('contacts', 'companies', id).map(({ toObjectId }) => toObjectId)).toEqual([chosen, other]);
    const [lost] = await write([upsert('c', { firstname: 'C' }, to('1'))], 'contacts');
    expect(lost).toMatchObject({ ok: false, fault: { class: 'dependency', code: 'OBJECT_NOT_FOUND' } });
  });

  it('writes a record that stands twice in a batch twice, in order: a portal refuses the whole call', async () => {
    const outcomes = await write([upsert('1', { name: 'First' }), upsert('1', { name: 'Second one' })]);
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true]);
    expect(portal.table.all('companies')[0]?.[1]).toMatchObject({ properties: { name: 'Second one' } });
  });

  it('P33: one record that refuses its batch as a whole fails alone', async () => {
    portal.intercept((call) =>
      call.text.includes('"Poison"')
        ? { status: 400, body: { status: 'error', category: 'VALIDATION_ERROR', message: 'Invalid input JSON' } }
        : undefined,
    );
    const items = Array.from({ length: 40 }, (_, at) => upsert(String(at), { name: at === 9 ? 'Poison' : `A${at}` }));
    const outcomes = await write(items);
    expect(outcomes.flatMap(({ ok }, at) => (ok ? [] : [at]))).toEqual([9]);
  });

  it('rows that come back without their trace are told apart, though the id of one is the number of another', async () => {
    const row = (id: string, key: string): object => ({ id, new: true, properties: { [KEY]: key } });
    portal.intercept((call) =>
      call.path.endsWith('/batch/upsert')
        ? { status: 200, body: { status: 'COMPLETE', results: [row('102', '101'), row('900', '102')] } }
        : undefined,
    );
    const outcomes = await write([upsert('101', { name: 'A' }), upsert('102', { name: 'B' })]);
    expect(outcomes).toEqual([
      { ok: true, crmId: '102', status: 'created' },
      { ok: true, crmId: '900', status: 'created' },
    ]);
  });

  it('P33: one association that refuses its call as a whole fails its record alone', async () => {
    await write([upsert('1', { name: 'Company' })]);
    const [[company]] = portal.table.all('companies') as [[string, unknown]];
    portal.intercept((call) =>
      call.path.includes('/batch/associate/') && call.text.includes('"no id"')
        ? { status: 400, body: { status: 'error', category: 'VALIDATION_ERROR', message: 'Invalid input JSON' } }
        : undefined,
    );
    const items = Array.from({ length: 9 }, (_, at) => {
      const match = { field: 'email', value: `c${at}@example.com` };
      return upsert(`c${at}`, {}, { match, associate: [{ object: 'companies', crmId: at === 4 ? 'no id' : company }] });
    });
    const outcomes = await write(items, 'contacts');
    expect(outcomes.flatMap(({ ok }, at) => (ok ? [] : [at]))).toEqual([4]);
    const contacts = portal.table.all('contacts').map(([id]) => id);
    expect(contacts.filter((id) => portal.links.read('contacts', 'companies', id).length === 1)).toHaveLength(8);
  });

  it('renews an OAuth token before it ends, and once when HubSpot ended it', async () => {
    const crm = adapter({ oauth });
    const one = (name: string): Promise<readonly CrmWriteOutcome[]> => write([upsert('1', { name })], 'companies', crm);
    await one('a');
    await one('bb');
    expect(portal.access.refreshes).toBe(1);
    now += 1_500_000;
    await one('ccc');
    expect(portal.access.refreshes).toBe(2);
    portal.access.endTokens();
    expect(await one('dddd')).toMatchObject([{ ok: true }]);
    expect(portal.access.refreshes).toBe(3);
    const wrong = adapter({ oauth: { ...oauth, refreshToken: 'gone' } });
    const error: unknown = await write([upsert('1', { name: 'e' })], 'companies', wrong).catch(
      (thrown: unknown) => thrown,
    );
    expect(wrong.classifyError(error)).toMatchObject({ class: 'configuration', code: 'BAD_REFRESH_TOKEN' });
  });

  it.each([
    ['TEN_SECONDLY_ROLLING', 10_000],
    ['SECONDLY', 1_000],
    ['DAILY', 900_000],
  ])('A35: waits as long as the limit %s asks', async (policyName, retryAfterMs) => {
    portal.throttleNext(1, policyName);
    const crm = adapter();
    const error: unknown = await write([upsert('1', { name: 'a' })], 'companies', crm).catch(
      (thrown: unknown) => thrown,
    );
    expect(crm.classifyError(error)).toMatchObject({ class: 'throttle', status: 429, retryAfterMs });
  });

  it('A35: names who holds a taken e-mail, and parks while a portal moves (423, 477)', async () => {
    await write([upsert('x', { firstname: 'A' }, { match: { field: 'email', value: 'a@example.com' } })], 'contacts');
    const [taken] = await write(
      [upsert('9', { email: 'a@example.com' }, { match: { field: KEY, value: '9' } })],
      'contacts',
    );
    expect(taken).toMatchObject({
      ok: false,
      fault: { class: 'conflict', message: expect.stringMatching(/Existing ID: \d+/) as string },
    });
    for (const [status, headers, retryAfterMs] of [
      [423, {}, 2_000],
      [477, { 'retry-after': '3600' }, 3_600_000],
    ] as const) {
      portal.intercept(() => ({ status, headers, body: {} }));
      const crm = adapter();
      const error: unknown = await write([upsert('1', { name: 'a' })], 'companies', crm).catch(
        (thrown: unknown) => thrown,
      );
      expect(crm.classifyError(error)).toMatchObject({ class: 'transient', status, retryAfterMs });
    }
  });
});

describe('The company of a HubSpot record', () => {
  it.each(['contacts', 'deals', 'tickets'])('of several companies of %s the primary one is told', async (object) => {
    const { flows } = loadFlows({ presets: ['hubspot'] });
    const options = hubspotOptionsSchema.parse({ name: 'hubspot', baseUrl: portal.url, token });
    const crm = new HubSpotAdapter(options, { flowsFor: () => flows.filter((flow) => flow.object === object) });
    for (const id of ['5', '6']) portal.add('companies', { id, properties: { name: id } });
    portal.add(object, { id: '9', properties: {} });
    portal.links.addDefault(object, '9', 'companies', '5');
    portal.links.addDefault(object, '9', 'companies', '6');
    const read = (await crm.readRecords(object, ['9'], signal)).get('9') as {
      associations: { companies: { results: unknown[] } };
    };
    const context = { record: null, settings: {}, timeZone: 'UTC', transforms: TRANSFORMS, warn: () => undefined };
    expect(hsPrimaryId(read.associations.companies.results, context, {})).toBe('5');
  });
});

it('a deal whose lines HubSpot could not read is read again, and is no deal without lines', async () => {
  const { flowsFor } = loadFlows({ presets: ['hubspot'] });
  const options = hubspotOptionsSchema.parse({ name: 'hubspot', baseUrl: portal.url, token });
  const crm = new HubSpotAdapter(options, { flowsFor: (object) => flowsFor('hubspot', object), now: () => now });
  portal.add('deals', { id: '9', properties: { dealname: 'Nine' } });
  const errors = [{ status: 'error', category: 'INTERNAL_ERROR', message: 'Try later', context: {} }];
  portal.intercept((call) =>
    call.path.endsWith('/line_items/batch/read')
      ? { status: 207, body: { status: 'COMPLETE', results: [], errors, numErrors: 1 } }
      : undefined,
  );
  const error: unknown = await crm.readRecords('deals', ['9'], signal).catch((thrown: unknown) => thrown);
  expect(crm.classifyError(error)).toMatchObject({
    class: 'transient',
    message: expect.stringContaining('Try later') as string,
  });
});

describe('What does not fit into one answer of HubSpot', () => {
  it('250 deals and one of 1,200 line items are read with every association: a portal takes 100 ids and shows 500 lines', async () => {
    const { flowsFor } = loadFlows({ presets: ['hubspot'] });
    const options = hubspotOptionsSchema.parse({ name: 'hubspot', baseUrl: portal.url, token });
    const crm = new HubSpotAdapter(options, { flowsFor: (object) => flowsFor('hubspot', object), now: () => now });
    portal.add('companies', { id: '5', properties: { name: 'Five' } });
    const ids = Array.from({ length: 250 }, (_, at) => String(1000 + at));
    for (const id of ids) {
      portal.add('deals', { id, properties: { dealname: `Deal ${id}` } });
      portal.links.addDefault('deals', id, 'companies', '5');
    }
    const lines = Array.from({ length: 1200 }, (_, at) => String(50_000 + at));
    for (const id of lines) {
      portal.add('line_items', { id, properties: { hs_sku: `SKU-${id}`, quantity: '1', price: '1' } });
      portal.links.addDefault('deals', '1249', 'line_items', id);
    }
    const read = await crm.readRecords('deals', ids, signal);
    const companiesOf = (id: string): unknown =>
      (read.get(id) as { associations: { companies?: { results: { id: string }[] } } }).associations.companies
        ?.results[0]?.id;
    expect(ids.filter((id) => companiesOf(id) !== '5')).toEqual([]);
    const { lineItems } = read.get('1249') as { lineItems: { id: string }[] };
    expect(lineItems.map(({ id }) => id)).toEqual(lines);
  });
});

describe('Reading changes of HubSpot', () => {
  it('tells changed records oldest first, from a moment on', async () => {
    await write(['1', '2', '3'].map((key) => upsert(key, { name: key })));
    const ids = portal.table.all('companies').map(([id]) => id);
    now += 60_000;
    const since = new Date(now).toISOString();
    portal.edit('companies', ids[2]!, { name: 'three' });
    now += 1_000;
    portal.edit('companies', ids[0]!, { name: 'one' });
    now += 10_000;
    const seen: string[] = [];
    for await (const page of adapter().readChanges('companies', since, signal)) seen.push(...page.map(({ id }) => id));
    expect(seen).toEqual([ids[2], ids[0]]);
  });
});
