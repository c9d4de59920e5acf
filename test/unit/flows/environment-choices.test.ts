import { createFlowSet, FlowDefinitionError, parseFlow, type FlowInput, type MapOutcome } from '../../../flows';
import { namesOfFlows } from '../../../flows/names-of-flows';
import { mapRecords } from '../../../relay/http/accept/map-records';

const RULES = [
  { countries: ['DE', 'AT'], when: { CurrencyIsoCode: 'EUR' }, use: 'Acme GmbH' },
  { countries: ['DE'], when: { CurrencyIsoCode: ['USD', 'CAD'], Division__c: 'Export' }, use: 'Acme Export' },
  { when: { CurrencyIsoCode: 'USD' }, use: 'Acme Inc' },
];

const flow = (more: Partial<FlowInput> = {}, rules: unknown = RULES) =>
  parseFlow({
    id: 'test.account',
    title: 'Account',
    crm: 'salesforce',
    object: 'Account',
    direction: 'toNetSuite',
    recordType: 'customer',
    key: { prefix: 'SF_ACCT', from: 'Id' },
    fields: [
      { to: 'companyname', from: 'Name', owner: 'crm' },
      {
        to: 'subsidiary',
        from: 'BillingCountryCode',
        owner: 'crm',
        required: true,
        write: 'onCreate',
        transform: { name: 'subsidiary', rules },
        reference: { recordType: 'subsidiary', by: 'name' },
      },
    ],
    ...more,
  });

const mapped = (record: object): MapOutcome | undefined =>
  createFlowSet([flow()]).mapRecord('salesforce', 'Account', { Id: '1', Name: 'N', ...record })[0];

test.each([
  ['DE', 'EUR', undefined, 'Acme GmbH'],
  ['at', 'EUR', undefined, 'Acme GmbH'],
  ['DE', 'CAD', 'Export', 'Acme Export'],
  ['DE', 'USD', 'Export', 'Acme Export'],
  ['DE', 'USD', undefined, 'Acme Inc'],
  ['US', 'USD', undefined, 'Acme Inc'],
])(
  'the subsidiary follows country %s, currency %s and custom field %s: %s',
  (country, currency, division, expected) => {
    const outcome = mapped({ BillingCountryCode: country, CurrencyIsoCode: currency, Division__c: division });
    expect(outcome).toMatchObject({
      kind: 'operations',
      operations: [
        { fields: { subsidiary: { ref: { recordType: 'subsidiary', key: { field: 'name', value: expected } } } } },
      ],
    });
  },
);

test.each([
  ['CH', 'CHF', 'No subsidiary is configured for CH, CurrencyIsoCode CHF.'],
  ['DE', 'GBP', 'No subsidiary is configured for DE, CurrencyIsoCode GBP, Division__c empty.'],
])('country %s with currency %s fits no rule: a person decides', (country, currency, message) => {
  expect(mapped({ BillingCountryCode: country, CurrencyIsoCode: currency })).toMatchObject({
    kind: 'problem',
    problem: { code: 'SUBSIDIARY_MISMATCH', message: expect.stringContaining(message) as string },
  });
});

test('the subsidiaries of the table are names that the doctor looks up, and a table that decides nothing does not load', () => {
  const names = namesOfFlows([flow()], {}).map(({ recordType, value }) => `${recordType} ${value}`);
  expect(names).toEqual(['subsidiary Acme GmbH', 'subsidiary Acme Export', 'subsidiary Acme Inc']);
  const load = (rules: unknown) => () => createFlowSet([flow({}, rules)]);
  expect(load([])).toThrow(FlowDefinitionError);
  expect(load([{ countries: ['DE'] }])).toThrow(/rule 1 of subsidiary must have use/);
  expect(load([{ use: 'A' }, { country: ['DE'], use: 'B' }])).toThrow(/rule 2 of subsidiary/);
});

test('a flow that demands a form does not load where the environment names none; "preferred" is a choice', () => {
  const customForm = { setting: 'customerForm', demanded: true };
  const load = (settings: Record<string, string>) => createFlowSet([flow({ customForm })], { settings });
  expect(() => load({})).toThrow(/give the setting customerForm the script id of a form, or "preferred"/);
  const formOf = (form: string) => {
    const [outcome] = load({ customerForm: form }).mapRecord('salesforce', 'Account', {
      Id: '1',
      BillingCountryCode: 'US',
      CurrencyIsoCode: 'USD',
    });
    return outcome?.kind === 'operations' ? outcome.operations[0]?.customForm : outcome;
  };
  expect(formOf('custform_a')).toBe('custform_a');
  expect(formOf('preferred')).toBeUndefined();
  expect(namesOfFlows(load({ customerForm: 'preferred' }).flows, { customerForm: 'preferred' })[0]?.recordType).toBe(
    'subsidiary',
  );
  expect(() => createFlowSet([{ ...flow({ customForm }), enabled: false }])).not.toThrow();
});

test('a flow says how many attempts its records have before the failure is final', async () => {
  const set = createFlowSet([flow({ attempts: 3 })]);
  const mapper = {
    flowsFor: () => set.flows,
    map: (_flow: unknown, record: unknown) => set.mapRecord('salesforce', 'Account', record)[0] as MapOutcome,
    requiresMs: 1000,
  };
  const source = { name: 'salesforce', kind: 'salesforce', keys: [], signingSecrets: [], weight: 1 } as const;
  const records = [
    { Id: '1', BillingCountryCode: 'US', CurrencyIsoCode: 'USD' },
    { Id: '2', BillingCountryCode: 'CH', CurrencyIsoCode: 'CHF' },
  ];
  const { operations } = await mapRecords(mapper, {
    source: { ...source, keys: [...source.keys], signingSecrets: [...source.signingSecrets] },
    account: 'A',
    object: 'Account',
    records,
    lane: 'realtime',
  });
  expect(operations.map(({ maxAttempts }) => maxAttempts)).toEqual([3, 3]);
});
