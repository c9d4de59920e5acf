import { readFileSync } from 'node:fs';
import path from 'node:path';
import { OWN_RECORDS, PERMISSIONS } from '../../../src/FileCabinet/SuiteScripts/suiterelay/governance/permissions';
import { signTba } from '../../../relay/netsuite/sign-tba';
import { startAccount, type NetSuiteAccount } from '../../helpers/netsuite/account-process';
import { BulkJob } from '../../helpers/netsuite/bulk-job';
import {
  batch,
  customer,
  line,
  nextVersion,
  operation,
  order,
  resultsOf,
  sku,
  value,
} from '../../helpers/netsuite/operations';

const object = (name: string): string =>
  readFileSync(path.resolve(__dirname, `../../../src/Objects/${name}.xml`), 'utf8');
const role = object('customrole_srl_integration');
const escaped = (text: string): string => text.replace(/[[\]]/g, '\\$&');
/** Without the `<permission>` that names it; it must have been there. */
function cut(xml: string, tag: string, named: string): string {
  const pattern = new RegExp(`\\s*<permission>\\s*<${tag}>${escaped(named)}</${tag}>[\\s\\S]*?</permission>`);
  if (!pattern.test(xml)) throw new Error(`nothing is granted to ${named}`);
  return xml.replace(pattern, '');
}

/** The objects that grant a permission, without it and with it. A custom record's own list grants it too. */
function granting(key: string): { without: string[]; whole: string[] } {
  const record = /^\[scriptid=(.*)\]$/.exec(key)?.[1];
  const own = record === undefined ? [] : [object(record)];
  const withoutRole = own.map((xml) => cut(xml, 'permittedrole', '[scriptid=customrole_srl_integration]'));
  return { without: [cut(role, 'permkey', key), ...withoutRole], whole: [role, ...own] };
}

const FINE = 'fine';

