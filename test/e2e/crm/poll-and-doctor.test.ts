import { pino } from 'pino';
import { startFakeHubSpot, type FakeHubSpot } from '../../../demo/fake-crm/hubspot/hubspot-server';
import { startFakeSalesforce, type FakeSalesforce } from '../../../demo/fake-crm/salesforce/salesforce-server';
import { loadFlows } from '../../../flows';
import { HubSpotAdapter } from '../../../relay/crm/hubspot/hubspot-adapter';
import { pollOnce, type PollOptions } from '../../../relay/crm/poll-changes';
import { SalesforceAdapter } from '../../../relay/crm/salesforce/salesforce-adapter';
import { salesforceOptionsSchema } from '../../../relay/crm/salesforce/salesforce-client';
import { wantedObjects } from '../../../relay/crm/wanted-objects';
import type { CrmFinding, WantedObject } from '../../../relay/delivery/crm-adapter';
import { openMemoryStore } from '../../../relay/store/sqlite/open-sqlite-store';

const app = { clientId: 'client', clientSecret: 'secret-of-the-test' };
const token = 'pat-of-the-test';
const signal = new AbortController().signal;
let org: FakeSalesforce;
let portal: FakeHubSpot;
let now: number;

beforeEach(async () => {
  now = Date.parse('2026-11-21T08:00:00Z');
  org = await startFakeSalesforce({ ...app, now: () => new Date(now).toISOString() });
  const limits = { perTenSeconds: 1000 };
  portal = await startFakeHubSpot({ token, limits, now: () => new Date(now).toISOString() });
});
afterEach(async () => {
  await org.close();
  await portal.close();
});

function salesforce(auth: object = { type: 'clientCredentials', ...app }): SalesforceAdapter {
  const options = salesforceOptionsSchema.parse({ name: 'salesforce', baseUrl: org.url, auth });
  return new SalesforceAdapter(options, { flowsFor: () => [], now: () => now });
}
const hubspot = (given = token): HubSpotAdapter =>
  new HubSpotAdapter({ name: 'hubspot', baseUrl: portal.url, token: given }, { flowsFor: () => [] });
const wanted = (kind: 'salesforce' | 'hubspot'): WantedObject[] =>
  wantedObjects(loadFlows({ presets: [kind] }).flows, { name: kind, kind });
/** The same, of flows that find every record by our own id. */
const byOwnId = (kind: 'salesforce' | 'hubspot'): WantedObject[] =>
  wanted(kind)
    .filter(({ object }) => object === 'Account' || object === 'companies')
    .map((one) => ({
      ...one,
      keys: new Set([kind === 'salesforce' ? 'NetSuite_Internal_ID__c' : 'netsuite_internal_id']),
    }));
const problems = (findings: CrmFinding[]): string[] =>
  findings.flatMap(({ level, subject, message }) => (level === 'ok' ? [] : [`${level} ${subject}: ${message}`]));

