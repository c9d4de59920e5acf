import { generateKeyPairSync } from 'node:crypto';
import { loadFlows } from '../../../flows';
import { startFakeSalesforce, type FakeSalesforce } from '../../../demo/fake-crm/salesforce/salesforce-server';
import { storedMemory, type BulkMemory } from '../../../relay/crm/salesforce/bulk-memory';
import { toUploads } from '../../../relay/crm/salesforce/bulk-rows';
import { SalesforceAdapter } from '../../../relay/crm/salesforce/salesforce-adapter';
import { salesforceOptionsSchema } from '../../../relay/crm/salesforce/salesforce-client';
import type { CrmWrite, CrmWriteOutcome } from '../../../relay/delivery/crm-adapter';
import { resolveTargets } from '../../../relay/delivery/resolve-targets';

const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const app = { clientId: 'consumer-key', clientSecret: 'consumer-secret-of-the-test', certificate: publicKey };
const signal = new AbortController().signal;
const KEY = 'NetSuite_Internal_ID__c';
let org: FakeSalesforce;
let now: number;

beforeEach(async () => {
  now = Date.parse('2026-11-21T08:00:00Z');
  org = await startFakeSalesforce({ ...app, usernames: ['relay@example.com'], now: () => new Date(now).toISOString() });
});
afterEach(() => org.close());

function adapter(more: object = {}, memory?: BulkMemory): SalesforceAdapter {
  const auth = { type: 'jwt', clientId: app.clientId, username: 'relay@example.com', privateKey };
  const options = salesforceOptionsSchema.parse({ name: 'salesforce', baseUrl: org.url, auth, ...more });
  return new SalesforceAdapter(options, { flowsFor: () => [], now: () => now, ...(memory ? { memory } : {}) });
}

const upsert = (key: string, fields: Record<string, unknown>, create = true): CrmWrite => ({
  operationId: `op_${key}_${JSON.stringify(fields).length}`,
  crmId: null,
  match: { field: KEY, value: key },
  create,
  fields,
});

const write = (crm: SalesforceAdapter, items: CrmWrite[]): Promise<readonly CrmWriteOutcome[]> =>
  crm.writeBatch({ object: 'Account', requestId: 'r', items }, signal);
const paths = (): string[] =>
  org.table.calls.map(({ method, path }) => `${method} ${path.replace('/services/data/v62.0', '')}`);
const names = (): unknown[] => org.table.all('Account').map(([, record]) => record['Name']);

/** Cursors as a store keeps them, over the life of several adapters. */
function cursors(): BulkMemory {
  const kept = new Map<string, string>();
  return storedMemory(
    {
      getCursor: (name) => Promise.resolve(kept.get(name) ?? null),
      setCursor: (name, value) => {
        kept.set(name, value);
        return Promise.resolve();
      },
    },
    'salesforce',
  );
}

