import { awaitOutcomes } from '../../../demo/await-outcomes';
import { AccountView, checkRecord } from '../../../demo/check-records';
import { sendSample } from '../../../demo/send-sample';
import { toSfId18 } from '../../../flows/transforms/sf-id';
import { startFlowStage, type FlowStage } from '../../helpers/flow-stage';

jest.setTimeout(240_000);

let stage: FlowStage;
beforeAll(async () => {
  stage = await startFlowStage((config) => {
    config['crm'] = (config['crm'] as object[]).map((crm) => ({ ...crm, poll: { everySeconds: 5 } }));
  });
});
afterAll(() => stage?.close());

it('A05: an order whose customer nobody sent has it read from its CRM and written first', async () => {
  const { fixtures, keys, control } = stage;
  const pick = (source: string) => fixtures.orders.filter((order) => order.source === source).slice(0, 2);
  const orders = [...pick('salesforce'), ...pick('hubspot')];
  const client = stage.client();
  const sent = await sendSample(client, keys, { seed: [], accounts: [], contacts: [], orders, bad: [] });
  const outcomes = await awaitOutcomes(sent, { client, keys, patienceMs: 90_000, onProgress: () => undefined });
  expect(outcomes.map(({ view }) => [view.externalId, view.state, view.error?.message])).toEqual(
    outcomes.map(({ view }) => [view.externalId, 'done', undefined]),
  );
  const view = await AccountView.read(control);
  const customers = fixtures.accounts.filter(({ expect: { externalId } }) =>
    view.byExternalId.has(`customer|${externalId}`),
  );
  expect(customers.length).toBeGreaterThan(0);
  expect([...orders, ...customers].flatMap((record) => checkRecord(view, record))).toEqual([]);
});

it('A04: what NetSuite makes of a record is on the record it came from', async () => {
  const { fixtures, crms } = stage;
  const order = fixtures.orders.find(({ source }) => source === 'salesforce')!;
  const url = `${crms.access.salesforce.url}/_fake/records/Opportunity/${order.crmId}`;
  const until = Date.now() + 60_000;
  let record: Record<string, unknown> = {};
  // Two writes tell of it, in either order: the mirror brings the number, the write-back the status.
  const isThere = (): boolean =>
    record['NetSuite_Order_Number__c'] !== undefined && record['NetSuite_Sync_Status__c'] === 'Synced';
  while (!isThere() && Date.now() < until) {
    record = (await (await fetch(url)).json()) as Record<string, unknown>;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  expect(record).toMatchObject({
    NetSuite_Sync_Status__c: 'Synced',
    NetSuite_Order_Number__c: expect.stringMatching(/^SO\d+$/) as unknown,
  });
});

it('A44, P35: an order of an account that was merged away before anybody sent it is the order of the account that is left', async () => {
  const { salesforce } = stage.crms;
  const [kept, gone, won, line] = ['001MRG0000001AA', '001MRG0000002AA', '006MRG0000001AA', '00kMRG0000001AA'].map(
    toSfId18,
  ) as [string, string, string, string];
  salesforce.add('Account', { Id: kept, Name: 'Merged Works AG' });
  salesforce.add('Account', { Id: gone, Name: 'Merged Works AG (2)' });
  const { operations } = await stage.client().upsert(stage.keys.salesforce, {
    source: 'salesforce',
    object: 'Opportunity',
    records: [
      {
        Id: won,
        AccountId: gone,
        Name: 'Before the merge',
        IsWon: true,
        StageName: 'Closed Won',
        CloseDate: '2026-11-02',
        OpportunityLineItems: {
          totalSize: 1,
          done: true,
          records: [
            { Id: line, Quantity: 1, UnitPrice: 5, ProductCode: 'VLV-1001', Product2: { ProductCode: 'VLV-1001' } },
          ],
        },
      },
    ],
  });
  salesforce.merge('Account', kept, [gone]);
  const named = async (type: string, externalId: string) =>
    (await stage.control.all(type)).find((one) => one.externalId === externalId.toUpperCase());
  const stateOfFirst = async () =>
    (await stage.client().operation(stage.keys.salesforce, operations[0]!.operationId)).state;
  const end = Date.now() + 60_000;
  while (
    ((await named('salesorder', `SF_OPP_${won}`)) === undefined || (await stateOfFirst()) !== 'cancelled') &&
    Date.now() < end
  )
    await new Promise((resolve) => setTimeout(resolve, 200));
  const order = await named('salesorder', `SF_OPP_${won}`);
  expect({ state: await stateOfFirst(), entity: order?.fields['entity'] }).toEqual({
    // It gave way to the one that goes on: what came was no complete order.
    state: 'cancelled',
    entity: (await named('customer', `SF_ACCT_${kept}`))?.id,
  });
  expect(await named('customer', `SF_ACCT_${gone}`)).toBeUndefined();
});
