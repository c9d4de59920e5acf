import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findBuilt } from '../../demo/child-process';
import { Control, type ControlRecord } from '../../demo/control';
import { startFakeHubSpot } from '../../demo/fake-crm/hubspot/hubspot-server';
import { startFakeSalesforce } from '../../demo/fake-crm/salesforce/salesforce-server';
import type { CrmRecord } from '../../demo/fake-crm/record-table';
import { readApiKeys, writeRelayConfig } from '../../demo/relay-config';
import { RelayClient, type OperationView } from '../../demo/relay-client';
import type { FlowReport } from '../../relay/reconcile/report';
import type { ReconcileRun } from '../../relay/reconcile/last-run';
import type { RelayFile } from './flow-stage';
import { openBackOffice, type BackOffice } from './netsuite/back-office';
import { startBuilt } from './start-built';

export interface PulledPages {
  pages: { page: string; rows: number; writes: number; unchanged: number }[];
}

type Wanted = Readonly<Record<string, unknown>>;
const PATIENCE_MS = 60_000;

/**
 * Emulator and relay as processes of their own, both CRMs nearly empty: the stage on which NetSuite's side of the business plays.
 * `settings` are the account's, `more` takes the place of whole parts of the relay's configuration.
 */
export async function startMirrorStage(settings: object = {}, more: object | ((config: RelayFile) => void) = {}) {
  const data = mkdtempSync(path.join(tmpdir(), 'suiterelay-mirror-'));
  const log = (name: string): string => path.join(data, `${name}.log`);
  mkdirSync(path.join(data, 'emulator'));
  const emulatorConfig = path.join(data, 'emulator.json');
  writeFileSync(emulatorConfig, JSON.stringify({ data: null }));
  const args = ['--project', path.dirname(findBuilt('sdf', 'manifest.xml')), '--config', emulatorConfig];
  const emulator = await startBuilt('emulator', args, log('emulator'));
  const control = new Control(emulator.ready['control'] as string);
  const office = await openBackOffice(emulator.ready['url'] as string, { entity: -5, role: 3 });
  await seedItem(control);
  const login = { clientId: 'suiterelay-test', clientSecret: 'test-only-secret' };
  const salesforce = await startFakeSalesforce({ ...login, dailyLimit: 100_000 });
  const hubspot = await startFakeHubSpot({ token: 'pat-test-only' });
  const keys = readApiKeys(data);
  const access = {
    salesforce: { url: salesforce.url, ...login },
    hubspot: { url: hubspot.url, token: 'pat-test-only' },
  };
  const config = writeRelayConfig(data, 0, emulator.ready, keys, access, 'UTC');
  addSettings(config, settings, more);
  const relay = await startBuilt('relay', ['--config', config], log('relay'));
  const url = relay.ready['url'] as string;
  const client = new RelayClient(url);
  const emulatorUrl = emulator.ready['url'] as string;
  const stage = { control, emulatorUrl, office, salesforce, hubspot, keys, client, url, logFile: log('relay') };
  return {
    ...stage,
    ...stageActions(stage),
    close: async () => {
      await relay.stop(5_000);
      await emulator.stop(5_000);
      await Promise.all([salesforce.close(), hubspot.close()]);
      if (process.env['KEEP_STAGE'] === undefined) rmSync(data, { recursive: true, force: true });
    },
  };
}

export type MirrorStage = Awaited<ReturnType<typeof startMirrorStage>>;

interface Parts {
  control: Control;
  office: BackOffice;
  salesforce: Awaited<ReturnType<typeof startFakeSalesforce>>;
  hubspot: Awaited<ReturnType<typeof startFakeHubSpot>>;
  keys: ReturnType<typeof readApiKeys>;
  client: RelayClient;
  url: string;
}

