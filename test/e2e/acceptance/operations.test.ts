import { readFileSync, readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Acceptance, account, customerId, edited, opportunity, orderId } from '../../helpers/acceptance';

jest.setTimeout(240_000);

let world: Acceptance;
let sink: Server;
const alerts: { kind?: string; text?: string; [more: string]: unknown }[] = [];

beforeAll(async () => {
  sink = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      alerts.push(JSON.parse(body) as (typeof alerts)[number]);
      response.end('ok');
    });
  });
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(sink.address() as AddressInfo).port}`;
  world = await Acceptance.start((config) => {
    config['alerts'] = [
      { type: 'slack', url: `${url}/slack`, on: ['review', 'dead'] },
      { type: 'webhook', url: `${url}/hook`, on: ['review', 'dead'] },
    ];
  });
});
afterAll(async () => {
  await world?.close();
  await new Promise((resolve) => sink.close(resolve));
});

const act = (operationId: string, action: string, body: object, crm: 'salesforce' | 'direct' = 'salesforce') =>
  world.call('POST', `/v1/failures/${operationId}/${action}`, { key: world.stage.keys[crm], body });

const failing = async () => {
  const [buyer] = [account()];
  await world.send('salesforce', 'Account', buyer);
  const won = opportunity(buyer.Id, [{ sku: 'NO-SUCH-SKU', quantity: 1, price: 1 }]);
  return { buyer, won, told: await world.send('salesforce', 'Opportunity', won) };
};

describe('A27: a failure in review', () => {
  it('tells what it is, on which record, and what to do', async () => {
    const { won, told } = await failing();
    const shown = await world.call('GET', `/v1/failures/${told.operationId}`, { key: world.stage.keys.salesforce });
    expect(shown.body).toMatchObject({
      crmId: won.Id,
      recordType: 'salesorder',
      error: { code: expect.any(String) as unknown, action: expect.any(String) as unknown },
    });
  });

  it('is edited and replayed', async () => {
    const { won, told } = await failing();
    const shown = await world.call('GET', `/v1/failures/${told.operationId}`, { key: world.stage.keys.salesforce });
    const payload = shown.body['payload'] as { sublists: { item: { lines: { fields: Record<string, unknown> }[] } } };
    const item = structuredClone(payload.sublists.item);
    item.lines[0]!.fields['item'] = {
      ref: { recordType: 'item', key: { field: 'itemid', value: 'VLV-1001' } },
      write: 'always',
    };
    const answer = await act(told.operationId, 'replay', { edit: { sublists: { item } } });
    expect(answer.status).toBe(200);
    expect(await world.settled('salesforce', told.operationId)).toMatchObject({ state: 'done', result: 'created' });
    expect(await world.held('salesorder', orderId(won.Id))).not.toBeNull();
  });

  it('is linked to the record a person names, and that record is then the one', async () => {
    const name = `Twin ${Date.now()}`;
    const [stored] = await world.control<{ id: string }[]>('POST', 'records', [
      { type: 'customer', fields: { companyname: name, entityid: name, subsidiary: '1', isinactive: false } },
    ]);
    const twin = account({ Name: name, Phone: '+1 503 555 7777' });
    const told = await world.send('salesforce', 'Account', twin);
    expect(told).toMatchObject({ state: 'review', error: { class: 'conflict' } });
    await act(told.operationId, 'link', { internalId: stored!.id });
    expect((await world.settled('salesforce', told.operationId)).result).toBe('updated');
    expect(await world.held('customer', customerId(twin.Id))).toMatchObject({
      id: stored!.id,
      fields: { phone: '+1 503 555 7777' },
    });
  });

  it.each([
    ['skip', { note: 'not wanted' }, 'dead'],
    ['resolve', { note: 'booked by hand' }, 'cancelled'],
  ])('is given up by %s, with who did it and why', async (action, body, state) => {
    const { told } = await failing();
    expect((await act(told.operationId, action, body)).status).toBe(200);
    const after = await world.settled('salesforce', told.operationId);
    expect(after.state).toBe(state);
    expect(JSON.stringify(after.history)).toContain(body.note);
  });
});

describe('A28: an update is taken back', () => {
  it('field by field, to what NetSuite held before, once however often it is asked for', async () => {
    const sent = account({ Phone: '+1 503 555 1000', Description: 'first' });
    await world.send('salesforce', 'Account', sent);
    const change = edited(sent, { Phone: '+1 503 555 2000', Description: null });
    const told = await world.send('salesforce', 'Account', change);
    const undo = () =>
      world.call('POST', `/v1/operations/${told.operationId}/undo`, { key: world.stage.keys.salesforce });
    const [first, second] = [await undo(), await undo()];
    expect([first.status, second.status]).toEqual([202, 202]);
    const ids = [first, second].map(({ body }) => (body['operations'] as { operationId: string }[])[0]!.operationId);
    expect(ids[0]).toBe(ids[1]);
    expect((await world.settled('salesforce', ids[0]!)).result).toBe('updated');
    expect((await world.held('customer', customerId(sent.Id)))?.fields).toMatchObject({
      phone: '+1 503 555 1000',
      comments: 'first',
    });
  });

  it('but a field that somebody changed since stays as they left it', async () => {
    const sent = account({ Phone: '+1 503 555 1000', Fax: '+1 503 555 1001' });
    const created = await world.send('salesforce', 'Account', sent);
    const change = edited(sent, { Phone: '+1 503 555 2000', Fax: '+1 503 555 2001' });
    const told = await world.send('salesforce', 'Account', change);
    await world.control('POST', 'ui/save', {
      type: 'customer',
      id: created.internalId,
      fields: { phone: '+1 503 555 3000' },
    });
    const answer = await world.call('POST', `/v1/operations/${told.operationId}/undo`, {
      key: world.stage.keys.salesforce,
    });
    const [{ operationId }] = answer.body['operations'] as [{ operationId: string }];
    const undone = await world.settled('salesforce', operationId);
    expect(undone.skipped).toContainEqual({ field: 'phone', reason: 'changedSince' });
    expect((await world.held('customer', customerId(sent.Id)))?.fields).toMatchObject({
      phone: '+1 503 555 3000',
      fax: '+1 503 555 1001',
    });
  });

  it('and what can’t be taken back is refused with the reason', async () => {
    const told = await world.send('salesforce', 'Account', account());
    const answer = await world.call('POST', `/v1/operations/${told.operationId}/undo`, {
      key: world.stage.keys.salesforce,
    });
    expect(answer.status).toBe(409);
    expect(answer.body['detail']).toMatch(/only an update/i);
  });
});

it('A41: a failure is on the dashboard at once and told to Slack and a webhook, with the record and the reason', async () => {
  const failure = await failing();
  const overview = await world.call('GET', '/v1/admin/overview', { key: world.stage.keys.admin });
  const { byState } = overview.body as { byState: Record<string, number> };
  expect(byState['review']).toBeGreaterThan(0);
  const page = await world.call('GET', '/console/');
  expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringMatching(/html/)]);
  // A look every ten seconds tells all that waits for a decision since the last one, to each place once.
  const told = await world.until('both alerts', () => {
    const waiting = alerts.filter((alert) => JSON.stringify(alert).includes('wait for a decision'));
    return Promise.resolve(waiting.length >= 2 ? waiting : undefined);
  });
  expect(told.filter(({ text }) => typeof text === 'string')).toHaveLength(1);
  expect(JSON.stringify(told)).toMatch(/UNKNOWN_ITEM|AMBIGUOUS|review/i);
  expect(failure.told.state).toBe('review');
});

it('A42, P41: secrets and personal data are in no log and no metric', async () => {
  const secret = 'hunter2-very-secret';
  const sent = account({ Phone: '+1 503 555 9876', Description: secret, Name: 'Erika Mustermann GmbH' });
  await world.send('salesforce', 'Account', sent);
  const metrics = await world.call('GET', '/metrics', { key: world.stage.keys.admin });
  const folder = world.stage.data;
  const logs = readdirSync(folder)
    .filter((name) => name.endsWith('.log'))
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
    .join('');
  for (const text of [metrics.text, logs]) {
    for (const hidden of [secret, '555 9876', 'Mustermann', world.stage.keys.salesforce, world.stage.keys.admin])
      expect(text).not.toContain(hidden);
  }
  expect(logs.length).toBeGreaterThan(0);
  expect(metrics.text).toMatch(
    /suiterelay_flow_outcomes_total\{flow="salesforce\.account-to-customer",outcome="created",class=""\} \d/,
  );
});

it('A23: a permission that is missing is named with its record type, and the records are kept', async () => {
  await world.control('POST', 'faults', [
    {
      kind: 'failApi',
      match: { api: 'record.save', recordType: 'customer' },
      code: 'INSUFFICIENT_PERMISSION',
      message: "Permission Violation: You need the 'Lists -> Customers' permission to access this page.",
      times: 1,
    },
  ]);
  const sent = account();
  const told = await world.send('salesforce', 'Account', sent);
  expect(told.error).toMatchObject({
    class: 'permission',
    message: expect.stringContaining('Customers') as unknown,
    action: expect.stringMatching(/role|permission/i) as unknown,
  });
  await act(told.operationId, 'replay', {});
  expect((await world.settled('salesforce', told.operationId)).result).toBe('created');
});
