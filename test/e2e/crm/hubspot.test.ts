import { startFakeHubSpot, type FakeHubSpot } from '../../../demo/fake-crm/hubspot/hubspot-server';
import { loadFlows } from '../../../flows';
import { HubSpotAdapter } from '../../../relay/crm/hubspot/hubspot-adapter';
import { classifyHubSpot } from '../../../relay/crm/hubspot/hubspot-faults';
import { CrmCallError } from '../../../relay/crm/http-call';
import type { CrmWrite } from '../../../relay/delivery/crm-adapter';
import { makeFixtures } from '../../fixtures';

const fixtures = makeFixtures({ subsidiary: '1', currency: '1', strictForm: '9' });
const flows = loadFlows({ presets: ['hubspot'], timeZone: 'America/Los_Angeles' });
const signal = new AbortController().signal;
const token = 'pat-of-the-test';
let portal: FakeHubSpot;
let adapter: HubSpotAdapter;

beforeAll(async () => {
  portal = await startFakeHubSpot({ token });
  for (const { source, object, payload } of [...fixtures.accounts, ...fixtures.contacts, ...fixtures.orders]) {
    if (source === 'hubspot') portal.add(object, payload);
  }
  adapter = new HubSpotAdapter(
    { name: 'hubspot', baseUrl: portal.url, token },
    { flowsFor: (object) => flows.flowsFor('hubspot', object) },
  );
});
afterAll(() => portal.close());

const write = (crmId: string | null, fields: Record<string, unknown>): CrmWrite => ({
  operationId: `op_${String(crmId)}`,
  crmId,
  match: null,
  fields,
});

describe('HubSpot', () => {
  it('reads records with associations and line items, so that they map to what the sent ones map to', async () => {
    for (const list of [fixtures.accounts, fixtures.contacts, fixtures.orders]) {
      const some = list.filter(({ source }) => source === 'hubspot').slice(0, 150);
      const read = await adapter.readRecords(
        some[0]!.object,
        some.map(({ crmId }) => crmId),
        signal,
      );
      for (const { crmId, object, payload } of some) {
        const [fromRead] = flows.mapRecord('hubspot', object, read.get(crmId));
        const [fromSent] = flows.mapRecord('hubspot', object, payload);
        if (fromRead?.kind !== 'operations' || fromSent?.kind !== 'operations')
          throw new Error(JSON.stringify(fromRead));
        expect(fromRead.operations[0]!.fields).toEqual(expect.objectContaining(fromSent.operations[0]!.fields!));
        expect(fromRead.operations[0]!.sublists?.['item']).toEqual(fromSent.operations[0]!.sublists?.['item']);
        expect(fromRead.operations[0]!.requires).toEqual(fromSent.operations[0]!.requires);
      }
    }
  });

  it('P30: splits a 207 into rows that were written and rows that were not', async () => {
    const companies = fixtures.accounts.filter(({ source }) => source === 'hubspot').slice(0, 130);
    const items = companies.map(({ crmId }, at) =>
      write(crmId, { netsuite_internal_id: String(at), netsuite_balance: 12.5 }),
    );
    items[3] = write('1', { netsuite_internal_id: '3' });
    items[4] = write(companies[4]!.crmId, { nonsense: 'x' });
    const outcomes = await adapter.writeBatch({ object: 'companies', requestId: 'r', items }, signal);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(128);
    expect(outcomes[3]).toMatchObject({ ok: false, fault: { class: 'dependency' } });
    expect(outcomes[4]).toMatchObject({ ok: false, fault: { class: 'configuration', code: 'PROPERTY_DOESNT_EXIST' } });
    expect(portal.table.get('companies', companies[0]!.crmId)).toMatchObject({
      properties: { netsuite_internal_id: '0', netsuite_balance: '12.5' },
    });
  });

  it('finds records by a unique property where no id is known', async () => {
    const item = {
      ...write(null, { netsuite_sync_status: 'Synced' }),
      match: { field: 'netsuite_internal_id', value: '7' },
    };
    const [outcome] = await adapter.writeBatch({ object: 'companies', requestId: 'r', items: [item] }, signal);
    expect(outcome).toMatchObject({ ok: true, status: 'updated' });
  });

  it('finds whatever has one of many long names, though a search reads 3,000 characters and shows 200 records a page', async () => {
    const names = Array.from({ length: 60 }, (_, at) => `${String(at)} ${'Very Long Name of a Company, '.repeat(6)}`);
    const add = (id: string, name: string): void => portal.add('companies', { id, properties: { name } });
    names.forEach((name, at) => add(`77${String(at).padStart(3, '0')}`, name));
    for (let at = 0; at < 250; at += 1) add(`78${String(at).padStart(3, '0')}`, 'Branch');
    add('79000', 'Zebra');
    const found = await adapter.searchRecords('companies', 'name', [...names, 'Branch', 'Zebra'], signal);
    expect(names.filter((name) => found.get(name.toLowerCase())?.length !== 1)).toEqual([]);
    expect(found.get('branch')).toHaveLength(250);
    expect(found.get('zebra')?.map(({ id }) => id)).toEqual(['79000']);
  });

  it('waits as long as the limit it ran into lasts', async () => {
    portal.throttleNext(1);
    const items = [
      write(fixtures.accounts.find(({ source }) => source === 'hubspot')!.crmId, { netsuite_sync_status: 'x' }),
    ];
    const error: unknown = await adapter
      .writeBatch({ object: 'companies', requestId: 'r', items }, signal)
      .catch((thrown: unknown) => thrown);
    expect(adapter.classifyError(error)).toMatchObject({ class: 'throttle', retryAfterMs: 10_000 });
    const daily = { category: 'RATE_LIMITS', policyName: 'DAILY', message: 'm' };
    expect(classifyHubSpot(new CrmCallError(429, daily, undefined)).retryAfterMs).toBeGreaterThan(60_000);
    expect(classifyHubSpot(new CrmCallError(429, daily, 3000)).retryAfterMs).toBe(3000);
  });

  it.each([
    [423, {}, 'transient'],
    [477, {}, 'transient'],
    [502, '<html>', 'transient'],
    [401, {}, 'permission'],
    [403, { category: 'MISSING_SCOPES' }, 'permission'],
    [409, { message: 'Contact already exists. Existing ID: 551' }, 'conflict'],
    [400, { category: 'VALIDATION_ERROR', message: 'Property values were not valid: INVALID_OPTION' }, 'configuration'],
    [400, { category: 'VALIDATION_ERROR', message: 'bad' }, 'data'],
  ])('classifies %s', (status, body, errorClass) => {
    expect(classifyHubSpot(new CrmCallError(status, body, undefined)).class).toBe(errorClass);
  });
});
