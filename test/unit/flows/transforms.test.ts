import { TRANSFORMS, TransformError, type MapWarning, type TransformContext } from '../../../flows';
import { ISO2_TO_ISO3 } from '../../../flows/transforms/countries-data';
import { findCountry } from '../../../flows/transforms/country';
import { dayIn } from '../../../flows/transforms/dates';
import { minorUnits, roundMoney } from '../../../flows/transforms/money';
import { splitStreet } from '../../../flows/transforms/split-street';
import { cleanState } from '../../../flows/transforms/state';

const warnings: MapWarning[] = [];
const context: TransformContext = {
  timeZone: 'America/Los_Angeles',
  settings: {},
  transforms: TRANSFORMS,
  record: {},
  warn: (warning) => warnings.push(warning),
};
const run = (name: string, value: unknown, options: Record<string, unknown> = {}): unknown =>
  TRANSFORMS[name]!(value, context, options);
const refusal = (name: string, value: unknown, options: Record<string, unknown> = {}): string => {
  try {
    run(name, value, options);
  } catch (error) {
    if (error instanceof TransformError) return error.code;
    throw error;
  }
  return 'accepted';
};

beforeEach(() => warnings.splice(0));

describe('Salesforce ids', () => {
  it.each([
    ['005xx000001Sv6e', '005xx000001Sv6eAAC'],
    ['00Dxx0000001gPL', '00Dxx0000001gPLEAY'],
    ['001xx000003DGbY', '001xx000003DGbYAAW'],
    ['001xx000003DGby', '001xx000003DGbyAAG'],
    ['001xx000003DGBY', '001xx000003DGBYAA4'],
  ])('gives %s its checksum', (short, long) => {
    expect(run('sfId18', short)).toBe(long);
    expect(run('sfId18', long)).toBe(long);
    expect(run('sfId18', long.slice(0, 15) + long.slice(15).toLowerCase())).toBe(long);
  });

  it('P1: keeps apart three ids that are equal when case is ignored', () => {
    const ids = ['001xx000003DGbY', '001xx000003DGby', '001xx000003DGBY'].map((id) => String(run('sfId18', id)));
    expect(new Set(ids.map((id) => id.toUpperCase())).size).toBe(3);
  });

  it('refuses an id whose case was lost and one that is no id, and completes 15 characters to an identity', () => {
    expect(refusal('sfId18', '001XX000003DGBYAAW')).toBe('INVALID_CRM_ID');
    expect(refusal('sfId18', '12345')).toBe('INVALID_CRM_ID');
    expect(refusal('sfRecordId', '001XX000003DGBYAAW')).toBe('INVALID_CRM_ID');
    expect(refusal('sfRecordId', '001xx000003DGbYAA')).toBe('INVALID_CRM_ID');
    expect(run('sfRecordId', '001xx000003DGbY')).toBe('001xx000003DGbYAAW');
    expect(run('sfRecordId', '001xx000003DGbYAAW')).toBe('001xx000003DGbYAAW');
  });
});

describe('texts', () => {
  it('cuts at the length and says so, never through an emoji', () => {
    const name = `${'A'.repeat(82)}🚀B`;
    expect(run('truncate', name, { length: 83 })).toBe('A'.repeat(82));
    expect(run('truncate', name, { length: 84 })).toBe(`${'A'.repeat(82)}🚀`);
    expect(warnings[0]).toMatchObject({ code: 'FIELD_TRUNCATED', from: name });
    expect(run('truncate', 'short', { length: 83 })).toBe('short');
    expect(warnings).toHaveLength(2);
  });

  it('makes one line of white space, keeps lines of long texts, and strips rich text', () => {
    expect(run('text', '  a \t b\r\n c ')).toBe('a b c');
    expect(run('text', ' \n ')).toBeNull();
    expect(run('longText', 'a  b\r\nc \rd')).toBe('a b\nc\nd');
    expect(run('plainText', 'it&#x27;s &#x1F600; &#99999999; &#1114112; &#xD800; &amp;lt;')).toBe(
      "it's 😀 &#99999999; &#1114112; &#xD800; &lt;",
    );
    expect(run('plainText', '<p>Caf&eacute; &amp; <b>Bar</b><br/>&#228;</p>')).toBe('Caf&eacute; & Bar\nä');
  });
});

