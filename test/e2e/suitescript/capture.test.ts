import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { ChangeEvent } from '../../../contract/change-event';
import { startAccount, type NetSuiteAccount } from '../../helpers/netsuite/account-process';
import { batch, customer, line, order, resultsOf, sku, value } from '../../helpers/netsuite/operations';

const drain = async (account: NetSuiteAccount): Promise<ChangeEvent[]> => {
  const events: ChangeEvent[] = [];
  let after = '0';
  for (;;) {
    const { body } = await account.restlet('changes', undefined, { query: `&after=${after}&limit=100` });
    const page = body as unknown as { events: ChangeEvent[]; cursor: string; more: boolean };
    events.push(...page.events);
    after = page.cursor;
    if (page.events.length > 0) await account.restlet('changes', { acknowledge: page.events.map((event) => event.id) });
    if (!page.more) return events;
  }
};

describe('changes in NetSuite come out', () => {
  let account: NetSuiteAccount;

  beforeAll(async () => {
    account = await startAccount();
    await account.seed([{ type: 'noninventoryitem', fields: { itemid: 'C-1', isinactive: false } }]);
    await account.restlet('upsert', batch([customer('SF_ACCT_C', { companyname: value('Capture Inc') })]));
  });

  afterAll(() => account.stop());
  beforeEach(() => drain(account));

  const idOf = async (): Promise<string> => (await account.byExternalId('customer', 'SF_ACCT_C'))?.id ?? '';

  test('a user edit gives one event with old and new values, for 6 units and no call out', async () => {
    const before = (await account.executions('customscript_srl_capture')).length;
    await account.control('POST', 'ui/save', { type: 'customer', id: await idOf(), fields: { phone: '+49 30 1' } });
    const runs = (await account.executions('customscript_srl_capture')).slice(before);
    expect(runs.reduce((sum, run) => sum + run.unitsUsed, 0)).toBeLessThanOrEqual(6);
    const events = await drain(account);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      specversion: '1.0',
      type: 'com.netsuite.customer.updated.v1',
      data: {
        externalId: 'SF_ACCT_C',
        origin: { ownSave: false },
        changes: [{ field: 'phone', old: null, new: '+49 30 1' }],
      },
    });
  });

  test('whatever is saved, from a contact to an invoice of fifty lines, its row costs at most 6 units', async () => {
    const entity = await idOf();
    const [sold] = await account.seed([{ type: 'noninventoryitem', fields: { itemid: 'C-50', isinactive: false } }]);
    const lines = { item: Array.from({ length: 50 }, () => ({ item: sold, quantity: 1, rate: 2 })) };
    const kinds: { type: string; fields: object; sublists?: object; edit: object }[] = [
      { type: 'contact', fields: { lastname: 'Price', company: entity }, edit: { title: 'CFO' } },
      {
        type: 'vendor',
        fields: { companyname: 'Vendor', isperson: false, subsidiary: '1' },
        edit: { comments: 'x'.repeat(3000) },
      },
      { type: 'noninventoryitem', fields: { itemid: 'C-PRICE', taxschedule: '1' }, edit: { displayname: 'Priced' } },
      { type: 'opportunity', fields: { entity, title: 'Deal' }, edit: { title: 'Bigger deal' } },
      { type: 'estimate', fields: { entity }, sublists: lines, edit: { memo: 'changed' } },
      { type: 'salesorder', fields: { entity }, sublists: lines, edit: { memo: 'changed' } },
      { type: 'invoice', fields: { entity }, sublists: lines, edit: { memo: 'changed' } },
    ];
    for (const { type, fields, sublists, edit } of kinds) {
      const save = async (body: object): Promise<string> => {
        const before = (await account.executions('customscript_srl_capture')).length;
        const answer = await account.control<{ id: string; error?: unknown }>('POST', 'ui/save', { type, ...body });
        expect([type, answer.error]).toEqual([type, undefined]);
        const runs = (await account.executions('customscript_srl_capture')).slice(before);
        const units = runs.reduce((sum, run) => sum + run.unitsUsed, 0);
        expect([type, body, units > 0 && units <= 6]).toEqual([type, body, true]);
        return answer.id;
      };
      const id = await save({ fields, ...(sublists === undefined ? {} : { sublists }) });
      await save({ id, fields: edit });
      await save({ id, fields: {}, delete: true });
    }
    const told = (await drain(account)).map(({ type }) => type.split('.').slice(2, 4).join(' '));
    expect(told.sort()).toEqual(
      kinds.flatMap(({ type }) => ['created', 'deleted', 'updated'].map((kind) => `${type} ${kind}`)).sort(),
    );
  });

  test('an inline edit (xedit) shows the edited field alone and keeps the record’s keys', async () => {
    await account.control('POST', 'ui/save', {
      type: 'customer',
      id: await idOf(),
      fields: { fax: '7' },
      inline: true,
    });
    const [event] = await drain(account);
    expect(event?.data).toMatchObject({ externalId: 'SF_ACCT_C', changes: [{ field: 'fax', old: null, new: '7' }] });
  });

  test('our own save is told as our own, with its operation', async () => {
    const ours = customer('SF_ACCT_C', { email: value('own@example.com') });
    await account.restlet('upsert', batch([ours]));
    const [event] = await drain(account);
    expect(event?.data.origin).toMatchObject({
      ownSave: true,
      opId: (ours as { opId: string }).opId,
      context: 'RESTLET',
    });
    expect(event?.data.changes).toEqual([{ field: 'email', old: null, new: 'own@example.com' }]);
  });

  test('a deletion carries the keys of what is gone', async () => {
    await account.restlet('upsert', batch([customer('SF_ACCT_GONE', { companyname: value('Gone') })]));
    await drain(account);
    const gone = await account.byExternalId('customer', 'SF_ACCT_GONE');
    await account.control('POST', 'ui/save', { type: 'customer', id: gone?.id, fields: {}, delete: true });
    const [event] = await drain(account);
    expect(event).toMatchObject({ type: 'com.netsuite.customer.deleted.v1', data: { externalId: 'SF_ACCT_GONE' } });
  });

  test('line changes are told by line key', async () => {
    await account.restlet(
      'upsert',
      batch([order('SF_OPP_C', 'SF_ACCT_C', [line('A', { item: sku('C-1'), quantity: value(1), rate: value(5) })])]),
    );
    await drain(account);
    const stored = await account.byExternalId('salesorder', 'SF_OPP_C');
    const [row] = stored?.sublists['item'] ?? [];
    await account.control('POST', 'ui/save', {
      type: 'salesorder',
      id: stored?.id,
      fields: {},
      sublists: { item: [{ ...row, quantity: 3, amount: 15 }] },
    });
    const events = (await drain(account)).filter((event) => event.data.recordType === 'salesorder');
    expect(events[0]?.data.changes).toEqual(expect.arrayContaining([{ field: 'item[A].quantity', old: 1, new: 3 }]));
  });

  test('Make Copy, fulfilment and invoice of a stamped order inherit no stamp; line keys go along', async () => {
    await account.restlet(
      'upsert',
      batch([order('SF_OPP_CP', 'SF_ACCT_C', [line('A', { item: sku('C-1'), quantity: value(2), rate: value(5) })])]),
    );
    const source = await account.byExternalId('salesorder', 'SF_OPP_CP');
    const { id: copyId } = await account.control<{ id: string }>('POST', 'ui/save', {
      type: 'salesorder',
      copyFrom: source?.id,
      fields: {},
    });
    const copy = await account.record('salesorder', copyId);
    const stamps = ['key', 'crm_id', 'op', 'version', 'hash', 'hop', 'synced'].map(
      (name) => copy?.fields[`custbody_srl_${name}`] ?? null,
    );
    expect(stamps).toEqual(stamps.map(() => null));
    const again = resultsOf(
      await account.restlet(
        'upsert',
        batch([order('SF_OPP_CP', 'SF_ACCT_C', [line('A', { item: sku('C-1'), quantity: value(3), rate: value(5) })])]),
      ),
    );
    expect(again[0]).toMatchObject({ status: 'updated', internalId: source?.id });
  });

  test('a user whose role may not read the outbox loses no row', async () => {
    const [employee] = await account.seed([
      { type: 'employee', fields: { entityid: 'Rep', firstname: 'Sales', lastname: 'Rep', email: 'rep@example.com' } },
    ]);
    const as = { entity: Number(employee), role: 'SALES_PERSON' };
    const saved = await account
      .control('POST', 'ui/save', { type: 'customer', id: await idOf(), fields: { phone: '+1 777' }, as })
      .catch((refusal: unknown) => refusal);
    expect(saved).toMatchObject({ saved: true });
    expect(await drain(account)).toHaveLength(1);
    const { body } = await account.restlet('describe');
    expect(body['outbox']).toMatchObject({ lost: 0 });
  });

  test('a foreign RESTlet under a role without outbox access loses no row', async () => {
    const source = `/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record'], (record) => ({ post: (body) => record.submitFields({ type: 'customer', id: body.id, values: { fax: body.fax } }) }));`;
    await account.control('POST', 'scripts', [
      {
        scriptId: 'customscript_foreign',
        type: 'restlet',
        path: 'SuiteScripts/foreign.js',
        source,
        deployments: [{ deploymentId: 'customdeploy_foreign', status: 'RELEASED', allRoles: true }],
      },
    ]);
    const [employee] = await account.seed([
      {
        type: 'employee',
        fields: { entityid: 'Rep 2', firstname: 'Sales', lastname: 'Two', email: 'rep2@example.com' },
      },
    ]);
    await account.control('POST', 'objects', [
      {
        xml: `<role scriptid="customrole_rep"><name>Rep</name><centertype>BASIC</centertype><permissions>
          <permission><permkey>ADMI_LOGIN_OAUTH2</permkey><permlevel>FULL</permlevel></permission>
          <permission><permkey>LIST_CUSTJOB</permkey><permlevel>EDIT</permlevel></permission></permissions></role>`,
      },
    ]);
    const { access_token: token } = await account.control<{ access_token: string }>('POST', 'token', {
      entity: Number(employee),
      role: 'customrole_rep',
    });
    const response = await fetch(
      `${account.url}/app/site/hosting/restlet.nl?script=customscript_foreign&deploy=customdeploy_foreign`,
      {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ id: await idOf(), fax: '99' }),
      },
    );
    expect(response.status).toBe(200);
    expect(await drain(account)).toHaveLength(1);
    expect((await account.restlet('describe')).body['outbox']).toMatchObject({ lost: 0 });
  });
});