describe('suiterelay doctor, asking the CRMs', () => {
  it('finds nothing amiss in an org with the package and in a portal with the properties, and says who it is', async () => {
    for (const [kind, adapter] of [
      ['salesforce', salesforce()],
      ['hubspot', hubspot()],
    ] as const) {
      const findings = await adapter.inspect(wanted(kind), signal);
      expect(findings.filter(({ level }) => level === 'bad')).toEqual([]);
      expect(findings[0]).toMatchObject({ level: 'ok', subject: `${kind}: sign-in` });
    }
  });

  it('A40: names a field that has gone, one that became a formula, and a key that is none any more', async () => {
    const { fields } = org.schema.get('Account')!;
    fields.delete('NetSuite_Balance__c');
    fields.get('NetSuite_Credit_Limit__c')!.readOnly = true;
    fields.get('NetSuite_Internal_ID__c')!.externalId = false;
    portal.schema.drop('companies', 'netsuite_balance');
    portal.schema.get('companies', 'netsuite_internal_id')!.hasUniqueValue = false;
    const found = [
      ...problems(await salesforce().inspect(byOwnId('salesforce'), signal)),
      ...problems(await hubspot().inspect(byOwnId('hubspot'), signal)),
    ].filter((line) => line.startsWith('bad') && /Account|companies/.test(line));
    expect(found).toEqual([
      'bad salesforce: Account: fields that flows write are missing or hidden from the user: NetSuite_Balance__c',
      'bad salesforce: Account: fields that flows write are computed or read-only for the user: NetSuite_Credit_Limit__c',
      'bad salesforce: Account: records can not be found by: NetSuite_Internal_ID__c',
      'bad hubspot: companies: properties that flows write do not exist: netsuite_balance',
      'bad hubspot: companies: records can not be found by: netsuite_internal_id',
    ]);
  });

  it('P26: a flow that would write a computed field is told before it does', async () => {
    const [account] = wanted('salesforce');
    const findings = await salesforce().inspect(
      [{ ...account!, object: 'Opportunity', writes: new Set(['IsWon']) }],
      signal,
    );
    expect(problems(findings)).toContain(
      'bad salesforce: Opportunity: fields that flows write are computed or read-only for the user: IsWon',
    );
  });

  it('explains a refused sign-in with what to compare', async () => {
    const wrong = await salesforce({ type: 'clientCredentials', clientId: 'client', clientSecret: 'no' }).inspect(
      [],
      signal,
    );
    expect(wrong).toMatchObject(
      [{ level: 'bad', subject: 'salesforce: sign-in', remedy: /run-as user/ }].map((one) => ({
        ...one,
        remedy: expect.stringMatching(one.remedy) as string,
      })),
    );
    expect(await hubspot('gone').inspect([], signal)).toMatchObject([{ level: 'bad', subject: 'hubspot: sign-in' }]);
  });

  it('names the scopes a private app lacks', async () => {
    const poor = await startFakeHubSpot({ token, scopes: ['crm.objects.companies.read'] });
    try {
      const crm = new HubSpotAdapter({ name: 'hubspot', baseUrl: poor.url, token }, { flowsFor: () => [] });
      const scopes = (await crm.inspect(wanted('hubspot'), signal)).find(
        ({ subject }) => subject === 'hubspot: scopes',
      );
      expect(scopes).toMatchObject({
        level: 'bad',
        message: expect.stringContaining('crm.objects.companies.write') as string,
      });
    } finally {
      await poor.close();
    }
  });
});

describe('Asking a CRM what changed', () => {
  it.each(['salesforce', 'hubspot'] as const)(
    'reads every change of %s once, goes on after a restart, and begins at the present',
    async (kind) => {
      const store = openMemoryStore(() => now);
      const object = kind === 'salesforce' ? 'Account' : 'companies';
      const add = (id: string): void => {
        const at = new Date(now).toISOString();
        if (kind === 'salesforce')
          org.add(object, { Id: id, Name: id, IsDeleted: false, SystemModstamp: at.replace('Z', '+0000') });
        else portal.add(object, { id, properties: { name: id }, updatedAt: at });
      };
      const options: PollOptions = {
        store,
        adapter: kind === 'salesforce' ? salesforce() : hubspot(),
        crm: { name: kind, poll: { everySeconds: 60, overlapSeconds: 300 } },
        source: kind,
        isKept: () => true,
        objects: () => [object],
        log: pino({ level: 'silent' }),
        now: () => now,
      };
      const waiting = async (): Promise<(string | null)[]> =>
        (await store.listOperations({ pool: `in:${kind}` }, { limit: 100 })).items.map(({ crmId }) => crmId).sort();
      try {
        add('1000');
        now += 3_600_000;
        await pollOnce(options, object, signal);
        expect(await waiting()).toEqual([]);
        now += 60_000;
        add('1001');
        add('1002');
        now += 60_000;
        await pollOnce(options, object, signal);
        expect(await waiting()).toEqual(['1001', '1002']);
        // The overlap shows both again; only what is new adds work.
        now += 60_000;
        add('1003');
        await pollOnce({ ...options }, object, signal);
        expect(await waiting()).toEqual(['1001', '1002', '1003']);
      } finally {
        await store.close();
      }
    },
  );
});