describe('addresses', () => {
  it('knows 249 countries by both codes, and by their English names', () => {
    const names = new Intl.DisplayNames(['en'], { type: 'region' });
    expect(Object.keys(ISO2_TO_ISO3)).toHaveLength(249);
    expect(new Set(Object.values(ISO2_TO_ISO3)).size).toBe(249);
    for (const [two, three] of Object.entries(ISO2_TO_ISO3)) {
      expect([two, findCountry(two), findCountry(three), findCountry(names.of(two)!)]).toEqual([two, two, two, two]);
    }
  });

  it.each([
    ['USA', 'US'], ['U.K.', 'GB'], ['_unitedStates', 'US'], ['_germany', 'DE'], ['deutschland', 'DE'], ['uk', 'GB'], ['Österreich', 'AT'],
  ])('reads the country %s as %s', (name, code) => expect(run('country', name)).toBe(code)); // prettier-ignore

  it('refuses a country nobody knows', () => expect(refusal('country', 'Atlantis')).toBe('UNKNOWN_COUNTRY'));

  it('P23: uses the short state of the country, and only there', () => {
    expect(cleanState('California', 'US')).toBe('CA');
    expect(cleanState('ca', 'US')).toBe('CA');
    expect(cleanState('California', 'MX')).toBe('California');
    expect(cleanState('Victoria', 'AU')).toBe('VIC');
    expect(cleanState('Bayern', 'DE')).toBe('Bayern');
  });

  it('puts any street into at most three lines of 150 characters without losing a word', () => {
    expect(splitStreet(['1\r\n2\n3\r4\n5', null])).toEqual(['1', '2', '3, 4, 5']);
    expect(splitStreet(['a', 'b'])).toEqual(['a', 'b']);
    expect(splitStreet([null, ' \n '])).toEqual([]);
    const long = splitStreet([Array.from({ length: 36 }, (_, at) => `Wegstück${String(at + 10)}`).join(' ')]);
    expect(long.join(' ').split(' ')).toHaveLength(36);
    for (const line of long) expect(line.length).toBeLessThanOrEqual(150);
    for (const line of splitStreet(['x'.repeat(400)])) expect(line.length).toBeLessThanOrEqual(150);
  });
});

describe('money and numbers', () => {
  it('P40: rounds half up in decimals, never in floats', () => {
    expect(roundMoney(1.005, 2)).toBe(1.01);
    expect(roundMoney('2.675', 2)).toBe(2.68);
    expect(roundMoney('0.30000000000000004', 2)).toBe(0.3);
    expect([minorUnits('JPY'), minorUnits('USD'), minorUnits('BHD')]).toEqual([0, 2, 3]);
    expect(run('money', '10.5', { currency: 'JPY' })).toBe(11);
    expect(run('money', '1.0005', { currency: 'BHD' })).toBe(1.001);
    expect(refusal('money', '1,50')).toBe('INVALID_VALUE');
  });

  it('P5: takes only quantities above zero', () => {
    expect(run('quantity', '2.5')).toBe(2.5);
    expect(refusal('quantity', -1)).toBe('NEGATIVE_QUANTITY');
    expect(refusal('quantity', 0)).toBe('NEGATIVE_QUANTITY');
    expect(refusal('quantity', '-0')).toBe('NEGATIVE_QUANTITY');
  });

  it('reads 10, "10%" and a fraction as ten per cent', () => {
    expect([run('percent', 10), run('percent', '10%'), run('percent', 0.1, { fraction: true })]).toEqual([10, 10, 10]);
  });
});

