import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startAccount, type NetSuiteAccount } from '../../helpers/netsuite/account-process';
import { holdAt } from '../../helpers/netsuite/hold';
import {
  batch,
  customer,
  line,
  operation,
  order,
  resultsOf,
  sku,
  value,
  type Result,
} from '../../helpers/netsuite/operations';

const range = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

/** Another vendor's User Event, as accounts have dozens: it refuses, changes, and fails after the save. */
const FOREIGN = `/**
 * @NApiVersion 2.1
 * @NScriptType UserEventScript
 */
define(['N/error'], (error) => ({
  beforeSubmit: ({ newRecord, type }) => {
    if (type === 'delete') return;
    const comments = String(newRecord.getValue({ fieldId: 'comments' }) || '');
    if (comments === 'refuse') throw error.create({ name: 'VENDOR_RULE', message: 'Not on a Friday.' });
    if (comments === 'crash') undefined.property;
    if (comments === 'change') newRecord.setValue({ fieldId: 'phone', value: '+49 30 1' });
  },
  afterSubmit: ({ newRecord, type }) => {
    if (type === 'delete') return;
    const comments = String(newRecord.getValue({ fieldId: 'comments' }) || '');
    if (comments === 'late') throw error.create({ name: 'VENDOR_LATE', message: 'The tax service is down.' });
  },
}));`;

