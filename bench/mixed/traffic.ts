import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '../../test/fixtures';
import { createHubSpotIds, createSalesforceIds } from '../../test/fixtures/crm-ids';
import type { MirrorStage } from '../../test/helpers/mirror-stage';

const SKU = 'MIR-1';
/** Longest pause of an actor between two deeds, in ms. */
const PAUSE_MS = 900;

/** What was done, and what therefore has to be in NetSuite. */
export interface Done {
  accounts: string[];
  companies: string[];
  /** Won opportunities; every second one is shipped in NetSuite and then left alone by the CRM. */
  opportunities: string[];
  deals: string[];
  edits: number;
  repeats: number;
  shipped: Set<string>;
  stockMoves: number;
  /** Requests that the relay refused at first (busy), and took when they came again. */
  refused: number;
}

type Crm = 'salesforce' | 'hubspot';

/** People in both CRMs and in NetSuite at work side by side until `stopped`. Everything comes again where the relay asks for it. */
export async function makeTraffic(stage: MirrorStage, stopped: () => boolean): Promise<Done> {
  const random = createRandom(20_261_121);
  const salesforceId = createSalesforceIds(random, 'Mx');
  const hubspotId = createHubSpotIds(random);
  const done: Done = {
    accounts: [],
    companies: [],
    opportunities: [],
    deals: [],
    edits: 0,
    repeats: 0,
    shipped: new Set(),
    stockMoves: 0,
    refused: 0,
  };
  const send = async (crm: Crm, object: string, id: string): Promise<void> => {
    for (;;) {
      // The record as the CRM holds it at this moment: a repeated request carries the newest state.
      const record = stage[crm].table.get(object, id);
      try {
        await stage.client.upsert(stage.keys[crm], { source: crm, object, records: [record] });
        return;
      } catch {
        done.refused += 1;
        await sleep(200);
      }
    }
  };
  const pick = <T>(list: readonly T[]): T | undefined => list[random.between(0, Math.max(0, list.length - 1))];
  const deeds: (() => Promise<void>)[] = [
    async () => {
      const id = salesforceId('001');
      stage.salesforce.add('Account', { Id: id, Name: `Mixed account ${id}` });
      done.accounts.push(id);
      await send('salesforce', 'Account', id);
    },
    async () => {
      const id = hubspotId();
      stage.hubspot.add('companies', { id, properties: { name: `Mixed company ${id}` } });
      done.companies.push(id);
      await send('hubspot', 'companies', id);
    },
    async () => {
      const id = pick(done.accounts);
      if (id === undefined) return;
      stage.salesforce.edit('Account', id, { Phone: `+49 30 ${random.between(100_000, 999_999)}` });
      done.edits += 1;
      await send('salesforce', 'Account', id);
      if (random.between(0, 3) > 0) return;
      done.repeats += 1;
      await Promise.all([send('salesforce', 'Account', id), send('salesforce', 'Account', id)]);
    },
    async () => {
      const id = pick(done.companies);
      if (id === undefined) return;
      stage.hubspot.edit('companies', id, { phone: `+44 20 ${random.between(100_000, 999_999)}` });
      done.edits += 1;
      await send('hubspot', 'companies', id);
    },
    async () => {
      const account = pick(done.accounts);
      if (account === undefined) return;
      const ids = { account, opportunity: salesforceId('006'), line: salesforceId('00k') };
      stage.addWonOpportunity(ids, SKU);
      done.opportunities.push(ids.opportunity);
      await send('salesforce', 'Opportunity', ids.opportunity);
    },
    async () => {
      const editable = done.opportunities.filter((_, at) => at % 2 === 0);
      const id = pick(editable);
      if (id === undefined) return;
      stage.salesforce.edit('Opportunity', id, { PO_Number__c: `PO-${random.between(1, 99_999)}` });
      done.edits += 1;
      await send('salesforce', 'Opportunity', id);
    },
    async () => {
      const open = done.opportunities.filter((id, at) => at % 2 === 1 && !done.shipped.has(id));
      for (const id of open.slice(0, 1)) {
        const order = await stage.orderOf(`SF_OPP_${id.toUpperCase()}`).catch(() => null);
        if (order === null) continue;
        try {
          await stage.fulfil(order, 2, [`TRACK-${id}`]);
          done.shipped.add(id);
        } catch (error) {
          // While others take the account's slots, this user is refused too, and comes again.
          if (!String(error).includes('SSS_REQUEST_LIMIT_EXCEEDED')) throw error;
          done.refused += 1;
        }
      }
    },
    async () => {
      done.stockMoves += 1;
      await stage.moveStock(SKU, random.between(100_000, 900_000));
    },
  ];
  const actor = async (deed: () => Promise<void>): Promise<void> => {
    while (!stopped()) {
      await deed();
      await sleep(random.between(50, PAUSE_MS));
    }
  };
  await Promise.all(deeds.map(actor));
  return done;
}
