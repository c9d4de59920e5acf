import { zipSync } from 'fflate';
import { createAccount, type AccountKernel } from '../../../emulator/kernel/account';
import { PARTS } from '../../../emulator/kernel/parts';
import { deployProject, validateProject } from '../../../emulator/sdf/deploy-project';
import { readProjectZip } from '../../../emulator/sdf/read-project';
import { ProjectRefused } from '../../../emulator/sdf/types';
import { postTo } from '../../helpers/emulator/deployed-account';
import { projectFiles, RESTLET } from './project';

let account: AccountKernel;
beforeEach(async () => {
  account = await createAccount({}, PARTS);
});
afterEach(() => account.close());

const messages = (changes: Record<string, string | null>): string[] =>
  validateProject(account, projectFiles(changes)).map((f) => `${f.type}: ${f.message}`);
const restletWith = (from: string, to: string): Record<string, string> => ({
  'Objects/customscript_orders.xml': RESTLET.replace(from, to),
});

describe('a deployed project (SDF XML reference; pages section_1509578980, article_161608290208)', () => {
  it('installs scripts with typed parameters, and its files find each other', async () => {
    expect(deployProject(account, projectFiles())).toEqual([]);
    const { body, error } = await postTo(account, 'orders', { a: 1 });
    expect(error).toBeUndefined();
    expect(body).toEqual({ body: { a: 1 }, reserve: 350, strict: true, state: '2', unknown: null, level: 'AUDIT' });
  });

  it('registers custom records, lists, entity and column fields', () => {
    deployProject(account, projectFiles());
    expect(account.registry.type('customrecord_order_log')?.fields.custrecord_log_state).toMatchObject({
      type: 'select',
      selectType: 'customlist_state',
      required: true,
    });
    expect(account.registry.type('customer')?.fields.custentity_crm_key).toMatchObject({
      type: 'text',
      maxLength: 40,
      custom: true,
    });
    expect(account.registry.type('contact')?.fields.custentity_crm_key).toBeDefined();
    expect(account.registry.type('vendor')?.fields.custentity_crm_key).toBeUndefined();
    expect(account.registry.type('salesorder')?.sublists.item?.fields.custcol_crm_line).toBeDefined();
    expect(account.store.get('customlist_state', '2')?.fields).toMatchObject({ name: 'Sent', scriptid: 'val_sent' });
  });

  it('makes script and deployment records, whose later values win', async () => {
    deployProject(account, projectFiles());
    const deployment = account.scripts.find('customscript_orders', 'customdeploy_orders');
    const record = account.store.get('scriptdeployment', deployment?.deploymentInternalId ?? '');
    expect(record?.fields).toMatchObject({
      scriptid: 'customdeploy_orders',
      status: 'RELEASED',
      isdeployed: true,
      script: deployment?.scriptInternalId,
    });
    expect(account.store.get('restlet', deployment?.scriptInternalId ?? '')?.fields).toMatchObject({
      scriptid: 'customscript_orders',
      scripttype: 'RESTLET',
    });
    if (record) account.store.put({ ...record, fields: { ...record.fields, custscript_reserve: 99 } });
    expect((await postTo(account, 'orders')).body).toMatchObject({ reserve: 99 });
  });

  it('keeps internal ids when it is deployed again', () => {
    deployProject(account, projectFiles());
    const first = account.scripts.find('customscript_orders', 'customdeploy_orders');
    deployProject(account, projectFiles());
    const second = account.scripts.find('customscript_orders', 'customdeploy_orders');
    expect([second?.scriptInternalId, second?.deploymentInternalId]).toEqual([
      first?.scriptInternalId,
      first?.deploymentInternalId,
    ]);
    expect(account.store.list('customlist_state')).toHaveLength(2);
    expect(account.store.list('file').filter((f) => f.fields.name === 'orders.js')).toHaveLength(1);
  });

  it('comes as a zip too', () => {
    const zip = zipSync(Object.fromEntries([...projectFiles()].map(([path, data]) => [`project/${path}`, data])));
    expect(deployProject(account, readProjectZip(zip) ?? new Map<string, Uint8Array>())).toEqual([]);
    expect(account.scripts.find('customscript_orders', 'customdeploy_orders')).toBeDefined();
  });
});