function stageActions({ control, office, salesforce, hubspot, keys, client, url }: Parts) {
  const admin = async (call: string, body: object): Promise<unknown> => {
    const answer = await fetch(`${url}/v1/admin/${call}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${keys.admin}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${call}: ${answer.status} ${text}`);
    return JSON.parse(text) as unknown;
  };
  const send = async (source: 'salesforce' | 'hubspot', object: string, records: readonly CrmRecord[]) => {
    const { requestId } = await client.upsert(keys[source], { source, object, records });
    return until(async () => {
      const { operations } = await client.request(keys[source], requestId);
      return operations.every(({ state }) => ['done', 'review', 'dead'].includes(state)) ? operations : null;
    }, `${object} sent by ${source}`);
  };
  const sent = async (source: 'salesforce' | 'hubspot', object: string, record: CrmRecord): Promise<void> => {
    (source === 'salesforce' ? salesforce : hubspot).add(object, record);
    const operations = await send(source, object, [record]);
    if (operations.some(({ state }) => state !== 'done')) throw new Error(JSON.stringify(operations));
  };
  const salesforceRecords = (object: string): CrmRecord[] =>
    salesforce.table
      .all(object)
      .map(([, record]) => record)
      .filter((record) => record['IsDeleted'] !== true);
  const awaitSalesforce = (object: string, id: string, wanted: Wanted): Promise<unknown> =>
    untilHolds(() => salesforce.table.get(object, id), wanted, `${object} ${id}`);
  const hubspotProperties = (object: string, id: string): CrmRecord | undefined =>
    hubspot.table.get(object, id)?.['properties'] as CrmRecord | undefined;
  return {
    until,
    sent,
    hubspotRecords: (object: string) => hubspot.table.all(object).map(([, record]) => record),
    hubspotRates: () => hubspot.table.all('exchange_rates').map(([, rate]) => rate),
    /** An exchange rate as somebody in finance enters it, or corrects it; answers its id. */
    seedRate: async (symbol: string, rate: number, day: string, id?: string): Promise<string> => {
      const currencies = await control.all('currency');
      const idOf = (name: string): string => currencies.find(({ fields }) => fields['symbol'] === name)!.id;
      const fields = {
        basecurrency: idOf('USD'),
        transactioncurrency: idOf(symbol),
        exchangerate: rate,
        effectivedate: day,
      };
      const [made] = await control.seed([{ type: 'currencyrate', ...(id === undefined ? {} : { id }), fields }]);
      return made!.id;
    },
    itemOf: async (sku: string): Promise<string> =>
      (await control.all('inventoryitem')).find(({ fields }) => fields['itemid'] === sku)!.id,
    salesforceRecords: (object: string) => Promise.resolve(salesforceRecords(object)),
    awaitSalesforce,
    awaitHubSpot: (object: string, id: string, wanted: Wanted) =>
      untilHolds(() => hubspotProperties(object, id), wanted, `${object} ${id}`),
    awaitHubSpotBy: (object: string, property: string, value: string, wanted: Wanted) =>
      untilHolds(
        () =>
          hubspot.table
            .all(object)
            .map(([, record]) => record['properties'] as CrmRecord)
            .find((properties) => properties[property] === value),
        wanted,
        `${object} ${value}`,
      ),
    editSalesforce: (object: string, id: string, values: Wanted) => {
      Object.assign(salesforce.table.get(object, id) ?? {}, values);
    },
    removeSalesforce: (object: string, id: string) => {
      Object.assign(salesforce.table.get(object, id) ?? {}, { IsDeleted: true });
    },
    netsuiteRecords: (type: string): Promise<ControlRecord[]> => control.all(type),
    orderOf: async (externalId: string): Promise<string> => {
      const found = (await control.all('salesorder')).find((one) => one.externalId === externalId);
      if (!found) throw new Error(`there is no sales order ${externalId}`);
      return found.id;
    },
    sendSalesforce: (object: string, records: readonly CrmRecord[]): Promise<OperationView[]> =>
      send('salesforce', object, records),
    sendHubSpot: (object: string, records: readonly CrmRecord[]): Promise<OperationView[]> =>
      send('hubspot', object, records),
    resolve: async (operationId: string): Promise<void> => {
      const answer = await fetch(`${url}/v1/failures/${operationId}/resolve`, {
        method: 'POST',
        headers: { authorization: `Bearer ${keys.salesforce}`, 'content-type': 'application/json' },
        body: JSON.stringify({ note: 'corrected in the CRM' }),
      });
      if (!answer.ok) throw new Error(await answer.text());
    },
    pull: (flow?: string) => admin('pull', flow === undefined ? {} : { flow }) as Promise<PulledPages>,
    /** What waits for a decision, by object and reason. */
    inReview: async (): Promise<string[]> => {
      const answer = await fetch(`${url}/v1/failures`, { headers: { authorization: `Bearer ${keys.admin}` } });
      const { failures } = (await answer.json()) as {
        failures: { object: string; error?: { code: string; message: string } }[];
      };
      return failures.map(({ object, error }) => `${object}: ${error?.code ?? ''} ${error?.message ?? ''}`);
    },
    lastReconcile: async (): Promise<ReconcileRun> => {
      const answer = await fetch(`${url}/v1/admin/reconcile`, { headers: { authorization: `Bearer ${keys.admin}` } });
      if (!answer.ok) throw new Error(await answer.text());
      return (await answer.json()) as ReconcileRun;
    },
    reconcileAll: (repair = false) => admin('reconcile', { repair }) as Promise<ReconcileRun>,
    reconcile: async (flow: string, repair: boolean): Promise<FlowReport> => {
      const { flows } = (await admin('reconcile', { flow, repair })) as ReconcileRun;
      if (!flows[0]) throw new Error(`${flow} was not compared`);
      return flows[0];
    },
    writesToCrms: () =>
      Promise.resolve(
        [...salesforce.table.calls, ...hubspot.table.calls].filter(
          ({ method, path: called }) => method === 'PATCH' || /batch\/(update|upsert|create)$/.test(called),
        ).length,
      ),
    /** Waits until nothing is on its way any more. */
    settled: () =>
      until(async () => {
        const answer = await fetch(`${url}/v1/admin/overview`, { headers: { authorization: `Bearer ${keys.admin}` } });
        const { byState } = (await answer.json()) as { byState: Record<string, number> };
        const open = ['queued', 'sending', 'retrying'].reduce((sum, state) => sum + (byState[state] ?? 0), 0);
        return open === 0 ? true : null;
      }, 'the queues to be empty'),
    fulfil: (order: string, quantity: number, parcels: readonly string[]) =>
      office.save({
        type: 'itemfulfillment',
        from: { type: 'salesorder', id: order },
        fields: { shipstatus: 'C' },
        lines: [
          { sublist: 'item', line: 0, fields: { quantity } },
          ...parcels.map((packagetrackingnumber, line) => ({
            sublist: 'package',
            line,
            fields: { packagetrackingnumber, packageweight: 1 },
          })),
        ],
      }),
    linkSalesforce: async (ids: SalesforceIds, sku: string) => {
      await sent('salesforce', 'Account', { Id: ids.account, Name: 'Mirror GmbH' });
      salesforce.add('OpportunityLineItem', lineOf(ids, sku));
      await sent('salesforce', 'Opportunity', wonOpportunity(ids, sku));
    },
    /** Somebody wins business, and nobody tells the relay. */
    addWonOpportunity: (ids: SalesforceIds, sku: string) => {
      salesforce.add('OpportunityLineItem', lineOf(ids, sku));
      salesforce.add('Opportunity', wonOpportunity(ids, sku));
      salesforce.edit('Opportunity', ids.opportunity, {});
    },
    linkHubSpot: async (ids: { company: string; deal: string; line: string }, sku: string) => {
      await sent('hubspot', 'companies', { id: ids.company, properties: { name: 'Mirror Ltd' } });
      await sent('hubspot', 'deals', {
        id: ids.deal,
        properties: {
          dealname: 'Mirrored deal',
          dealstage: 'closedwon',
          hs_is_closed_won: 'true',
          closedate: '2026-11-02T12:00:00Z',
          deal_currency_code: 'USD',
        },
        associations: { companies: { results: [{ id: ids.company, type: 'deal_to_company' }] } },
        lineItems: [
          {
            id: ids.line,
            properties: { hs_sku: sku, quantity: '5', price: '20', hs_line_item_currency_code: 'USD' },
          },
        ],
      });
    },
    moveStock: async (sku: string, onHand: number): Promise<void> => {
      const item = (await control.all('inventoryitem')).find(({ fields }) => fields['itemid'] === sku);
      await control.seed([
        {
          type: 'inventoryitem',
          id: item!.id,
          fields: {
            quantityonhand: onHand,
            quantityavailable: onHand,
            lastquantityavailablechange: new Date().toISOString(),
          },
          sublists: { locations: [{ location: '1', quantityavailable: onHand, quantityonhand: onHand }] },
        },
      ]);
    },
  };
}

