import { setTimeout as sleep } from 'node:timers/promises';
import type { ControlRecord } from '../../../demo/control';
import { createSalesforceIds } from '../../fixtures/crm-ids';
import { flowCalls } from '../../helpers/flow-calls';
import { startFlowStage, type FlowStage } from '../../helpers/flow-stage';
import { runDoctor } from '../../helpers/run-doctor';
import { account, line, opportunity } from '../../helpers/salesforce-records';

/** Lifecycle ownership, approval of orders, both triggers of orders and quotes: everything that is a choice, chosen. */
let stage: FlowStage;
const newId = createSalesforceIds({ between: (from: number) => from } as never);
const { send, find, shows } = flowCalls(() => stage);

/** The status at which a prospect is a customer. */
const CLOSED_WON = '13';
async function customer(more: object = {}): Promise<string> {
  const id = newId('001');
  expect(await send('Account', account(id, more))).toMatchObject({ state: 'done' });
  return id;
}
const itemLines = (order: ControlRecord | undefined) =>
  (order?.sublists['item'] ?? []).map((one) => ({
    key: one['custcol_srl_line_key'],
    quantity: Number(one['quantity']),
    rate: one['rate'] === null ? null : Number(one['rate']),
  }));

beforeAll(async () => {
  stage = await startFlowStage(
    (config) => {
      Object.assign(config.netsuite[0]!.settings, {
        newOrderStatus: 'A',
        newCustomerStatus: 'In Discussion',
        defaultSalesRep: 'default.rep@example.com',
        discountItem: 'Flow discount',
      });
      config.flows.push(
        { id: 'salesforce.order-to-salesorder', enabled: true },
        { id: 'salesforce.opportunity-order-to-salesorder', enabled: true },
        { id: 'salesforce.quote-to-estimate', enabled: true },
        { id: 'salesforce.estimate-to-quote', enabled: true },
        { overlay: 'inbound.overlay.yaml' },
      );
    },
    {
      'inbound.overlay.yaml': JSON.stringify({
        flows: {
          'salesforce.account-to-customer': {
            fields: { companyname: { owner: { crmWhile: ['LEAD', 'PROSPECT'], then: 'netsuite' } } },
          },
          'salesforce.opportunity-to-salesorder': {
            lines: { item: { discount: { percent: 'Discount', mode: 'line' } } },
          },
        },
      }),
    },
  );
  await stage.control.seed([
    { type: 'noninventoryitem', fields: { itemid: 'FLOW-1', isinactive: false } },
    { type: 'noninventoryitem', fields: { itemid: 'FLOW-2', isinactive: false } },
    { type: 'discountitem', fields: { itemid: 'Flow discount', isinactive: false } },
    { type: 'employee', fields: { entityid: 'Default Rep', email: 'default.rep@example.com', issalesrep: true } },
  ]);
});
afterAll(() => stage?.close());

test('P36: an opportunity that is won five times makes one sales order', async () => {
  const accountId = await customer();
  const id = newId('006');
  for (let round = 0; round < 5; round += 1) {
    const won = opportunity(id, accountId, [line('00k000000000001AAA', 'FLOW-1', 1 + round, 10)]);
    await send('Opportunity', { ...won, IsWon: true });
    await send('Opportunity', { ...won, IsWon: false }).catch(() => undefined);
  }
  const orders = (await stage.control.all('salesorder')).filter(
    ({ externalId }) => externalId === `SF_OPP_${id}`.toUpperCase(),
  );
  expect(orders).toHaveLength(1);
  expect(itemLines(orders[0])).toEqual([expect.objectContaining({ quantity: 5 })]);
});

