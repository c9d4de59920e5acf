import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { identityOf, plainName } from '../../../relay/preflight/identity';
import { findDuplicates, proposeLinks, type CrmSide, type NetSuiteSide } from '../../../relay/preflight/propose-links';
import { startProcessorTime } from '../../helpers/processor-time';
import { csvLine, FindingsFile } from '../../../relay/preflight/write-csv';

const crm = (crmId: string, values: Parameters<typeof identityOf>[0], externalId: string | null = null): CrmSide => ({
  crmId,
  externalId,
  label: values.name as string,
  ...identityOf(values),
});
const customer = (internalId: string, values: Parameters<typeof identityOf>[0], more = {}): NetSuiteSide => ({
  internalId,
  externalId: null,
  crmId: null,
  label: values.name as string,
  ...identityOf(values),
  ...more,
});

describe('Which records are the same company', () => {
  it.each([
    ['Müller & Söhne GmbH', 'muller sohne'],
    ['ACME, Inc.', 'acme'],
    ['Łódź S.A.', 'lodz'],
    ['  The   Co-op  ', 'the op'],
  ])('reads the name %s as %s', (name, plain) => {
    expect(plainName(name)).toBe(plain);
  });

  it('P42: two people of one mail provider have nothing in common', () => {
    const { proposals, unmatched } = proposeLinks(
      [crm('a', { name: 'One', email: 'one@gmail.com' })],
      [customer('1', { name: 'Two', email: 'two@gmail.com' })],
    );
    expect([proposals, unmatched]).toEqual([[], 1]);
  });

  it('proposes a pair only where each side fits the other alone, and leaves linked ones out', () => {
    const plan = proposeLinks(
      [
        crm('linked', { name: 'L' }, 'SF_ACCT_LINKED'),
        crm('sure', { name: 'S', email: 'S@s.example' }),
        crm('twins-1', { name: 'Twin', url: 'twin.example' }),
        crm('twins-2', { name: 'Twin', url: 'twin.example' }),
        crm('new', { name: 'New' }),
      ],
      [
        customer('1', { name: 'L' }, { externalId: 'sf_acct_linked' }),
        customer('2', { name: 'Other name', email: 's@S.example' }),
        customer('3', { name: 'Twin', url: 'https://twin.example/' }),
        customer('4', { name: 'New' }, { crmId: 'somebody else' }),
      ],
    );
    expect(plan).toMatchObject({ linked: 1, unmatched: 1 });
    expect(plan.proposals).toMatchObject([{ crmId: 'sure', internalId: '2', by: 'email', confidence: 'sure' }]);
    expect(plan.ambiguous.map(({ crmId }) => crmId)).toEqual(['twins-1', 'twins-2']);
  });

  it('compares 50,000 accounts with 50,000 customers in seconds', () => {
    const values = (at: number): Parameters<typeof identityOf>[0] => ({
      name: `Company number ${at} Ltd`,
      url: `https://www.company-${at}.example`,
      phone: `+44 20 ${String(10_000_000 + at)}`,
    });
    const ours = Array.from({ length: 50_000 }, (_, at) => crm(`a${at}`, values(at)));
    const theirs = Array.from({ length: 50_000 }, (_, at) => customer(String(at), values(at)));
    const usedMs = startProcessorTime();
    const plan = proposeLinks(ours, theirs);
    expect(plan.proposals).toHaveLength(50_000);
    expect(findDuplicates(ours, ({ crmId }) => crmId)).toEqual([]);
    expect(usedMs()).toBeLessThan(10_000);
  });
});

it('50,000 accounts of one name beside 50,000 customers of that name are one question each, and a table that can be opened', () => {
  const count = 50_000;
  const ours = Array.from({ length: count }, (_, at) => crm(`a${at}`, { name: 'Test' }));
  const theirs = Array.from({ length: count }, (_, at) => customer(String(at), { name: 'test' }));
  const usedMs = startProcessorTime();
  const links = proposeLinks(ours, theirs);
  expect([links.ambiguous.length, links.proposals.length]).toEqual([count, 0]);
  expect(links.ambiguous.at(-1)).toMatchObject({
    fits: count,
    internalIds: Array.from({ length: 20 }, (_, at) => String(at)),
  });
  const folder = mkdtempSync(path.join(tmpdir(), 'suiterelay-findings-'));
  try {
    const table = new FindingsFile(path.join(folder, 'findings.csv'));
    const duplicatesInCrm = findDuplicates(ours, ({ crmId }) => crmId);
    table.addReport({
      object: 'Account',
      records: count,
      complaints: [],
      duplicatesInCrm,
      duplicatesInNetSuite: [],
      links,
    });
    table.close();
    const lines = readFileSync(path.join(folder, 'findings.csv'), 'utf8').trimEnd().split('\r\n');
    expect(lines).toHaveLength(1 + 2 * count);
    expect(lines[1]).toMatch(/^CRM,Account,a0,,duplicate,same name: test,a1 .* a20 and 49979 more$/);
    expect(lines.at(-1)).toMatch(/,several may be the same: decide,same name,0 1 .* 19 and 49980 more$/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  // Each against each would be 2,500,000,000 comparisons.
  expect(usedMs()).toBeLessThan(20_000);
});

it('a table of findings is read back as it was, and no text in it runs as a formula', () => {
  expect(csvLine(['plain', 'a "quoted", one', 'two\nlines'])).toBe('plain,"a ""quoted"", one","two\nlines"\r\n');
  expect(csvLine(['=HYPERLINK("x")', '+49 30', '-1', '@sum'])).toBe(`"'=HYPERLINK(""x"")",'+49 30,'-1,'@sum\r\n`);
});
