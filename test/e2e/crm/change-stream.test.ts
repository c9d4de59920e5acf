import { pino } from 'pino';
import { Agent } from 'undici';
import { defineFlow } from '../../../flows';
import { echoJudge } from '../../../relay/crm/is-echo';
import { startFakeSalesforce, type FakeSalesforce } from '../../../demo/fake-crm/salesforce/salesforce-server';
import { followChanges } from '../../../relay/crm/follow-changes';
import { readChangeEvent } from '../../../relay/crm/salesforce/change-events';
import { SalesforceAdapter } from '../../../relay/crm/salesforce/salesforce-adapter';
import { salesforceOptionsSchema } from '../../../relay/crm/salesforce/salesforce-client';
import { openMemoryStore } from '../../../relay/store/sqlite/open-sqlite-store';
import type { Store } from '../../../relay/store/types';

const app = { clientId: 'client', clientSecret: 'secret-of-the-test' };
/** The stream's reader of names, and what it writes itself. */
const READ = defineFlow({
  id: 'test.account',
  title: 'Account to customer',
  crm: 'salesforce',
  object: 'Account',
  direction: 'toNetSuite',
  recordType: 'customer',
  key: { prefix: 'T', from: 'Id' },
  fields: [
    { to: 'companyname', from: 'Name', owner: 'crm' },
    { to: 'billcity', from: 'BillingCity', owner: 'crm' },
    { to: 'salesrep', from: 'Owner.Email', owner: 'crm' },
    { to: 'terms', from: 'Terms__c', owner: 'netsuite', write: 'onCreate' },
  ],
});
const WRITTEN = defineFlow({
  ...READ,
  id: 'test.back',
  direction: 'toCrm',
  fields: [{ to: 'Terms__c', from: 'terms', owner: 'netsuite' }],
});
let org: FakeSalesforce;
let store: Store;

beforeEach(async () => {
  org = await startFakeSalesforce(app);
  store = openMemoryStore(Date.now);
  for (const id of ['001Fk0000000001AAA', '001Fk0000000002AAA', '001Fk0000000003AAA'])
    org.add('Account', { Id: id, Name: id, Terms__c: 'Net 15' });
});
afterEach(async () => {
  await org.close();
  await store.close();
});

function adapter(dispatcher?: Agent): SalesforceAdapter {
  const auth = { type: 'clientCredentials', ...app };
  return new SalesforceAdapter(salesforceOptionsSchema.parse({ name: 'salesforce', baseUrl: org.url, auth }), {
    flowsFor: () => [],
    ...(dispatcher ? { dispatcher } : {}),
  });
}
const follow = (): (() => Promise<void>) =>
  followChanges({
    store,
    adapter: adapter(),
    source: 'salesforce',
    isKept: () => true,
    isEcho: (_object, change) => echoJudge([READ, WRITTEN])(change),
    objects: () => ['Account'],
    log: pino({ level: 'silent' }),
  });