describe('a refused project (page section_4503568059; wording of oracle/netsuite-suitecloud-sdk issues 575 and 184)', () => {
  it('names a file that is missing', () => {
    expect(messages({ 'FileCabinet/SuiteScripts/orders/orders.js': null })).toEqual([
      'ERROR: The scriptfile field references the file /SuiteScripts/orders/orders.js, which is neither in the project nor in the account.',
    ]);
  });

  it('names an unknown reference', () => {
    expect(messages({ 'Objects/customlist_state.xml': null }).filter((m) => m.includes('customlist_state'))).toContain(
      'ERROR: The selectrecordtype field references the object customlist_state, which is neither in the project nor in the account.',
    );
  });

  it.each([
    [
      '@NScriptType Restlet',
      '@NScriptType UserEventScript',
      'THE_FILE_IS_USED_AS_SCRIPT_TYPE_1_CANNOT_BE_CHANGED_TO_2',
    ],
    ['@NScriptType Restlet', '', 'MISSING_SCRIPT_TYPE'],
    ['@NApiVersion 2.1', '@NApiVersion 3', 'INVALID_API_VERSION'],
  ])('checks the header of a script file: %s → %s', (from, to, code) => {
    const source = new TextDecoder().decode(projectFiles().get('FileCabinet/SuiteScripts/orders/orders.js'));
    expect(messages({ 'FileCabinet/SuiteScripts/orders/orders.js': source.replace(from, to) })[0]).toContain(
      `ERROR: ${code}:`,
    );
  });

  it.each([
    ['<name>Orders</name>', '', 'ERROR: The object field name is missing.'],
    [
      '<status>RELEASED</status>',
      '<status>SENT</status>',
      'ERROR: The status field for the (customdeploy_orders) subrecord must not be SENT.',
    ],
    [
      '<status>RELEASED</status>',
      '<status>SCHEDULED</status>',
      'ERROR: The status field for the (customdeploy_orders) subrecord must not be SCHEDULED.',
    ],
    ['<title>Orders</title>', '', 'ERROR: The title field is missing for the (customdeploy_orders) subrecord.'],
    [
      '<title>Orders</title>',
      '<title>Orders</title><runasrole>ADMINISTRATOR</runasrole>',
      'WARNING: The runasrole field for the (customdeploy_orders) subrecord is invalid or not supported and will be ignored.',
    ],
    [
      '<fieldtype>INTEGER',
      '<fieldtype>NUMBER',
      'ERROR: The fieldtype field for the (custscript_reserve) subrecord must not be NUMBER.',
    ],
    [
      'customscript_orders',
      'customscript_Orders',
      'ERROR: The object field scriptid must be lowercase alphanumeric without spaces or punctuation. Underscores are permitted.',
    ],
  ])('checks objects against the reference: %s → %s', (from, to, message) => {
    expect(messages(restletWith(from, to))).toContain(message);
  });

  it('wants the features that the objects need', () => {
    const manifest = new TextDecoder()
      .decode(projectFiles().get('manifest.xml'))
      .replace('<feature required="true">SERVERSIDESCRIPTING</feature>', '');
    expect(messages({ 'manifest.xml': manifest })).toContain(
      'ERROR: When the SuiteCloud project contains a restlet, the manifest must define the SERVERSIDESCRIPTING feature as required.',
    );
  });

  it('wants role and custom record to name each other', () => {
    const record = new TextDecoder()
      .decode(projectFiles().get('Objects/customrecord_order_log.xml'))
      .replace(/<permissions>.*<\/permissions>/s, '');
    expect(messages({ 'Objects/customrecord_order_log.xml': record })[0]).toContain(
      'The customrole_orders role contains a reference on the customrecord_order_log customrecordtype in the permkey field but the customrecordtype does not reference the role.',
    );
  });

  it('installs nothing of it', () => {
    const broken = projectFiles(restletWith('<status>RELEASED</status>', '<status>SENT</status>'));
    expect(() => deployProject(account, broken)).toThrow(ProjectRefused);
    expect(account.registry.type('customrecord_order_log')).toBeUndefined();
    expect(account.scripts.find('customscript_orders', 'customdeploy_orders')).toBeUndefined();
    expect(account.store.list('file')).toHaveLength(0);
  });
});
