import { FlowDefinitionError, loadFlows, PRESETS } from '../../../flows';

/** Records and fields that are finance's, by what they are. */
const RECORDS = [
  'invoice',
  'cashsale',
  'creditmemo',
  'cashrefund',
  'customerpayment',
  'customerdeposit',
  'customerrefund',
];
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  tax: [
    'taxtotal',
    'TaxItem',
    'istaxable',
    'taxrate1',
    'taxcode',
    'taxamountoverride',
    'taxdetailsoverride',
    'gstrate',
  ],
  credit: ['creditlimit', 'creditholdoverride', 'depositbalance', 'overduebalance'],
  payment: ['paymentmethod', 'paymentoption', 'ccnumber', 'authcode', 'chargeit'],
  computed: ['total', 'balance', 'exchangerate', 'tranid'],
};
const OWNERS = [
  { owner: 'crm' },
  { owner: 'relay' },
  { owner: 'netsuite', write: 'onCreate' },
  { owner: { crmWhile: ['LEAD'], then: 'netsuite' }, write: 'whileStage' },
];

function refusalOf(crm: string, id: string, patch: object): string {
  try {
    loadFlows({
      presets: [crm],
      enabled: { [id]: true },
      overlays: [{ name: 'o', text: JSON.stringify({ flows: { [id]: { ...patch, enabled: true } } }) }],
    });
  } catch (error) {
    if (error instanceof FlowDefinitionError) return error.message;
    throw error;
  }
  return 'accepted';
}

describe.each(Object.keys(PRESETS))('P7: no configuration of the preset %s', (crm) => {
  const flows = PRESETS[crm]!;
  const inbound = flows.filter(({ direction, reviewOnly }) => direction === 'toNetSuite' && !reviewOnly);

  it.each(RECORDS)('makes one of its flows write a %s', (recordType) => {
    for (const { id } of inbound) expect(refusalOf(crm, id, { recordType })).toMatch(/belongs to the books/);
  });

  it.each(Object.entries(FIELDS))(
    'maps onto a field of %s, whoever is said to own it, of a record or of its lines',
    (_kind, names) => {
      for (const { id, lines } of inbound)
        names.forEach((name, at) => {
          const map = { from: 'Any__c', ...OWNERS[at % OWNERS.length] };
          const told = refusalOf(crm, id, { fields: { [name]: map } });
          expect([id, told]).toEqual([id, expect.stringContaining(`fields.${name}: ${name} `)]);
          expect(told).toContain('remove it from the flow');
          const [first] = lines;
          if (!first) return;
          const line = { lines: { [first.sublist]: { fields: { [name]: map } } } };
          expect(refusalOf(crm, id, line)).toContain(`lines.${first.sublist}.fields.${name}: ${name} `);
        });
    },
  );

  it('lets a request for a credit be more than a question', () => {
    for (const { id } of flows.filter(({ reviewOnly }) => reviewOnly))
      expect(refusalOf(crm, id, { reviewOnly: false })).toMatch(/belongs to the books/);
  });

  it('shows tax in the CRM', () => {
    for (const { id } of flows.filter(({ direction }) => direction === 'toCrm'))
      expect(refusalOf(crm, id, { fields: { Tax__c: { from: 'taxtotal', owner: 'netsuite' } } })).toMatch(
        /taxtotal is tax, which stays in NetSuite/,
      );
  });

  it('is refused a field of the books by its own name alone: others of the same record can be added', () => {
    for (const { id, recordType } of inbound.filter(({ recordType: type }) => type !== 'file'))
      expect([
        id,
        refusalOf(crm, id, { fields: { [`cust_${recordType}_tax_class`]: { from: 'Any__c', owner: 'crm' } } }),
      ]).toEqual([id, 'accepted']);
  });
});
