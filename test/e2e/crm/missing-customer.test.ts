import { awaitOutcomes } from '../../../demo/await-outcomes';
import { AccountView, checkRecord } from '../../../demo/check-records';
import { sendSample } from '../../../demo/send-sample';
import { startFlowStage, type FlowStage } from '../../helpers/flow-stage';

jest.setTimeout(240_000);

let stage: FlowStage;
beforeAll(async () => {
  stage = await startFlowStage();
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
  while (record['NetSuite_Order_Number__c'] === undefined && Date.now() < until) {
    record = (await (await fetch(url)).json()) as Record<string, unknown>;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  expect(record).toMatchObject({
    NetSuite_Sync_Status__c: 'Synced',
    NetSuite_Order_Number__c: expect.stringMatching(/^SO\d+$/) as unknown,
  });
});
