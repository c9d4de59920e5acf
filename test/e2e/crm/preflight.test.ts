import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { findBuilt } from '../../../demo/child-process';
import { toSfId18 } from '../../../flows/transforms/sf-id';
import type { LinkFile } from '../../../relay/preflight/link-file';
import type { PreflightReport } from '../../../relay/preflight/run-preflight';
import { startFlowStage, type FlowStage } from '../../helpers/flow-stage';

jest.setTimeout(240_000);

const run = promisify(execFile);
const folder = mkdtempSync(path.join(tmpdir(), 'suiterelay-preflight-'));
const linksFile = path.join(folder, 'links.json');
let stage: FlowStage;
let seeded: string[];

const id = (number: number): string => `001Qy000000000${String(number)}`.padEnd(15, 'A').slice(0, 15);
const accounts = [
  { Name: 'Łódź Textiles GmbH', Website: 'https://www.lodz.example', Phone: '+48 42 1234567' },
  { Name: 'Only A Name Ltd.' },
  { Name: 'Twice There Inc' },
  { Name: 'Nobody Knows It', BillingCountry: 'Utopia', BillingCity: 'Amaurot' },
  { Name: 'Same Company', Website: 'same.example' },
  { Name: 'SAME company, Inc.', Website: 'http://same.example/home' },
];

const cli = (...args: string[]): Promise<Record<string, unknown>> => cliAs({}, ...args);

const cliAs = async (more: NodeJS.ProcessEnv, ...args: string[]): Promise<Record<string, unknown>> => {
  const env = {
    ...process.env,
    SUITERELAY_URL: String(stage.relay().ready['url']),
    SUITERELAY_KEY: stage.keys.salesforce,
    ...more,
  };
  const { stdout } = await run(process.execPath, [findBuilt('relay', 'cli.cjs'), ...args, '--config', stage.config], {
    env,
  });
  return JSON.parse(stdout) as Record<string, unknown>;
};

beforeAll(async () => {
  stage = await startFlowStage();
  const { salesforce } = stage.crms;
  salesforce.table.clear();
  salesforce.table.put('Organization', '00D000000000001EAA', {
    Id: '00D000000000001EAA',
    Name: 'Org',
    IsSandbox: true,
  });
  accounts.forEach((account, at) =>
    salesforce.add('Account', { ...account, Id: toSfId18(id(at)), SystemModstamp: '2026-11-20T08:00:00.000+0000' }),
  );
  const customer = (companyname: string, more: object = {}): object => ({
    type: 'customer',
    fields: { entityid: companyname, companyname, isperson: false, isinactive: false, subsidiary: '1', ...more },
  });
  const made = await stage.control.seed([
    customer('Lodz Textiles', { url: 'http://lodz.example', phone: '0048421234567' }),
    customer('Only a name'),
    customer('Twice There'),
    customer('Twice There Limited'),
  ]);
  seeded = made.map((one) => one.id);
});
afterAll(async () => {
  await stage?.close();
  rmSync(folder, { recursive: true, force: true });
});

const customersNow = async (): Promise<number> => (await stage.control.all('customer')).length;

