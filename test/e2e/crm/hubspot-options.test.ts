import { Client } from '@hubspot/api-client';
import { startFakeHubSpot, type FakeHubSpot } from '../../../demo/fake-crm/hubspot/hubspot-server';
import { HubSpotAdapter } from '../../../relay/crm/hubspot/hubspot-adapter';
import { hubspotOptionsSchema } from '../../../relay/crm/hubspot/hubspot-client';
import type { CrmWrite, CrmWriteOutcome } from '../../../relay/delivery/crm-adapter';

const token = 'pat-of-the-test';
const signal = new AbortController().signal;
const GOLD = { label: 'Gold', value: 'Gold' };
let portal: FakeHubSpot;
let sdk: Client;

beforeEach(async () => {
  portal = await startFakeHubSpot({ token, limits: { perTenSeconds: 1000 } });
  sdk = new Client({ accessToken: token, basePath: portal.url });
  await makeProperty('netsuite_tier', 'select');
  await makeProperty('netsuite_segments', 'checkbox');
});
afterEach(() => portal.close());

/** The vendor's own client makes the properties, and reads them. */
const makeProperty = (name: string, fieldType: 'select' | 'checkbox') =>
  sdk.crm.properties.coreApi.create('companies', {
    name,
    label: name,
    groupName: 'companyinformation',
    type: 'enumeration',
    fieldType,
    options: [{ ...GOLD, hidden: false }],
  } as Parameters<typeof sdk.crm.properties.coreApi.create>[1]);

const optionsOf = async (name: string): Promise<string[]> =>
  (await sdk.crm.properties.coreApi.getByName('companies', name)).options.map(({ value }) => value);

const company = (key: string, fields: Record<string, unknown>, createOptions: string[] = []): CrmWrite => ({
  operationId: `op_${key}`,
  crmId: null,
  match: { field: 'netsuite_internal_id', value: key },
  create: true,
  fields,
  createOptions,
});

const write = (items: CrmWrite[]): Promise<readonly CrmWriteOutcome[]> =>
  new HubSpotAdapter(hubspotOptionsSchema.parse({ name: 'hubspot', baseUrl: portal.url, token }), {
    flowsFor: () => [],
  }).writeBatch({ object: 'companies', requestId: 'r', items }, signal);

const updates = () => portal.table.calls.filter(({ method }) => method === 'PATCH').length;

describe('Options of HubSpot’s properties', () => {
  it('a value that a property does not offer becomes an option where the flow says so; what stands there stays', async () => {
    const outcomes = await write([
      company('1', { netsuite_tier: 'Platinum' }, ['netsuite_tier']),
      company('2', { netsuite_tier: 'Gold' }, ['netsuite_tier']),
      company('3', { netsuite_tier: 'Silver' }, ['netsuite_tier']),
    ]);
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, true]);
    expect(await optionsOf('netsuite_tier')).toEqual(['Gold', 'Platinum', 'Silver']);
    expect(
      portal.table
        .all('companies')
        .map(([, { properties }]) => (properties as Record<string, unknown>)['netsuite_tier']),
    ).toEqual(expect.arrayContaining(['Platinum', 'Gold', 'Silver']));
    expect(updates()).toBe(1);
  });

  it('each of several values becomes one', async () => {
    const [outcome] = await write([company('1', { netsuite_segments: 'Gold;Retail;Export' }, ['netsuite_segments'])]);
    expect(outcome).toMatchObject({ ok: true });
    expect(await optionsOf('netsuite_segments')).toEqual(['Gold', 'Retail', 'Export']);
  });

  it('where the flow does not say so the record fails with the option named, and no other with it', async () => {
    const outcomes = await write([
      company('1', { netsuite_tier: 'Platinum' }),
      company('2', { netsuite_tier: 'Gold' }),
    ]);
    expect(outcomes[0]).toMatchObject({ ok: false, fault: { class: 'configuration', code: 'INVALID_OPTION' } });
    expect(outcomes[1]).toMatchObject({ ok: true });
    expect(updates()).toBe(0);
  });

  it('an app that may not change properties fails the record by that reason', async () => {
    portal.intercept((call) =>
      call.method === 'PATCH'
        ? { status: 403, body: { status: 'error', category: 'MISSING_SCOPES', message: 'crm.schemas.companies.write' } }
        : undefined,
    );
    const [outcome] = await write([company('1', { netsuite_tier: 'Platinum' }, ['netsuite_tier'])]);
    expect(outcome).toMatchObject({
      ok: false,
      fault: {
        class: 'permission',
        field: 'netsuite_tier',
        message: 'No option could be added to netsuite_tier of companies: crm.schemas.companies.write',
      },
    });
  });
});