const until = async (test: () => boolean | Promise<boolean>): Promise<void> => {
  const end = Date.now() + 45_000;
  while (!(await test())) {
    if (Date.now() > end) throw new Error('it did not come');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
const asked = async (): Promise<(string | null)[]> =>
  (await store.listOperations({ pool: 'in:salesforce' }, { limit: 100 })).items.map(({ crmId }) => crmId).sort();

describe('A33: the change stream of Salesforce', () => {
  it('has what people change read anew, leaves own writes out, and goes on where it was after a restart', async () => {
    const stop = follow();
    await until(() => org.feed.subscribers === 1);
    org.edit('Account', '001Fk0000000001AAA', { Name: 'By a person' });
    const own = { operationId: 'op_1', crmId: '001Fk0000000002AAA', match: null, fields: { Terms__c: 'Net 30' } };
    await adapter().writeBatch({ object: 'Account', requestId: 'r', items: [own] }, new AbortController().signal);
    await until(async () => (await store.getCursor('stream:salesforce')) === '2');
    expect(await asked()).toEqual(['001Fk0000000001AAA']);
    await stop();
    org.edit('Account', '001Fk0000000003AAA', { Name: 'While we were away' });
    const again = follow();
    await until(async () => (await asked()).length === 2);
    expect(await asked()).toEqual(['001Fk0000000001AAA', '001Fk0000000003AAA']);
    await again();
  });

  it('loses nothing that happens between two sessions before the first event', async () => {
    let cut = false;
    org.intercept(({ body }) => {
      const [message] = [body as { channel?: string } | null].flat();
      if (cut || message?.channel !== '/meta/connect') return undefined;
      cut = true;
      org.edit('Account', '001Fk0000000002AAA', { Name: 'While nobody listened' });
      return { status: 200, body: [{ channel: '/meta/connect', successful: false, error: '403::Unknown client' }] };
    });
    const stop = follow();
    await until(async () => (await asked()).includes('001Fk0000000002AAA'));
    await stop();
  });

  it('goes on with a new sign-in when its session has ended, which the stream tells in a message of a call that succeeds', async () => {
    const stop = follow();
    await until(() => org.feed.subscribers === 1);
    org.endSessions();
    org.edit('Account', '001Fk0000000001AAA', { Name: 'Wakes the stream' });
    await until(async () => (await asked()).length === 1);
    org.edit('Account', '001Fk0000000003AAA', { Name: 'Later' });
    await until(async () => (await asked()).length === 2);
    expect(await asked()).toEqual(['001Fk0000000001AAA', '001Fk0000000003AAA']);
    await stop();
  });

  it('stays joined while nothing happens for longer than other calls may take', async () => {
    const dispatcher = new Agent({ headersTimeout: 300 });
    const troubles: unknown[] = [];
    let connects = 0;
    org.intercept(({ body }) => {
      const [message] = [body as { channel?: string } | null].flat();
      connects += message?.channel === '/meta/connect' ? 1 : 0;
      return undefined;
    });
    const stopping = new AbortController();
    const running = adapter(dispatcher).streamChanges(
      () => Promise.resolve(null),
      () => Promise.resolve(),
      stopping.signal,
      (error) => troubles.push(error),
    );
    await until(() => connects === 2 || troubles.length > 0);
    stopping.abort();
    await running;
    await dispatcher.close();
    expect(troubles).toEqual([]);
  });

  it('rests before it tries again where every session is refused as soon as it connects', async () => {
    const connects: number[] = [];
    org.intercept(({ path, body }) => {
      const [message] = [body as { channel?: string; clientId?: string }].flat();
      if (!path.startsWith('/cometd/') || message?.channel !== '/meta/connect') return undefined;
      connects.push(Date.now());
      const error = '403::Unknown client';
      return { status: 200, body: [{ channel: message.channel, successful: false, error }] };
    });
    const stop = follow();
    await until(() => connects.length === 2);
    await stop();
    expect(connects[1]! - connects[0]!).toBeGreaterThan(4_000);
  });

  it('P35: a merge, which the stream tells as a deletion, names the record that is left, and is remembered', async () => {
    const stop = follow();
    await until(() => org.feed.subscribers === 1);
    org.merge('Account', '001Fk0000000001AAA', ['001Fk0000000002AAA']);
    await until(async () => (await asked()).includes('001Fk0000000002AAA'));
    const { items } = await store.listOperations({ pool: 'in:salesforce' }, { limit: 10 });
    expect(items.find(({ crmId }) => crmId === '001Fk0000000002AAA')).toMatchObject({
      state: 'review',
      error: { code: 'CRM_RECORD_MERGED' },
    });
    const [merge] = await store.getShadows('in:salesforce', [{ side: 'merged', key: 'account|001fk0000000002aaa' }]);
    expect(merge?.projection).toEqual({ into: '001Fk0000000001AAA' });
    await stop();
  });

  it.each([
    ['a gap event', { changeType: 'GAP_DELETE', recordIds: ['001Fk0000000001AAA'] }, 1],
    ['an overflow, which names no record', { changeType: 'GAP_OVERFLOW', recordIds: ['001*'] }, undefined],
    ['a write of another integration', { changeOrigin: 'com/salesforce/api/rest/62.0;client=suiterelay2' }, 1],
  ])('reads %s', (_name, more, changes) => {
    const header = {
      entityName: 'Account',
      recordIds: ['001Fk0000000001AAA'],
      changeType: 'UPDATE',
      commitTimestamp: 1,
    };
    const read = readChangeEvent({ payload: { ChangeEventHeader: { ...header, ...more } } });
    expect(read?.changes.length).toBe(changes);
  });

  it.each<[boolean, string, string[]]>([
    [true, 'what we wrote', ['Terms__c', 'LastModifiedDate']],
    [false, 'what we wrote and a name, which a process of the org changed', ['Terms__c', 'Name']],
    [false, 'what we wrote and a part of an address', ['Terms__c', 'BillingAddress.City']],
    [true, 'what we wrote and a part of an address that nobody reads', ['Terms__c', 'BillingAddress.Street']],
    [false, 'an owner', ['OwnerId']],
    [true, 'a field that nobody reads', ['Rating']],
  ])('P9: is it nothing but an echo (%s) when our write is told with %s', (echo, _what, fields) => {
    const changeOrigin = 'com/salesforce/api/rest/62.0;client=suiterelay';
    const ids = { entityName: 'Account', recordIds: ['001Fk0000000001AAA'], commitTimestamp: 1 };
    const header = { ...ids, changeType: 'UPDATE', changeOrigin, changedFields: fields };
    const [change] = readChangeEvent({ payload: { ChangeEventHeader: header } })!.changes;
    expect(change).toMatchObject({ own: true, byMachine: true });
    expect(echoJudge([READ, WRITTEN])(change!)).toBe(echo);
  });

  it.each<[boolean, string, object]>([
    [false, 'a person', { commitUser: '005000000000002AAA' }],
    [true, 'a process of the org that answers our write', { commitUser: '005000000000001AAA' }],
    [true, 'another integration', { changeOrigin: 'com/salesforce/api/soap/62.0;client=other' }],
  ])('P9: a machine made it (%s) when %s did', (byMachine, _who, more) => {
    const origin = { changeOrigin: 'com/salesforce/core', commitUser: '005000000000002AAA' };
    const ids = { entityName: 'Account', recordIds: ['001Fk0000000001AAA'], commitTimestamp: 1 };
    const header = { ...ids, changeType: 'UPDATE', ...origin, ...more };
    const read = readChangeEvent({ payload: { ChangeEventHeader: header } }, '005000000000001AAA');
    expect(read!.changes).toMatchObject([{ own: false, byMachine }]);
  });
});