describe('an account that does not behave', () => {
  let account: NetSuiteAccount;

  beforeAll(async () => {
    account = await startAccount();
    await account.seed([{ type: 'noninventoryitem', fields: { itemid: 'HOSTILE-1', isinactive: false } }]);
    await account.control('POST', 'scripts', [
      {
        scriptId: 'customscript_vendor',
        type: 'userevent',
        path: 'SuiteScripts/vendor/ue.js',
        source: FOREIGN,
        deployments: [{ deploymentId: 'customdeploy_vendor', recordType: 'customer' }],
      },
    ]);
  });
  afterAll(() => account.stop());

  const send = async (operations: object[]): Promise<Result[]> =>
    resultsOf(await account.restlet('upsert', batch(operations, { ms: 240_000 })));
  const one = async (single: object): Promise<Result> => (await send([single]))[0] as Result;
  const named = (id: string, fields: object = {}, more: object = {}): Record<string, unknown> =>
    customer(`SF_ACCT_${id}`, { companyname: value(`Company ${id}`), ...fields }, more);

  const stored = (id: string): ReturnType<NetSuiteAccount['byExternalId']> =>
    account.byExternalId('customer', `SF_ACCT_${id}`);

  describe('another vendor’s script', () => {
    test('that refuses a save is named, and nothing is written', async () => {
      const refused = await one(named('REFUSED', { comments: value('refuse') }));
      expect(refused).toMatchObject({
        status: 'failed',
        error: { code: 'VENDOR_RULE', message: 'Not on a Friday.', class: 'unknown' },
      });
      expect(await stored('REFUSED')).toBeNull();
      expect((await one(named('CRASHED', { comments: value('crash') }))).status).toBe('failed');
      expect(await stored('CRASHED')).toBeNull();
    });

    test('that fails after the save makes no failure of what is saved: create, update and inline update', async () => {
      const warned = { warnings: [expect.objectContaining({ code: 'SAVED_WITH_ERROR' }) as object] };
      const created = await one(named('LATE', { comments: value('late') }));
      expect(created).toMatchObject({ status: 'created', internalId: (await stored('LATE'))?.id, ...warned });
      const later = named('LATE', { comments: value('late'), email: value('late@example.com') });
      expect(await one(later)).toMatchObject({ status: 'updated', ...warned });
      expect((await stored('LATE'))?.fields['email']).toBe('late@example.com');
      expect((await one(later)).status).toBe('duplicate');
      expect((await one(named('LATE2'))).status).toBe('created');
      const inline = customer('SF_ACCT_LATE2', { comments: value('late') });
      expect(await one(inline)).toMatchObject({ status: 'updated', ...warned });
      expect((await stored('LATE2'))?.fields['comments']).toBe('late');
    });

    test('that changes our value in its own way is told apart from a lost one by `verify` alone', async () => {
      const given = { comments: value('change'), phone: value('030-1') };
      expect((await one(named('CHANGED', given))).status).toBe('created');
      expect((await stored('CHANGED'))?.fields['phone']).toBe('+49 30 1');
      // By load and save: an inline edit shows that script the edited field alone.
      const email = value('changed@example.com');
      const verified = { comments: value('change'), email, phone: value('030-2', { verify: true }) };
      expect(await one(named('CHANGED', verified))).toMatchObject({
        status: 'review',
        error: { code: 'NOT_VERIFIED', field: 'phone' },
      });
    });
  });

  test('a value that the record has no place for is told, and does not make the record be written again and again', async () => {
    const misspelt = { nosuchfield: value('x'), custentity_deleted: value('y') };
    const created = await one(named('LOST', misspelt));
    expect(created).toMatchObject({
      status: 'created',
      warnings: [
        { code: 'FIELD_UNKNOWN', field: 'nosuchfield' },
        { code: 'FIELD_UNKNOWN', field: 'custentity_deleted' },
      ],
    });
    expect((await one(named('LOST', misspelt))).status).toBe('unchanged');
    const lines = [
      line('A', { item: sku('HOSTILE-1'), quantity: value(1), rate: value(1), custcol_deleted: value('z') }),
    ];
    expect(await one(order('SF_OPP_LOST', 'SF_ACCT_LOST', lines))).toMatchObject({
      status: 'created',
      warnings: [{ code: 'FIELD_UNKNOWN', field: 'item[A].custcol_deleted' }],
    });
    expect((await one(order('SF_OPP_LOST', 'SF_ACCT_LOST', lines))).status).toBe('unchanged');
    const sublists = { nosuch: { keyField: 'label', mode: 'merge', lines: [{ key: 'A', fields: {} }] } };
    expect((await one(named('LOST2', {}, { sublists }))).error).toMatchObject({
      code: 'FIELD_UNKNOWN',
      class: 'configuration',
      field: 'nosuch',
    });
  });

  test('a form that was deleted, or that the role is not offered, is a matter of configuration', async () => {
    await account.control('POST', 'faults', [
      {
        kind: 'failApi',
        code: 'INVALID_KEY_OR_REF',
        message: 'Invalid customform reference key 99999.',
        match: { scriptId: 'customscript_srl_upsert', api: 'record.save' },
        times: 1,
      },
    ]);
    const { error } = await one(named('FORM', {}, { customForm: '99999' }));
    await account.control('DELETE', 'faults');
    expect(error).toMatchObject({ class: 'configuration', field: 'customForm' });
    expect(error?.message).toContain('offered no form 99999 for customer');
    expect((await one(named('FORM'))).status).toBe('created');
  });

  test('an external id that another application took over is neither fought over nor doubled', async () => {
    const made = await one(named('RENAMED', {}));
    await account.seed([{ type: 'customer', id: made.internalId, externalId: 'ERP_77', fields: {} }]);
    const known = { key: { externalId: 'SF_ACCT_RENAMED', internalId: made.internalId } };
    const updated = await one(named('RENAMED', { phone: value('+1 555 0101') }, known));
    expect(updated).toMatchObject({ status: 'updated', internalId: made.internalId, externalId: 'ERP_77' });
    expect((await account.record('customer', made.internalId ?? ''))?.externalId).toBe('ERP_77');
  });

  test('a role that loses a permission in the middle of a batch: what is left is told by name, and succeeds once it is back', async () => {
    const role = readFileSync(path.resolve(__dirname, '../../../src/Objects/customrole_srl_integration.xml'), 'utf8');
    const without = role.replace(/\s*<permission>\s*<permkey>LIST_CUSTJOB<\/permkey>[\s\S]*?<\/permission>/, '');
    const operations = range(5).map((at) => named(`ROLE${at}`));
    const hold = await holdAt(account, { scriptId: 'customscript_srl_upsert', api: 'record.create', nth: 3 });
    const answer = send(operations);
    await hold.reached();
    await account.control('POST', 'objects', [{ xml: without }]);
    await hold.release();
    const results = await answer;
    await account.control('DELETE', 'faults');
    await account.control('POST', 'objects', [{ xml: role }]);
    expect(results.slice(0, 2).map(({ status }) => status)).toEqual(['created', 'created']);
    const refused = results.filter(({ status }) => status === 'failed');
    expect(refused.length).toBeGreaterThan(0);
    expect(new Set(refused.map(({ error }) => error?.class))).toEqual(new Set(['permission']));
    // Whatever was created before stays so, and everything else is there in the end.
    const again = await send(operations);
    expect(again.map(({ status }) => status)).toEqual(
      results.map(({ status }) => (status === 'failed' ? 'created' : 'duplicate')),
    );
  });

  /** Each is refused at another place: by the schema, before the write, by a value, by the save, by a script, by the platform. */
  const hostile: ((at: number) => object)[] = [
    (at) => ({ opId: `junk-${at}` }),
    (at) => named(`X${at}`, { total: value(1) }),
    (at) => named(`X${at}`, { terms: value('9999') }),
    (at) => named(`X${at}`, { creditlimit: value('much') }),
    (at) => named(`X${at}`, { startdate: value('yesterday') }),
    (at) => named(`X${at}`, { comments: value('refuse') }),
    (at) => named(`X${at}`, { comments: value('crash') }),
    (at) => customer(`SF_ACCT_X${at}`, { companyname: value('') }),
    (at) => operation({ recordType: 'customer', externalId: `SF_ACCT_X${at}`, fields: { companyname: value('x') } }),
    (at) => ({ ...named(`X${at}`), action: 'update' }),
    (at) => named(`X${at}`, { parent: { ref: { recordType: 'customer', externalId: 'SF_ACCT_NOBODY' } } }),
    (at) =>
      named(
        `X${at}`,
        {},
        {
          sublists: {
            addressbook: {
              keyField: 'label',
              mode: 'merge',
              lines: [
                {
                  key: 'A',
                  fields: {},
                  subrecords: { addressbookaddress: { fields: { country: value('US'), state: value('ZZ') } } },
                },
              ],
            },
          },
        },
      ),
    () => named('LOCKED', { email: value('locked@example.com') }),
  ];

  test('a batch of 1,000 in which every tenth is refused, each in its own way: all others are as if alone', async () => {
    const [locked] = await send([named('LOCKED')]);
    await send(range(50).map((at) => named(`G${at}`)));
    await account.control('POST', 'faults', [
      { kind: 'recordLocked', match: { recordType: 'customer', recordId: locked?.internalId } },
    ]);
    const isBad = (at: number): boolean => at % 10 === 3;
    const operations = range(1000).map((at) => {
      if (isBad(at)) return (hostile[((at - 3) / 10) % hostile.length] as (at: number) => object)(at);
      // A few that really write stand between those that are refused.
      return at % 50 === 4 ? named(`NEW${at}`) : named(`G${at % 50}`);
    });
    const results = await send(operations);
    await account.control('DELETE', 'faults');
    expect(new Set(results.filter((_, at) => isBad(at)).map(({ status }) => status))).toEqual(new Set(['failed']));
    expect(results.filter(({ error }) => error?.code === 'RCRD_LOCKED_BY_WF').length).toBeGreaterThan(0);
    expect(new Set(results.flatMap(({ error }) => error?.code ?? [])).size).toBeGreaterThan(8);
    for (const [at, { status }] of results.entries()) {
      if (isBad(at)) continue;
      expect([at, status]).toEqual([at, at % 50 === 4 ? 'created' : 'unchanged']);
    }
    expect(await account.byExternalId('customer', 'SF_ACCT_X3')).toBeNull();
  });
});
