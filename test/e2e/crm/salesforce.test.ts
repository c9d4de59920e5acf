import { startFakeSalesforce, type FakeSalesforce } from '../../../demo/fake-crm/salesforce/salesforce-server';
import { loadFlows } from '../../../flows';
import { SalesforceAdapter } from '../../../relay/crm/salesforce/salesforce-adapter';
import { salesforceOptionsSchema } from '../../../relay/crm/salesforce/salesforce-client';
import { classifySalesforce, rowFault } from '../../../relay/crm/salesforce/salesforce-faults';
import { CrmCallError } from '../../../relay/crm/http-call';
import type { CrmWrite } from '../../../relay/delivery/crm-adapter';
import { makeFixtures } from '../../fixtures';

const fixtures = makeFixtures({ subsidiary: '1', currency: '1', strictForm: '9' });
const flows = loadFlows({ presets: ['salesforce'], timeZone: 'America/Los_Angeles' });
const login = { clientId: 'client', clientSecret: 'secret-of-the-test' };
const signal = new AbortController().signal;
let org: FakeSalesforce;

async function startOrg(dailyLimit = 15_000): Promise<FakeSalesforce> {
  const started = await startFakeSalesforce({ ...login, dailyLimit });
  for (const { object, payload } of [...fixtures.accounts, ...fixtures.contacts, ...fixtures.orders]) {
    if (!('id' in payload)) started.add(object, payload);
  }
  return started;
}

const adapterFor = (url: string): SalesforceAdapter =>
  new SalesforceAdapter(
    salesforceOptionsSchema.parse({ name: 'salesforce', baseUrl: url, auth: { type: 'clientCredentials', ...login } }),
    { flowsFor: (object) => flows.flowsFor('salesforce', object) },
  );

const write = (crmId: string | null, fields: Record<string, unknown>, at = 0): CrmWrite => ({
  operationId: `op_${crmId ?? 'x'}_${at}`,
  crmId,
  match: null,
  fields,
});

beforeAll(async () => {
  org = await startOrg();
});
afterAll(() => org.close());

