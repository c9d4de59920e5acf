import { pino } from 'pino';
import { startFakeHubSpot, type FakeHubSpot } from '../../../demo/fake-crm/hubspot/hubspot-server';
import { startFakeSalesforce, type FakeSalesforce } from '../../../demo/fake-crm/salesforce/salesforce-server';
import { loadFlows } from '../../../flows';
import { readCrm } from '../../../relay/cli/read-crm';
import { HubSpotClient } from '../../../relay/crm/hubspot/hubspot-client';
import { readHubSpotChanges } from '../../../relay/crm/hubspot/read-changes';
import { HubSpotAdapter } from '../../../relay/crm/hubspot/hubspot-adapter';
import { pollOnce, startPolling, type PollOptions } from '../../../relay/crm/poll-changes';
import { SalesforceAdapter } from '../../../relay/crm/salesforce/salesforce-adapter';
import { DailyLimitNear, salesforceOptionsSchema } from '../../../relay/crm/salesforce/salesforce-client';
import { wantedObjects } from '../../../relay/crm/wanted-objects';
import type { CrmFinding, WantedObject } from '../../../relay/delivery/crm-adapter';
import { openMemoryStore } from '../../../relay/store/sqlite/open-sqlite-store';

const app = { clientId: 'client', clientSecret: 'secret-of-the-test' };
const token = 'pat-of-the-test';
const signal = new AbortController().signal;
let org: FakeSalesforce;
let portal: FakeHubSpot;
let now: number;

beforeEach(async () => {
  now = Date.parse('2026-11-21T08:00:00Z');
  org = await startFakeSalesforce({ ...app, now: () => new Date(now).toISOString() });
  const limits = { perTenSeconds: 1000 };
  portal = await startFakeHubSpot({ token, limits, now: () => new Date(now).toISOString() });
});
afterEach(async () => {
  await org.close();
  await portal.close();
});

function salesforce(auth: object = { type: 'clientCredentials', ...app }): SalesforceAdapter {
  const options = salesforceOptionsSchema.parse({ name: 'salesforce', baseUrl: org.url, auth });
  return new SalesforceAdapter(options, { flowsFor: () => [], now: () => now });
}
const hubspot = (given = token): HubSpotAdapter =>
  new HubSpotAdapter({ name: 'hubspot', baseUrl: portal.url, token: given }, { flowsFor: () => [] });
const wanted = (kind: 'salesforce' | 'hubspot'): WantedObject[] =>
  wantedObjects(loadFlows({ presets: [kind] }).flows, { name: kind, kind });
/** The same, of flows that find every record by our own id. */
const byOwnId = (kind: 'salesforce' | 'hubspot'): WantedObject[] =>
  wanted(kind)
    .filter(({ object }) => object === 'Account' || object === 'companies')
    .map((one) => ({
      ...one,
      keys: new Set([kind === 'salesforce' ? 'NetSuite_Internal_ID__c' : 'netsuite_internal_id']),
    }));
const problems = (findings: CrmFinding[]): string[] =>
  findings.flatMap(({ level, subject, message }) => (level === 'ok' ? [] : [`${level} ${subject}: ${message}`]));