test('P37: a won opportunity and the activated order of it are one sales order', async () => {
  const accountId = await customer();
  const id = newId('006');
  const lines = [line(newId('00k'), 'FLOW-1', 1, 10)];
  await send('Opportunity', opportunity(id, accountId, lines));
  const order = {
    Id: newId('801'),
    Status: 'Activated',
    OpportunityId: id,
    AccountId: accountId,
    EffectiveDate: '2026-03-02',
    OrderNumber: '0001',
    PoNumber: 'PO-2',
    OrderItems: {
      records: [
        { Id: newId('802'), Quantity: 3, UnitPrice: 12, OrderItemNumber: '1', Product2: { ProductCode: 'FLOW-1' } },
      ],
    },
  };
  expect(await send('Order', order)).toMatchObject({ state: 'done', result: 'updated' });
  const orders = (await stage.control.all('salesorder')).filter(({ externalId }) =>
    externalId?.includes(id.toUpperCase()),
  );
  expect(orders).toHaveLength(1);
  expect(orders[0]!.fields['otherrefnum']).toBe('PO-2');
  expect((await stage.control.all('salesorder')).some(({ externalId }) => externalId?.startsWith('SF_ORD_'))).toBe(
    false,
  );
});

test('P38: an order that was approved in NetSuite takes what the allow-list names; the rest is ignored and written down', async () => {
  const accountId = await customer();
  const id = newId('006');
  const lines = [line(newId('00k'), 'FLOW-1', 1, 10)];
  await send('Opportunity', opportunity(id, accountId, lines));
  const order = (await find('salesorder', `SF_OPP_${id}`))!;
  expect(order.fields['orderstatus']).toBe('A');
  await send('Opportunity', opportunity(id, accountId, [{ ...lines[0]!, Quantity: 2 }]));
  expect(itemLines(await find('salesorder', `SF_OPP_${id}`))[0]).toMatchObject({ quantity: 2 });
  await stage.control.save({ type: 'salesorder', id: order.id, fields: { orderstatus: 'B' } });
  const late = await send(
    'Opportunity',
    opportunity(id, accountId, [{ ...lines[0]!, Quantity: 9 }], { PO_Number__c: 'PO-LATE' }),
  );
  expect(late).toMatchObject({ state: 'done', result: 'updated' });
  expect(late.skipped).toEqual(expect.arrayContaining([{ field: 'item', reason: 'afterApproval' }]));
  const after = await find('salesorder', `SF_OPP_${id}`);
  expect(after?.fields['otherrefnum']).toBe('PO-LATE');
  expect(itemLines(after)[0]).toMatchObject({ quantity: 2 });
});

test('A14: lines are found by their keys, also after somebody deleted one in NetSuite', async () => {
  const accountId = await customer();
  const id = newId('006');
  const [a, b, c] = [newId('00k'), newId('00k'), newId('00k')];
  const lines = [line(a, 'FLOW-1', 1, 10), line(b, 'FLOW-2', 2, 20), line(c, 'FLOW-1', 3, 30)];
  await send('Opportunity', opportunity(id, accountId, lines));
  const order = (await find('salesorder', `SF_OPP_${id}`))!;
  await stage.control.save({
    type: 'salesorder',
    id: order.id,
    sublists: { item: order.sublists['item']!.filter((one) => one['custcol_srl_line_key'] !== a) },
  });
  expect(itemLines(await find('salesorder', `SF_OPP_${id}`))).toHaveLength(2);
  const changed = [line(a, 'FLOW-1', 1, 10), line(b, 'FLOW-2', 2, 20), line(c, 'FLOW-1', 7, 30)];
  const updated = await send('Opportunity', opportunity(id, accountId, changed));
  expect(updated).toMatchObject({ state: 'done', result: 'updated' });
  const now = itemLines(await find('salesorder', `SF_OPP_${id}`));
  expect(now.find(({ key }) => key === c)).toMatchObject({ quantity: 7 });
  expect(now.find(({ key }) => key === b)).toMatchObject({ quantity: 2, rate: 20 });
  expect(now.filter(({ key }) => key === a)).toHaveLength(1);
});

