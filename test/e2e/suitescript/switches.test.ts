import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startAccount, type NetSuiteAccount } from '../../helpers/netsuite/account-process';
import { batch, customer, operation, resultsOf, value, type Result } from '../../helpers/netsuite/operations';

const object = (name: string): string =>
  readFileSync(path.resolve(__dirname, `../../../src/Objects/${name}.xml`), 'utf8');
const script = object('customscript_srl_upsert');
const role = object('customrole_srl_integration');
/** The role may edit customers; to delete them it has to be given Full. */
const deletingRole = role.replace(/(<permkey>LIST_CUSTJOB<\/permkey>\s*<permlevel>)EDIT/, '$1FULL');

interface Switches {
  remove?: boolean;
  dryRun?: boolean;
  types?: string;
  lengths?: string;
}

/** The script as an administrator has set its parameters. */
function withSwitches({ remove = false, dryRun = false, types = '', lengths = '' }: Switches): string {
  const check = (xml: string, id: string, on: boolean): string =>
    xml.replace(new RegExp(`(scriptid="${id}">[\\s\\S]*?<defaultchecked>)[TF]`), `$1${on ? 'T' : 'F'}`);
  const text = (xml: string, id: string, given: string): string =>
    xml.replace(new RegExp(`(scriptid="${id}">[\\s\\S]*?</help>)`), `$1<defaultvalue>${given}</defaultvalue>`);
  const checked = check(check(script, 'custscript_srl_allow_delete', remove), 'custscript_srl_dry_run', dryRun);
  return text(text(checked, 'custscript_srl_types', types), 'custscript_srl_lengths', lengths);
}