describe('Writing to Salesforce', () => {
  it('A24: signs in by JWT with the certificate of its environment; another key is a matter of configuration', async () => {
    expect(await write(adapter(), [upsert('1', { Name: 'One' })])).toEqual([
      { ok: true, crmId: expect.any(String), status: 'created' },
    ]);
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
      type: 'pkcs8',
      format: 'pem',
    });
    const auth = { type: 'jwt', clientId: app.clientId, username: 'relay@example.com', privateKey: other };
    const wrong = adapter({ auth });
    const error: unknown = await write(wrong, [upsert('1', { Name: 'Two' })]).catch((thrown: unknown) => thrown);
    expect(wrong.classifyError(error)).toMatchObject({ class: 'configuration', code: 'invalid_grant' });
  });

  it('P31: looks at its token before every call, so that a batch of hours never meets a dead one', async () => {
    org.signIn.lifeMs = 2 * 3600_000;
    const crm = adapter();
    let refused = 0;
    org.intercept((call) => {
      if (call.path.includes('/composite/')) now += 20 * 60_000;
      if (call.headers.authorization && !org.signIn.isValid(call.headers.authorization.slice(7))) refused += 1;
      return undefined;
    });
    const items = Array.from({ length: 2000 }, (_, at) => upsert(String(at), { Name: `A${at}` }));
    const outcomes = await write(crm, items);
    expect(outcomes.filter(({ ok }) => !ok)).toEqual([]);
    expect(org.signIn.count).toBeGreaterThanOrEqual(2);
    expect(refused).toBe(0);
  });

  it('never creates a record unless the flow says so', async () => {
    const crm = adapter();
    const [missed] = await write(crm, [upsert('7', { NetSuite_Balance__c: 1 }, false)]);
    expect(missed).toMatchObject({ ok: false, fault: { class: 'dependency', code: 'NOT_FOUND', field: KEY } });
    expect(names()).toEqual([]);
    await write(crm, [upsert('7', { Name: 'Seven' })]);
    const [found] = await write(crm, [upsert('7', { NetSuite_Balance__c: 1 }, false)]);
    expect(found).toMatchObject({ ok: true, status: 'updated' });
  });

  it('writes a record that stands twice in a batch twice, in order: an org refuses both rows of one call', async () => {
    const outcomes = await write(adapter(), [upsert('1', { Name: 'First' }), upsert('1', { Name: 'Second one' })]);
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true]);
    expect(names()).toEqual(['Second one']);
  });

  it('P33: an unreadable value fails its record only, though the org refuses the whole call', async () => {
    const items = Array.from({ length: 50 }, (_, at) =>
      upsert(String(at), { Name: `A${at}`, NetSuite_Balance__c: at }),
    );
    items[20] = upsert('20', { Name: 'Poison', NetSuite_Balance__c: 'much' });
    const outcomes = await write(adapter(), items);
    expect(outcomes.flatMap(({ ok }, at) => (ok ? [] : [at]))).toEqual([20]);
    expect(outcomes[20]).toMatchObject({ ok: false, fault: { code: 'JSON_PARSER_ERROR' } });
  });

  it('asks again for rows whose parent was locked, and keeps rows of one parent together', async () => {
    let seen: unknown[] = [];
    org.intercept((call) => {
      if (call.path.endsWith('/composite/sobjects/Account/NetSuite_Internal_ID__c'))
        seen = (call.body as { records: { ParentId?: string; AccountId?: string }[] }).records.map(
          (row) => row.AccountId,
        );
      return undefined;
    });
    org.setRule((_object, row) =>
      row['Name'] === 'Locked' ? { statusCode: 'UNABLE_TO_LOCK_ROW', message: 'locked', fields: [] } : null,
    );
    const items = ['b', 'a', 'b', 'a'].map((parent, at) =>
      upsert(String(at), { Name: at === 1 ? 'Locked' : 'Free', AccountId: parent }),
    );
    org.schema.learn('Account', { AccountId: 'x' });
    const outcomes = await write(adapter(), items);
    expect(seen).toEqual(['a', 'a', 'b', 'b']);
    expect(outcomes[1]).toMatchObject({ ok: false, fault: { class: 'transient', code: 'UNABLE_TO_LOCK_ROW' } });
    expect(outcomes[0]).toMatchObject({ ok: true });
  });
});

