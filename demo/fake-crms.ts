import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Fixtures } from '../test/fixtures';
import { startFakeHubSpot, type FakeHubSpot } from './fake-crm/hubspot/hubspot-server';
import { startFakeSalesforce, type FakeSalesforce } from './fake-crm/salesforce/salesforce-server';
import type { CrmAccess } from './relay-config';

export interface FakeCrms {
  access: CrmAccess;
  salesforce: FakeSalesforce;
  hubspot: FakeHubSpot;
  /** Writes what the CRMs hold to the data folder. */
  save: () => void;
  close: () => Promise<void>;
}

/** Both CRMs with the sample in them, or with what they held when the data folder was last used. */
export async function startFakeCrms(data: string, fixtures: Fixtures): Promise<FakeCrms> {
  const login = { clientId: 'suiterelay-demo', clientSecret: 'demonstration-only' };
  const token = 'pat-na1-demonstration-only';
  const salesforce = await startFakeSalesforce({ ...login, dailyLimit: 100_000 });
  const hubspot = await startFakeHubSpot({ token, limits: { perTenSeconds: 10_000 } });
  const files = [
    { table: salesforce.table, file: path.join(data, 'crm-salesforce.json') },
    { table: hubspot.table, file: path.join(data, 'crm-hubspot.json') },
  ];
  if (files.every(({ file }) => existsSync(file))) {
    for (const { table, file } of files)
      table.load(JSON.parse(readFileSync(file, 'utf8')) as Parameters<typeof table.load>[0]);
    for (const object of salesforce.table.objects)
      for (const [, record] of salesforce.table.all(object)) salesforce.schema.learn(object, record);
    for (const object of hubspot.table.objects)
      for (const [id, record] of hubspot.table.all(object)) hubspot.add(object, { ...record, id });
  } else fill(salesforce, hubspot, fixtures);
  return {
    salesforce,
    hubspot,
    access: { salesforce: { url: salesforce.url, ...login }, hubspot: { url: hubspot.url, token } },
    save: () => files.forEach(({ table, file }) => writeFileSync(file, JSON.stringify(table))),
    close: async () => {
      await Promise.all([salesforce.close(), hubspot.close()]);
    },
  };
}

function fill(salesforce: FakeSalesforce, hubspot: FakeHubSpot, { accounts, contacts, orders, bad }: Fixtures): void {
  for (const { source, object, payload } of [...accounts, ...contacts, ...orders, ...bad]) {
    if (source === 'salesforce') {
      salesforce.add(object, payload);
      for (const line of linesOf(payload)) salesforce.add('OpportunityLineItem', line);
    }
    if (source === 'hubspot') hubspot.add(object, payload);
  }
}

/** Lines are records of their own in the org, whatever the order of a trigger's payload shows. */
function linesOf(payload: Record<string, unknown>): Record<string, unknown>[] {
  const lines = payload['OpportunityLineItems'] as { records?: Record<string, unknown>[] } | null | undefined;
  return lines?.records ?? [];
}