describe('changes are pushed in signed batches', () => {
  const secret = randomBytes(32).toString('base64');
  const next = randomBytes(32).toString('base64');
  let account: NetSuiteAccount;
  let receiver: Server;
  let status = 202;
  const received: { headers: Record<string, string>; body: string }[] = [];

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      request.on('end', () => {
        received.push({ headers: request.headers as Record<string, string>, body });
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const { port } = receiver.address() as AddressInfo;
    account = await startAccount({
      hosts: { 'relay.example.com': `http://127.0.0.1:${port}` },
      secrets: { custsecret_srl_events: secret },
    });
  });

  afterAll(async () => {
    await account.stop();
    await new Promise((resolve) => receiver.close(resolve));
  });

  const publish = (): Promise<{ state: string; units: number }> =>
    account.control('POST', 'scripts/customscript_srl_publish_changes/customdeploy_srl_publish_changes_2/run', {
      wait: true,
      params: { custscript_srl_relay_url: 'https://relay.example.com/v1/netsuite/events' },
    });
  const make = (count: number, prefix: string): Promise<unknown> =>
    account.restlet(
      'upsert',
      batch(
        Array.from({ length: count }, (_, at) =>
          customer(`SF_ACCT_${prefix}${at}`, { companyname: value(`${prefix} ${at}`) }),
        ),
      ),
    );

  test('signatures hold over the exact bytes, and accepted rows are gone for at most 4.5 units an event', async () => {
    await make(120, 'PUSH');
    const run = await publish();
    expect(run.state).toBe('COMPLETE');
    const events = received.flatMap(({ headers, body }) => new Webhook(secret).verify(body, headers) as ChangeEvent[]);
    expect(events).toHaveLength(120);
    expect(run.units / 120).toBeLessThanOrEqual(4.5);
    expect((await account.restlet('describe')).body['outbox']).toMatchObject({ waiting: 0 });
  });

  test('during rotation the receiver may hold either secret', async () => {
    received.length = 0;
    await account.control('POST', 'settings', {
      secrets: { custsecret_srl_events: secret, custsecret_srl_events_next: next },
    });
    await make(1, 'ROTATE');
    await publish();
    const [call] = received;
    for (const one of [secret, next])
      expect(() => new Webhook(one).verify(call?.body ?? '', call?.headers ?? {})).not.toThrow();
  });

  test('a refused batch keeps its rows and their order for the next run', async () => {
    received.length = 0;
    status = 503;
    await make(3, 'REFUSED');
    await publish();
    expect((await account.restlet('describe')).body['outbox']).toMatchObject({ waiting: 3 });
    status = 202;
    received.length = 0;
    await publish();
    const sequence = received.flatMap(({ body }) => JSON.parse(body) as ChangeEvent[]);
    expect(sequence).toHaveLength(3);
  });
});
