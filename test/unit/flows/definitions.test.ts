import { stringify } from 'yaml';
import { createFlowSet, defineFlow, FlowDefinitionError, loadFlows, PRESETS, type FlowInput } from '../../../flows';

const base: FlowInput = {
  id: 'test.account',
  title: 'Test',
  crm: 'test',
  object: 'Account',
  direction: 'toNetSuite',
  recordType: 'customer',
  key: { prefix: 'T', from: 'Id' },
  fields: [{ to: 'companyname', from: 'Name', owner: 'crm' }],
};

function issuesOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof FlowDefinitionError) return error.message;
    throw error;
  }
  return '';
}
const withField = (field: Record<string, unknown>): (() => unknown) => {
  return () => createFlowSet([defineFlow({ ...base, fields: [field] } as FlowInput)]);
};

describe('a flow does not load', () => {
  it('without an owner for every field, or without a direction', () => {
    expect(issuesOf(withField({ to: 'phone', from: 'Phone' }))).toMatch(/fields.phone.owner.*crm, netsuite or relay/);
    const { direction: _direction, ...rest } = base;
    expect(issuesOf(() => defineFlow(rest as FlowInput))).toMatch(/direction/);
  });

  it.each(['total', 'taxtotal', 'taxcode', 'tranid', 'lineuniquekey', 'custentity_srl_version'])(
    'P6, P7: that maps onto %s',
    (to) =>
      expect(issuesOf(withField({ to, from: 'X', owner: 'crm' }))).toMatch(
        /is (tax, which NetSuite alone decides|computed or numbered by NetSuite)/,
      ),
  );

  it('with a transform nobody knows', () => {
    const field = { to: 'phone', from: 'Phone', owner: 'crm', transform: 'fone' };
    expect(issuesOf(withField(field))).toMatch(/no transform "fone".*Known: .*phone/);
  });

  it('with a field NetSuite owns that the CRM writes again and again, or the other way round', () => {
    expect(issuesOf(withField({ to: 'terms', from: 'T', owner: 'netsuite' }))).toMatch(/onCreate or ifEmpty/);
    const back = { ...base, direction: 'toCrm', fields: [{ to: 'Name', from: 'companyname', owner: 'crm' }] };
    expect(issuesOf(() => createFlowSet([defineFlow(back as FlowInput)]))).toMatch(/the CRM owns it/);
  });

  it('beside another that owns the same field', () => {
    const other = { ...base, id: 'test.other' };
    expect(issuesOf(() => createFlowSet([defineFlow(base), defineFlow(other)]))).toMatch(
      /already belongs to flow test.account/,
    );
    expect(createFlowSet([defineFlow(base), defineFlow({ ...other, enabled: false })]).flows).toHaveLength(2);
  });

  it.each(['invoice', 'customerpayment', 'creditmemo', 'customerrefund'])(
    'when a CRM would write a %s',
    (recordType) => {
      expect(issuesOf(() => createFlowSet([defineFlow({ ...base, recordType })]))).toMatch(/belongs to the books/);
      expect(createFlowSet([defineFlow({ ...base, recordType, reviewOnly: true })]).flows).toHaveLength(1);
    },
  );
});

describe('flows as files', () => {
  it('says the same in YAML as in TypeScript', () => {
    const text = stringify(base);
    expect(loadFlows({ files: [{ name: 'a.yaml', text }] }).flows).toEqual([defineFlow(base)]);
    expect(loadFlows({ files: [{ name: 'a.json', text: JSON.stringify({ flows: [base] }) }] }).flows).toHaveLength(1);
  });

  it('lets a file take the place of a shipped flow, and switches flows by id', () => {
    const own = { ...base, id: 'salesforce.account-to-customer', crm: 'salesforce' };
    const set = loadFlows({ presets: ['salesforce'], files: [{ name: 'own', text: JSON.stringify(own) }] });
    expect(set.flowsFor('Salesforce', 'account').map(({ title }) => title)).toEqual(['Test']);
    const off = loadFlows({ presets: ['salesforce'], enabled: { 'salesforce.contact-to-contact': false } });
    expect(off.mapRecord('salesforce', 'Contact', {})).toEqual([]);
    expect(issuesOf(() => loadFlows({ enabled: { nothing: true } }))).toMatch(/no flow of this id/);
  });

  it('ships presets that load together, without a flow that writes the books', () => {
    const set = loadFlows({ presets: Object.keys(PRESETS) });
    expect(set.flows.length).toBeGreaterThanOrEqual(6);
  });
});

