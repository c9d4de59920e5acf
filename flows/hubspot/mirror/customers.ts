import { FIVE_MINUTES, nightly, TEN_MINUTES } from '../../cadences';
import { isMissing } from '../../customer-choices';
import { defineFlow } from '../../define-flow';

/** F2: what NetSuite decides about a customer, on its company. Never creates one: `createMissingCompany` does, where it is switched on. */
export const customerToCompany = defineFlow({
  id: 'hubspot.customer-to-company',
  number: 'F2',
  title: 'Customer to company',
  crm: 'hubspot',
  object: 'companies',
  direction: 'toCrm',
  recordType: 'customer',
  phase: 2,
  cadence: FIVE_MINUTES,
  source: { page: 'customers', onEvent: true },
  key: { prefix: 'HS_COMP', from: 'key', linked: { from: 'crmId', transform: 'digitsId' } },
  fields: [
    { to: 'netsuite_internal_id', from: 'internalId', owner: 'relay' },
    { to: 'netsuite_customer_number', from: 'number', owner: 'netsuite' },
    { to: 'netsuite_terms', from: 'terms', owner: 'netsuite' },
    { to: 'netsuite_credit_limit', from: 'creditLimit', owner: 'netsuite', transform: 'money' },
    { to: 'netsuite_credit_hold', from: 'creditHold', owner: 'netsuite' },
    { to: 'netsuite_last_order_date', from: 'lastOrderDate', owner: 'netsuite' },
  ],
});

/** F15: balances and ageing, every night and whenever an invoice, a payment or a credit moves them. */
export const balancesToCompany = defineFlow({
  id: 'hubspot.balances-to-company',
  number: 'F15',
  title: 'Balances to company',
  crm: 'hubspot',
  object: 'companies',
  direction: 'toCrm',
  recordType: 'customer',
  phase: 2,
  cadence: nightly(10),
  source: { page: 'balances' },
  key: { prefix: 'HS_COMP', from: 'key', linked: { from: 'crmId', transform: 'digitsId' } },
  fields: [
    { to: 'netsuite_balance', from: 'balance', owner: 'netsuite', transform: 'money', verify: true },
    { to: 'netsuite_overdue_balance', from: 'overdueBalance', owner: 'netsuite', transform: 'money' },
    { to: 'netsuite_days_overdue', from: 'daysOverdue', owner: 'netsuite', transform: 'wholeNumber' },
    { to: 'netsuite_deposit_balance', from: 'depositBalance', owner: 'netsuite', transform: 'money' },
    { to: 'netsuite_unbilled_orders', from: 'unbilledOrders', owner: 'netsuite', transform: 'money' },
    { to: 'netsuite_as_of', from: 'asOf', owner: 'relay', stamp: true },
  ],
});

/** F2, off as shipped: a customer that no CRM record belongs to is created as a company, with what the way back reads. */
export const createMissingCompany = defineFlow({
  id: 'hubspot.create-missing-company',
  number: 'F2',
  title: 'Customer without company to new company',
  crm: 'hubspot',
  object: 'companies',
  direction: 'toCrm',
  recordType: 'customer',
  phase: 2,
  enabled: false,
  cadence: TEN_MINUTES,
  source: { page: 'customers', onEvent: true },
  create: true,
  linkBack: 'HS_COMP',
  gate: isMissing,
  key: { prefix: 'NS_CUST', from: 'internalId' },
  match: [
    { field: 'netsuite_internal_id', from: 'internalId', strength: 'exact' },
    { field: 'name', from: 'name', strength: 'candidate' },
    { field: 'domain', from: 'url', transform: ['text', 'companyDomain'], strength: 'candidate' },
  ],
  fields: [
    { to: 'name', from: 'name', owner: 'netsuite', write: 'onCreate' },
    { to: 'phone', from: 'phone', owner: 'netsuite', write: 'onCreate' },
    { to: 'website', from: 'url', owner: 'netsuite', write: 'onCreate' },
    { to: 'description', from: 'comments', owner: 'netsuite', write: 'onCreate' },
    {
      to: 'hubspot_owner_id',
      from: 'salesRepEmail',
      owner: 'netsuite',
      write: 'onCreate',
      lookup: { object: 'owners', by: 'email' },
    },
  ],
});
