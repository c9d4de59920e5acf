import { Client } from '@hubspot/api-client';
import { startFakeHubSpot, type FakeHubSpot } from '../../../demo/fake-crm/hubspot/hubspot-server';

/** The fake portal is driven by HubSpot's own client here: what it can't read, or does not expect, fails. */

const token = 'pat-of-the-test';
const oauth = { clientId: 'client', clientSecret: 'secret-of-the-test', refreshToken: 'refresh-of-the-test' };
let now = Date.parse('2026-11-21T08:00:00.000Z');
let portal: FakeHubSpot;
let client: Client;

beforeEach(async () => {
  now = Date.parse('2026-11-21T08:00:00.000Z');
  portal = await startFakeHubSpot({
    token,
    oauth,
    now: () => new Date(now).toISOString(),
    limits: { perTenSeconds: 30, perDay: 60 },
    indexLagMs: 5_000,
  });
  client = new Client({ accessToken: token, basePath: portal.url, numberOfApiCallRetries: 0 });
});
afterEach(() => portal.close());

const status = (error: unknown): number => (error as { code: number }).code;
const bodyOf = (error: unknown): { category?: string; message?: string; policyName?: string } =>
  (error as { body: object }).body;

describe('The fake HubSpot portal, driven by the official client', () => {
  it('creates, reads, changes, lists and archives records', async () => {
    const { companies } = client.crm;
    const made = await companies.basicApi.create({ properties: { name: 'Søren & Co 🌿' }, associations: [] });
    expect(made.properties['name']).toBe('Søren & Co 🌿');
    await companies.basicApi.update(made.id, { properties: { phone: '1' } });
    const read = await companies.basicApi.getById(made.id, ['name', 'phone', 'city']);
    expect(read.properties).toMatchObject({ name: 'Søren & Co 🌿', phone: '1', city: null });
    expect((await companies.basicApi.getPage(10)).results).toHaveLength(1);
    await companies.basicApi.archive(made.id);
    const gone: unknown = await companies.basicApi.getById(made.id).catch((error: unknown) => error);
    expect(status(gone)).toBe(404);
  });

  it('upserts by a unique property, and by no other', async () => {
    const upsert = (id: string, idProperty: string, name: string): Promise<unknown> =>
      client.crm.companies.batchApi.upsert({ inputs: [{ id, idProperty, properties: { name } }] });
    expect(await upsert('7', 'netsuite_internal_id', 'One')).toMatchObject({
      status: 'COMPLETE',
      results: [{ _new: true }],
    });
    expect(await upsert('7', 'netsuite_internal_id', 'Two')).toMatchObject({ results: [{ _new: false }] });
    expect(portal.table.all('companies')).toHaveLength(1);
    expect(status(await upsert('a.com', 'domain', 'Three').catch((error: unknown) => error))).toBe(400);
  });

  it('P30: answers 207 for rows with trace ids, and refuses the whole batch without them', async () => {
    const rows = [
      { id: '1', idProperty: 'netsuite_internal_id', properties: { name: 'Good' }, objectWriteTraceId: 'a' },
      { id: '2', idProperty: 'netsuite_internal_id', properties: { nonsense: 'x' }, objectWriteTraceId: 'b' },
      {
        id: '3',
        idProperty: 'netsuite_internal_id',
        properties: { netsuite_balance: 'much' },
        objectWriteTraceId: 'c',
      },
    ];
    const mixed = await client.crm.companies.batchApi.upsert({ inputs: rows });
    expect(mixed).toMatchObject({ numErrors: 2, results: [{ properties: { name: 'Good' } }] });
    const plain = rows.map(({ objectWriteTraceId: _trace, ...row }) => row);
    const refused: unknown = await client.crm.companies.batchApi
      .upsert({ inputs: plain })
      .catch((error: unknown) => error);
    expect([status(refused), bodyOf(refused).category]).toEqual([400, 'VALIDATION_ERROR']);
  });

  it('A35: answers 409 for a taken e-mail, naming who has it', async () => {
    const { basicApi } = client.crm.contacts;
    const first = await basicApi.create({ properties: { email: 'a@example.com' }, associations: [] });
    const taken: unknown = await basicApi
      .create({ properties: { email: 'A@example.com' }, associations: [] })
      .catch((error: unknown) => error);
    expect(status(taken)).toBe(409);
    expect(bodyOf(taken).message).toBe(`Contact already exists. Existing ID: ${first.id}`);
  });

  it('P29: keeps the primary company when another is associated by default, and loses it to the primary type', async () => {
    const company = async (): Promise<string> =>
      (await client.crm.companies.basicApi.create({ properties: { name: 'C' }, associations: [] })).id;
    const [one, two, contact] = [
      await company(),
      await company(),
      (await client.crm.contacts.basicApi.create({ properties: { email: 'p@example.com' }, associations: [] })).id,
    ];
    const { basicApi, batchApi } = client.crm.associations.v4;
    await basicApi.createDefault('contacts', contact, 'companies', one);
    await batchApi.createDefault('contacts', 'companies', { inputs: [{ _from: { id: contact }, to: { id: two } }] });
    expect(portal.links.primary('contacts', contact)).toBe(one);
    const read = await batchApi.getPage('contacts', 'companies', { inputs: [{ id: contact }] });
    expect(read.results[0]?.to.map((to) => to.associationTypes.map(({ typeId }) => typeId))).toEqual([[279, 1], [279]]);
    await basicApi.create('contacts', contact, 'companies', two, [
      { associationCategory: 'HUBSPOT_DEFINED' as never, associationTypeId: 1 },
    ]);
    expect(portal.links.primary('contacts', contact)).toBe(two);
  });

  it('shows 500 associations of a record at once, the rest behind its own cursor, and reads of 100 records at most', async () => {
    portal.add('deals', { id: '77', properties: { dealname: 'Large' } });
    const lines = Array.from({ length: 620 }, (_, at) => String(5000 + at));
    for (const id of lines) {
      portal.add('line_items', { id, properties: {} });
      portal.links.addDefault('deals', '77', 'line_items', id);
    }
    const { batchApi } = client.crm.associations.v4;
    const first = (await batchApi.getPage('deals', 'line_items', { inputs: [{ id: '77' }] })).results[0]!;
    const after = first.paging!.next!.after;
    const second = (await batchApi.getPage('deals', 'line_items', { inputs: [{ id: '77', after }] })).results[0]!;
    expect([first.to.length, second.to.length, second.paging]).toEqual([500, 120, undefined]);
    const many = Array.from({ length: 101 }, (_, at) => ({ id: String(at) }));
    await expect(batchApi.getPage('deals', 'line_items', { inputs: many })).rejects.toMatchObject({ code: 400 });
  });

  it('P28: finds a record by search only when its index has caught up', async () => {
    await client.crm.companies.basicApi.create({ properties: { name: 'Fresh' }, associations: [] });
    const search = async (): Promise<number> =>
      (
        await client.crm.companies.searchApi.doSearch({
          filterGroups: [{ filters: [{ propertyName: 'name', operator: 'EQ' as never, value: 'fresh' }] }],
          properties: ['name'],
          limit: 10,
        })
      ).total;
    expect(await search()).toBe(0);
    now += 5_001;
    expect(await search()).toBe(1);
  });

  it('A35: runs into its three limits and names the one', async () => {
    const call = (): Promise<unknown> => client.crm.owners.ownersApi.getPage().catch((error: unknown) => error);
    for (let at = 0; at < 30; at += 1) await call();
    expect(bodyOf(await call())).toMatchObject({ category: 'RATE_LIMITS', policyName: 'TEN_SECONDLY_ROLLING' });
    now += 10_001;
    const search = (): Promise<unknown> =>
      client.crm.companies.searchApi.doSearch({ filterGroups: [], limit: 1 }).catch((error: unknown) => error);
    for (let at = 0; at < 5; at += 1) await search();
    expect(bodyOf(await search())).toMatchObject({ policyName: 'SECONDLY' });
    now += 10_001;
    for (let at = 0; at < 25; at += 1) await call();
    expect(bodyOf(await call())).toMatchObject({ policyName: 'DAILY' });
  });

  it('makes properties and refuses one that exists', async () => {
    const { coreApi } = client.crm.properties;
    const given = {
      name: 'made',
      label: 'Made',
      groupName: 'suiterelay',
      type: 'string' as never,
      fieldType: 'text' as never,
    };
    expect(await coreApi.create('companies', given)).toMatchObject({ name: 'made' });
    expect(status(await coreApi.create('companies', given).catch((error: unknown) => error))).toBe(409);
    const { results } = await coreApi.getAll('companies');
    expect(results.find(({ name }) => name === 'netsuite_internal_id')).toMatchObject({ hasUniqueValue: true });
  });

  it('exchanges a refresh token, and refuses a token that has run out', async () => {
    const { clientId, clientSecret, refreshToken } = oauth;
    const fresh = await client.oauth.tokensApi.create(
      'refresh_token',
      undefined,
      undefined,
      clientId,
      clientSecret,
      refreshToken,
    );
    const other = new Client({ accessToken: fresh.accessToken, basePath: portal.url, numberOfApiCallRetries: 0 });
    await expect(other.crm.owners.ownersApi.getPage()).resolves.toBeDefined();
    now += 1_800_001;
    const late: unknown = await other.crm.owners.ownersApi.getPage().catch((error: unknown) => error);
    expect(status(late)).toBe(401);
  });

  it('P35: merges two companies, and tells it as an event', async () => {
    const make = async (name: string): Promise<string> =>
      (await client.crm.companies.basicApi.create({ properties: { name }, associations: [] })).id;
    const [kept, gone] = [await make('Kept'), await make('Gone')];
    await client.apiRequest({
      method: 'POST',
      path: '/crm/v3/objects/companies/merge',
      body: { primaryObjectId: kept, objectIdToMerge: gone },
    });
    expect(portal.events.waiting.at(-1)).toMatchObject({
      subscriptionType: 'company.merge',
      primaryObjectId: Number(kept),
      mergedObjectIds: [Number(gone)],
      changeSource: 'INTEGRATION',
    });
  });
});