describe('dates', () => {
  it('P19: passes a day on as text and refuses one that does not exist', () => {
    expect(run('dateOnly', '2026-03-01')).toBe('2026-03-01');
    for (const bad of ['2026-02-30', '01.03.2026', '2026-3-1', '', 20260301]) {
      expect(refusal('dateOnly', bad)).toBe('INVALID_DATE');
    }
  });

  it.each([
    ['2026-03-01T00:00:00Z', 'America/Los_Angeles', '2026-02-28'],
    ['2026-03-01T00:00:00Z', 'Asia/Tokyo', '2026-03-01'],
    ['2026-03-08T09:59:59Z', 'America/Los_Angeles', '2026-03-08'],
    ['2026-03-09T06:30:00Z', 'America/Los_Angeles', '2026-03-08'],
    ['2026-11-01T08:30:00Z', 'America/Los_Angeles', '2026-11-01'],
    ['2026-11-01T09:30:00Z', 'America/Los_Angeles', '2026-11-01'],
    ['2026-11-02T07:59:00Z', 'America/Los_Angeles', '2026-11-01'],
  ])('P20: %s is a day of %s', (instant, zone, expected) => {
    expect(dayIn(new Date(instant), zone)).toBe(expected);
    expect(run('dateTimeToDate', instant, { timeZone: zone })).toBe(expected);
    expect(run('dateTimeToDate', String(Date.parse(instant)), { timeZone: zone })).toBe(expected);
  });

  it('reads the instants of both CRMs', () => {
    expect(run('dateTime', '2026-01-02T03:04:05.000+0000')).toBe('2026-01-02T03:04:05.000Z');
    expect(refusal('dateTime', '2026-01-02 03:04')).toBe('INVALID_DATE');
    expect(refusal('dateTime', '2026-02-31T00:00:00Z')).toBe('INVALID_DATE');
  });
});

describe('choices and contact data', () => {
  it('P24: looks a pick list value up exactly, then without case, and obeys the policy for unknown ones', () => {
    const table = { Gold: '1', silver: '2' };
    expect(run('picklist', 'GOLD', { table })).toBe('1');
    expect(refusal('picklist', 'Lead', { table })).toBe('INVALID_VALUE');
    expect(run('picklist', 'Lead', { table, unknown: 'default', default: '9' })).toBe('9');
    expect(run('picklist', 'Lead', { table, unknown: 'leave' })).toBeUndefined();
    expect(run('picklist', 'Lead', { table, unknown: 'createOption' })).toBe('Lead');
    expect(warnings).toHaveLength(2);
  });

  it('P25: reads a multi-select as a set', () => {
    expect(run('multiSelect', 'b;a; b')).toEqual(['a', 'b']);
    expect(refusal('multiSelect', ['a;b'])).toBe('INVALID_VALUE');
  });

  it('cleans telephone numbers, addresses and web sites', () => {
    expect(run('phone', '+49 (89) 123-45 ext. 7')).toBe('+49 (89) 123-45 x7');
    expect(run('phone', 'unknown')).toBeNull();
    expect(run('email', 'Ada.L@Example.COM')).toBe('Ada.L@example.com');
    expect(refusal('email', 'ada(at)example.com')).toBe('INVALID_VALUE');
    expect(run('url', 'www.example.com/a')).toBe('https://www.example.com/a');
    expect(refusal('url', 'not a site')).toBe('INVALID_VALUE');
  });

  it('P42: never matches by the domain of a mailbox provider', () => {
    expect(run('companyDomain', 'x@gmail.com')).toBeNull();
    expect(run('companyDomain', 'https://www.Acme.example/x')).toBe('acme.example');
  });

  it('reads booleans as people write them', () => {
    expect(['true', 'T', 1, '1', true].map((value) => run('boolean', value))).toEqual([true, true, true, true, true]);
    expect(run('not', 'F')).toBe(true);
    expect(refusal('boolean', 'maybe')).toBe('INVALID_VALUE');
  });

  it('P29: takes the primary company, and asks a person when there are two and none is', () => {
    expect(
      run('hsPrimaryId', [
        { id: '2', type: 'deal_to_company_unlabeled' },
        { id: '1', type: 'deal_to_company' },
      ]),
    ).toBe('1');
    expect(run('hsPrimaryId', [{ id: '2', type: 'x' }])).toBe('2');
    expect(refusal('hsPrimaryId', [{ id: '2', type: 'x' }, { id: '3', type: 'x' }])).toBe('AMBIGUOUS_MATCH'); // prettier-ignore
  });
});