describe('Writing much to Salesforce', () => {
  const many = Array.from({ length: 301 }, (_, at) => upsert(String(at), { Name: `Łódź "${at}",\nline`, Phone: null }));

  it('A34: becomes a Bulk API 2.0 job above the threshold, with an outcome for every record', async () => {
    const items = [...many];
    items[5] = upsert('5', { Name: 'x'.repeat(300) });
    const outcomes = await write(adapter({ bulk: { above: 300 } }), items);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(300);
    expect(outcomes[5]).toMatchObject({ ok: false, fault: { class: 'data', code: 'STRING_TOO_LONG' } });
    expect(names()[0]).toBe('Łódź "0",\nline');
    expect(paths().filter((path) => path.includes('composite'))).toEqual([]);
    expect(paths().filter((path) => path === 'POST /jobs/ingest')).toHaveLength(1);
  });

  it('A34: goes on with the job of before a restart instead of making another', async () => {
    const memory = cursors();
    org.bulk.polls = 50;
    const first = await write(adapter({ bulk: { above: 300, waitMs: 1 } }, memory), many);
    expect(first[0]).toMatchObject({ ok: false, fault: { code: 'BULK_JOB_RUNNING', pending: true } });
    expect(await memory.list()).toHaveLength(1);
    // Another process, and the operations come back in other batches than before.
    const restarted = adapter({ bulk: { above: 300, waitMs: 60_000 } }, memory);
    org.bulk.finish();
    expect((await write(restarted, many.slice(0, 100))).every(({ ok }) => ok)).toBe(true);
    expect((await write(restarted, many.slice(100))).every(({ ok }) => ok)).toBe(true);
    expect(paths().filter((path) => path === 'POST /jobs/ingest')).toHaveLength(1);
    expect(await memory.list()).toEqual([]);
    expect(names()).toHaveLength(301);
  });

  it('A34: gives up a job whose upload was cut short, and writes its records anew', async () => {
    const memory = cursors();
    org.intercept((call) => (call.method === 'PUT' ? { status: 500, cut: true } : undefined));
    const crm = adapter({ bulk: { above: 300 } }, memory);
    const error: unknown = await write(crm, many).catch((thrown: unknown) => thrown);
    expect(crm.classifyError(error)).toMatchObject({ class: 'transient' });
    org.intercept(() => undefined);
    const outcomes = await write(adapter({ bulk: { above: 300 } }, memory), many);
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(await memory.list()).toEqual([]);
    expect(names()).toHaveLength(301);
  });

  it('A34: tells the rows of a job by the column that names their record, not by a number that stands elsewhere', async () => {
    // The days overdue of one row are the id of the next.
    const items = many.map((_, at) =>
      upsert(String(at + 1), { Name: `A${at}`, NetSuite_Days_Overdue__c: at + 2, ...(at === 1 ? { Name: null } : {}) }),
    );
    org.setRule((_object, row) =>
      row['Name'] === null ? { statusCode: 'REQUIRED_FIELD_MISSING', message: 'missing', fields: ['Name'] } : null,
    );
    const outcomes = await write(adapter({ bulk: { above: 300 } }), items);
    expect(outcomes.flatMap(({ ok }, at) => (ok ? [] : [at]))).toEqual([1]);
    const idOf = new Map(org.table.all('Account').map(([id, record]) => [record[KEY], id]));
    const told = outcomes.flatMap((one, at) => (one.ok ? [[one.crmId, idOf.get(String(at + 1))]] : []));
    expect(told.filter(([crmId, real]) => crmId !== real)).toEqual([]);
  });

  it('A34: of a job that failed in the middle, what was written counts, and the rest is written again', async () => {
    org.bulk.failAfter = 120;
    const memory = cursors();
    const crm = adapter({ bulk: { above: 300 } }, memory);
    const outcomes = await write(crm, many);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(120);
    expect(outcomes[200]).toMatchObject({ ok: false, fault: { class: 'transient', code: 'BULK_JOB_FAILED' } });
    expect(await memory.list()).toEqual([]);
    const again = await write(crm, [...many.slice(120), ...many.slice(0, 120)]);
    expect(again.every(({ ok }) => ok)).toBe(true);
    expect(names()).toHaveLength(301);
  });

  it('A34: a job that an org refuses for its columns is a matter of configuration, and is not tried for ever', async () => {
    const items = many.map((item) => ({ ...item, fields: { ...item.fields, No_Such__c: 'x' } }));
    const outcomes = await write(adapter({ bulk: { above: 300 } }), items);
    expect(outcomes[0]).toMatchObject({ ok: false, fault: { class: 'configuration', code: 'BULK_JOB_FAILED' } });
    expect(outcomes[0]).toMatchObject({ fault: { message: expect.stringContaining('No_Such__c') as string } });
  });

  it('splits an upload that would be too large, and clears and relates as the format says', () => {
    const items = [upsert('1', { Name: null, Account__r: { Key__c: '9' } }), upsert('2', { Name: 'x' })];
    const [whole] = toUploads(items, KEY);
    expect(whole?.csv).toBe(`"${KEY}","Name","Account__r.Key__c"\n"1","#N/A","9"\n"2","x",""\n`);
    expect(toUploads(items, KEY, 60).map((one) => one.items.length)).toEqual([1, 1]);
  });
});