describe('suiterelay doctor, asking the CRMs', () => {
  it('finds nothing amiss in an org with the package and in a portal with the properties, and says who it is', async () => {
    for (const [kind, adapter] of [
      ['salesforce', salesforce()],
      ['hubspot', hubspot()],
    ] as const) {
      const findings = await adapter.inspect(wanted(kind), signal);
      expect(findings.filter(({ level }) => level === 'bad')).toEqual([]);
      expect(findings[0]).toMatchObject({ level: 'ok', subject: `${kind}: sign-in` });
    }
  });

  it('A40: names a field that has gone, one that became a formula, and a key that is none any more', async () => {
    const { fields } = org.schema.get('Account')!;
    fields.delete('NetSuite_Balance__c');
    fields.get('NetSuite_Credit_Limit__c')!.readOnly = true;
    fields.get('NetSuite_Internal_ID__c')!.externalId = false;
    portal.schema.drop('companies', 'netsuite_balance');
    portal.schema.get('companies', 'netsuite_internal_id')!.hasUniqueValue = false;
    const found = [
      ...problems(await salesforce().inspect(byOwnId('salesforce'), signal)),
      ...problems(await hubspot().inspect(byOwnId('hubspot'), signal)),
    ].filter((line) => line.startsWith('bad') && /Account|companies/.test(line));
    expect(found).toEqual([
      'bad salesforce: Account: fields that flows write are missing or hidden from the user: NetSuite_Balance__c',
      'bad salesforce: Account: fields that flows write are computed or read-only for the user: NetSuite_Credit_Limit__c',
      'bad salesforce: Account: records can not be found by: NetSuite_Internal_ID__c',
      'bad hubspot: companies: properties that flows write do not exist: netsuite_balance',
      'bad hubspot: companies: records can not be found by: netsuite_internal_id',
    ]);
  });

  it('P26: a flow that would write a computed field is told before it does', async () => {
    const [account] = wanted('salesforce');
    const findings = await salesforce().inspect(
      [{ ...account!, object: 'Opportunity', writes: new Set(['IsWon']) }],
      signal,
    );
    expect(problems(findings)).toContain(
      'bad salesforce: Opportunity: fields that flows write are computed or read-only for the user: IsWon',
    );
  });

  it('explains a refused sign-in with what to compare', async () => {
    const wrong = await salesforce({ type: 'clientCredentials', clientId: 'client', clientSecret: 'no' }).inspect(
      [],
      signal,
    );
    expect(wrong).toMatchObject(
      [{ level: 'bad', subject: 'salesforce: sign-in', remedy: /run-as user/ }].map((one) => ({
        ...one,
        remedy: expect.stringMatching(one.remedy) as string,
      })),
    );
    expect(await hubspot('gone').inspect([], signal)).toMatchObject([{ level: 'bad', subject: 'hubspot: sign-in' }]);
  });

  it('names the scopes a private app lacks', async () => {
    const poor = await startFakeHubSpot({ token, scopes: ['crm.objects.companies.read'] });
    try {
      const crm = new HubSpotAdapter({ name: 'hubspot', baseUrl: poor.url, token }, { flowsFor: () => [] });
      const scopes = (await crm.inspect(wanted('hubspot'), signal)).find(
        ({ subject }) => subject === 'hubspot: scopes',
      );
      expect(scopes).toMatchObject({
        level: 'bad',
        message: expect.stringContaining('crm.objects.companies.write') as string,
      });
    } finally {
      await poor.close();
    }
  });
});