/** Each permission is taken away in turn: something that worked fails, and says by name what is missing. */
describe('the integration role holds exactly what is needed', () => {
  let account: NetSuiteAccount;
  let serial = 0;

  beforeAll(async () => {
    account = await startAccount();
    await account.seed([
      { type: 'noninventoryitem', fields: { itemid: 'RP-1', isinactive: false } },
      { type: 'classification', fields: { name: 'RP class', subsidiary: ['1'] } },
      { type: 'department', fields: { name: 'RP department', subsidiary: ['1'] } },
      { type: 'partner', fields: { entityid: 'RP partner', companyname: 'RP partner', subsidiary: '1' } },
      { type: 'vendor', fields: { entityid: 'RP vendor', companyname: 'RP vendor', subsidiary: '1' } },
      { type: 'unitstype', fields: { name: 'RP units' } },
    ]);
    const asset =
      '<customrecordtype scriptid="customrecord_asset"><recordname>Asset</recordname><accesstype>NONENEEDED</accesstype><includename>T</includename></customrecordtype>';
    await deploy(asset);
    await outcome(customer('SF_ACCT_RP', { companyname: value('Roles Inc') }));
  });

  afterAll(() => account.stop());
  afterEach(() => deploy(role));

  const deploy = (...xmls: string[]): Promise<unknown> =>
    account.control(
      'POST',
      'objects',
      xmls.map((xml) => ({ xml })),
    );
  const id = (prefix: string): string => `${prefix}_RP${(serial += 1)}`;

  /** What an operation came to: `fine`, or class, code and message of its failure. */
  const outcome = async (single: object): Promise<string> => {
    const [result] = resultsOf(await account.restlet('upsert', batch([single])));
    const { error, warnings = [] } = result ?? {};
    if (error !== undefined) return `${error.class} ${error.code} ${error.message}`;
    return warnings.map((one) => `${one.code} ${one.message}`).join() || FINE;
  };
  const called = async (name: string, body?: object, query = ''): Promise<string> => {
    const answer = await account.restlet(name, body, { query });
    return answer.status === 200 ? FINE : JSON.stringify(answer.body);
  };
  const lines = [line('A', { item: sku('RP-1'), quantity: value(1), rate: value(1) })];
  const orderWith = (fields: object, recordType = 'salesorder'): object => ({
    ...order(id('SF_OPP'), 'SF_ACCT_RP', lines, {
      fields: { entity: { ref: { recordType: 'customer', externalId: 'SF_ACCT_RP' } }, ...fields },
    }),
    recordType,
  });
  const named = (recordType: string, text: string): object => ({ ref: { recordType, text } });
  const customerWith = (fields: object): object =>
    customer(id('SF_ACCT'), { companyname: value(nextVersion()), ...fields });
  const itemWith = (fields: object): object =>
    operation({
      recordType: 'noninventoryitem',
      externalId: id('RP_ITEM'),
      fields: { itemid: value(nextVersion()), ...fields },
    });
  const period = { from: '2020-01-01T00:00:00Z', to: '2030-01-01T00:00:00Z' };
  const reconciled = (recordType: string) => (): Promise<string> => called('reconcile', { recordType, ...period });

  /** A bulk load says how it was started. */
  const started = async (): Promise<string> => {
    const job = await BulkJob.open(account, 1);
    await job.append(0, [customerWith({})]);
    const { stage } = await job.start();
    await job.until(['done', 'failed', 'waiting']);
    return stage === 'submitted' || stage === null ? FINE : stage;
  };
  const swept = async (): Promise<string> => {
    const run = await account.control('POST', 'scripts/customscript_srl_sweep/customdeploy_srl_sweep/run', {
      wait: true,
      as: { entity: 4, role: 'customrole_srl_integration' },
    });
    return run['state'] === 'COMPLETE' && run['error'] === undefined ? FINE : JSON.stringify(run);
  };
  const signedIn = async (): Promise<string> => {
    const url = new URL(
      `${account.url}/app/site/hosting/restlet.nl?script=customscript_srl_describe&deploy=customdeploy_srl_describe`,
    );
    const authorization = signTba(account.tba, 'GET', url);
    const response = await fetch(url, { headers: { authorization, 'content-type': 'application/json' } });
    return response.ok ? FINE : await response.text();
  };
  const acknowledged = async (): Promise<string> => {
    await outcome(customerWith({}));
    const { body } = await account.restlet('changes', undefined, { query: '&after=0' });
    const [event] = body['events'] as { id: string }[];
    return called('changes', { acknowledge: [event?.id ?? 'account-1'] });
  };
  /** `ifEmpty` is judged right before the write, by search.lookupFields. */
  const guarded = async (): Promise<string> => {
    const single = orderWith({});
    await outcome(single);
    const { externalId } = single['key' as keyof typeof single] as { externalId: string };
    return outcome({ ...orderWith({ memo: value('m', { write: 'ifEmpty' }) }), key: { externalId } });
  };
  const failing = async (): Promise<string> => {
    const [result] = resultsOf(
      await account.restlet('upsert', batch([customer(id('SF_ACCT'), { companyname: value('x'.repeat(99)) })])),
    );
    return result?.warnings.map((one) => `${one.code} ${one.message}`).join() || FINE;
  };

  /** What is tried, and what it says without the permission. */
  const PROBES: Readonly<Record<string, [probe: () => Promise<string>, says: RegExp]>> = {
    ADMI_LOGIN_OAUTH2: [() => called('describe'), /INVALID_LOGIN_ATTEMPT/],
    ADMI_LOGIN_OAUTH: [signedIn, /INVALID_LOGIN_ATTEMPT/],
    LIST_FIND: [() => called('read', undefined, '&page=balances'), /INSUFFICIENT_PERMISSION.*Perform Search/],
    TRAN_FIND: [guarded, /permission INSUFFICIENT_PERMISSION.*Find Transaction/],
    ADMI_CUSTOMSCRIPT: [started, /waits for the schedule: .*'Setup -> SuiteScript'/],
    ADMI_SS_SCHEDULING: [started, /waits for the schedule: .*SuiteScript Scheduling/],
    ADMI_DELETEDRECORD: [swept, /INSUFFICIENT_PERMISSION.*Deleted Records/],
    LIST_FILECABINET: [started, /NOT_READABLE.*LIST_FILECABINET/],
    LIST_CUSTJOB: [() => outcome(customerWith({})), /permission INSUFFICIENT_PERMISSION.*Customers/],
    LIST_CONTACT: [
      () =>
        outcome(
          operation({
            recordType: 'contact',
            externalId: id('SF_CON'),
            fields: {
              lastname: value(nextVersion()),
              company: { ref: { recordType: 'customer', externalId: 'SF_ACCT_RP' } },
            },
          }),
        ),
      /permission INSUFFICIENT_PERMISSION.*Contacts/,
    ],
    LIST_ITEM: [() => outcome(itemWith({})), /permission INSUFFICIENT_PERMISSION.*Items/],
    LIST_CRMMESSAGE: [
      () =>
        outcome(
          operation({
            recordType: 'note',
            externalId: id('SF_NOTE'),
            fields: {
              title: value('Terms'),
              note: value('Net 60 agreed'),
              entity: { ref: { recordType: 'customer', externalId: 'SF_ACCT_RP' } },
            },
          }),
        ),
      /permission INSUFFICIENT_PERMISSION.*Track Messages/,
    ],
    LIST_CASE: [
      () =>
        outcome(
          operation({
            recordType: 'supportcase',
            externalId: id('SF_CASE'),
            fields: { title: value('Help'), company: { ref: { recordType: 'customer', externalId: 'SF_ACCT_RP' } } },
          }),
        ),
      /permission INSUFFICIENT_PERMISSION.*Cases/,
    ],
    TRAN_SALESORD: [() => outcome(orderWith({})), /permission INSUFFICIENT_PERMISSION.*Sales Order/],
    TRAN_ESTIMATE: [() => outcome(orderWith({}, 'estimate')), /permission INSUFFICIENT_PERMISSION.*Estimate/],
    TRAN_OPPRTNTY: [() => outcome(orderWith({}, 'opportunity')), /permission INSUFFICIENT_PERMISSION.*Opportunity/],
    TRAN_CUSTINVC: [reconciled('invoice'), /NOT_READABLE.*TRAN_CUSTINVC/],
    TRAN_ITEMSHIP: [reconciled('itemfulfillment'), /NOT_READABLE.*TRAN_ITEMSHIP/],
    TRAN_CASHSALE: [reconciled('cashsale'), /NOT_READABLE.*TRAN_CASHSALE/],
    TRAN_CUSTCRED: [reconciled('creditmemo'), /NOT_READABLE.*TRAN_CUSTCRED/],
    TRAN_CUSTDEP: [reconciled('customerdeposit'), /NOT_READABLE.*TRAN_CUSTDEP/],
    TRAN_CUSTPYMT: [() => called('read', undefined, '&page=payments'), /NOT_READABLE.*TRAN_CUSTPYMT/],
    TRAN_CUSTRFND: [() => called('read', undefined, '&page=credits'), /NOT_READABLE.*TRAN_CUSTRFND/],
    TRAN_RTNAUTH: [reconciled('returnauthorization'), /NOT_READABLE.*TRAN_RTNAUTH/],
    LIST_CURRENCY: [
      () =>
        outcome(
          customerWith({ currency: { ref: { recordType: 'currency', key: { field: 'symbol', value: 'USD' } } } }),
        ),
      /permission NOT_READABLE.*LIST_CURRENCY/,
    ],
    LIST_SUBSIDIARY: [
      () => outcome(customerWith({ subsidiary: named('subsidiary', 'Parent Company') })),
      /permission NOT_READABLE.*LIST_SUBSIDIARY/,
    ],
    LIST_LOCATION: [
      () => outcome(orderWith({ location: named('location', 'San Francisco') })),
      /permission NOT_READABLE.*LIST_LOCATION/,
    ],
    ADMI_ACCOUNTINGLIST: [
      () => outcome(customerWith({ terms: named('term', 'Net 30') })),
      /permission NOT_READABLE.*ADMI_ACCOUNTINGLIST/,
    ],
    ADMI_ENTITYSTATUS: [
      () => outcome(customerWith({ entitystatus: named('entitystatus', 'Closed Won') })),
      /permission NOT_READABLE.*ADMI_ENTITYSTATUS/,
    ],
    LIST_EMPLOYEE: [
      () =>
        outcome(
          customerWith({
            salesrep: { ref: { recordType: 'employee', key: { field: 'email', value: 'sam.sales@example.com' } } },
          }),
        ),
      /permission NOT_READABLE.*LIST_EMPLOYEE/,
    ],
    LIST_PARTNER: [
      () => outcome(orderWith({ partner: named('partner', 'RP partner') })),
      /permission NOT_READABLE.*LIST_PARTNER/,
    ],
    LIST_VENDOR: [
      () => outcome(itemWith({ vendor: named('vendor', 'RP vendor') })),
      /permission NOT_READABLE.*LIST_VENDOR/,
    ],
    LIST_DEPARTMENT: [
      () => outcome(orderWith({ department: named('department', 'RP department') })),
      /permission NOT_READABLE.*LIST_DEPARTMENT/,
    ],
    LIST_CLASS: [
      () => outcome(orderWith({ class: named('classification', 'RP class') })),
      /permission NOT_READABLE.*LIST_CLASS/,
    ],
    LIST_UNIT: [
      () => outcome(itemWith({ unitstype: named('unitstype', 'RP units') })),
      /permission NOT_READABLE.*LIST_UNIT/,
    ],
    LIST_ACCOUNT: [
      () =>
        outcome(
          itemWith({ incomeaccount: { ref: { recordType: 'account', key: { field: 'acctnumber', value: '4000' } } } }),
        ),
      /permission NOT_READABLE.*LIST_ACCOUNT/,
    ],
    '[scriptid=customrecord_srl_outbox]': [acknowledged, /INSUFFICIENT_PERMISSION.*SuiteRelay Outbox/],
    '[scriptid=customrecord_srl_ledger]': [
      () =>
        outcome(
          operation({ recordType: 'customrecord_asset', externalId: id('RP_ASSET'), fields: { name: value('Pump') } }),
        ),
      /INSUFFICIENT_PERMISSION.*SuiteRelay Ledger/,
    ],
    '[scriptid=customrecord_srl_failure]': [failing, /FAILURE_ROW_NOT_WRITTEN.*SuiteRelay Failure/],
    '[scriptid=customrecord_srl_job]': [started, /INSUFFICIENT_PERMISSION.*SuiteRelay Job/],
  };

  const keys = [...PERMISSIONS.map(({ key }) => key), ...OWN_RECORDS.map(({ type }) => `[scriptid=${type}]`)];

  test('every permission has its probe, REPO_ANALYTICS excepted: without it everything goes on by searches', () =>
    expect(Object.keys(PROBES).sort()).toEqual(keys.filter((key) => key !== 'REPO_ANALYTICS').sort()));

  test.each(Object.keys(PROBES))('without %s that fails by name which works with it', async (key) => {
    const [probe, says] = PROBES[key] as [() => Promise<string>, RegExp];
    const attempt = (): Promise<string> => probe().catch((refusal: unknown) => String(refusal));
    const { without, whole } = granting(key);
    await deploy(...without);
    expect(await attempt()).toMatch(says);
    await deploy(...whole);
    expect(await attempt()).toBe(FINE);
  });

  test('describe lists what is missing for the types it is asked about, by label, key and level', async () => {
    const missing = async (types: string): Promise<string[]> =>
      (
        (await account.restlet('describe', undefined, { query: `&types=${types}` })).body['permissions'] as {
          missing: string[];
        }
      ).missing;
    expect(
      await missing('customer,contact,salesorder,estimate,opportunity,invoice,noninventoryitem,supportcase'),
    ).toEqual([]);
    await deploy(...granting('TRAN_SALESORD').without);
    expect(await missing('salesorder')).toEqual(['Sales Order (TRAN_SALESORD, level 3)']);
    expect(await missing('customer')).toEqual([]);
    await deploy(...granting('LIST_FIND').without);
    expect(await missing('customer')).toEqual(['Perform Search (LIST_FIND, level 1)']);
  });

  test('without scheduling, describe says that jobs wait for the schedule', async () => {
    const { body } = await account.restlet('describe', undefined, { as: { entity: 4, role: 'customrole_srl_basic' } });
    expect(body['limits']).toMatchObject({ onDemand: false });
    expect((await account.restlet('describe')).body['limits']).toMatchObject({ onDemand: true });
  });
});