describe('the catalogue of flows', () => {
  /** F4, leads, has no flow on purpose; F20 to F23 and F25 to F27 are what the relay does with all flows. HubSpot rolls F13 and F14 up with F12. */
  const numbers = [1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 24, 28];
  const SHIPPED: Readonly<Record<string, readonly number[]>> = {
    salesforce: numbers,
    hubspot: numbers.filter((number) => number !== 13 && number !== 14),
  };
  /** Choose F5 or F6; F2 creates nothing, F17, F19, F24 and F28 do nothing, unless somebody says so. */
  const OFF: Readonly<Record<string, readonly string[]>> = {
    salesforce: [
      ...['content-to-file', 'contract-to-opportunity', 'create-missing-account', 'estimate-to-quote'],
      ...['netsuite-order-to-order', 'note-to-note', 'opportunity-order-to-salesorder', 'order-to-salesorder'],
      ...['quote-to-estimate', 'salesorder-to-order', 'shipment-to-order'],
    ],
    hubspot: [
      ...[
        'contract-to-deal',
        'create-missing-company',
        'deal-order-to-salesorder',
        'estimate-to-quote',
        'file-to-file',
      ],
      ...['netsuite-order-to-order', 'note-to-note', 'order-to-salesorder', 'quote-to-estimate', 'salesorder-to-order'],
      'shipment-to-order',
    ],
  };

  it.each(Object.keys(PRESETS))('ships whole for %s, each flow on or off as the catalogue says', (crm) => {
    const flows = PRESETS[crm]!;
    const shipped = [...new Set(flows.map(({ number }) => Number(number?.slice(1))))].sort((a, b) => a - b);
    expect(shipped).toEqual(SHIPPED[crm]);
    const off = flows.filter(({ enabled }) => !enabled).map(({ id }) => id.slice(crm.length + 1));
    expect(off.sort()).toEqual(OFF[crm]);
    const conditional = flows.filter(({ onlyWith }) => onlyWith !== undefined);
    expect(conditional.map(({ number, onlyWith }) => [number, onlyWith])).toEqual([['F18', 'multiCurrency']]);
    const review = flows.filter(({ reviewOnly }) => reviewOnly).map(({ number }) => number);
    expect(review).toEqual(crm === 'salesforce' ? ['F14'] : []);
  });
});

