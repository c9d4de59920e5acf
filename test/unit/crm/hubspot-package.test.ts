import { createRequire } from 'node:module';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from '@hubspot/api-client';
import type { PublicActionDefinitionEgg } from '@hubspot/api-client/lib/codegen/automation/actions/models/PublicActionDefinitionEgg';
import { hubspotActionAnswerSchema } from '../../../relay/http/hooks/hubspot-action';
import { startFakeHubSpot } from '../../../demo/fake-crm/hubspot/hubspot-server';
import { startLoopbackServer, type Call } from '../../../demo/fake-crm/loopback-server';
import { loadFlows } from '../../../flows';
import { HubSpotClient } from '../../../relay/crm/hubspot/hubspot-client';
import { makeProperties, planProperties, readPropertyFile } from '../../../relay/crm/hubspot/install-properties';
import { wantedObjects } from '../../../relay/crm/wanted-objects';
import { makeFixtures } from '../../fixtures';

const folder = path.resolve(__dirname, '../../../crm/hubspot');
const propertyFiles = readdirSync(path.join(folder, 'properties')).map((name) =>
  readPropertyFile(path.basename(name, '.json'), readFileSync(path.join(folder, 'properties', name), 'utf8')),
);
const token = 'pat-of-the-test';

/** What the workflow action answers for a deal. */
async function runSendDeal(objectId: number): Promise<object | undefined> {
  // It reads the address of the portal when it is loaded.
  jest.resetModules();
  const action = createRequire(__filename)(path.join(folder, 'workflow-actions/send-deal.js')) as {
    main: (event: object, callback: (result: object) => void) => Promise<void>;
  };
  let result: object | undefined;
  await action.main({ object: { objectId } }, (given) => (result = given));
  return result;
}

