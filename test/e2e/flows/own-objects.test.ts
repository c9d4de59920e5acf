import { setTimeout as sleep } from 'node:timers/promises';
import { createSalesforceIds } from '../../fixtures/crm-ids';
import { flowCalls } from '../../helpers/flow-calls';
import { startFlowStage, type FlowStage } from '../../helpers/flow-stage';
import { captureOf, OWN_FLOWS, PROJECT_RECORD } from '../../helpers/own-flows';

let stage: FlowStage;
const newId = createSalesforceIds({ between: (from: number) => from } as never);
const { send, find, shows } = flowCalls(() => stage);

async function addObject(xml: string): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify([{ xml }]);
  const answer = await fetch(`${stage.controlUrl}objects`, { method: 'POST', body, headers });
  if (!answer.ok) throw new Error(await answer.text());
}

/** Somebody in finance says how it stands with a project. */
async function setState(id: string | undefined, state: string): Promise<void> {
  const save = { type: 'customrecord_acme_project', id, fields: { custrecord_acme_state: state } };
  const answer = await fetch(`${stage.controlUrl}ui/save`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(save),
  });
  expect(answer.status).toBe(200);
}

beforeAll(async () => {
  stage = await startFlowStage(
    (config) => {
      config.flows.push(...OWN_FLOWS);
      config['transforms'] = [{ file: 'own.mjs' }];
    },
    { 'own.mjs': "export const withoutDraftMark = (value) => String(value).replace(/^DRAFT /, '');\n" },
  );
  await addObject(PROJECT_RECORD);
  await addObject(captureOf('customrecord_acme_project'));
});
afterAll(() => stage?.close());

test('A30: a custom object goes into a custom record by configuration alone', async () => {
  const id = newId('a01');
  expect(await send('Project__c', { Id: id, Name: 'Roof', Budget__c: 1250.5 })).toMatchObject({
    state: 'done',
    result: 'created',
  });
  const record = await find('customrecord_acme_project', `SF_PROJ_${id}`);
  expect(record?.fields).toMatchObject({ name: 'Roof', custrecord_acme_budget: 1250.5 });
  expect(await send('Project__c', { Id: id, Name: 'Roof', Budget__c: '1300.00' })).toMatchObject({ result: 'updated' });
  expect((await find('customrecord_acme_project', `SF_PROJ_${id}`))?.fields['custrecord_acme_budget']).toBe(1300);
  expect(await send('Project__c', { Id: id, Name: '', Budget__c: 1 })).toMatchObject({
    state: 'review',
    error: { code: 'MAPPING_FAILED', field: 'Name' },
  });
});

test('A30: a transform of the installation, a module beside the configuration, does its work', async () => {
  const id = newId('a01');
  expect(await send('Project__c', { Id: id, Name: 'DRAFT Shed', Budget__c: 1 })).toMatchObject({ result: 'created' });
  expect((await find('customrecord_acme_project', `SF_PROJ_${id}`))?.fields['name']).toBe('Shed');
});

test('F27: what the books say of a custom record shows on the custom object it came from', async () => {
  const id = newId('a01');
  stage.crms.salesforce.add('Project__c', { Id: id, Name: 'Cellar', NetSuite_State__c: null });
  stage.crms.salesforce.schema.learn('Project__c', { NetSuite_State__c: 'x' });
  expect(await send('Project__c', { Id: id, Name: 'Cellar', Budget__c: 10 })).toMatchObject({ result: 'created' });
  const record = await find('customrecord_acme_project', `SF_PROJ_${id}`);
  await setState(record?.id, 'Billed');
  await shows('Project__c', id, { NetSuite_State__c: 'Billed', Name: 'Cellar' });
});

test('F27: a custom object of HubSpot and a custom record, both ways, by configuration alone', async () => {
  const { hubspot } = stage.crms;
  const properties = { project_name: 'Attic', budget: '99.50', netsuite_state: '' };
  hubspot.add('2-9001', { id: '5501', properties });
  const sent = await send('2-9001', { id: '5501', properties }, 'hubspot');
  expect(sent).toMatchObject({ state: 'done', result: 'created' });
  const record = await find('customrecord_acme_project', 'HS_PROJ_5501');
  expect(record?.fields).toMatchObject({ name: 'Attic', custrecord_acme_budget: 99.5 });
  await setState(record?.id, 'Billed');
  await shows(
    '2-9001',
    '5501',
    { netsuite_state: 'Billed', project_name: 'Attic' },
    () => hubspot.table.get('2-9001', '5501')?.['properties'] as Record<string, unknown> | undefined,
  );
});

test.each(['salesforce', 'hubspot'] as const)(
  'F27: a custom record that is entered in NetSuite becomes one custom object of %s, and from then on changes go both ways',
  async (crm) => {
    const names = {
      salesforce: ['Project__c', 'Name', 'NetSuite_State__c'],
      hubspot: ['2-9001', 'project_name', 'netsuite_state'],
    };
    const [object = '', name = '', state = ''] = names[crm];
    const { salesforce, hubspot } = stage.crms;
    salesforce.schema.learn('Project__c', { Name: 'x', NetSuite_State__c: 'x', NetSuite_Internal_ID__c: 'x' });
    Object.assign(salesforce.schema.get('Project__c')!.fields.get('NetSuite_Internal_ID__c')!, {
      externalId: true,
      unique: true,
    });
    hubspot.schema.learn('2-9001', ['project_name', 'netsuite_state']);
    hubspot.schema.create('2-9001', { name: 'netsuite_internal_id', hasUniqueValue: true });
    const held = (): { id: string; values: Record<string, unknown> }[] =>
      stage.crms[crm].table
        .all(object)
        .map(([id, record]) => ({ id, values: (record['properties'] ?? record) as Record<string, unknown> }))
        .filter(({ values }) => values[name] === `${crm} born`);
    const fields = { name: `${crm} born`, custrecord_acme_state: 'Planned' };
    const { id } = await stage.control.save({ type: 'customrecord_acme_project', fields });
    const linked = async (): Promise<string | null | undefined> =>
      (await stage.control.all('customrecord_acme_project')).find((one) => one.id === id)?.externalId;
    const end = Date.now() + 45_000;
    while (Date.now() < end && !(await linked())) await sleep(100);
    const [made, ...more] = held();
    expect(more).toEqual([]);
    expect(made?.values).toMatchObject({ [name]: `${crm} born`, [state]: 'Planned' });
    const key = `${crm === 'salesforce' ? 'SF' : 'HS'}_PROJ_${made?.id}`.toUpperCase();
    expect(await linked()).toBe(key);
    await setState(id, 'Billed');
    await shows(object, made!.id, { [state]: 'Billed' }, () => held()[0]?.values);
    const sent =
      crm === 'salesforce'
        ? { Id: made!.id, Name: 'Renamed' }
        : { id: made!.id, properties: { project_name: 'Renamed' } };
    expect(await send(object, sent, crm)).toMatchObject({ state: 'done', result: 'updated' });
    const records = await stage.control.all('customrecord_acme_project');
    expect(records.filter(({ fields: now }) => now['name'] === 'Renamed').map((one) => one.id)).toContain(id);
    expect(records.filter(({ externalId }) => externalId === key)).toHaveLength(1);
  },
);
