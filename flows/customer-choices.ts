import type { FlowInput } from './flow-schema';

/**
 * Which accounts become customers, by the setting `accountGate`: all (when left out), `won`: only those that an order needs, or that
 * NetSuite has already, `flag`: those with a mark of their own.
 */
export const accountGate = (flag: string): NonNullable<FlowInput['gate']> => [
  { needed: true, when: { setting: 'accountGate', equals: 'won' } },
  { from: flag, equals: true, when: { setting: 'accountGate', equals: 'flag' } },
];

/** The status new records get, by its name: one of a prospect makes them prospects, who become customers with their first order. */
export const newCustomerStatus: NonNullable<FlowInput['fields']>[number] = {
  to: 'entitystatus',
  setting: 'newCustomerStatus',
  owner: 'netsuite',
  write: 'onCreate',
  reference: { recordType: 'entitystatus', by: 'text' },
};

/** Customers of NetSuite that no record of a CRM belongs to; people, prospects and inactive ones are left to a person. */
export const isMissing: NonNullable<FlowInput['gate']> = [
  { from: 'crmId', present: false },
  { from: 'stage', equals: 'CUSTOMER' },
  { from: 'person', equals: false },
  { from: 'inactive', equals: false },
];
