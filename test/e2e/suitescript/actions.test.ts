import { readFileSync } from 'node:fs';
import path from 'node:path';
import { holdAt } from '../../helpers/netsuite/hold';
import { startAccount, type NetSuiteAccount } from '../../helpers/netsuite/account-process';
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

/** The role as shipped only looks at invoices; an account that wants them made from outside grants more. */
const withInvoices = readFileSync(
  path.resolve(__dirname, '../../../src/Objects/customrole_srl_integration.xml'),
  'utf8',
).replace(/(<permkey>TRAN_CUSTINVC<\/permkey>\s*<permlevel>)VIEW/, '$1EDIT');

describe('actions, matching and write modes', () => {
  let account: NetSuiteAccount;

  beforeAll(async () => {
    account = await startAccount();
    await account.seed([{ type: 'noninventoryitem', fields: { itemid: 'T-1', isinactive: false } }]);
    await one(customer('SF_ACCT_T', { companyname: value('Actions Inc') }));
  });

  afterAll(() => account.stop());

  const one = async (single: object): Promise<Result> =>
    resultsOf(await account.restlet('upsert', batch([single])))[0] as Result;
  const one3 = (keys: string[], rate = 5): object[] =>
    keys.map((key) => line(key, { item: sku('T-1'), quantity: value(2), rate: value(rate) }));

  test('update of a record that is not there waits for it; create of one that is there goes to review', async () => {
    const missing = await one({ ...customer('SF_ACCT_NONE', { phone: value('1') }), action: 'update' });
    expect(missing).toMatchObject({ status: 'failed', error: { code: 'RECORD_NOT_FOUND', class: 'dependency' } });
    const there = await one({ ...customer('SF_ACCT_T', { phone: value('1') }), action: 'create' });
    expect(there).toMatchObject({ status: 'review', error: { code: 'EXTERNAL_ID_TAKEN' } });
  });

  test('create changes nothing of a record that somebody else makes at the same moment', async () => {
    const hold = await holdAt(account, {
      scriptId: 'customscript_srl_upsert',
      api: 'record.save',
      recordType: 'customer',
    });
    const late = one({ ...customer('SF_ACCT_RACE', { companyname: value('Late') }), action: 'create' });
    await hold.reached();
    expect(await one(customer('SF_ACCT_RACE', { companyname: value('First') }))).toMatchObject({ status: 'created' });
    await hold.release();
    expect(await late).toMatchObject({ status: 'review', error: { code: 'EXTERNAL_ID_TAKEN' } });
    expect((await account.byExternalId('customer', 'SF_ACCT_RACE'))?.fields['companyname']).toBe('First');
  });

  test('inactivate works for an entity and names the remedy for a transaction', async () => {
    await one(customer('SF_ACCT_OFF', { companyname: value('Off') }));
    expect(await one({ ...customer('SF_ACCT_OFF', {}), action: 'inactivate' })).toMatchObject({ status: 'updated' });
    expect((await account.byExternalId('customer', 'SF_ACCT_OFF'))?.fields['isinactive']).toBe(true);
    await one(order('SF_OPP_OFF', 'SF_ACCT_T', one3(['A'])));
    const refused = await one({ ...order('SF_OPP_OFF', 'SF_ACCT_T', []), action: 'inactivate' });
    expect(refused.error).toMatchObject({ code: 'ACTION_NOT_ALLOWED' });
    expect(refused.error?.message).toContain('close its lines or void it');
  });

  test('delete is off by default and says so', async () => {
    const refused = await one({ ...customer('SF_ACCT_T', {}), action: 'delete' });
    expect(refused.error).toMatchObject({ code: 'ACTION_NOT_ALLOWED' });
    expect(await account.byExternalId('customer', 'SF_ACCT_T')).not.toBeNull();
  });

  test('an order becomes an invoice by transform where the role may make invoices, and lines keep their keys', async () => {
    await account.control('POST', 'objects', [{ xml: withInvoices }]);
    await one(order('SF_OPP_INV', 'SF_ACCT_T', one3(['A', 'B'])));
    const result = await one(
      operation({
        recordType: 'invoice',
        externalId: 'SF_INV_1',
        action: 'transform',
        from: { recordType: 'salesorder', externalId: 'SF_OPP_INV' },
        fields: { memo: value('from the CRM') },
      }),
    );
    expect(result.status).toBe('created');
    const invoice = await account.byExternalId('invoice', 'SF_INV_1');
    expect(invoice?.fields).toMatchObject({ memo: 'from the CRM', custbody_srl_key: 'SF_INV_1' });
    expect(invoice?.sublists['item']?.map((row) => row['custcol_srl_line_key'])).toEqual(['A', 'B']);
  });

  test('a user’s own transforms of a stamped order carry no stamp', async () => {
    await one(order('SF_OPP_TR', 'SF_ACCT_T', one3(['A'])));
    await account.control('POST', 'scripts', [
      {
        scriptId: 'customscript_transform',
        type: 'restlet',
        path: 'SuiteScripts/transform.js',
        source: `/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record'], (record) => ({ post: ({ id, to }) => ({ id: record.transform({ fromType: 'salesorder', fromId: id, toType: to }).save() }) }));`,
        deployments: [{ deploymentId: 'customdeploy_transform', status: 'RELEASED' }],
      },
    ]);
    const source = await account.byExternalId('salesorder', 'SF_OPP_TR');
    const { access_token: token } = await account.control<{ access_token: string }>('POST', 'token', {});
    const made: string[] = [];
    for (const to of ['itemfulfillment', 'invoice']) {
      const response = await fetch(
        `${account.url}/app/site/hosting/restlet.nl?script=customscript_transform&deploy=customdeploy_transform`,
        {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: JSON.stringify({ id: Number(source?.id), to }),
        },
      );
      const { id } = (await response.json()) as { id: number };
      const child = await account.record(to, String(id));
      expect(child?.fields['custbody_srl_key'] ?? null).toBeNull();
      expect(child?.fields['custbody_srl_crm_id'] ?? null).toBeNull();
      expect(child?.sublists['item']?.[0]?.['custcol_srl_line_key']).toBe('A');
      made.push(String(id));
    }
    const again = await one(order('SF_OPP_TR', 'SF_ACCT_T', one3(['A']), { key: { crmId: 'SF_OPP_TR' } }));
    expect(again.internalId).toBe(source?.id);
    expect(made).not.toContain(again.internalId);
  });

  test('a fulfilled line can’t shrink: review by default, closed or left alone by policy', async () => {
    await one(order('SF_OPP_FUL', 'SF_ACCT_T', one3(['A', 'B'])));
    const source = await account.byExternalId('salesorder', 'SF_OPP_FUL');
    const { access_token: token } = await account.control<{ access_token: string }>('POST', 'token', {});
    await fetch(
      `${account.url}/app/site/hosting/restlet.nl?script=customscript_transform&deploy=customdeploy_transform`,
      {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ id: Number(source?.id), to: 'itemfulfillment' }),
      },
    );
    const less = (whenFulfilled?: string): object => ({
      ...order('SF_OPP_FUL', 'SF_ACCT_T', []),
      sublists: { item: { keyField: 'custcol_srl_line_key', mode: 'replace', lines: one3(['A']), whenFulfilled } },
    });
    expect(await one(less())).toMatchObject({ status: 'review', error: { code: 'LINE_FULFILLED', field: 'item[B]' } });
    expect(await one(less('skip'))).toMatchObject({ skipped: [{ field: 'item[B]', reason: 'fulfilled' }] });
    expect(await one(less('close'))).toMatchObject({
      status: 'updated',
      changes: [{ field: 'item[B].isclosed', new: true }],
    });
  });

  test('what looks like a query stays a value: it matches nobody, names nothing, and changes no other record', async () => {
    const text = "x' OR '1'='1";
    const [other] = await account.seed([
      {
        type: 'customer',
        fields: { companyname: 'Bystander', entityid: 'Bystander', email: 'by@example.com', subsidiary: '1' },
      },
    ]);
    const match = [{ field: 'email', value: text, strength: 'exact' }];
    const made = await one(
      customer(
        'SF_ACCT_QUERY',
        { companyname: value(`${text}; DELETE FROM customer --`) },
        { key: { externalId: 'SF_ACCT_QUERY', match } },
      ),
    );
    expect(made.status).toBe('created');
    expect(made.internalId).not.toBe(other);
    const named = await one(
      customer("SF_ACCT_Q') OR (1=1", {
        companyname: value('Q'),
        terms: { ref: { recordType: 'term', key: { field: 'name', value: text } } },
      }),
    );
    expect(named).toMatchObject({ status: 'failed', error: { class: 'data' } });
    expect(named.error?.message).toContain(text);
    const kept = await account.byExternalId('customer', 'SF_ACCT_QUERY');
    expect(kept?.fields['companyname']).toBe(`${text}; DELETE FROM customer --`);
  });

  test('the match keys link one record, and a choice of two goes to review with both', async () => {
    const [single] = await account.seed([
      {
        type: 'customer',
        fields: { companyname: 'Solo', entityid: 'Solo', email: 'solo@example.com', subsidiary: '1', isperson: false },
      },
    ]);
    await account.seed(
      ['Twin A', 'Twin B'].map((name) => ({
        type: 'customer',
        fields: { companyname: name, entityid: name, email: 'twins@example.com', subsidiary: '1', isperson: false },
      })),
    );
    const byMail = (id: string, email: string): object =>
      customer(
        id,
        { phone: value('5') },
        { key: { externalId: id, match: [{ field: 'email', value: email, strength: 'exact' }] } },
      );
    const linked = await one(byMail('SF_ACCT_SOLO', 'SOLO@example.com'));
    expect(linked).toMatchObject({ status: 'updated', internalId: single });
    expect((await account.byExternalId('customer', 'SF_ACCT_SOLO'))?.id).toBe(single);
    const twins = await one(byMail('SF_ACCT_TWIN', 'twins@example.com'));
    expect(twins).toMatchObject({ status: 'review', error: { code: 'AMBIGUOUS_MATCH' } });
    expect((twins as unknown as { candidates: unknown[] }).candidates).toHaveLength(2);
    const candidate = await one(
      customer(
        'SF_ACCT_CAND',
        { companyname: value('Solo Two') },
        {
          key: { externalId: 'SF_ACCT_CAND', match: [{ field: 'companyname', value: 'solo', strength: 'candidate' }] },
        },
      ),
    );
    expect(candidate.status).toBe('created');
  });

  test('P42 a domain matches web address or e-mail, whatever their form; a provider of mailboxes matches nobody', async () => {
    const seeded = (name: string, more: object): object => ({
      type: 'customer',
      fields: { companyname: name, entityid: name, subsidiary: '1', isperson: false, ...more },
    });
    const [web, mail] = await account.seed([
      seeded('Web Domain', { url: 'HTTPS://www.Domain-Web.example/en?x=1' }),
      seeded('Mail Domain', { email: 'info@Domain-Mail.example' }),
      seeded('Mailbox', { email: 'somebody@gmail.com', url: 'https://gmail.com' }),
    ]);
    const by = (id: string, domain: string): object =>
      customer(
        id,
        { companyname: value(id), phone: value('6') },
        { key: { externalId: id, match: [{ field: 'domain', value: domain, strength: 'exact' }] } },
      );
    expect(await one(by('SF_ACCT_DOM1', 'domain-web.example'))).toMatchObject({ status: 'updated', internalId: web });
    expect(await one(by('SF_ACCT_DOM2', 'Domain-Mail.example'))).toMatchObject({ status: 'updated', internalId: mail });
    expect((await one(by('SF_ACCT_DOM3', 'main-web.example'))).status).toBe('created');
    expect((await one(by('SF_ACCT_DOM4', 'gmail.com'))).status).toBe('created');
  });

  test('write modes hold against the record as it is', async () => {
    await one(customer('SF_ACCT_MODE', { companyname: value('Mode'), comments: value('first') }));
    const result = await one(
      customer('SF_ACCT_MODE', {
        comments: value('second', { write: 'ifEmpty' }),
        fax: value('9', { write: 'ifEmpty' }),
        phone: value('8', { write: 'whileStage', stages: ['LEAD', 'PROSPECT'] }),
        url: value('https://x.example', { write: 'onCreate' }),
      }),
    );
    expect(result.status).toBe('updated');
    const reasons = Object.fromEntries((result.skipped ?? []).map((skip) => [skip.field, skip.reason]));
    expect(reasons).toMatchObject({ comments: 'ifEmpty', phone: 'whileStage', url: 'onCreate' });
    expect((await account.byExternalId('customer', 'SF_ACCT_MODE'))?.fields).toMatchObject({
      comments: 'first',
      fax: '9',
    });
  });

  test('write modes hold on the lines of an order as on its body', async () => {
    const withNote = (note: string, write: string, quantity: number): Promise<Result> =>
      one(
        order('SF_OPP_MODE', 'SF_ACCT_T', [
          line('A', {
            item: sku('T-1'),
            quantity: value(quantity),
            rate: value(5),
            description: value(note, { write }),
          }),
        ]),
      );
    const stored = async (): Promise<Record<string, unknown> | undefined> =>
      (await account.byExternalId('salesorder', 'SF_OPP_MODE'))?.sublists['item']?.[0];
    await withNote('first', 'ifEmpty', 1);
    expect(await withNote('second', 'ifEmpty', 1)).toMatchObject({ status: 'unchanged' });
    expect(await withNote('second', 'ifEmpty', 2)).toMatchObject({
      status: 'updated',
      skipped: [{ field: 'item[A].description', reason: 'ifEmpty' }],
    });
    expect(await stored()).toMatchObject({ description: 'first', quantity: 2 });
    expect(await withNote('second', 'always', 2)).toMatchObject({ status: 'updated' });
    expect(await stored()).toMatchObject({ description: 'second' });
  });

  test('a date is put back while NetSuite holds what is expected, and left alone when somebody changed it', async () => {
    await account.control('POST', 'objects', [
      {
        xml: `<entitycustomfield scriptid="custentity_since"><label>Since</label><fieldtype>DATE</fieldtype><storevalue>T</storevalue>
          <appliestocustomer>T</appliestocustomer></entitycustomfield>`,
      },
    ]);
    const since = (day: string, expected?: string): Promise<Result> =>
      one(
        customer('SF_ACCT_SINCE', {
          companyname: value('Since'),
          custentity_since: value(day, { as: 'date', ...(expected ? { expected } : {}) }),
        }),
      );
    expect((await since('2026-03-01')).error).toBeUndefined();
    await since('2026-04-01');
    expect(await since('2026-03-01', '2026-04-01')).toMatchObject({ status: 'updated' });
    expect((await account.byExternalId('customer', 'SF_ACCT_SINCE'))?.fields['custentity_since']).toBe('2026-03-01');
    expect(await since('2026-05-01', '2026-04-01')).toMatchObject({
      status: 'unchanged',
      skipped: expect.arrayContaining([{ field: 'custentity_since', reason: 'changedSince' }]) as unknown,
    });
  });

  test('a newer version wins, an older one answers stale, an older partial one goes to review', async () => {
    const older = customer('SF_ACCT_V', { companyname: value('old') });
    const partial = customer('SF_ACCT_V', { phone: value('partial') }, { full: false });
    await one(customer('SF_ACCT_V', { companyname: value('new') }));
    expect(await one(older)).toMatchObject({ status: 'stale' });
    expect(await one(partial)).toMatchObject({ status: 'review', error: { code: 'STALE_PARTIAL' } });
    expect((await account.byExternalId('customer', 'SF_ACCT_V'))?.fields['companyname']).toBe('new');
  });

  test('any custom record type works by data alone, its stamp in the ledger', async () => {
    await account.control('POST', 'objects', [
      {
        xml: `<customrecordtype scriptid="customrecord_asset"><recordname>Asset</recordname><accesstype>NONENEEDED</accesstype><includename>T</includename>
          <customrecordcustomfields><customrecordcustomfield scriptid="custrecord_asset_serial"><label>Serial</label><fieldtype>TEXT</fieldtype></customrecordcustomfield></customrecordcustomfields></customrecordtype>`,
      },
    ]);
    const asset = (serial: string): Record<string, unknown> =>
      operation({
        recordType: 'customrecord_asset',
        externalId: 'SF_ASSET_1',
        fields: { name: value('Pump'), custrecord_asset_serial: value(serial) },
      });
    const first = asset('1');
    expect((await one(first)).status).toBe('created');
    expect((await one(first)).status).toBe('duplicate');
    expect((await one(asset('2'))).status).toBe('updated');
    expect((await one(first)).status).toBe('stale');
    expect((await one(asset('2'))).status).toBe('unchanged');
  });
});