describe('A29: before the first load', () => {
  it('preflight names what would go wrong in both systems and proposes links, and writes nothing', async () => {
    const before = await customersNow();
    const report = await cli('preflight', '--crm', 'salesforce', '--object', 'Account', '--links', linksFile, '--json');
    const [object] = report['objects'] as PreflightReport[];
    expect(object).toMatchObject({ object: 'Account', records: 6 });
    const { links, complaints, duplicatesInCrm, duplicatesInNetSuite } = object!;
    expect(links?.proposals.map(({ internalId, by, confidence }) => [internalId, by, confidence])).toEqual([
      [seeded[0], 'domain+name', 'sure'],
      [seeded[1], 'name', 'ask'],
    ]);
    expect(links?.ambiguous).toMatchObject([{ crmName: 'Twice There Inc', internalIds: [seeded[2], seeded[3]] }]);
    expect(complaints.find(({ kind }) => kind === 'cannot be mapped')?.what).toContain('BillingCountry');
    expect(duplicatesInCrm.map(({ ids }) => ids.length)).toContain(2);
    expect(duplicatesInNetSuite.some(({ ids }) => ids.join() === [seeded[2], seeded[3]].join())).toBe(true);
    expect(await customersNow()).toBe(before);
    // The relay's own flows may write meanwhile; nothing may write accounts.
    const written = stage.crms.salesforce.table.calls.filter(
      ({ method, path }) => method !== 'GET' && /Account/.test(path),
    );
    expect(written).toEqual([]);
  });

  it('the account is the one into which the CRM is loaded, not the first of several', async () => {
    const config = JSON.parse(readFileSync(stage.config, 'utf8')) as {
      netsuite: { account: string }[];
      sources: { name: string; account?: string }[];
    };
    const [own] = config.netsuite;
    for (const source of config.sources) if (source.name === 'salesforce') source.account = own!.account;
    // Nothing listens there: whoever asks the first account fails.
    config.netsuite.unshift({ ...own!, account: '7654321', ...{ baseUrl: 'http://127.0.0.1:1' } });
    const file = path.join(path.dirname(stage.config), 'several.json');
    writeFileSync(file, JSON.stringify(config));
    const args = ['preflight', '--crm', 'salesforce', '--object', 'Account', '--json', '--config', file];
    const { stdout } = await run(process.execPath, [findBuilt('relay', 'cli.cjs'), ...args]);
    const [object] = (JSON.parse(stdout) as { objects: PreflightReport[] }).objects;
    expect(object!.links?.proposals.map(({ internalId }) => internalId)).toEqual([seeded[0], seeded[1]]);
  });

  it('backfill says what it would do, and only with --apply links confirmed pairs and creates the others, once', async () => {
    const before = await customersNow();
    const args = ['backfill', '--crm', 'salesforce', '--object', 'Account', '--links', linksFile];
    expect(await cli(...args)).toMatchObject({
      records: 6,
      operations: 3,
      problems: 1,
      linked: 1,
      open: 2,
      applied: false,
    });
    expect(await customersNow()).toBe(before);
    expect(await cli(...args, '--apply')).toMatchObject({ accepted: 4, linked: 1, applied: true });
    // A load that was cut short is simply begun again.
    expect(await cli(...args, '--apply')).toMatchObject({ applied: true });
    const file = JSON.parse(readFileSync(linksFile, 'utf8')) as LinkFile;
    expect(file.open).toHaveLength(2);
    const until = Date.now() + 60_000;
    const linked = async (): Promise<Record<string, unknown> | undefined> =>
      (await stage.control.all('customer')).find((record) => record.id === seeded[0])?.fields;
    while ((await linked())?.['custentity_srl_crm_id'] === undefined && Date.now() < until)
      await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await linked()).toMatchObject({ companyname: 'Łódź Textiles GmbH' });
    // Pairs that only might be one wait for a person; what nothing fits is created.
    const after = await stage.control.all('customer');
    expect(after.filter(({ fields }) => String(fields['companyname']).startsWith('Łódź'))).toHaveLength(1);
    expect(after.filter(({ fields }) => fields['companyname'] === 'Twice There Inc')).toHaveLength(0);
  });
});

