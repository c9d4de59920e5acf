import { readFileSync } from 'node:fs';
import path from 'node:path';
import { canonicalJson, FIELD_LENGTHS } from '../../../contract';
import { buildExternalId, crmIdOfKey, TRANSFORMS, TransformError, type MapWarning } from '../../../flows';
import { normalValue } from '../../../flows/conflict/same-value';
import { ISO2_TO_ISO3 } from '../../../flows/transforms/countries-data';
import { splitStreet } from '../../../flows/transforms/split-street';
import { cleanState } from '../../../flows/transforms/state';
import { toUploads } from '../../../relay/crm/salesforce/bulk-rows';

type Options = Record<string, unknown>;
/** What goes in, with which options, and what comes out: a value, or the code of a refusal. */
type Vector = readonly [input: unknown, expected: unknown, options?: Options];

const codes: MapWarning['code'][] = [];
const context = {
  timeZone: 'America/Los_Angeles',
  settings: {},
  transforms: TRANSFORMS,
  record: { CurrencyIsoCode: 'EUR' },
  warn: ({ code }: MapWarning) => void codes.push(code),
};
const refused = (code: string): { refused: string } => ({ refused: code });
function run(name: string, input: unknown, options: Options = {}): unknown {
  try {
    return TRANSFORMS[name]!(input, context, options);
  } catch (error) {
    if (error instanceof TransformError) return refused(error.code);
    throw error;
  }
}
beforeEach(() => codes.splice(0));

const LA = { timeZone: 'America/Los_Angeles' };
const TOKYO = { timeZone: 'Asia/Tokyo' };
const tiers = { Gold: '1', Silver: '2' };
const rules = [
  { countries: ['DE', 'AT'], use: '3' },
  { when: { CurrencyIsoCode: 'EUR' }, countries: ['FR'], use: '4' },
];