interface SalesforceIds {
  account: string;
  opportunity: string;
  line: string;
}

const lineOf = (ids: SalesforceIds, sku: string): CrmRecord => ({
  Id: ids.line,
  OpportunityId: ids.opportunity,
  Quantity: 5,
  UnitPrice: 20,
  ProductCode: sku,
  Product2: { ProductCode: sku },
});

const wonOpportunity = (ids: SalesforceIds, sku: string): CrmRecord => ({
  Id: ids.opportunity,
  Name: 'Mirrored business',
  AccountId: ids.account,
  StageName: 'Closed Won',
  IsWon: true,
  CloseDate: '2026-11-02',
  OpportunityLineItems: { totalSize: 1, done: true, records: [lineOf(ids, sku)] },
});

async function seedItem(control: Control): Promise<void> {
  const stock = { quantityavailable: 50, quantityonhand: 50 };
  await control.seed([
    {
      type: 'inventoryitem',
      fields: {
        itemid: 'MIR-1',
        displayname: 'Mirrored',
        isinactive: false,
        lastmodifieddate: new Date().toISOString(),
        lastquantityavailablechange: new Date().toISOString(),
        ...stock,
      },
      sublists: { price1: [{ pricelevel: '1', price_1_: 12.5 }], locations: [{ location: '1', ...stock }] },
    },
  ]);
}

/** Writes settings of the account, and parts of their own, into the relay's configuration. */
function addSettings(file: string, settings: object, more: object | ((config: RelayFile) => void)): void {
  const config = JSON.parse(readFileSync(file, 'utf8')) as RelayFile;
  config.netsuite[0]!.settings = { ...config.netsuite[0]!.settings, ...settings };
  if (typeof more === 'function') more(config);
  else Object.assign(config, more);
  writeFileSync(file, JSON.stringify(config));
}

async function until<T>(look: () => Promise<T | null>, what: string): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await sleep(100);
  }
}

async function untilHolds(read: () => CrmRecord | undefined, wanted: Wanted, what: string): Promise<void> {
  const holds = (record: CrmRecord | undefined): boolean =>
    record !== undefined && Object.entries(wanted).every(([name, value]) => record[name] === value);
  try {
    await until(() => Promise.resolve(holds(read()) ? true : null), what);
  } catch {
    // The assertion says which field it was.
    expect({ what, ...read() }).toMatchObject(wanted);
  }
}