describe('Finding the record that a write means', () => {
  const product = (id: string, sku: string): CrmWrite => ({
    ...upsert(id, { Name: sku, ProductCode: sku }),
    alternatives: [{ field: 'ProductCode', value: sku }],
  });
  const deliver = async (items: CrmWrite[]): Promise<void> => {
    const resolved = await resolveTargets(adapter(), 'Product2', items, signal);
    expect([...resolved.outcomes]).toEqual([]);
    await adapter().writeBatch({ object: 'Product2', requestId: 'r', items: resolved.items }, signal);
  };
  const products = () =>
    org.table.all('Product2').map(([, { [KEY]: key, ProductCode: sku }]) => [key, sku] as unknown as [string, string]);

  it('a product that was there under its SKU is taken over', async () => {
    org.schema.learn('Product2', { ProductCode: 'x', Name: 'x' });
    org.add('Product2', { Id: '01t000000000001AAA', Name: 'By hand', ProductCode: 'PUMP' });
    await deliver([product('10', 'PUMP')]);
    expect(products()).toEqual([['10', 'PUMP']]);
  });

  it('an item that is given the number of a renamed one gets a product of its own, and takes none away', async () => {
    await deliver([product('10', 'PUMP')]);
    await deliver([product('10', 'PUMP-OLD'), product('11', 'PUMP')]);
    expect(products().sort()).toEqual([
      ['10', 'PUMP-OLD'],
      ['11', 'PUMP'],
    ]);
  });
});

describe('What does not fit into one answer or one address of Salesforce', () => {
  it('an opportunity of 450 lines is read with all of them, though an org shows only the first', async () => {
    const { flowsFor } = loadFlows({ presets: ['salesforce'] });
    const options = salesforceOptionsSchema.parse({
      name: 'salesforce',
      baseUrl: org.url,
      auth: { type: 'clientCredentials', clientId: app.clientId, clientSecret: app.clientSecret },
    });
    const crm = new SalesforceAdapter(options, {
      flowsFor: (object) => flowsFor('salesforce', object),
      now: () => now,
    });
    const id = '006000000000001AAA';
    const lines = Array.from({ length: 450 }, (_, at) => ({ Id: `00k${at}`, ProductCode: `SKU-${at}`, Quantity: 1 }));
    org.add('Opportunity', { Id: id, Name: 'Large', IsWon: true, OpportunityLineItems: { records: lines } });
    const read = (await crm.readRecords('Opportunity', [id], signal)).get(id) as {
      OpportunityLineItems: { done: boolean; records: { Id: string }[] };
    };
    expect(read.OpportunityLineItems.done).toBe(true);
    expect(read.OpportunityLineItems.records.map((line) => line.Id)).toEqual(lines.map((line) => line.Id));
  });

  it('long keys are asked for in as many queries as the address of one takes', async () => {
    const keys = Array.from({ length: 150 }, (_, at) => `${at}-${'ä'.repeat(60)}`);
    org.schema.learn('Product2', { ProductCode: 'x' });
    keys.forEach((key, at) =>
      org.add('Product2', { Id: `01t00000000${String(at).padStart(4, '0')}AAA`, ProductCode: key }),
    );
    const found = await adapter().findRecords('Product2', 'ProductCode', keys, ['Id'], signal);
    expect(found.size).toBe(150);
    const items = keys.map((value, at) => ({
      ...upsert(String(at), { Name: 'x' }, false),
      match: { field: 'ProductCode', value },
    }));
    const outcomes = await adapter().writeBatch({ object: 'Product2', requestId: 'r', items }, signal);
    expect(outcomes.filter(({ ok }) => !ok)).toEqual([]);
  });
});

describe('Reading changes of Salesforce', () => {
  it('P35: tells changes in order, deletions, and what a merged record went into', async () => {
    await write(
      adapter(),
      ['1', '2', '3', '4'].map((key) => upsert(key, { Name: key })),
    );
    const ids = org.table.all('Account').map(([id]) => id) as [string, string, string, string];
    now += 60_000;
    const since = new Date(now).toISOString();
    org.edit('Account', ids[2], { Name: 'three' });
    now += 1000;
    org.remove('Account', ids[0]);
    now += 1000;
    org.merge('Account', ids[1], [ids[3]]);
    const seen: unknown[] = [];
    for await (const page of adapter().readChanges('Account', since, signal))
      seen.push(...page.map(({ id, deleted, mergedInto }) => [ids.indexOf(id), deleted, mergedInto]));
    expect(seen).toEqual([
      [2, false, undefined],
      [0, true, undefined],
      [1, false, undefined],
      [3, true, ids[1]],
    ]);
  });
});