/** Every transform with the vectors of its rule. */
const VECTORS: Readonly<Record<string, readonly Vector[]>> = {
  sfId18: [
    ['005xx000001Sv6e', '005xx000001Sv6eAAC'],
    ['00Dxx0000001gPL', '00Dxx0000001gPLEAY'],
    ['001xx000003DGbY', '001xx000003DGbYAAW'],
    ['001xx000003DGby', '001xx000003DGbyAAG'],
    ['001xx000003DGBY', '001xx000003DGBYAA4'],
    ['001xx000003DGBYAA4', '001xx000003DGBYAA4'],
    ['001xx000003DGBYAAW', refused('INVALID_CRM_ID')],
    ['001xx000003DG', refused('INVALID_CRM_ID')],
  ],
  sfRecordId: [['001xx000003DGbY', '001xx000003DGbYAAW']],
  digitsId: [
    [541935488729, '541935488729'],
    ['54-1', refused('INVALID_CRM_ID')],
  ],
  crmIdFromKey: [
    ['SF_ACCT_001XX000003DGBYAAW', '001xx000003DGbYAAW', { prefix: 'SF_ACCT' }],
    ['HS_COMP_42', '42', { prefix: 'HS_COMP' }],
    ['HS_COMP_42', undefined, { prefix: 'SF_ACCT' }],
  ],
  truncate: [
    [`${'A'.repeat(82)}🚀B`, 'A'.repeat(82), { length: 83 }],
    [`${'A'.repeat(82)}🚀B`, `${'A'.repeat(82)}🚀`, { length: 84 }],
    ['short', 'short', { length: 83 }],
  ],
  country: [
    ['US', 'US'], ['USA', 'US'], ['United States', 'US'], ['U.K.', 'GB'], ['_unitedStates', 'US'], ['deu', 'DE'], ['Utopia', refused('UNKNOWN_COUNTRY')],
  ], // prettier-ignore
  currencyCode: [
    ['eur', 'EUR'],
    ['Euro', refused('UNKNOWN_CURRENCY')],
  ],
  money: [
    [1.005, 1.01],
    [0.1 * 3, 0.3],
    ['2.675', 2.68],
    ['10.5', 11, { currency: 'JPY' }],
    ['1.0005', 1.001, { currency: 'BHD' }],
    ['-1.005', -1.01],
    ['1,50', refused('INVALID_VALUE')],
  ],
  rate: [['0.123456785', 0.12345679]],
  quantity: [
    ['2.5', 2.5],
    [0, refused('NEGATIVE_QUANTITY')],
    [-1, refused('NEGATIVE_QUANTITY')],
  ],
  wholeNumber: [['2.5', 3]],
  absolute: [['-3.10', 3.1]],
  inverseRate: [
    ['0.8', 1.25],
    [3, 0.3333333333],
    [0, refused('INVALID_VALUE')],
  ],
  percent: [
    [10, 10],
    ['10%', 10],
    ['10 %', 10],
    [0.1, 10, { fraction: true }],
    ['10%', 10, { fraction: true }],
    ['ten', refused('INVALID_VALUE')],
  ],
  subsidiary: [
    ['DE', '3', { rules }],
    ['fr', '4', { rules }],
    ['US', refused('SUBSIDIARY_MISMATCH'), { rules }],
  ],
  dateOnly: [
    ['2026-03-01', '2026-03-01'],
    ['2026-02-29', refused('INVALID_DATE')],
    ['2026-03-01T00:00:00Z', refused('INVALID_DATE')],
  ],
  dateTimeToDate: [
    ['2026-03-01T00:00:00Z', '2026-02-28', LA],
    ['2026-03-01T00:00:00Z', '2026-03-01', TOKYO],
    [String(Date.parse('2026-03-01T00:00:00Z')), '2026-02-28', LA],
    // The clock goes forward on 8 March: 01:59:59 is followed by 03:00, and the day has 23 hours.
    ['2026-03-08T09:59:59Z', '2026-03-08', LA],
    ['2026-03-08T10:00:00Z', '2026-03-08', LA],
    ['2026-03-09T06:59:59Z', '2026-03-08', LA],
    ['2026-03-09T07:00:00Z', '2026-03-09', LA],
    // 01:30 comes twice on 1 November, and the day has 25 hours.
    ['2026-11-01T08:30:00Z', '2026-11-01', LA],
    ['2026-11-01T09:30:00Z', '2026-11-01', LA],
    ['2026-11-02T07:59:59Z', '2026-11-01', LA],
    ['2026-11-02T08:00:00Z', '2026-11-02', LA],
    // A day that is one already has no zone.
    ['2026-03-01', '2026-03-01', LA],
  ],
  dateTime: [
    ['2026-01-02T03:04:05.000+0000', '2026-01-02T03:04:05.000Z'],
    ['2026-01-02 03:04', refused('INVALID_DATE')],
  ],
  picklist: [
    ['Gold', '1', { table: tiers }],
    ['gOLD', '1', { table: tiers }],
    ['Bronze', refused('INVALID_VALUE'), { table: tiers }],
    ['Bronze', '9', { table: tiers, unknown: 'default', default: '9' }],
    ['Bronze', undefined, { table: tiers, unknown: 'leave' }],
    ['Bronze', 'Bronze', { table: tiers, unknown: 'keep' }],
  ],
  multiSelect: [
    ['b;a; b', ['a', 'b']],
    ['b|a', ['a', 'b'], { separator: '|' }],
    [
      ['b', 'a'],
      ['a', 'b'],
    ],
    ['silver;Gold', ['1', '2'], { table: tiers }],
    ['Gold;Bronze', refused('INVALID_VALUE'), { table: tiers }],
    ['Gold;Bronze', ['1'], { table: tiers, unknown: 'leave' }],
    [['a;b'], refused('INVALID_VALUE')],
    ['a;c', refused('INVALID_VALUE'), { allowed: ['a', 'b'] }],
  ],
  multiSelectText: [
    [['2', '1'], 'Gold;Silver', { table: { 1: 'Gold', 2: 'Silver' } }],
    ['b;a', 'a;b'],
    [['a;b'], refused('INVALID_VALUE')],
  ],
  boolean: [
    [true, true],
    ['true', true],
    ['T', true],
    [1, true],
    ['F', false],
    ['0', false],
    ['maybe', refused('INVALID_VALUE')],
  ],
  not: [['T', false]],
  phone: [
    ['+49 (89) 123-45 ext. 7', '+49 (89) 123-45 x7'],
    ['call me', null],
  ],
  email: [
    ['Ada.L@Example.COM', 'Ada.L@example.com'],
    ['ada(at)example.com', refused('INVALID_VALUE')],
  ],
  emailLocalPart: [['maria@example.com', 'maria']],
  companyDomain: [
    ['https://www.Acme.example/x', 'acme.example'],
    ['x@gmail.com', null],
  ],
  url: [
    ['www.example.com/a', 'https://www.example.com/a'],
    ['not a site', refused('INVALID_VALUE')],
  ],
  text: [
    [' a \t b\r\nc ', 'a b c'],
    [' \n ', null],
  ],
  longText: [['a  b\r\nc \rd', 'a b\nc\nd']],
  plainText: [['<p>A &amp; <b>B</b><br/>&#228;</p>', 'A & B\nä']],
  upper: [['de', 'DE']],
  hsPrimaryId: [
    [[{ id: '2', type: 'deal_to_company_unlabeled' }, { id: '1', type: 'deal_to_company' }], '1'],
    [[{ id: '2', type: 'x' }, { id: '3', type: 'x' }], refused('AMBIGUOUS_MATCH')],
  ], // prettier-ignore
};

