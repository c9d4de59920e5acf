import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { FlowDefinitionError, loadFlows } from '../../../flows';
import { findInternalIds, namesOfFlows } from '../../../flows/names-of-flows';
import { addFlows } from '../../../relay/cli/commands/flows';
import { loadMapper } from '../../../relay/config/load-mapper';
import { loadFlowPart } from '../../../relay/config/load-flow-part';

const ACCOUNT = 'salesforce.account-to-customer';
const load = (text: string) => loadFlows({ presets: ['salesforce'], overlays: [{ name: 'o.yaml', text }] });
const flow = (text: string, id = ACCOUNT) => load(text).flows.find((one) => one.id === id)!;
const issuesOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof FlowDefinitionError) return error.message;
    throw error;
  }
  return '';
};

describe('an overlay', () => {
  it('changes, adds and removes fields by name, and leaves the rest as shipped', () => {
    const fields = flow(
      `flows: { ${ACCOUNT}: { fields: { phone: { truncate: true }, fax: null, custentity_tier: { from: Tier__c, owner: crm } } } }`,
    ).fields;
    const shipped = loadFlows({ presets: ['salesforce'] }).flows.find(({ id }) => id === ACCOUNT)!.fields;
    expect(fields.find(({ to }) => to === 'phone')).toMatchObject({ from: 'Phone', truncate: true, owner: 'crm' });
    expect(fields.map(({ to }) => to)).toEqual([
      ...shipped.map(({ to }) => to).filter((to) => to !== 'fax'),
      'custentity_tier',
    ]);
  });

  it('is checked like a flow: unknown flows, owners and targets are refused with the path', () => {
    expect(issuesOf(() => load('flows: { no.such: { enabled: false } }'))).toMatch(
      /no.such.*there is no such flow.*account-to-customer/,
    );
    expect(issuesOf(() => load(`flows: { ${ACCOUNT}: { fields: { custentity_x: { from: X } } } }`))).toMatch(
      /owner.*crm, netsuite or relay/,
    );
    expect(issuesOf(() => load(`flows: { ${ACCOUNT}: { fields: { taxcode: { from: X, owner: crm } } } }`))).toMatch(
      /tax, which NetSuite alone decides/,
    );
    expect(issuesOf(() => load('flow: {}'))).toMatch(/o.yaml.*flow/);
  });

  it('switches the gate of accounts by a setting', () => {
    const set = load('settings: { accountGate: flag }');
    const [outcome] = set.mapRecord('salesforce', 'Account', {
      Id: '001xx000003DGbYAAW',
      Name: 'A',
      Send_to_NetSuite__c: false,
    });
    expect(outcome).toMatchObject({
      kind: 'ignored',
      reason: expect.stringContaining('Send_to_NetSuite__c') as unknown,
    });
    expect(load('').mapRecord('salesforce', 'Account', { Id: '001xx000003DGbYAAW', Name: 'A' })[0]).toMatchObject({
      kind: 'operations',
    });
    expect(
      load('settings: { accountGate: won }').mapRecord('salesforce', 'Account', {
        Id: '001xx000003DGbYAAW',
        Name: 'A',
      })[0],
    ).toMatchObject({ onlyNeeded: true });
  });
});

describe('a flow that writes back what another one reads', () => {
  const back = (owner: string, more = ''): string =>
    `flows: { salesforce.customer-to-account: { ${more} fields: { Name: { from: companyname, owner: ${owner} } } }, ${ACCOUNT}: { fields: { companyname: { owner: ${owner} } } } }`;
  const staged = '{ crmWhile: [LEAD, PROSPECT], then: netsuite }';

  it('does not load before its owner changes by stage and somebody has confirmed the conflict rules', () => {
    expect(
      issuesOf(() =>
        load('flows: { salesforce.customer-to-account: { fields: { Name: { from: companyname, owner: netsuite } } } }'),
      ),
    ).toMatch(/flows both ways.*same owner by stage/);
    expect(issuesOf(() => load(back(staged)))).toMatch(/flows both ways.*set conflictRules/);
    const confirmed = 'conflictRules: { confirmedBy: "A. Owner", confirmedOn: 2026-11-21 },';
    expect(load(back(staged, confirmed.replace('2026-11-21', '"2026-11-21"'))).flows.length).toBeGreaterThan(5);
  });
});