describe('Asking a CRM what changed', () => {
  it.each(['salesforce', 'hubspot'] as const)(
    'reads every change of %s once, goes on after a restart, and begins at the present',
    async (kind) => {
      const store = openMemoryStore(() => now);
      const object = kind === 'salesforce' ? 'Account' : 'companies';
      const add = (id: string): void => {
        const at = new Date(now).toISOString();
        if (kind === 'salesforce')
          org.add(object, { Id: id, Name: id, IsDeleted: false, SystemModstamp: at.replace('Z', '+0000') });
        else portal.add(object, { id, properties: { name: id }, updatedAt: at });
      };
      const options: PollOptions = {
        store,
        adapter: kind === 'salesforce' ? salesforce() : hubspot(),
        crm: { name: kind, poll: { everySeconds: 60, overlapSeconds: 300 } },
        source: kind,
        isKept: () => true,
        objects: () => [object],
        log: pino({ level: 'silent' }),
        now: () => now,
      };
      const waiting = async (): Promise<(string | null)[]> =>
        (await store.listOperations({ pool: `in:${kind}` }, { limit: 100 })).items.map(({ crmId }) => crmId).sort();
      try {
        add('1000');
        now += 3_600_000;
        await pollOnce(options, object, signal);
        expect(await waiting()).toEqual([]);
        now += 60_000;
        add('1001');
        add('1002');
        now += 60_000;
        await pollOnce(options, object, signal);
        expect(await waiting()).toEqual(['1001', '1002']);
        // The overlap shows both again; only what is new adds work.
        now += 60_000;
        add('1003');
        await pollOnce({ ...options }, object, signal);
        expect(await waiting()).toEqual(['1001', '1002', '1003']);
      } finally {
        await store.close();
      }
    },
  );

  it('a first look by a clock that was a day ahead leaves out nothing of the day after', async () => {
    const store = openMemoryStore(() => now);
    const options: PollOptions = {
      store,
      adapter: salesforce(),
      crm: { name: 'salesforce', poll: { everySeconds: 5, overlapSeconds: 300 } },
      source: 'salesforce',
      isKept: () => true,
      objects: () => ['Account'],
      log: pino({ level: 'silent' }),
      now: () => now,
    };
    try {
      await pollOnce({ ...options, now: () => now + 86_400_000 }, 'Account', signal);
      now += 60_250;
      org.add('Account', { Id: '1001', Name: 'Today', SystemModstamp: new Date(now).toISOString() });
      expect(await pollOnce(options, 'Account', signal)).toBe(1);
      now += 60_000;
      expect(await pollOnce(options, 'Account', signal)).toBe(1);
      expect((await store.listOperations({ pool: 'in:salesforce' }, { limit: 100 })).items).toHaveLength(1);
    } finally {
      await store.close();
    }
  });

  it('Salesforce: a record saved again in the second in which it was read is read once more, and no more than that', async () => {
    const store = openMemoryStore(() => now);
    const options: PollOptions = {
      store,
      adapter: salesforce(),
      crm: { name: 'salesforce', poll: { everySeconds: 5, overlapSeconds: 0 } },
      source: 'salesforce',
      isKept: () => true,
      objects: () => ['Account'],
      log: pino({ level: 'silent' }),
      now: () => now,
    };
    const save = (id: string): void =>
      org.add('Account', { Id: id, Name: `${id} at ${now}`, SystemModstamp: '2026-11-21T08:01:00.000+0000' });
    const readings = async (): Promise<number> =>
      (await store.listOperations({ pool: 'in:salesforce', crmId: '1001' }, { limit: 100 })).items.length;
    try {
      await pollOnce(options, 'Account', signal);
      now = Date.parse('2026-11-21T08:01:00.200Z');
      save('1001');
      await pollOnce(options, 'Account', signal);
      expect(await readings()).toBe(1);
      now += 500;
      save('1001');
      const found: number[] = [];
      for (let seconds = 0; seconds < 60; seconds += 5) {
        now += 5_000;
        await pollOnce(options, 'Account', signal);
        found.push(await readings());
      }
      expect(found.at(-1)).toBe(2);
    } finally {
      await store.close();
    }
  });

  it('HubSpot: more records of one moment than a search shows: each is read once, and what came after them too', async () => {
    const window = 400;
    const given = { token, limits: { perTenSeconds: 10_000, searches: 10_000 }, searchWindow: window };
    const large = await startFakeHubSpot({ ...given, now: () => new Date(now).toISOString() });
    try {
      const add = (id: number, ms: number): void =>
        large.add('companies', {
          id: String(id),
          properties: { name: 'x', hs_lastmodifieddate: new Date(ms).toISOString(), hs_object_id: String(id) },
          updatedAt: new Date(ms).toISOString(),
        });
      const mass = now - 60_000;
      add(1, mass - 1);
      // Ids of different lengths: they are numbers, not texts.
      for (let id = 950; id < 950 + 2 * window + 50; id += 1) add(id, mass);
      add(7, mass + 1);
      const client = new HubSpotClient({ name: 'hubspot', baseUrl: large.url, token }, {});
      const since = new Date(mass - 1).toISOString();
      const seen: string[] = [];
      for await (const page of readHubSpotChanges(client, 'companies', since, signal))
        seen.push(...page.map(({ id }) => id));
      expect(new Set(seen).size).toBe(2 * window + 52);
      expect(seen.length).toBe(2 * window + 52);
      expect(seen.at(-1)).toBe('7');
    } finally {
      await large.close();
    }
  });

  it('HubSpot: a record that is saved again while others are still read pushes none of them out of the reading', async () => {
    const at = (id: number): string => new Date(now - 600_000 + id).toISOString();
    const put = (id: number, moment: string): void =>
      portal.add('companies', {
        id: String(id),
        properties: { name: 'x', hs_lastmodifieddate: moment, hs_object_id: String(id) },
        updatedAt: moment,
      });
    for (let id = 1; id <= 450; id += 1) put(id, at(id));
    const client = new HubSpotClient({ name: 'hubspot', baseUrl: portal.url, token }, {});
    const seen: string[] = [];
    for await (const page of readHubSpotChanges(client, 'companies', at(0), signal)) {
      if (seen.length === 0) put(1, new Date(now - 60_000).toISOString());
      seen.push(...page.map(({ id }) => id));
    }
    expect(Array.from({ length: 450 }, (_, one) => String(one + 1)).filter((id) => !seen.includes(id))).toEqual([]);
    expect(seen.at(-1)).toBe('1');
  });

  it('Salesforce: polls rest while writes still have calls left, and go on when the day has room again', async () => {
    const small = await startFakeSalesforce({ ...app, dailyLimit: 20, now: () => new Date(now).toISOString() });
    const options = salesforceOptionsSchema.parse({
      name: 'salesforce',
      baseUrl: small.url,
      auth: { type: 'clientCredentials', ...app },
    });
    const adapter = new SalesforceAdapter(options, { flowsFor: () => [], now: () => now });
    const poll = async (): Promise<string> => {
      try {
        for await (const _page of adapter.readChanges('Account', new Date(now).toISOString(), signal));
        return 'read';
      } catch (error) {
        return adapter.classifyError(error).code;
      }
    };
    const write = async (): Promise<string> => {
      const fields = { NetSuite_Sync_Status__c: 'Synced' };
      const items = [{ operationId: '1', crmId: '001000000000001AAA', match: null, fields }];
      const batch = { object: 'Account', requestId: 'r', items };
      return adapter.writeBatch(batch, signal).then(
        () => 'written',
        (error: unknown) => adapter.classifyError(error).code,
      );
    };
    const calls = (): number => small.table.calls.length;
    try {
      while (calls() < 15) expect(await poll()).toBe('read');
      // The sixteenth call uses 80 %: what it brought is read, and the polls rest.
      expect([await poll(), await poll(), await poll()]).toEqual(Array(3).fill('DAILY_LIMIT_NEAR'));
      expect(calls()).toBe(16);
      expect(await write()).toBe('written');
      // After the rest one question shows that nothing has changed.
      now += 15 * 60_000;
      expect([await poll(), await poll()]).toEqual(Array(2).fill('DAILY_LIMIT_NEAR'));
      expect(await write()).toBe('written');
    } finally {
      await small.close();
    }
  });

  it('a CRM without calls for polls is left alone for as long as it says, the other objects too', async () => {
    let asked = 0;
    const warned: Record<string, unknown>[] = [];
    let told = (): void => undefined;
    const rested = new Promise<void>((resolve) => (told = resolve));
    const log = pino({ level: 'warn' }, { write: (line: string) => { warned.push(JSON.parse(line) as Record<string, unknown>); told(); } }); // prettier-ignore
    const store = openMemoryStore(() => now);
    for (const object of ['Account', 'Contact'])
      await store.setCursor(`poll:salesforce:${object}`, '2026-11-21T07:00:00.000Z');
    const adapter = salesforce();
    const stop = startPolling({
      store,
      adapter: Object.assign(Object.create(adapter) as SalesforceAdapter, {
        readChanges: () => {
          asked += 1;
          throw new DailyLimitNear('no calls are left');
        },
        classifyError: (error: unknown) => adapter.classifyError(error),
      }),
      crm: { name: 'salesforce', poll: { everySeconds: 60, overlapSeconds: 300 } },
      source: 'salesforce',
      isKept: () => true,
      objects: () => ['Account', 'Contact'],
      log,
      now: () => now,
    });
    await rested;
    await stop();
    await store.close();
    expect(asked).toBe(1);
    expect(warned).toMatchObject([{ crm: 'salesforce', object: 'Account', pauseMs: 15 * 60_000 }]);
  });
});