describe('Salesforce', () => {
  it('reads records with exactly what the flows need, so that they map to what the sent ones map to', async () => {
    const adapter = adapterFor(org.url);
    for (const list of [fixtures.accounts, fixtures.contacts, fixtures.orders]) {
      const some = list.filter(({ source }) => source === 'salesforce').slice(0, 40);
      const read = await adapter.readRecords(
        some[0]!.object,
        some.map(({ crmId }) => crmId),
        signal,
      );
      for (const { crmId, object, payload } of some) {
        const [fromRead] = flows.mapRecord('salesforce', object, read.get(crmId));
        const [fromSent] = flows.mapRecord('salesforce', object, payload);
        expect(fromRead).toEqual(fromSent);
      }
    }
  });

  it('leaves out records that do not exist', async () => {
    const read = await adapterFor(org.url).readRecords('Account', ['001Zx000000000AAAA'], signal);
    expect(read.size).toBe(0);
  });

  it('P30: writes in collections of 200 and gives every record its own outcome', async () => {
    const adapter = adapterFor(org.url);
    const accounts = fixtures.accounts.filter(({ source }) => source === 'salesforce').slice(0, 450);
    const items = accounts.map(({ crmId }, at) => write(crmId, { NetSuite_Internal_ID__c: String(at + 1000) }, at));
    items[7] = write('001Zx000000000AAAA', { NetSuite_Internal_ID__c: '1' });
    items[8] = write(accounts[8]!.crmId, { No_Such_Field__c: '1' });
    items[9] = write(accounts[9]!.crmId, { NetSuite_Internal_ID__c: '1000' });
    const outcomes = await adapter.writeBatch({ object: 'Account', requestId: 'r', items }, signal);
    expect(outcomes).toHaveLength(450);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(447);
    expect(outcomes[7]).toMatchObject({
      ok: false,
      fault: { class: 'dependency', code: 'INVALID_CROSS_REFERENCE_KEY' },
    });
    expect(outcomes[8]).toMatchObject({ ok: false, fault: { class: 'configuration', field: 'No_Such_Field__c' } });
    expect(outcomes[9]).toMatchObject({ ok: false, fault: { class: 'conflict', code: 'DUPLICATE_VALUE' } });
    expect(org.table.get('Account', accounts[449]!.crmId)).toMatchObject({ NetSuite_Internal_ID__c: '1449' });
    expect(org.table.calls.filter(({ method }) => method === 'PATCH').map(({ records }) => records)).toEqual([
      200, 200, 50,
    ]);
  });

  it('finds records by their external id where no Salesforce id is known', async () => {
    const item = {
      ...write(null, { NetSuite_Sync_Status__c: 'Synced' }),
      match: { field: 'NetSuite_Internal_ID__c', value: '1020' },
    };
    const [outcome] = await adapterFor(org.url).writeBatch(
      { object: 'Account', requestId: 'r', items: [item] },
      signal,
    );
    expect(outcome).toMatchObject({ ok: true, status: 'updated' });
  });

  it('finds records by whatever a name may hold: marks of our own and of SOQL, line breaks, a date', async () => {
    const names = ['A | B Ltd', "O'Neil \\ Sons", 'Two\nlines\tand a tab', '2026-01-01'];
    names.forEach((Name, at) => org.add('Account', { Id: `001Fk000000090${at}AAA`, Name }));
    const found = await adapterFor(org.url).findRecords('Account', 'Name', names, [], signal);
    expect(names.map((name) => found.get(name.toLowerCase())?.[0]?.id)).toEqual(
      names.map((_name, at) => `001Fk000000090${at}AAA`),
    );
  });

  it('signs in once more when its session ends, and no third time', async () => {
    const adapter = adapterFor(org.url);
    const [account] = fixtures.accounts;
    const items = [write(account!.crmId, { NetSuite_Sync_Status__c: 'Synced' })];
    await adapter.writeBatch({ object: 'Account', requestId: 'r', items }, signal);
    org.endSessions();
    const [again] = await adapter.writeBatch({ object: 'Account', requestId: 'r', items }, signal);
    expect(again).toMatchObject({ ok: true });
    const wrong = new SalesforceAdapter(
      salesforceOptionsSchema.parse({
        name: 's',
        baseUrl: org.url,
        auth: { type: 'clientCredentials', clientId: 'client', clientSecret: 'wrong' },
      }),
      { flowsFor: () => [] },
    );
    const error: unknown = await wrong
      .writeBatch({ object: 'Account', requestId: 'r', items }, signal)
      .catch((thrown: unknown) => thrown);
    expect(wrong.classifyError(error)).toMatchObject({ class: 'configuration', code: 'invalid_client' });
  });

  it('rests before the calls of the day are used up', async () => {
    const small = await startOrg(3);
    try {
      const adapter = adapterFor(small.url);
      const items = [write(fixtures.accounts[0]!.crmId, { NetSuite_Sync_Status__c: 'Synced' })];
      const batch = { object: 'Account', requestId: 'r', items };
      for (let call = 0; call < 3; call += 1) await adapter.writeBatch(batch, signal);
      const error: unknown = await adapter.writeBatch(batch, signal).catch((thrown: unknown) => thrown);
      expect(adapter.classifyError(error)).toMatchObject({ class: 'throttle', code: 'DAILY_LIMIT_NEAR' });
      const refused: unknown = await adapter.writeBatch(batch, signal).catch((thrown: unknown) => thrown);
      expect(adapter.classifyError(refused)).toMatchObject({ class: 'throttle', code: 'REQUEST_LIMIT_EXCEEDED' });
    } finally {
      await small.close();
    }
  });

  it.each([
    ['UNABLE_TO_LOCK_ROW', 'transient'],
    ['DUPLICATES_DETECTED', 'conflict'],
    ['STRING_TOO_LONG', 'data'],
    ['INSUFFICIENT_ACCESS_OR_READONLY', 'permission'],
    ['DUPLICATE_VALUE', 'conflict'],
    ['ENTITY_IS_LOCKED', 'conflict'],
    ['ENTITY_IS_DELETED', 'conflict'],
    ['INVALID_CROSS_REFERENCE_KEY', 'dependency'],
    ['INVALID_SESSION_ID', 'transient'],
    ['REQUEST_LIMIT_EXCEEDED', 'throttle'],
    ['FIELD_CUSTOM_VALIDATION_EXCEPTION', 'data'],
    ['INACTIVE_OWNER_OR_USER', 'data'],
    ['INVALID_FIELD', 'configuration'],
    ['STORAGE_LIMIT_EXCEEDED', 'configuration'],
    ['SOMETHING_NEW', 'unknown'],
  ])('classifies %s as %s', (statusCode, errorClass) => {
    expect(rowFault([{ statusCode, message: 'm', fields: [] }]).class).toBe(errorClass);
  });

  it('P30: a row that was taken back with others is written again, one with a cause of its own fails by that', () => {
    const marker = { statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK', message: 'Record rolled back', fields: [] };
    const cause = {
      statusCode: 'REQUIRED_FIELD_MISSING',
      message: 'Required fields are missing',
      fields: ['LastName'],
    };
    expect(rowFault([marker])).toMatchObject({ class: 'transient', code: marker.statusCode });
    expect(rowFault([marker, cause])).toMatchObject({ class: 'data', code: cause.statusCode, field: 'LastName' });
    expect(rowFault([])).toMatchObject({ class: 'unknown' });
  });

  it('sees the locked row inside the error of a trigger, and an ambiguous external id', () => {
    const message =
      'AccountTrigger: execution of AfterUpdate caused by: UNABLE_TO_LOCK_ROW, unable to obtain exclusive access';
    expect(rowFault([{ statusCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message, fields: [] }])).toMatchObject({
      class: 'transient',
      code: 'UNABLE_TO_LOCK_ROW',
    });
    expect(classifySalesforce(new CrmCallError(300, ['/a', '/b'], undefined)).class).toBe('conflict');
    expect(classifySalesforce(new CrmCallError(503, '<html>', undefined)).class).toBe('transient');
    expect(classifySalesforce(new TypeError('fetch failed')).class).toBe('transient');
  });
});