describe('A43: promotion between environments', () => {
  let folder: string;
  const output: string[] = [];
  const at = (name: string): string => path.join(folder, name);
  const run = async (...words: string[]): Promise<string> => {
    output.length = 0;
    const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => output.push(String(text)) > 0);
    try {
      const program = new Command().exitOverride();
      addFlows(program);
      await program.parseAsync(['node', 'suiterelay', 'flows', ...words]);
    } finally {
      write.mockRestore();
    }
    return output.join('');
  };
  const config = (account: string, overlay: string): string =>
    `netsuite: [{ account: "${account}", auth: env:NOT_SET_HERE }]\nflows: [salesforce, { overlay: ${overlay} }]\n`;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'suiterelay-overlay-'));
    writeFileSync(at('sandbox.yaml'), config('1_SB1', 'sandbox.overlay.yaml'));
    writeFileSync(at('production.yaml'), config('1', 'production.overlay.yaml'));
    writeFileSync(
      at('sandbox.overlay.yaml'),
      `settings: { subsidiary: Test Inc, customerForm: custform_a, externalIdSuffix: SB }\nflows: { ${ACCOUNT}: { fields: { phone: { truncate: true } } } }\n`,
    );
    writeFileSync(at('production.overlay.yaml'), 'settings: { subsidiary: Acme Inc }\n');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('prints who owns what as the checked-in document says it, and one flow with its lines, without any secret', async () => {
    writeFileSync(
      at('all.yaml'),
      'netsuite: [{ account: "1", auth: env:NOT_SET_HERE }]\nflows: [salesforce, hubspot]\n',
    );
    const document = readFileSync(path.resolve(__dirname, '../../../docs/ownership.md'), 'utf8');
    expect(await run('--markdown', '--config', at('all.yaml'))).toBe(document);
    const shown = await run('hubspot.deal-to-salesorder', '--config', at('all.yaml'));
    expect(shown).toMatch(/item line: rate +properties\.price +crm +always/);
  });

  it('shows every difference, writes nothing without --apply, and keeps what is the environment’s own', async () => {
    expect(await run('diff', at('sandbox.yaml'), at('production.yaml'))).toContain(
      `${ACCOUNT}.fields.phone.truncate: true → (nothing)`,
    );
    const before = readFileSync(at('production.overlay.yaml'), 'utf8');
    const shown = await run('promote', at('sandbox.yaml'), at('production.yaml'));
    expect(shown).toContain(`${ACCOUNT}.fields.phone.truncate: (nothing) → true`);
    expect(shown).toContain('Kept as the target has them: subsidiary');
    expect(readFileSync(at('production.overlay.yaml'), 'utf8')).toBe(before);
    await run('promote', at('sandbox.yaml'), at('production.yaml'), '--apply');
    const part = loadFlowPart(at('production.yaml'));
    const { flows, context } = loadMapper(part, 'production.yaml').set('1');
    expect(context.settings).toEqual({ subsidiary: 'Acme Inc', customerForm: 'custform_a' });
    expect(flows.find(({ id }) => id === ACCOUNT)?.fields.find(({ to }) => to === 'phone')?.truncate).toBe(true);
    expect(await run('promote', at('sandbox.yaml'), at('production.yaml'))).toContain('Nothing to promote');
  });

  it.each([
    ['a form by internal id', 'settings: { customerForm: "117" }', 'customForm: 117'],
    [
      'a reference by internal id',
      `flows: { ${ACCOUNT}: { fields: { terms: { from: null, constant: "4", reference: { by: internalId } } } } }`,
      'fields.terms: 4',
    ],
    [
      'a table of internal ids',
      `flows: { ${ACCOUNT}: { fields: { category: { from: Type, owner: crm, transform: { name: picklist, table: { Gold: "5" } }, reference: { recordType: customercategory, by: internalId } } } } }`,
      'fields.category: 5',
    ],
    [
      'a number for the terms that is called no reference',
      `flows: { ${ACCOUNT}: { fields: { terms: null, pricelevel: { constant: "5", owner: relay } } } }`,
      'fields.pricelevel: 5',
    ],
    [
      'a number for the location of lines, out of a table',
      'flows: { salesforce.opportunity-to-salesorder: { lines: { item: { fields: { location: { from: Site__c, owner: crm, transform: { name: picklist, table: { Berlin: 3 } } } } } } } }',
      'lines.item.fields.location: 3',
    ],
    ['a sales rep that is a number', 'settings: { defaultSalesRep: 3 }\n', 'fields.salesrep: 3'],
  ])('refuses %s, naming the place', async (_what, overlay, named) => {
    writeFileSync(at('sandbox.overlay.yaml'), overlay);
    await expect(run('promote', at('sandbox.yaml'), at('production.yaml'), '--apply')).rejects.toThrow(named);
    expect(readFileSync(at('production.overlay.yaml'), 'utf8')).toBe('settings: { subsidiary: Acme Inc }\n');
  });
});