describe('Transforms, each with its vectors', () => {
  const table = Object.entries(VECTORS).flatMap(([name, vectors]) =>
    vectors.map(([input, expected, options]) => ({ name, input, expected, options })),
  );

  it.each(table)('$name: $input becomes $expected', ({ name, input, expected, options }) => {
    expect(run(name, input, options)).toEqual(expected);
  });

  it('has vectors for every transform that ships, and each is described where flows are', () => {
    expect(Object.keys(TRANSFORMS).filter((name) => !VECTORS[name])).toEqual([]);
    const document = readFileSync(path.resolve(__dirname, '../../../docs/flows.md'), 'utf8');
    expect(Object.keys(TRANSFORMS).filter((name) => !document.includes(`\`${name}\``))).toEqual([]);
  });

  it('tells what was cut or was not in a table', () => {
    run('truncate', 'abc', { length: 2 });
    run('picklist', 'Bronze', { table: tiers, unknown: 'leave' });
    expect(codes).toEqual(['FIELD_TRUNCATED', 'PICKLIST_UNKNOWN']);
  });
});

describe('Rules of values that are no transform of their own', () => {
  it('external id: prefix, kind and id in upper case, with the suffix of a sandbox, and back again', () => {
    const id = '001xx000003DGbYAAW';
    expect(buildExternalId('SF_ACCT', id, {})).toBe('SF_ACCT_001XX000003DGBYAAW');
    const sandbox = buildExternalId('SF_ACCT', id, { externalIdSuffix: 'sb1' });
    expect(sandbox).toBe('SF_ACCT_001XX000003DGBYAAW_SB1');
    expect(crmIdOfKey(sandbox, 'SF_ACCT', 'sb1')).toBe(id);
    expect(crmIdOfKey(sandbox, 'SF_ACCT', 'sb2')).toBeNull();
  });

  it('country: 249 codes of two letters and of three each come back as themselves', () => {
    for (const [two, three] of Object.entries(ISO2_TO_ISO3))
      expect([run('country', two), run('country', three)]).toEqual([two, two]);
    expect(Object.keys(ISO2_TO_ISO3)).toHaveLength(249);
  });

  it('state: the short name of its country only', () => {
    expect([cleanState('California', 'US'), cleanState('California', 'MX'), cleanState('Bayern', 'DE')]).toEqual([
      'CA',
      'California',
      'Bayern',
    ]);
  });

  it('street: five lines and 400 characters become three lines of at most 150', () => {
    expect(splitStreet(['1\r\n2\n3\r4\n5'])).toEqual(['1', '2', '3, 4, 5']);
    const words = Array.from({ length: 40 }, (_, at) => `Weg ${String(at).padStart(5, '0')}`).join(' ');
    const lines = splitStreet([words]);
    expect(words.length).toBeGreaterThanOrEqual(399);
    expect(lines.join(' ')).toBe(words);
    expect(lines.every((line) => line.length <= 150)).toBe(true);
  });

  it('telephone: NetSuite takes 32 characters, which the contract knows', () => {
    expect(FIELD_LENGTHS['entity']?.['phone']).toBe(32);
  });

  it('absent, null and empty are three things: a bulk job leaves out, clears by #N/A, and clears by #N/A', () => {
    const item = { operationId: '1', crmId: '001xx000003DGbYAAW', match: null };
    const fields = { Fax: null, Phone: '', Name: 'Acme' };
    const [{ csv } = { csv: '' }] = toUploads([{ ...item, fields }], 'Id');
    expect(csv).toBe('"Id","Fax","Phone","Name"\n"001xx000003DGbYAAW","#N/A","#N/A","Acme"\n');
  });

  it('hash: the same content in another order or form is the same', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: true })).toBe(
      canonicalJson({ a: true, b: [1, { c: 'x', d: null }] }),
    );
    expect(normalValue(['b', 'a'])).toBe(normalValue(['a', 'b']));
    expect([normalValue('10.50'), normalValue(10.5), normalValue('T'), normalValue(true)]).toEqual([
      '10.5',
      '10.5',
      'T',
      'T',
    ]);
    expect(normalValue('02134')).not.toBe(normalValue('2134'));
  });
});