test('A15, P4, P12: the same SKU twice keeps two lines, each discount right below its own', async () => {
  const accountId = await customer();
  const id = newId('006');
  const lines = [
    line(newId('00k'), 'FLOW-1', 2, 50, { Discount: 10, SortOrder: 1 }),
    line(newId('00k'), 'FLOW-1', 1, 80, { SortOrder: 2 }),
    line(newId('00k'), 'FLOW-2', 1, 30, { Discount: 50, SortOrder: 3 }),
  ];
  expect(await send('Opportunity', opportunity(id, accountId, lines))).toMatchObject({
    state: 'done',
    result: 'created',
  });
  const order = await find('salesorder', `SF_OPP_${id}`);
  const amounts = (order?.sublists['item'] ?? []).map((one) => Number(one['amount']));
  expect(amounts).toEqual([100, -10, 80, 30, -15]);
});

test('A13: a prospect is the CRM’s; once it is a customer, NetSuite owns its name and the edit is ignored with a trace', async () => {
  const id = await customer({ Name: 'Lifecycle' });
  const prospect = await find('prospect', `SF_ACCT_${id}`);
  expect(prospect?.fields['companyname']).toBe('Lifecycle');
  expect(await send('Account', account(id, { Name: 'Lifecycle Ltd' }))).toMatchObject({ result: 'updated' });
  await stage.control.save({ type: 'prospect', id: prospect?.id, fields: { entitystatus: CLOSED_WON } });
  expect(await find('customer', `SF_ACCT_${id}`)).toBeDefined();
  const late = await send('Account', account(id, { Name: 'Too Late' }));
  expect(late).toMatchObject({ state: 'done', result: 'unchanged' });
  expect(late.skipped).toContainEqual({
    field: 'companyname',
    reason: expect.stringMatching(/whileStage|not-owner/) as unknown,
  });
  const again = await send('Account', account(id, { Name: 'Too Late', Phone: '+1 555 0199' }));
  expect(again).toMatchObject({ result: 'updated' });
  expect((await find('customer', `SF_ACCT_${id}`))?.fields).toMatchObject({
    companyname: 'Lifecycle Ltd',
    phone: '+1 555 0199',
  });
});

test('F20: an owner nobody knows in NetSuite becomes the default sales rep, with a warning', async () => {
  const id = newId('001');
  const done = await send('Account', account(id, { Owner: { Email: 'stranger@example.com' } }));
  expect(done).toMatchObject({ state: 'done', warnings: [{ code: 'REFERENCE_DEFAULTED', field: 'salesrep' }] });
  const rep = (await stage.control.all('employee')).find(({ fields }) => fields['entityid'] === 'Default Rep');
  expect((await find('prospect', `SF_ACCT_${id}`))?.fields['salesrep']).toBe(rep?.id);
});

test('A12: one edit in the CRM is one save in NetSuite, and what comes back of it is answered without asking NetSuite', async () => {
  const id = await customer({ Name: 'Echo' });
  const record = await find('prospect', `SF_ACCT_${id}`);
  const saves = async () =>
    // Rows of other types may have the same number, and come and go meanwhile.
    (await stage.control.writes()).filter((one) => one.id === record?.id && one.type === 'prospect').length;
  const before = await saves();
  expect(await send('Account', account(id, { Name: 'Echo Inc' }))).toMatchObject({ result: 'updated' });
  for (let echo = 0; echo < 3; echo += 1) {
    const told = await send('Account', account(id, { Name: ' Echo  Inc ' }));
    expect(told).toMatchObject({ state: 'done', result: 'unchanged', attempts: [] });
  }
  expect((await saves()) - before).toBe(1);
});

test('F1: parents are written first, ten levels deep, in whatever order they come', async () => {
  const ids = Array.from({ length: 10 }, () => newId('001'));
  const chain = ids.map((id, at) =>
    account(id, { Name: `Level ${at}`, ...(at === 0 ? {} : { ParentId: ids[at - 1] }) }),
  );
  const sent = await Promise.all([...chain].reverse().map((one) => send('Account', one)));
  expect(sent.map(({ state }) => state)).toEqual(ids.map(() => 'done'));
  const found = [...(await stage.control.all('prospect')), ...(await stage.control.all('customer'))];
  const idOf = new Map(found.map((one) => [one.externalId, one.id]));
  for (let at = 1; at < ids.length; at += 1) {
    const own = found.find(({ externalId }) => externalId === `SF_ACCT_${ids[at]}`.toUpperCase());
    expect(own?.fields['parent']).toBe(idOf.get(`SF_ACCT_${ids[at - 1]}`.toUpperCase()));
  }
});