describe('one record', () => {
  const won = PRESETS['salesforce']!.find(({ object }) => object === 'Opportunity')!;
  const set = createFlowSet([won]);
  const line = { Id: '00kxx000001Sv6eAAC', ProductCode: 'A', Quantity: 2, UnitPrice: 10, Discount: 10, SortOrder: 2 };
  const record = (change: Record<string, unknown>) => ({
    Id: '006xx000003DGbYAAW',
    AccountId: '001xx000003DGbYAAW',
    IsWon: true,
    CloseDate: '2026-03-01',
    OpportunityLineItems: { records: [line] },
    ...change,
  });
  const map = (change: Record<string, unknown>, flows = set) =>
    flows.mapRecord('salesforce', 'Opportunity', record(change))[0]!;

  it('is left alone until it is won', () => {
    expect(map({ IsWon: false })).toMatchObject({ kind: 'ignored', reason: 'IsWon is false, not true' });
  });

  it('P39: leaves alone what is absent, clears what is null', () => {
    const absent = map({});
    const cleared = map({ PO_Number__c: null });
    if (absent.kind !== 'operations' || cleared.kind !== 'operations') throw new Error('not mapped');
    expect(absent.operations[0]!.fields).not.toHaveProperty('otherrefnum');
    expect(cleared.operations[0]!.fields?.['otherrefnum']).toMatchObject({ value: null });
  });

  it('P4: keeps lines in the order of the CRM, with a discount right below its product', () => {
    const plain = { ...line, Id: '00kxx000001Sv6fAAC', Discount: null, SortOrder: 1 };
    const flows = createFlowSet(
      [{ ...won, lines: [{ ...won.lines[0]!, discount: { percent: 'Discount', mode: 'line' } }] }],
      {
        settings: { discountItem: 'Discount' },
      },
    );
    const outcome = map({ OpportunityLineItems: { records: [line, { ...plain, Id: '00kxx000001Sv6aAAC' }] } }, flows);
    if (outcome.kind !== 'operations') throw new Error(JSON.stringify(outcome));
    const lines = outcome.operations[0]!.sublists!['item']!.lines;
    expect(lines.map(({ fields }) => fields['rate']?.value)).toEqual([10, 10, '-10%']);
    expect(lines.map(({ key }) => key)).toEqual(['00kxx000001Sv6aAAC', line.Id, `${line.Id}:discount`]);
  });

  it('takes off in a discount line what a percentage and an amount per unit come to together, as a lowered rate does', () => {
    const discount = { percent: 'Discount', amountPerUnit: 'Off' };
    const ratesOf = (mode: 'line' | 'net'): unknown[] => {
      const lines = [{ ...won.lines[0]!, discount: { ...discount, mode } }];
      const flows = createFlowSet([{ ...won, lines }], { settings: { discountItem: 'Discount' } });
      const row = { ...line, UnitPrice: 80, Quantity: 3, Discount: 12.5, Off: 5 };
      const outcome = map({ OpportunityLineItems: { records: [row] } }, flows);
      if (outcome.kind !== 'operations') throw new Error(JSON.stringify(outcome));
      return outcome.operations[0]!.sublists!['item']!.lines.map(({ fields }) => fields['rate']?.value);
    };
    expect(ratesOf('net')).toEqual([65]);
    expect(ratesOf('line')).toEqual([80, -45]);
  });

  it('lowers the rate where no discount item is configured', () => {
    const outcome = map({});
    if (outcome.kind !== 'operations') throw new Error('not mapped');
    expect(outcome.operations[0]!.sublists!['item']!.lines.map(({ fields }) => fields['rate']?.value)).toEqual([9]);
  });

  it('refuses lines of another currency, lines sent twice, and lines that did not come', () => {
    const code = (change: Record<string, unknown>): unknown => {
      const outcome = map(change);
      return outcome.kind === 'problem' ? outcome.problem.code : outcome.kind;
    };
    const foreign = { records: [{ ...line, CurrencyIsoCode: 'EUR' }] };
    expect(code({ CurrencyIsoCode: 'USD', OpportunityLineItems: foreign })).toBe('INVALID_VALUE');
    expect(code({ OpportunityLineItems: { records: [line, line] } })).toBe('DUPLICATE_LINE_KEY');
    expect(code({ OpportunityLineItems: undefined })).toBe('MAPPING_FAILED');
    expect(code({ OpportunityLineItems: { done: true, records: [line] } })).toBe('operations');
    expect(code({ OpportunityLineItems: { done: false, records: [line] } })).toBe('MAPPING_FAILED');
    expect(code({ AccountId: null })).toBe('MAPPING_FAILED');
    expect(code({ Id: undefined })).toBe('INVALID_CRM_ID');
  });

  it('refuses an id that could not be found again in NetSuite, naming the field: with a line break in it, or too long', () => {
    const flows = createFlowSet([defineFlow({ ...base, key: { prefix: 'OWN', from: 'Number' } })]);
    const refused = (Number: string) => {
      const outcome = flows.mapRecord('test', 'Account', { Number, Name: 'A' })[0]!;
      return outcome.kind === 'problem' ? outcome.problem : outcome.kind;
    };
    expect(refused('17')).toBe('operations');
    const message = (text: string) => expect.stringContaining(text) as string;
    expect(refused('17\n')).toMatchObject({ code: 'INVALID_CRM_ID', field: 'Number' });
    expect(refused('x'.repeat(252))).toMatchObject({ message: message('an id of 256 characters') });
  });
});
