import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startAccount, type NetSuiteAccount, type StoredRecord } from '../../helpers/netsuite/account-process';
import { batch, customer, line, operation, order, resultsOf, sku, value } from '../../helpers/netsuite/operations';

const PDF = Buffer.from('%PDF-1.4 signed').toString('base64');

/** Notes and files of orders (F28), through the deployed upsert RESTlet. */
describe('notes and files', () => {
  let account: NetSuiteAccount;
  let orderId = '';

  const send = async (single: object) => {
    const answer = await account.restlet('upsert', batch([single]));
    const [result] = resultsOf(answer);
    const { unitsUsed } = answer.body['usage'] as { unitsUsed: number };
    return { ...result, unitsUsed };
  };
  const orderRef = { recordType: 'salesorder', externalId: 'SF_OPP_FILES' };
  const file = (key: string, more: object = {}, content: object = { encoding: 'base64', data: PDF }) =>
    operation({
      recordType: 'file',
      externalId: key,
      fields: { name: value('contract.pdf') },
      file: { source: { crm: 'salesforce', id: `${key}-v1` }, bytes: 15, folder: 'CRM Files', content },
      attachTo: [orderRef],
      ...more,
    });
  const attached = async (): Promise<string[]> =>
    ((await account.record('salesorder', orderId))?.sublists['mediaitem'] ?? []).map((one) => String(one['mediaitem']));
  /** Somebody deletes a file in the File Cabinet. */
  const deleteFile = async (id: string | undefined): Promise<void> => {
    const source = `define(['N/file'], (file) => ({ execute: () => file.delete({ id: ${Number(id)} }) }));`;
    const [scriptId, deploymentId] = ['customscript_files_delete', 'customdeploy_files_delete'];
    const header = '/** @NApiVersion 2.1\n * @NScriptType ScheduledScript */\n';
    const deployments = [{ deploymentId, status: 'NOTSCHEDULED' }];
    await account.control('POST', 'scripts', [{ scriptId, type: 'scheduled', source: header + source, deployments }]);
    await account.control('POST', `scripts/${scriptId}/${deploymentId}/run`, { wait: true });
  };
  const stored = (id: string | undefined): Promise<StoredRecord | null> => account.record('file', id ?? '');

  beforeAll(async () => {
    account = await startAccount();
    await account.seed([{ type: 'noninventoryitem', fields: { itemid: 'FILE-1', isinactive: false } }]);
    await send(customer('SF_ACCT_FILES', { companyname: value('Files Inc') }));
    const lines = [line('A', { item: sku('FILE-1'), quantity: value(1), rate: value(10) })];
    orderId = String((await send(order('SF_OPP_FILES', 'SF_ACCT_FILES', lines))).internalId);
  });
  afterAll(() => account.stop());

  test('a note becomes a note of the order, once, and follows its text', async () => {
    const note = (text: string) =>
      operation({
        recordType: 'note',
        externalId: 'SF_NOTE_1',
        fields: {
          title: value('Delivery'),
          note: value(text),
          transaction: { ref: orderRef, write: 'onCreate' },
        },
      });
    const first = await send(note('Gate 3'));
    expect(first).toMatchObject({ status: 'created' });
    expect((await account.record('note', String(first.internalId)))?.fields).toMatchObject({
      note: 'Gate 3',
      transaction: orderId,
    });
    expect(await send(note('Gate 3'))).toMatchObject({ status: 'unchanged', internalId: first.internalId });
    expect(await send(note('Gate 4'))).toMatchObject({ status: 'updated', internalId: first.internalId });
    expect((await account.record('note', String(first.internalId)))?.fields['note']).toBe('Gate 4');
  });

  test('a file is put into its folder and attached to the order; the same version again costs a query and writes nothing', async () => {
    const first = file('SF_FILE_1');
    const made = await send(first);
    expect(made).toMatchObject({ status: 'created' });
    const kept = await stored(made.internalId);
    expect(kept?.fields).toMatchObject({ name: 'contract (SF_FILE_1).pdf', contents: PDF });
    expect(await attached()).toEqual([made.internalId]);

    expect(await send(first)).toMatchObject({ status: 'duplicate', internalId: made.internalId });
    const again = await send(file('SF_FILE_1'));
    expect(again).toMatchObject({ status: 'unchanged', internalId: made.internalId });
    expect(again.unitsUsed).toBeLessThanOrEqual(10);
    expect(await attached()).toEqual([made.internalId]);
  });

  test('a new version takes the place of the old one, and a second file of the same name does not', async () => {
    const before = await attached();
    const newer = file('SF_FILE_1', {
      file: {
        source: { crm: 'salesforce', id: 'SF_FILE_1-v2' },
        bytes: 9,
        folder: 'CRM Files',
        content: { encoding: 'base64', data: Buffer.from('version 2').toString('base64') },
      },
    });
    expect(await send(newer)).toMatchObject({ status: 'updated', internalId: before[0] });
    expect((await stored(before[0]))?.fields['contents']).toBe(Buffer.from('version 2').toString('base64'));
    const other = await send(file('SF_FILE_2'));
    expect(other).toMatchObject({ status: 'created' });
    expect(other.internalId).not.toBe(before[0]);
    expect(await attached()).toEqual([...before, other.internalId]);
  });

  test('a file that somebody deleted is put back, and texts stay texts', async () => {
    const text = file(
      'SF_FILE_3',
      { fields: { name: value('preise/2026:neu.csv') } },
      { encoding: 'utf8', data: 'Größe;1' },
    );
    const made = await send(text);
    expect((await stored(made.internalId))?.fields).toMatchObject({
      name: 'preise_2026_neu (SF_FILE_3).csv',
      contents: 'Größe;1',
    });
    const saved = await account.control<{ id: string; fileType: string }[]>('GET', 'ledger/files');
    expect(saved.find(({ id }) => id === made.internalId)?.fileType).toBe('CSV');
    await deleteFile(made.internalId);
    const back = await send(
      file('SF_FILE_3', {
        fields: { name: value('preise/2026:neu.csv') },
        file: {
          source: { crm: 'salesforce', id: 'v2' },
          bytes: 3,
          folder: 'CRM Files',
          content: { encoding: 'utf8', data: 'neu' },
        },
      }),
    );
    expect(back).toMatchObject({ status: 'created' });
    expect((await stored(back.internalId))?.fields['contents']).toBe('neu');
  });

  test('a file waits for the order it belongs to, and without content or the permission it fails by name', async () => {
    const early = file('SF_FILE_4', { attachTo: [{ recordType: 'salesorder', externalId: 'SF_OPP_LATER' }] });
    expect(await send(early)).toMatchObject({
      status: 'failed',
      error: { class: 'dependency' },
      missing: [{ recordType: 'salesorder', externalId: 'SF_OPP_LATER' }],
    });
    const bare = file('SF_FILE_5', { file: { source: { crm: 'x', id: '1' }, bytes: 1, folder: 'CRM Files' } });
    expect(await send(bare)).toMatchObject({ status: 'failed', error: { code: 'INVALID_VALUE', class: 'data' } });

    const role = readFileSync(path.resolve(__dirname, '../../../src/Objects/customrole_srl_integration.xml'), 'utf8');
    const viewer = role.replace(/(<permkey>LIST_FILECABINET<\/permkey>\s*<permlevel>)EDIT/, '$1VIEW');
    await account.control('POST', 'objects', [{ xml: viewer }]);
    const refused = await send(file('SF_FILE_6'));
    await account.control('POST', 'objects', [{ xml: role }]);
    expect(refused.error?.class).toBe('permission');
    expect(refused.error?.message).toContain('Documents and Files');
    expect(await send(file('SF_FILE_6'))).toMatchObject({ status: 'created' });
  });

  test('a file and its attachment stay within the units they are priced at', async () => {
    const made = await send(file('SF_FILE_7'));
    expect(made).toMatchObject({ status: 'created' });
    // One query, the folder, File.save, record.attach, the ledger row.
    expect(made.unitsUsed).toBe(10 + 10 + 20 + 10 + 6);
  });
});
