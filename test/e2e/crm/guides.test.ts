import { execFile } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { findBuilt } from '../../../demo/child-process';
import { HUBSPOT_MISTAKES, OWN_FIELD, SALESFORCE_MISTAKES, type Given } from '../../helpers/guide-mistakes';
import { readGuide, startGuideStage, type GuideStage } from '../../helpers/guide-stage';

const GUIDES = [
  { crm: 'salesforce', mistakes: SALESFORCE_MISTAKES },
  { crm: 'hubspot', mistakes: HUBSPOT_MISTAKES },
] as const;
/** Mistakes that are made before anything calls the relay. */
const SILENT = /^no |has no subscriptions/;

describe.each(GUIDES)('docs/connect-$crm.md', ({ crm, mistakes }) => {
  const guide = readGuide(crm);
  let stage: GuideStage;
  const start = async (given: Given, isCalled = true): Promise<void> => {
    stage = await startGuideStage(given);
    if (isCalled) await (crm === 'salesforce' ? stage.callAsSalesforce() : stage.callAsHubSpot());
  };
  afterEach(() => stage?.close());

  it('has a doctor line at the end of each step, and a known mistake for each of its items', () => {
    expect(guide.sections.length).toBeGreaterThanOrEqual(3);
    expect(guide.sections.filter(({ doctor }) => doctor.length === 0)).toEqual([]);
    expect(new Set(mistakes.map(({ step }) => step))).toEqual(new Set(guide.steps));
  });

  it('followed to its end, has doctor say every line that it promises, and nothing else amiss', async () => {
    await start({});
    const lines = await stage.ask(crm);
    const promised = guide.sections.flatMap(({ doctor }) => doctor);
    expect(promised.filter((one) => !lines.some((line) => line.startsWith(one)))).toEqual([]);
    expect(lines.filter((line) => !line.startsWith('ok '))).toEqual([]);
  });

  it.each(mistakes)(
    'step $step: $what, and doctor names it with what to do',
    async ({ what, given = {}, spoil, says }) => {
      await start(given, !SILENT.test(what));
      await spoil?.(stage);
      const lines = await stage.ask(crm);
      expect(lines.filter((line) => !line.startsWith('ok '))).toContainEqual(expect.stringMatching(says));
    },
  );
});

describe('docs/connect-salesforce.md, its key and its user', () => {
  it('step 3.1: `keygen --for salesforce` makes the files that the guide names, an RSA key and its certificate', async () => {
    const out = mkdtempSync(path.join(tmpdir(), 'suiterelay-keygen-'));
    const keygen = (...more: string[]) =>
      promisify(execFile)(process.execPath, [
        findBuilt('relay', 'cli.cjs'),
        'keygen',
        '--for',
        'salesforce',
        '--out',
        out,
        ...more,
      ]);
    try {
      const { stdout, stderr } = await keygen();
      const made = JSON.parse(stdout) as { key: string; certificate: string; alg: string };
      for (const file of [made.key, made.certificate])
        expect(readGuide('salesforce').text).toContain(path.basename(file));
      const certificate = new X509Certificate(readFileSync(made.certificate));
      expect(certificate.checkPrivateKey(createPrivateKey(readFileSync(made.key)))).toBe(true);
      expect(made.alg).toBe('RS256');
      expect(stderr).toContain('connected app');
      await expect(keygen('--kind', 'ec-p256')).rejects.toThrow('RSA keys only');
    } finally {
      rmSync(out, { recursive: true, force: true });
    }
  });

  it('step 2: has the fields tell whether the permission set is assigned, where the user may not view the setup', async () => {
    const stage = await startGuideStage();
    try {
      stage.org.intercept(({ query }) =>
        query.get('q')?.includes('PermissionSetAssignment')
          ? {
              status: 400,
              body: [
                { errorCode: 'INVALID_TYPE', message: "sObject type 'PermissionSetAssignment' is not supported." },
              ],
            }
          : undefined,
      );
      const { fields } = stage.org.schema.get('Account')!;
      for (const name of [...fields.keys()]) if (OWN_FIELD.test(name)) fields.delete(name);
      const lines = await stage.ask('salesforce');
      expect(lines).toContainEqual(expect.stringMatching(/^ok salesforce: user: .*not shown to it/));
      expect(lines).toContainEqual(
        expect.stringMatching(/^bad salesforce: Account: .*hidden.* → .*SuiteRelay_Integration/),
      );
    } finally {
      await stage.close();
    }
  });
});