describe('A29: people and what records name, before they are loaded', () => {
  const account = toSfId18(id(0));
  const contact = (number: number): string => toSfId18(`003Qy000000000${String(number)}`.padEnd(15, 'A'));
  let known: string;
  const csv = path.join(folder, 'findings.csv');
  const linked = async (type: string, internalId: string): Promise<unknown> => {
    for (const end = Date.now() + 60_000; Date.now() < end;) {
      const record = (await stage.control.all(type)).find((one) => one.id === internalId);
      if (record?.fields['custentity_srl_crm_id']) return record.fields['custentity_srl_crm_id'];
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return undefined;
  };

  it('contacts are judged like accounts, compared within their customer, and every finding stands in a table', async () => {
    const { salesforce } = stage.crms;
    const people = [
      { LastName: 'Solo', FirstName: 'Hanna', Email: 'solo@lodz.example', AccountId: account },
      { LastName: 'Twice', Email: 'twice@lodz.example', AccountId: account },
      { LastName: 'Zwei', Email: 'Twice@lodz.example', AccountId: account },
      { LastName: 'Wolfeschlegelsteinhausenbergerdorff', Email: '=long@lodz.example', AccountId: account },
    ];
    people.forEach((one, at) => salesforce.add('Contact', { ...one, Id: contact(at) }));
    salesforce.add('User', { Id: '005000000000088AAA', Email: 'nobody@acme.example', IsActive: true });
    salesforce.edit('Account', account, { Payment_Terms__c: 'Net 999', OwnerId: '005000000000088AAA' });
    const fields = { entityid: 'Hanna Solo', company: seeded[0], email: 'SOLO@lodz.example', isinactive: false };
    [known] = (await stage.control.seed([{ type: 'contact', fields }])).map((one) => one.id) as [string];
    const objects = ['--object', 'Contact', 'Account'];
    const report = await cli(
      'preflight',
      '--crm',
      'salesforce',
      ...objects,
      '--links',
      linksFile,
      '--csv',
      csv,
      '--json',
    );
    const [accountsTold, contactsTold] = report['objects'] as PreflightReport[];
    expect(accountsTold).toMatchObject({ object: 'Account' });
    expect(accountsTold!.complaints).toContainEqual(
      expect.objectContaining({
        kind: 'not in NetSuite',
        what: 'term “Net 999”: NetSuite has none',
        examples: [account],
      }),
    );
    // F20: an owner whom nobody in NetSuite answers to; the load would take the default sales rep, or none.
    expect(accountsTold!.complaints).toContainEqual(
      expect.objectContaining({ what: 'employee “nobody@acme.example”: NetSuite has none', examples: [account] }),
    );
    expect(contactsTold).toMatchObject({ object: 'Contact', records: 4 });
    expect(contactsTold!.links?.proposals).toMatchObject([
      { crmId: contact(0), internalId: known, confidence: 'sure' },
    ]);
    expect(contactsTold!.duplicatesInCrm).toEqual([
      { by: 'email', value: 'twice@lodz.example', ids: [contact(1), contact(2)] },
    ]);
    expect(contactsTold!.complaints.map(({ kind, what }) => `${kind}: ${what}`)).toContain(
      'too long: lastname holds more than 32 characters',
    );
    const lines = readFileSync(csv, 'utf8').split('\r\n');
    expect(lines[0]).toBe('\uFEFFsystem,object,id,name,finding,what,with');
    expect(lines).toContain(`CRM,Account,${account},,not in NetSuite,term “Net 999”: NetSuite has none,`);
    expect(lines).toContain(`CRM,Contact,${contact(1)},,duplicate,same email: twice@lodz.example,${contact(2)}`);
    expect(lines.some((line) => line.startsWith(`CRM,Contact,${contact(0)},`) && line.endsWith(`,${known}`))).toBe(
      true,
    );
    salesforce.edit('Account', account, { Payment_Terms__c: null });
  });

  it('a contact that NetSuite has is linked by the load, not made a second time', async () => {
    const before = (await stage.control.all('contact')).length;
    const args = ['backfill', '--crm', 'salesforce', '--object', 'Contact', '--links', linksFile, '--apply'];
    expect(await cli(...args)).toMatchObject({ records: 4, linked: 1, applied: true });
    expect(await linked('contact', known)).toBe(contact(0));
    for (const end = Date.now() + 60_000; Date.now() < end;) {
      if ((await stage.control.all('contact')).length >= before + 2) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const contacts = await stage.control.all('contact');
    expect(contacts.filter(({ fields }) => String(fields['email']).toLowerCase() === 'solo@lodz.example')).toHaveLength(
      1,
    );
  });

  it('HubSpot: companies and contacts go through the same commands, each linked under its own kind', async () => {
    const { hubspot } = stage.crms;
    hubspot.table.clear();
    hubspot.add('companies', { id: '5001', properties: { name: 'Hub Linked Ltd', domain: 'hub-linked.example' } });
    hubspot.add('companies', { id: '5002', properties: { name: 'Hub New Ltd' } });
    // A contact may have the number of a company.
    hubspot.add('contacts', { id: '5001', properties: { lastname: 'Person', email: 'p@hub-linked.example' } });
    hubspot.links.addDefault('contacts', '5001', 'companies', '5001');
    const company = { entityid: 'Hub', companyname: 'Hub Linked', url: 'https://hub-linked.example', isperson: false };
    const [made] = await stage.control.seed([
      { type: 'customer', fields: { ...company, isinactive: false, subsidiary: '1' } },
    ]);
    const person = {
      entityid: 'Person',
      lastname: 'Person',
      email: 'p@hub-linked.example',
      company: made!.id,
      isinactive: false,
    };
    const [contactMade] = await stage.control.seed([{ type: 'contact', fields: person }]);
    const file = path.join(folder, 'hubspot-links.json');
    await cli('preflight', '--crm', 'hubspot', '--object', 'contacts', 'companies', '--links', file, '--json');
    expect((JSON.parse(readFileSync(file, 'utf8')) as LinkFile).links).toMatchObject([
      { object: 'companies', crmId: '5001', internalId: made!.id },
      { object: 'contacts', crmId: '5001', internalId: contactMade!.id },
    ]);
    const env = { SUITERELAY_KEY: stage.keys.hubspot };
    for (const object of ['companies', 'contacts']) {
      const told = await cliAs(env, 'backfill', '--crm', 'hubspot', '--object', object, '--links', file, '--apply');
      expect(told).toMatchObject({ linked: 1, applied: true });
    }
    expect(await linked('customer', made!.id)).toBe('5001');
    expect(await linked('contact', contactMade!.id)).toBe('5001');
    const names = (await stage.control.all('customer')).map(({ fields }) => fields['companyname']);
    expect(names.filter((name) => String(name).startsWith('Hub Linked'))).toHaveLength(1);
  });
});
