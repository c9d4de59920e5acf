import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
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

const cli = async (...args: string[]): Promise<Record<string, unknown>> => {
  const env = {
    ...process.env,
    SUITERELAY_URL: String(stage.relay().ready['url']),
    SUITERELAY_KEY: stage.keys.salesforce,
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