describe('switches of the upsert script', () => {
  let account: NetSuiteAccount;
  let serial = 0;

  beforeAll(async () => {
    account = await startAccount();
  });
  afterAll(() => account.stop());

  const set = (switches: Switches): Promise<unknown> =>
    account.control('POST', 'objects', [{ xml: withSwitches(switches) }]);
  const one = async (single: object): Promise<Result> =>
    resultsOf(await account.restlet('upsert', batch([single])))[0] as Result;
  const made = async (): Promise<string> => {
    await set({});
    const id = `SF_ACCT_SW${(serial += 1)}`;
    await one(customer(id, { companyname: value(id), phone: value('1') }));
    return id;
  };
  const deletion = (id: string): object => ({ ...customer(id, {}), action: 'delete' });
  const exists = async (id: string): Promise<boolean> => (await account.byExternalId('customer', id)) !== null;

  test('a deletion that was refused is carried out when it comes again, and nothing older undoes it, also where a ledger row is the stamp', async () => {
    await account.control('POST', 'objects', [
      {
        xml: '<customrecordtype scriptid="customrecord_pump"><recordname>Pump</recordname><accesstype>NONENEEDED</accesstype><includename>T</includename></customrecordtype>',
      },
    ]);
    const pump = (more: object): object =>
      operation({ recordType: 'customrecord_pump', externalId: 'SF_PUMP_1', fields: { name: value('Pump') }, ...more });
    const late = pump({});
    await set({ remove: true });
    expect((await one(pump({}))).status).toBe('created');
    const removal = pump({ action: 'delete', fields: {} });
    await account.control('POST', 'faults', [
      {
        kind: 'failApi',
        code: 'UNEXPECTED_ERROR',
        times: 1,
        match: { api: 'record.delete', recordType: 'customrecord_pump' },
      },
    ]);
    expect((await one(removal)).error).toMatchObject({ code: 'UNEXPECTED_ERROR', class: 'transient' });
    expect((await one(removal)).status).toBe('updated');
    expect(await account.byExternalId('customrecord_pump', 'SF_PUMP_1')).toBeNull();
    expect((await one(removal)).status).toBe('duplicate');
    expect((await one(late)).status).toBe('stale');
    expect(await account.byExternalId('customrecord_pump', 'SF_PUMP_1')).toBeNull();
  });

  test('the switch alone deletes nothing: the role has to be given Full on the type', async () => {
    const id = await made();
    await set({ remove: true });
    expect((await one(deletion(id))).error).toMatchObject({ code: 'INSUFFICIENT_PERMISSION', class: 'permission' });
    expect(await exists(id)).toBe(true);
    await account.control('POST', 'objects', [{ xml: deletingRole }]);
    expect((await one(deletion(id))).status).toBe('updated');
    expect(await exists(id)).toBe(false);
  });

  test.each([
    ['off', 'off', { status: 'failed', code: 'ACTION_NOT_ALLOWED', stays: true }],
    ['off', 'on', { status: 'failed', code: 'ACTION_NOT_ALLOWED', stays: true }],
    ['on', 'on', { status: 'unchanged', code: 'DRY_RUN', stays: true }],
    ['on', 'off', { status: 'updated', code: '', stays: false }],
  ])('a deletion with "Allow delete" %s and "Dry run" %s', async (remove, dryRun, { status, code, stays }) => {
    const id = await made();
    await set({ remove: remove === 'on', dryRun: dryRun === 'on' });
    const result = await one(deletion(id));
    expect([result.status, result.error?.code ?? result.warnings[0]?.code ?? '']).toEqual([status, code]);
    expect(await exists(id)).toBe(stays);
  });

  test('a deleted record is not made anew by an operation older than its deletion', async () => {
    const id = await made();
    const older = customer(id, { companyname: value(id) });
    await set({ remove: true });
    const gone = deletion(id);
    expect((await one(gone)).status).toBe('updated');
    expect((await one(gone)).status).toBe('duplicate');
    expect((await one(older)).status).toBe('stale');
    expect(await exists(id)).toBe(false);
    expect((await one(customer(id, { companyname: value(id) }))).status).toBe('created');
  });

  test('a dry run tells what would be done, and writes nothing: neither records nor stamps nor failure rows', async () => {
    const id = await made();
    await set({ dryRun: true });
    const before = await account.control<unknown[]>('GET', 'ledger/records?scriptId=customscript_srl_upsert');
    const tried = [
      customer('SF_ACCT_DRY', { companyname: value('Dry') }),
      customer(id, { phone: value('2') }),
      customer(id, { email: value('a@example.com') }),
      { ...customer(id, {}), action: 'inactivate' },
      customer('SF_ACCT_DRY2', { companyname: value('x'.repeat(99)) }),
      customer(id, { phone: value('1') }),
    ];
    const results = resultsOf(await account.restlet('upsert', batch(tried)));
    expect(results.map((result) => [result.status, result.warnings[0]?.message ?? result.error?.code ?? ''])).toEqual([
      ['unchanged', 'dry run: would create'],
      ['unchanged', 'dry run: would inline'],
      ['unchanged', 'dry run: would update'],
      ['unchanged', 'dry run: would inactivate'],
      ['failed', 'FIELD_TOO_LONG'],
      ['unchanged', ''],
    ]);
    expect(await account.control('GET', 'ledger/records?scriptId=customscript_srl_upsert')).toEqual(before);
  });

  test('a record type that is not listed is switched off, by name; an empty list lets all through', async () => {
    const contact = (): object =>
      operation({
        recordType: 'contact',
        externalId: `SF_CON_SW${(serial += 1)}`,
        fields: { lastname: value(`C${serial}`), subsidiary: value('1', { write: 'onCreate' }) },
      });
    await set({ types: 'customer, salesorder' });
    const refused = await one(contact());
    expect(refused).toMatchObject({ status: 'failed', error: { code: 'ACTION_NOT_ALLOWED', class: 'configuration' } });
    expect(refused.error?.message).toContain('Record types');
    expect((await one(customer(`SF_ACCT_SW${(serial += 1)}`, { companyname: value(`T${serial}`) }))).status).toBe(
      'created',
    );
    await set({ types: 'CONTACT' });
    expect((await one(contact())).status).toBe('created');
    await set({});
    expect((await one(contact())).status).toBe('created');
  });

  test('lengths that an administrator knows better than the table hold', async () => {
    await set({ lengths: 'companyname=20, phone=10' });
    const long = customer(`SF_ACCT_SW${(serial += 1)}`, { companyname: value('x'.repeat(21)) });
    expect((await one(long)).error).toMatchObject({ code: 'FIELD_TOO_LONG', field: 'companyname' });
    const cut = customer(`SF_ACCT_SW${(serial += 1)}`, { companyname: value('y'.repeat(21), { truncate: true }) });
    expect(await one(cut)).toMatchObject({ status: 'created', warnings: [{ code: 'FIELD_TRUNCATED' }] });
  });
});