test('P10: of accounts that are each other’s parents the one that closes the ring is before a person at once, with the ring', async () => {
  const ids = [newId('001'), newId('001')];
  const records = ids.map((id, at) => account(id, { Name: `Ring ${id}`, ParentId: ids[1 - at] }));
  await stage.client().upsert(stage.keys.salesforce, { source: 'salesforce', object: 'Account', records });
  const inReview = async () =>
    (await stage.client().failures(stage.keys.admin, 100)).find(({ crmId }) => ids.includes(crmId ?? ''));
  const end = Date.now() + 45_000;
  while (Date.now() < end && !(await inReview())) await sleep(50);
  const failure = await inReview();
  expect(failure?.error).toMatchObject({ code: 'DEPENDENCY_CYCLE' });
  for (const id of ids) expect(failure?.error?.message).toContain(`SF_ACCT_${id.toUpperCase()}`);
});

test('A37: a quote becomes an estimate of its customer', async () => {
  const accountId = await customer();
  const id = newId('0Q0');
  stage.crms.salesforce.add('Quote', { Id: id, Name: 'Offer', Status: 'Accepted' });
  const quote = {
    Id: id,
    AccountId: accountId,
    Status: 'Accepted',
    Name: 'Offer',
    QuoteNumber: '00000042',
    ExpirationDate: '2026-04-30',
    QuoteLineItems: {
      records: [{ Id: newId('0QL'), Quantity: 2, UnitPrice: 15, SortOrder: 1, Product2: { ProductCode: 'FLOW-2' } }],
    },
  };
  expect(await send('Quote', quote)).toMatchObject({ state: 'done', result: 'created' });
  const estimate = await find('estimate', `SF_QUO_${id}`);
  expect(estimate?.fields).toMatchObject({ otherrefnum: '00000042', duedate: '2026-04-30' });
  expect(itemLines(estimate)).toEqual([expect.objectContaining({ quantity: 2, rate: 15 })]);
  await shows('Quote', id, {
    NetSuite_Internal_ID__c: estimate?.id,
    NetSuite_Estimate_Number__c: estimate?.fields['tranid'],
    NetSuite_Estimate_Total__c: 30,
  });
});

test('F3: the direct relation of a contact moves it to its account', async () => {
  const [one, two] = [await customer(), await customer()];
  const id = newId('003');
  expect(
    await send('Contact', { Id: id, AccountId: one, FirstName: 'Ada', LastName: 'Mover', Email: 'ada@example.com' }),
  ).toMatchObject({ state: 'done' });
  const relation = { Id: newId('07k'), ContactId: id, AccountId: two, IsDirect: true, IsActive: true };
  expect(await send('AccountContactRelation', relation)).toMatchObject({ state: 'done', result: 'updated' });
  const company = (await find('prospect', `SF_ACCT_${two}`))?.id;
  expect((await find('contact', `SF_CON_${id}`))?.fields['company']).toBe(company);
});

test('A43: the doctor finds what the flows name in the account, and says of each missing one which flow needs it', async () => {
  const doctor = (settings: object) => runDoctor(stage, settings);
  const good = await doctor({});
  expect(good.filter(({ subject }) => subject.includes('names'))).toMatchObject([{ level: 'ok' }]);
  const found = await doctor({ subsidiary: 'Nowhere Inc', customerForm: '999999' });
  expect(found).toContainEqual({
    level: 'bad',
    subject: expect.stringContaining('subsidiary "Nowhere Inc"') as string,
    message: 'does not exist',
    remedy: expect.stringContaining('.fields.subsidiary') as string,
  });
  expect(found).toContainEqual(
    expect.objectContaining({ level: 'bad', subject: expect.stringContaining('customform "999999"') as string }),
  );
});
