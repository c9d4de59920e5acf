import Database from 'better-sqlite3';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { prepareAccount } from '../../../demo/prepare-account';
import { Acceptance, account, customerId, edited, opportunity, orderId } from '../../helpers/acceptance';

jest.setTimeout(300_000);

const SECRET = 'hubspot-app-secret-of-the-test';
let world: Acceptance;
beforeAll(async () => {
  world = await Acceptance.start((config) => {
    const sources = config['sources'] as Record<string, unknown>[];
    Object.assign(sources.find(({ name }) => name === 'hubspot') ?? {}, { hubspot: { clientSecrets: [SECRET] } });
    // After a kill a lost call is waited for: 13 s instead of a minute.
    config['timeouts'] = { connectMs: 2_000, budgetMs: 3_000, answerMarginMs: 3_000, lateWriterMarginMs: 1_000 };
    config['publicUrl'] = 'https://relay.example.com';
  });
});
afterEach(() => world.control('DELETE', 'faults'));
afterAll(() => world?.close());

async function webhook(events: object[]): Promise<number> {
  const text = JSON.stringify(events);
  const at = String(Date.now());
  const url = 'https://relay.example.com/v1/hooks/hubspot';
  const signature = createHmac('sha256', SECRET).update(`POST${url}${text}${at}`).digest('base64');
  const answer = await world.call('POST', '/v1/hooks/hubspot', {
    text,
    headers: {
      'content-type': 'application/json',
      'x-hubspot-request-timestamp': at,
      'x-hubspot-signature-v3': signature,
    },
  });
  return answer.status;
}

const writesTo = async (type: string, id: string | undefined): Promise<number> => {
  const writes = await world.control<{ type: string; id: string; api: string }[]>('GET', 'ledger/records');
  return writes.filter((write) => write.type === type && write.id === id).length;
};

it('A07: a webhook that comes ten times, out of order, is one customer as the CRM holds it now', async () => {
  const [company] = world.stage.fixtures.accounts.filter(({ source }) => source === 'hubspot');
  const event = (eventId: number, occurredAt: number) => ({
    eventId,
    subscriptionId: 12345,
    portalId: 62515,
    occurredAt,
    subscriptionType: 'company.propertyChange',
    attemptNumber: 0,
    objectId: Number(company!.crmId),
    propertyName: 'phone',
    propertyValue: '1',
    changeSource: 'CRM',
  });
  const now = Date.now();
  const statuses: number[] = [];
  for (let turn = 0; turn < 10; turn += 1) statuses.push(await webhook([event(1, now), event(2, now - 60_000 * turn)]));
  expect(new Set(statuses)).toEqual(new Set([204]));
  const { externalId, fields } = company!.expect;
  const held = await world.until('the customer', async () => (await world.held('customer', externalId)) ?? undefined);
  expect(held.fields['companyname']).toBe(fields['companyname']);
  expect((await world.stage.control.all('customer')).filter((one) => one.externalId === externalId)).toHaveLength(1);
});

it('A07: of two versions of a record that come in the wrong order the newer one stays', async () => {
  const older = account({ Phone: '+1 503 555 0001' });
  const newer = edited(older, { Phone: '+1 503 555 0002' });
  await world.send('salesforce', 'Account', newer);
  await world.send('salesforce', 'Account', older);
  expect((await world.held('customer', customerId(older.Id)))?.fields['phone']).toBe('+1 503 555 0002');
});

/** Nothing that earlier tests sent is on its way to NetSuite any more: a fault for the next call meets the call it is meant for. */
const atRest = () =>
  world.until('the queues to NetSuite to be empty', async () => {
    const { body } = await world.call('GET', '/v1/admin/overview', { key: world.stage.keys.admin });
    const counts = body['byPoolAndLane'] as { pool: string; state: string; count: number }[];
    // Records that the CRM does not have are waited for on the way back.
    const open = counts.filter(
      ({ pool, state, count }) => !pool.startsWith('out:') && ON_ITS_WAY.has(state) && count > 0,
    );
    return open.length === 0 || undefined;
  });
const ON_ITS_WAY = new Set(['queued', 'sending', 'retrying']);

it('A08: a call whose answer was lost after NetSuite stored it is one record and one operation, done', async () => {
  await atRest();
  await world.control('POST', 'faults', [
    { kind: 'cutAfterCommit', match: { scriptId: 'customscript_srl_upsert' }, times: 1 },
  ]);
  const sent = account();
  const told = await world.send('salesforce', 'Account', sent);
  expect(told.state).toBe('done');
  expect(told.attempts.length).toBeGreaterThan(1);
  const held = await world.held('customer', customerId(sent.Id));
  expect(held?.id).toBe(told.internalId);
  expect(await writesTo('customer', held?.id)).toBe(1);
});

it('A08: the caller whose own connection broke sends the same request again and gets the same operation', async () => {
  const sent = account();
  const first = await world.post('salesforce', 'Account', [sent], 'key-of-a-broken-call');
  const second = await world.post('salesforce', 'Account', [sent], 'key-of-a-broken-call');
  expect(second).toEqual(first);
});

it('A09: a spike of hundreds of records at once runs at the account’s limit without one refusal', async () => {
  const accounts = Array.from({ length: 400 }, () => account());
  const chunks = Array.from({ length: 8 }, (_, at) => accounts.slice(at * 50, at * 50 + 50));
  const sent = (await Promise.all(chunks.map((chunk) => world.post('salesforce', 'Account', chunk)))).flat();
  const told = await Promise.all([sent.at(0)!, sent.at(-1)!].map((id) => world.settled('salesforce', id, 120_000)));
  expect(told.map(({ result }) => result)).toEqual(['created', 'created']);
  await world.until(
    'all of them',
    async () =>
      (await world.stage.control.all('customer')).filter(({ externalId }) => externalId?.startsWith('SF_ACCT_001AC'))
        .length >= 400 || undefined,
    120_000,
  );
  expect(await world.stage.control.concurrency()).toMatchObject({ rejected: 0 });
  expect((await world.stage.control.concurrency()).peak).toBeLessThanOrEqual(5);
});