describe('Reading a whole object', () => {
  const readAll = async (adapter: HubSpotAdapter | SalesforceAdapter, object: string): Promise<string[]> => {
    const seen: string[] = [];
    for await (const page of readCrm(adapter, object, signal)) seen.push(...page.map(({ id }) => id));
    return seen;
  };

  it('sits out a limit of the second and goes on where it stood, so that 50,000 records do not begin anew', async () => {
    for (let id = 1; id <= 250; id += 1) portal.add('companies', { id: String(id), properties: { name: 'x' } });
    let calls = 0;
    portal.intercept(() => {
      calls += 1;
      if (calls === 2) portal.throttleNext(1, 'SECONDLY');
      return undefined;
    });
    expect(await readAll(hubspot(), 'companies')).toHaveLength(250);
    expect(calls).toBe(4);
    for (let at = 0; at < 3; at += 1) org.add('Account', { Id: `00100000000000${at}AAA`, Name: 'x' });
    let asked = 0;
    org.intercept(({ path }) =>
      path.includes('/query') && (asked += 1) === 1
        ? { status: 503, body: [{ errorCode: 'SERVER_UNAVAILABLE', message: 'Too many requests' }] }
        : undefined,
    );
    expect(await readAll(salesforce(), 'Account')).toHaveLength(3);
  });

  it('says in the CRM’s own words why it can’t go on, without a stack trace', async () => {
    portal.throttleNext(1, 'DAILY');
    await expect(readAll(hubspot(), 'companies')).rejects.toThrow(
      /^companies of hubspot can't be read: RATE_LIMITS: You have reached your daily limit\. `suiterelay doctor` says more\.$/,
    );
  });
});