describe('docs/connect-hubspot.md, its scopes and commands', () => {
  const listed = /```text\n([^`]+)```/.exec(readGuide('hubspot').text)![1]!.trim().split(/\s+/);
  const install = async (file: string): Promise<string> => {
    const args = [findBuilt('relay', 'cli.cjs'), 'crm', 'install', '--config', file, '--apply'];
    const told = await promisify(execFile)(process.execPath, args).catch(
      (error: unknown) => error as { stdout: string; stderr: string },
    );
    return told.stdout + told.stderr;
  };
  const empty = ({ portal }: GuideStage): void => {
    for (const object of ['companies', 'contacts', 'deals', 'line_items', 'products', 'tickets', 'orders', 'quotes'])
      for (const { name, groupName } of portal.schema.all(object))
        if (groupName === 'suiterelay') portal.schema.drop(object, name);
  };

  it('step 1: an app with exactly these scopes lacks none, and each object scope that is left out is named', async () => {
    const scopesSaid = async (scopes: readonly string[]): Promise<string> => {
      const stage = await startGuideStage({ portal: { scopes } });
      try {
        return (await stage.ask('hubspot')).find((line) => line.includes('hubspot: scopes')) ?? '';
      } finally {
        await stage.close();
      }
    };
    expect(await scopesSaid(listed)).toBe(`ok hubspot: scopes: ${listed.length} granted`);
    const [kept] = listed;
    const missing = /missing: (.*?) →/.exec(await scopesSaid([kept!]))![1]!.split(', ');
    expect([...missing, kept].sort()).toEqual(listed.filter((one) => !/schemas|owners/.test(one)).sort());
  });

  it('step 2: `crm install --apply` makes in an empty portal what doctor misses, with the scopes of step 1 alone', async () => {
    const stage = await startGuideStage({ portal: { scopes: listed } });
    try {
      empty(stage);
      await stage.callAsHubSpot();
      expect((await stage.ask('hubspot')).filter((line) => line.startsWith('bad '))).not.toEqual([]);
      const told = await install(stage.write());
      expect(told).toMatch(/hubspot companies: made netsuite_internal_id/);
      expect(told).toMatch(/hubspot orders: MISSING_SCOPES: .*no flow that is on needs it/);
      expect((await stage.ask('hubspot')).filter((line) => !line.startsWith('ok '))).toEqual([]);
      expect(await install(stage.write())).toMatch(/hubspot companies: complete/);
    } finally {
      await stage.close();
    }
  });

  it('step 3: `crm action` prints the workflow action with the address of this relay, as HubSpot takes it', async () => {
    const stage = await startGuideStage({ portal: { developerKey: 'key-of-the-developer' } });
    try {
      stage.config.publicUrl = 'https://relay.example.com';
      const args = [findBuilt('relay', 'cli.cjs'), 'crm', 'action', '--config', stage.write()];
      const { stdout } = await promisify(execFile)(process.execPath, args);
      const made = await fetch(`${stage.portal.url}/automation/v4/actions/54321?hapikey=key-of-the-developer`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: stdout,
      });
      expect(made.status).toBe(201);
      expect(await made.json()).toMatchObject({ actionUrl: 'https://relay.example.com/v1/hooks/hubspot-action' });
    } finally {
      await stage.close();
    }
  });

  it('step 2: an app that may not make properties is told which scopes it lacks; a property of another form is named', async () => {
    const stage = await startGuideStage({ portal: { scopes: listed.filter((one) => !one.includes('schemas.deals')) } });
    try {
      empty(stage);
      stage.portal.schema.create('companies', {
        name: 'netsuite_balance',
        type: 'string',
        groupName: 'companyinformation',
      });
      const told = await install(stage.write());
      expect(told).toMatch(/hubspot companies: netsuite_balance is of the type string, not number: archive it/);
      expect(told).toMatch(/deals: give the app of hubspot the scopes crm\.schemas/);
      expect(told).not.toMatch(/ at .*\.cjs/);
    } finally {
      await stage.close();
    }
  });
});