it('lists the records that configuration names, each once, with the place that needs it', () => {
  const settings = {
    subsidiary: 'Acme Inc',
    customerForm: 'custform_a',
    defaultSalesRep: 'rep@example.com',
    discountItem: 'DISCOUNT',
  };
  const { flows } = loadFlows({ presets: ['salesforce'], settings });
  expect(namesOfFlows(flows, settings)).toEqual(
    expect.arrayContaining([
      { recordType: 'subsidiary', by: 'name', value: 'Acme Inc', usedBy: expect.any(String) as string },
      { recordType: 'customform', by: 'customer', value: 'custform_a', usedBy: `${ACCOUNT}.customForm` },
      { recordType: 'employee', by: 'email', value: 'rep@example.com', usedBy: expect.any(String) as string },
    ]),
  );
  expect(findInternalIds(flows, settings)).toEqual([]);
});

describe('transforms of an installation', () => {
  const field = { to: 'phone', from: 'Phone', owner: 'crm', transform: 'shout' };
  const own = {
    id: 'a.b',
    title: 't',
    crm: 'x',
    object: 'O',
    direction: 'toNetSuite',
    recordType: 'customer',
    key: { prefix: 'X', from: 'Id' },
    fields: [field],
  };
  const set = (shout: (value: unknown) => unknown) =>
    loadFlows({ files: [{ name: 'f', text: JSON.stringify(own) }], transforms: { shout } });

  it('are used by flows like the ones that ship', () => {
    const [outcome] = set((value) => String(value).toUpperCase()).mapRecord('x', 'O', { Id: '1', Phone: 'abc' });
    expect(outcome).toMatchObject({ operations: [{ fields: { phone: { value: 'ABC' } } }] });
  });

  it('make a problem of the one record when they fail or answer what no field takes', () => {
    const failing = set(() => {
      throw new Error('boom');
    });
    expect(failing.mapRecord('x', 'O', { Id: '1', Phone: 'a' })[0]).toMatchObject({
      kind: 'problem',
      problem: { field: 'Phone', message: expect.stringContaining('boom') as unknown },
    });
    expect(set(() => ({})).mapRecord('x', 'O', { Id: '1', Phone: 'a' })[0]).toMatchObject({ kind: 'problem' });
  });

  it('are loaded from a module, and may not take the name of a shipped one', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'suiterelay-transforms-'));
    writeFileSync(path.join(folder, 'own.cjs'), 'exports.phone = (value) => value;\n');
    writeFileSync(path.join(folder, 'r.yaml'), 'netsuite: [{ account: "1" }]\ntransforms: [{ file: own.cjs }]\n');
    try {
      expect(() => loadMapper(loadFlowPart(path.join(folder, 'r.yaml')), 'r.yaml')).toThrow(
        /phone.*name of a transform that ships/,
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