describe('The HubSpot package', () => {
  it('has every property of ours that the preset writes, unique where records are found by it', async () => {
    const portal = await startFakeHubSpot({ token });
    try {
      const { flows } = loadFlows({ presets: ['hubspot'] });
      const lacking: string[] = [];
      for (const { object, writes, keys } of wantedObjects(flows, { name: 'hubspot', kind: 'hubspot' })) {
        for (const name of writes)
          if (/^netsuite_/.test(name) && !portal.schema.get(object, name)) lacking.push(`${object}.${name}`);
        for (const name of keys)
          if (portal.schema.get(object, name)?.hasUniqueValue !== true) lacking.push(`${object}.${name} is not unique`);
      }
      expect(lacking).toEqual([]);
    } finally {
      await portal.close();
    }
  });

  it('has every property of ours that a flow reads, also of flows that are off as shipped', async () => {
    const portal = await startFakeHubSpot({ token });
    try {
      const flows = loadFlows({ presets: ['hubspot'] }).flows.map((flow) => ({ ...flow, enabled: true }));
      const lacking = wantedObjects(flows, { name: 'hubspot', kind: 'hubspot' }).flatMap(({ object, reads }) =>
        reads.flatMap((choice) => {
          const names = choice.flatMap((one) => (one.startsWith('properties.') ? [one.split('.')[1]!] : []));
          return names.length === 0 || names.some((name) => portal.schema.get(object, name))
            ? []
            : [`${object}: ${names.join(' or ')}`];
        }),
      );
      expect(lacking).toEqual([]);
    } finally {
      await portal.close();
    }
  });

  it('is made in a portal that has none of it, and only once', async () => {
    const portal = await startFakeHubSpot({ token });
    try {
      for (const { object, properties } of propertyFiles)
        for (const { name } of properties) portal.schema.drop(object, name);
      const client = new HubSpotClient({ name: 'hubspot', baseUrl: portal.url, token }, {});
      const signal = new AbortController().signal;
      for (const file of propertyFiles) {
        const { missing } = await planProperties(client, file, signal);
        expect(missing).toHaveLength(file.properties.length);
        await makeProperties(client, file.object, missing, signal);
        expect(await planProperties(client, file, signal)).toEqual({ missing: [], different: [] });
      }
    } finally {
      await portal.close();
    }
  });

  it('defines a workflow action that HubSpot’s own client makes, as `crm action` prints it for this relay', async () => {
    const portal = await startFakeHubSpot({ token, developerKey: 'key-of-the-developer' });
    try {
      const definition = JSON.parse(
        readFileSync(path.join(folder, 'workflow-actions/send-to-netsuite.json'), 'utf8'),
      ) as PublicActionDefinitionEgg;
      const client = new Client({ basePath: portal.url, developerApiKey: 'key-of-the-developer' });
      const { definitionsApi } = client.automation.actions;
      const made = await definitionsApi.create(54321, definition);
      const read = await definitionsApi.getById(made.id, 54321);
      // What the client's own model drops, HubSpot does not know.
      const known = (given: object): unknown => JSON.parse(JSON.stringify(given));
      expect(known(read)).toMatchObject(known(definition) as object);
      expect(read.objectTypes).toEqual(['DEAL', 'COMPANY', 'CONTACT']);
      const states = read.executionRules?.map(({ conditions }) => conditions['hs_execution_state'] as unknown);
      expect(states).toEqual(hubspotActionAnswerSchema.shape.outputFields.shape.hs_execution_state.options);
      const outputs = read.outputFields?.map(({ typeDefinition }) => typeDefinition.name);
      expect(['hs_execution_state', ...(outputs ?? [])].sort()).toEqual(
        Object.keys(hubspotActionAnswerSchema.shape.outputFields.shape).sort(),
      );
      await expect(definitionsApi.create(54321, { ...definition, labels: {} })).rejects.toThrow('labels.en.actionName');
    } finally {
      await portal.close();
    }
  });

  it('sends a won deal by its workflow action as the relay itself reads it, under a key that stays the same', async () => {
    const fixtures = makeFixtures({ subsidiary: '1', currency: '1', strictForm: '9' });
    const deal = fixtures.orders.find(({ source }) => source === 'hubspot')!;
    const portal = await startFakeHubSpot({ token });
    for (const { source, object, payload } of [...fixtures.accounts, deal])
      if (source === 'hubspot') portal.add(object, payload);
    const seen: Call[] = [];
    let status = 202;
    const relay = await startLoopbackServer((call) => {
      seen.push(call);
      return { status, body: { operations: [{ operationId: 'op_1' }] } };
    });
    Object.assign(process.env, {
      HUBSPOT_URL: portal.url,
      HUBSPOT_TOKEN: token,
      SUITERELAY_URL: relay.url,
      SUITERELAY_KEY: 'srl_hs_key',
    });
    try {
      const run = (): Promise<object | undefined> => runSendDeal(Number(deal.crmId));
      expect(await run()).toMatchObject({ outputFields: { netsuite_sync_status: 'Accepted', operation_id: 'op_1' } });
      await run();
      const [first, second] = seen;
      expect(first?.path).toBe('/v1/upserts');
      expect(first?.headers['idempotency-key']).toBe(second?.headers['idempotency-key']);
      const flows = loadFlows({ presets: ['hubspot'], timeZone: 'America/Los_Angeles' });
      const [record] = (first?.body as { records: unknown[] }).records;
      const [sent] = flows.mapRecord('hubspot', 'deals', record);
      const [wanted] = flows.mapRecord('hubspot', 'deals', deal.payload);
      if (sent?.kind !== 'operations' || wanted?.kind !== 'operations') throw new Error(JSON.stringify(sent));
      expect(sent.operations[0]?.sublists).toEqual(wanted.operations[0]?.sublists);
      expect(sent.operations[0]?.requires).toEqual(wanted.operations[0]?.requires);
      status = 503;
      await expect(run()).rejects.toThrow('to be tried again');
    } finally {
      await portal.close();
      await relay.close();
    }
  });

  it('sends a deal by its workflow action with all its lines, and takes no label of the portal for the primary company', async () => {
    const portal = await startFakeHubSpot({ token, limits: { perTenSeconds: 1000 } });
    let sent: { records: { associations: { companies: { results: unknown } }; lineItems: unknown[] }[] } | undefined;
    const relay = await startLoopbackServer((call) => {
      sent = call.body as typeof sent;
      return { status: 202, body: { operations: [{ operationId: 'op_1' }] } };
    });
    Object.assign(process.env, {
      HUBSPOT_URL: portal.url,
      HUBSPOT_TOKEN: token,
      SUITERELAY_URL: relay.url,
      SUITERELAY_KEY: 'srl_hs_key',
    });
    try {
      portal.add('deals', { id: '7', properties: { dealname: 'Large' } });
      for (const id of ['1', '2']) portal.add('companies', { id, properties: { name: id } });
      portal.links.addDefault('deals', '7', 'companies', '1');
      portal.links.addLabel('deals', '7', 'companies', '2', 5);
      for (let at = 0; at < 620; at += 1) {
        portal.add('line_items', { id: String(1000 + at), properties: { hs_sku: 'A', quantity: '1' } });
        portal.links.addDefault('deals', '7', 'line_items', String(1000 + at));
      }
      expect(await runSendDeal(7)).toMatchObject({ outputFields: { netsuite_sync_status: 'Accepted' } });
      const [record] = sent!.records;
      const companies = record!.associations.companies.results as { id: string; type: string }[];
      expect(companies.filter(({ type }) => type === 'deal_to_company').map(({ id }) => id)).toEqual(['1']);
      expect(new Set(record!.lineItems.map((line) => (line as { id: string }).id)).size).toBe(620);
    } finally {
      await portal.close();
      await relay.close();
    }
  });
});
