import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ApexParserFactory } from '@apexdevtools/apex-parser';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { loadFlows } from '../../../flows';
import { STANDARD } from '../../../demo/fake-crm/salesforce/standard-fields';
import { pathsOf } from '../../../relay/crm/salesforce/build-query';
import { wantedObjects } from '../../../relay/crm/wanted-objects';
import { PROBLEMS } from '../../../relay/http/problem';

const base = path.resolve(__dirname, '../../../crm/salesforce/force-app/main/default');
const files = (pattern: string): string[] => globSync(pattern, { cwd: base }).map((file) => path.join(base, file));
const text = (file: string): string => readFileSync(file, 'utf8');

/** Parses Apex; throws at the first place that is none. */
function parseApex(source: string, trigger: boolean): void {
  const parser = ApexParserFactory.createParser(source, true);
  if (trigger) parser.triggerUnit();
  else parser.compilationUnit();
}

describe('The Salesforce package', () => {
  const apex = [...files('classes/*.cls'), ...files('triggers/*.trigger')];

  it.each(apex.map((file) => path.basename(file)))(
    '%s is Apex, has its metadata, and a slip in it would be seen',
    (name) => {
      const file = apex.find((one) => path.basename(one) === name)!;
      const trigger = name.endsWith('.trigger');
      parseApex(text(file), trigger);
      expect(() => parseApex(text(file).replace(/\}\s*$/, ''), trigger)).toThrow();
      expect(existsSync(`${file}-meta.xml`)).toBe(true);
    },
  );

  it('P9: sends after the transaction, and nothing that the integration itself saved', () => {
    const dispatch = text(path.join(base, 'classes/SuiteRelayDispatch.cls'));
    expect(dispatch).toContain('implements Queueable, Database.AllowsCallouts');
    expect(dispatch).toContain("FeatureManagement.checkPermission('SuiteRelay_Integration')");
    expect(dispatch).toContain('Limits.getLimitQueueableJobs()');
    expect(dispatch).toContain('System.attachFinalizer');
    for (const trigger of files('triggers/*.trigger')) expect(text(trigger)).not.toMatch(/Http|@future|EventBus/);
  });

  it('waits between its attempts, longer each time and a quarter of an hour in all: a relay that restarts leaves no record as not sent', () => {
    const dispatch = text(path.join(base, 'classes/SuiteRelayDispatch.cls'));
    const [first, ...pauses] = /PAUSES = new List<Integer>\{([^}]*)\}/.exec(dispatch)![1]!.split(',').map(Number);
    expect(first).toBe(0);
    expect(pauses).toHaveLength(Number(/LAST_ATTEMPT = (\d+)/.exec(dispatch)![1]) - 1);
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(pauses.reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(15);
    // Apex Reference Guide, System.enqueueJob(queueable, delay): 0 to 10 minutes.
    expect(Math.max(...pauses)).toBeLessThanOrEqual(10);
    const finalizer = text(path.join(base, 'classes/SuiteRelayFinalizer.cls'));
    expect(finalizer).toContain('System.enqueueJob(again, again.pauseMinutes());');
  });

  it('P17: reads in Apex every field that the relay reads by itself: a currency that is left out would book another amount', () => {
    const query = text(path.join(base, 'classes/SuiteRelayQuery.cls'));
    const listOf = (name: string): string[] =>
      [...new RegExp(`${name} = new List<String>\\{([^}]*)\\}`).exec(query)![1]!.matchAll(/'(\w+)'/g)].map(
        ([, one]) => one!,
      );
    const { flowsFor } = loadFlows({ presets: ['salesforce'] });
    const lacking = Object.entries({
      Account: 'ACCOUNT_FIELDS',
      Contact: 'CONTACT_FIELDS',
      Opportunity: 'OPPORTUNITY_FIELDS',
    }).flatMap(([object, list]) => {
      const { choices, children } = pathsOf(flowsFor('salesforce', object));
      const own = new Set(['Id', 'Owner.Email', ...listOf(list)]);
      const lines = new Set(['Id', ...listOf('LINE_FIELDS')]);
      const missing = choices.flatMap((choice) => {
        const plain = choice.filter((one) => !/Address\.|^OpportunityLineItems/.test(one));
        return plain.every((one) => own.has(one) || one === 'Account.Id') ? [] : [`${object}: ${choice.join(' or ')}`];
      });
      const ofLines = [...(children.get('OpportunityLineItems') ?? [])].filter(
        (one) => !one.includes('.') && !lines.has(one),
      );
      return [...missing, ...ofLines.map((one) => `${object} line: ${one}`)];
    });
    expect(lacking).toEqual([]);
  });

  it('P13: knows the relay’s word for a key that was used, so that an answer that was lost leaves no record marked as not sent', () => {
    const dispatch = text(path.join(base, 'classes/SuiteRelayDispatch.cls'));
    const [, code] = /KEY_WAS_USED = '([^']+)'/.exec(dispatch)!;
    expect(PROBLEMS[code as keyof typeof PROBLEMS].status).toBe(422);
    expect(dispatch).toMatch(/getStatusCode\(\) == 422 && response\.getBody\(\)\.contains\(KEY_WAS_USED\)/);
  });

  it('covers each class and trigger by tests of its own, as a deployment of it alone demands', () => {
    const test = text(path.join(base, 'classes/SuiteRelayDispatchTest.cls'));
    for (const object of ['Account', 'Contact', 'Opportunity']) expect(test).toMatch(new RegExp(`new ${object}\\(`));
    for (const branch of ["'Opportunity'", "'Lead'", 'afterFailure', '.post(', '.rest()'])
      expect(test).toContain(branch);
    expect(test).not.toMatch(/SeeAllData\s*=\s*true|isRunningTest/i);
  });

  it('lets everyone whose saves are sent use the credential, and the integration read and write the objects it needs', () => {
    for (const name of ['Integration', 'User']) {
      const set = text(path.join(base, `permissionsets/SuiteRelay_${name}.permissionset-meta.xml`));
      expect(set).toContain('<externalCredentialPrincipal>SuiteRelay-SuiteRelay</externalCredentialPrincipal>');
      expect(set).toContain('<object>UserExternalCredential</object>');
      expect(set).not.toMatch(/<(allowDelete|modifyAllRecords)>true/);
    }
    const integration = text(path.join(base, 'permissionsets/SuiteRelay_Integration.permissionset-meta.xml'));
    for (const object of ['Account', 'Contact', 'Opportunity', 'Case', 'Product2', 'Pricebook2'])
      expect(integration).toContain(`<object>${object}</object>`);
  });

  it('names all it holds in its manifest', () => {
    const manifest = text(path.resolve(base, '../../../manifest/package.xml'));
    const members = new Set([...manifest.matchAll(/<members>([^<]+)</g)].map(([, one]) => one));
    const wanted = [
      ...apex.map((file) => path.basename(file).replace(/\.(cls|trigger)$/, '')),
      ...files('objects/*/fields/*.field-meta.xml').map(
        (file) => `${path.basename(path.resolve(file, '../..'))}.${path.basename(file, '.field-meta.xml')}`,
      ),
      ...files('objects/*/*.object-meta.xml').map((file) => path.basename(file, '.object-meta.xml')),
      ...files('permissionsets/*').map((file) => path.basename(file, '.permissionset-meta.xml')),
    ];
    expect(wanted.filter((one) => !members.has(one))).toEqual([]);
    expect(manifest).toContain('<version>62.0</version>');
  });

  it('is well-formed XML throughout, each field named like its file', () => {
    const xml = files('**/*.xml');
    expect(xml.length).toBeGreaterThan(30);
    for (const file of xml) expect([file, XMLValidator.validate(text(file))]).toEqual([file, true]);
    for (const file of files('objects/**/*.field-meta.xml'))
      expect(text(file)).toContain(`<fullName>${path.basename(file, '.field-meta.xml')}</fullName>`);
  });

  it('has every field that the preset writes, finds records by external ids, and lets the integration write them', () => {
    const { flows } = loadFlows({ presets: ['salesforce'] });
    const permissions = new XMLParser().parse(
      text(path.join(base, 'permissionsets/SuiteRelay_Integration.permissionset-meta.xml')),
    ) as { PermissionSet: { fieldPermissions: { field: string; editable: boolean }[] } };
    const editable = new Set(
      permissions.PermissionSet.fieldPermissions.filter((one) => one.editable).map(({ field }) => field),
    );
    const lacking: string[] = [];
    for (const { object, writes, keys } of wantedObjects(flows, { name: 'salesforce', kind: 'salesforce' })) {
      for (const field of [...writes, ...keys]) {
        // Through a relationship: the parent's own field, which its own flow is checked for.
        if (field.includes('.')) continue;
        if (!field.endsWith('__c')) {
          if (STANDARD[object] && !new RegExp(`\\b${field}:`).test(STANDARD[object].fields))
            lacking.push(`${object}.${field}: standard`);
          continue;
        }
        const file = path.join(base, 'objects', object, 'fields', `${field}.field-meta.xml`);
        if (!existsSync(file)) lacking.push(`${object}.${field}: metadata`);
        else if (!/<required>true/.test(text(file)) && !editable.has(`${object}.${field}`))
          lacking.push(`${object}.${field}: permission`);
        if (keys.has(field) && existsSync(file) && !text(file).includes('<externalId>true</externalId>'))
          lacking.push(`${object}.${field}: external id`);
      }
    }
    expect(lacking).toEqual([]);
  });

  it('has every field of its own that a flow reads, also of flows that are off as shipped, and lets it be read', () => {
    const flows = loadFlows({ presets: ['salesforce'] }).flows.map((flow) => ({ ...flow, enabled: true }));
    const readable = text(path.join(base, 'permissionsets/SuiteRelay_Integration.permissionset-meta.xml'));
    const lacking = wantedObjects(flows, { name: 'salesforce', kind: 'salesforce' }).flatMap(({ object, reads }) =>
      reads.flat().flatMap((field) => {
        if (!field.endsWith('__c')) return [];
        const file = path.join(base, 'objects', object, 'fields', `${field}.field-meta.xml`);
        if (!existsSync(file)) return [`${object}.${field}: metadata`];
        const granted = /<required>true/.test(text(file)) || readable.includes(`<field>${object}.${field}</field>`);
        return granted ? [] : [`${object}.${field}: permission`];
      }),
    );
    expect(lacking).toEqual([]);
  });

  it('calls the relay by a named credential that carries its key as a header, and no secret', () => {
    const named = text(files('namedCredentials/*.xml')[0]!);
    const external = text(files('externalCredentials/*.xml')[0]!);
    expect(named).toContain('<externalCredential>SuiteRelay</externalCredential>');
    expect(external).toContain("{!'Bearer ' &amp; $Credential.SuiteRelay.ApiKey}");
    expect(named + external).not.toMatch(/srl_[A-Za-z0-9_-]{16,}/);
  });
});
