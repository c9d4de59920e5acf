import { directRecordSchema, type DirectRecord } from '../../../contract';
import { loadFlows, type MapOutcome } from '../../../flows';
import { ACCOUNT_TIME_ZONE, BAD_KINDS, makeFixtures, type ExpectedValue, type FixtureRecord } from '../../fixtures';

const facts = { subsidiary: '1', currency: '1', strictForm: '99' };
const fixtures = makeFixtures(facts);
const flows = loadFlows({
  presets: ['salesforce', 'hubspot'],
  timeZone: ACCOUNT_TIME_ZONE,
  settings: { subsidiary: 'Parent Company' },
});

const good = [...fixtures.accounts, ...fixtures.contacts, ...fixtures.orders];

function only(outcomes: readonly MapOutcome[]): MapOutcome {
  expect(outcomes).toHaveLength(1);
  return outcomes[0]!;
}

function mapped(record: FixtureRecord) {
  const outcome = only(flows.mapRecord(record.source, record.object, record.payload));
  if (outcome.kind !== 'operations') throw new Error(`${record.crmId}: ${JSON.stringify(outcome)}`);
  return outcome.operations[0]!;
}

type WireField = NonNullable<DirectRecord['fields']>[string];

/** What the wire says of a value, in the fixtures' words. Lengths are NetSuite's business and cut here as it would. */
function asExpected(field: WireField, name: string): unknown {
  if (field.ref?.externalId) return { ref: { type: field.ref.recordType, externalId: field.ref.externalId } };
  if (field.ref?.key) return { ref: { type: field.ref.recordType, ...field.ref.key } };
  return name === 'companyname' && typeof field.value === 'string'
    ? field.value.slice(0, 83).replace(/[\uD800-\uDBFF]$/, '')
    : (field.value ?? null);
}

describe('the sample', () => {
  it('is the same for the same seed, and has the promised size', () => {
    expect(JSON.stringify(makeFixtures(facts))).toBe(JSON.stringify(fixtures));
    expect(fixtures.accounts.length).toBeGreaterThanOrEqual(1000);
    expect(fixtures.contacts.length).toBeGreaterThanOrEqual(1500);
    expect(fixtures.orders.length).toBeGreaterThanOrEqual(600);
    expect(new Set(good.map(({ expect: { externalId } }) => externalId)).size).toBe(good.length);
    expect(fixtures.bad.map(({ kind }) => kind)).toEqual([...BAD_KINDS]);
  });

  it('holds the shapes that break connectors', () => {
    const names = fixtures.accounts
      .map(({ payload }) => payload['Name'] as string | undefined)
      .filter((name) => name?.length === 255);
    expect(names.length).toBeGreaterThan(10);
    const lines = fixtures.orders.map(({ expect: { lines } }) => lines!);
    expect(Math.max(...lines.map(({ length }) => length))).toBe(40);
    expect(Math.min(...lines.map(({ length }) => length))).toBe(1);
    expect(lines.filter((order) => new Set(order.map(({ sku }) => sku)).size < order.length).length).toBeGreaterThan(
      50,
    );
    expect(JSON.stringify(good)).toMatch(/🚀/);
  });

  it('says of every good record, field by field, what the flows make of it', () => {
    for (const record of good) {
      const operation = mapped(record);
      expect(directRecordSchema.safeParse(operation).error).toBeUndefined();
      expect(operation.key.externalId).toBe(record.expect.externalId);
      expect(operation.recordType).toBe(record.expect.recordType);
      const { custentity_srl_crm_id, custbody_srl_crm_id, ...wanted } = record.expect.fields;
      expect(operation.key.crmId).toBe(custentity_srl_crm_id ?? custbody_srl_crm_id);
      for (const [name, value] of Object.entries(wanted as Record<string, ExpectedValue>)) {
        const field = operation.fields?.[name];
        expect([record.crmId, name, field ? asExpected(field, name) : null]).toEqual([record.crmId, name, value]);
      }
    }
  });

  it('says of every address and every line what the flows make of it', () => {
    for (const record of good) {
      const { sublists } = mapped(record);
      const addresses = (sublists?.['addressbook']?.lines ?? []).map((line) => ({
        label: line.key,
        defaultbilling: line.fields['defaultbilling']?.value,
        defaultshipping: line.fields['defaultshipping']?.value,
        address: Object.fromEntries(
          Object.entries(line.subrecords!['addressbookaddress']!.fields).map(([name, { value }]) => [name, value]),
        ),
      }));
      expect(addresses).toEqual(record.expect.addresses ?? []);
      const lines = (sublists?.['item']?.lines ?? []).map(({ key, fields }) => ({
        key,
        sku: fields['item']?.ref?.key?.value,
        quantity: fields['quantity']?.value,
        rate: fields['rate']?.value,
        ...(fields['description'] ? { description: fields['description'].value } : {}),
      }));
      expect(lines).toEqual(record.expect.lines ?? []);
    }
  });

  it('marks the whole projection of a record as whole', () => {
    for (const record of fixtures.orders.filter(({ source }) => source === 'salesforce')) {
      expect([record.crmId, mapped(record).full]).toEqual([record.crmId, true]);
    }
    const { Phone: _phone, ...partial } = fixtures.accounts[0]!.payload;
    expect(mapped(fixtures.accounts[0]!).full).toBe(true);
    expect(mapped({ ...fixtures.accounts[0]!, payload: partial }).full).toBe(false);
  });

  it.each(['negative quantity', 'unknown country', 'id that lost its case', 'malformed date'] as const)(
    'refuses the bad record of kind "%s" before NetSuite is asked, with field and remedy',
    (kind) => {
      const bad = fixtures.bad.find((record) => record.kind === kind)!;
      const outcome = only(flows.mapRecord(bad.source, bad.object, bad.payload));
      expect(outcome).toMatchObject({ kind: 'problem', crmId: bad.crmId });
      if (outcome.kind !== 'problem') return;
      expect(bad.codes).toContain(outcome.problem.code);
      expect(outcome.problem.field).not.toBe('');
      expect(outcome.problem.remedy).not.toBe('');
    },
  );
});