it('A11: one poisoned record of fifty fails by name, and the other forty-nine arrive', async () => {
  const accounts = Array.from({ length: 50 }, () => account());
  accounts[20] = account({ BillingCountry: 'Atlantis' });
  const sent = await world.post('salesforce', 'Account', accounts);
  const told = await Promise.all(sent.map((id) => world.settled('salesforce', id)));
  expect(told.filter(({ result }) => result === 'created')).toHaveLength(49);
  expect(told[20]).toMatchObject({
    state: expect.stringMatching(/review|dead/) as unknown,
    error: { message: expect.stringContaining('Atlantis') as unknown },
  });
});

it('A24: a token that NetSuite no longer takes in the middle of a load is renewed, and nothing is lost', async () => {
  const restlet = `${new URL(world.stage.controlUrl).origin}/app/site/hosting/restlet.nl?script=customscript_srl_upsert&deploy=customdeploy_srl_upsert`;
  await atRest();
  const refused = await fetch(restlet, { method: 'POST', headers: { authorization: 'Bearer outlived' }, body: '{}' });
  const answer = { kind: 'status', code: refused.status, body: await refused.text() };
  expect(refused.status).toBe(401);
  await world.control('POST', 'faults', [{ ...answer, match: { scriptId: 'customscript_srl_upsert' }, times: 2 }]);
  const sent = await world.post(
    'salesforce',
    'Account',
    Array.from({ length: 60 }, () => account()),
  );
  const told = await Promise.all(sent.map((id) => world.settled('salesforce', id)));
  expect(new Set(told.map(({ state }) => state))).toEqual(new Set(['done']));
});

it('A25: a script that NetSuite ends for its units has half a batch done; the rest goes again, nothing twice', async () => {
  await atRest();
  await world.control('POST', 'faults', [
    { kind: 'quota', match: { scriptId: 'customscript_srl_upsert' }, units: 300, times: 1 },
  ]);
  const accounts = Array.from({ length: 50 }, () => account());
  const sent = await world.post('salesforce', 'Account', accounts);
  const told = await Promise.all(sent.map((id) => world.settled('salesforce', id, 120_000)));
  expect(new Set(told.map(({ state }) => state))).toEqual(new Set(['done']));
  for (const { Id } of accounts) {
    const held = await world.held('customer', customerId(Id));
    expect(await writesTo('customer', held?.id)).toBe(1);
  }
});

it('A25: a relay that is killed goes on where it was when it starts again', async () => {
  const accounts = Array.from({ length: 60 }, () => account());
  const sent = await world.post('salesforce', 'Account', accounts);
  world.stage.relay().child.kill('SIGKILL');
  await world.stage.startRelay();
  const told = await Promise.all(sent.map((id) => world.settled('salesforce', id, 180_000)));
  expect(new Set(told.map(({ state }) => state))).toEqual(new Set(['done']));
  const ids = new Set(told.map(({ internalId }) => internalId));
  expect(ids.size).toBe(60);
});

it('A05: an order that comes before its account waits for it and belongs to it', async () => {
  const buyer = account();
  const won = opportunity(buyer.Id, [{ sku: 'VLV-1001', quantity: 1, price: 1 }]);
  const [order] = await world.post('salesforce', 'Opportunity', [won]);
  const [customer] = await world.post('salesforce', 'Account', [buyer]);
  const told = await Promise.all([order!, customer!].map((id) => world.settled('salesforce', id)));
  expect(told.map(({ result }) => result)).toEqual(['created', 'created']);
  const held = await world.held('salesorder', orderId(won.Id));
  expect(held?.fields['entity']).toBe((await world.held('customer', customerId(buyer.Id)))?.id);
});

/** What the relay noted as seen in the account. */
function anchorsOf(data: string): string | undefined {
  const db = new Database(path.join(data, 'relay', 'relay.db'), { readonly: true });
  try {
    const row = db.prepare("SELECT value FROM cursor_position WHERE name LIKE 'reset:%:anchors'").get();
    return (row as { value: string } | undefined)?.value;
  } finally {
    db.close();
  }
}

it('an account that was reset behind the relay is noticed, and what it was known to hold is forgotten', async () => {
  const { stage } = world;
  const accounts = Array.from({ length: 4 }, () => account());
  const sent = await world.post('salesforce', 'Account', accounts);
  await Promise.all(sent.map((id) => world.settled('salesforce', id)));
  const [first, second] = accounts as [(typeof accounts)[0], (typeof accounts)[0]];
  expect(await world.send('salesforce', 'Account', second)).toMatchObject({ result: 'unchanged' });
  // What the account holds is looked at when the relay starts; a minute later at the latest.
  await stage.relay().stop();
  await stage.startRelay();
  await world.until('a look at the account', () => Promise.resolve(anchorsOf(stage.data)));

  await world.control('POST', 'reset');
  await prepareAccount(stage.control);
  await world.send('salesforce', 'Account', edited(first, { Phone: '+49 30 1' }));
  const log = path.join(stage.data, 'relay.log');
  await world.until('the reset is told', () =>
    Promise.resolve(readFileSync(log, 'utf8').includes('it was reset, refreshed or restored') ? true : undefined),
  );
  expect(await world.send('salesforce', 'Account', second)).toMatchObject({ state: 'done', result: 'created' });
  expect(await world.held('customer', customerId(second.Id))).not.toBeNull();
});
