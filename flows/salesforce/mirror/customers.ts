import { FIVE_MINUTES, nightly, TEN_MINUTES } from '../../cadences';
import { isMissing } from '../../customer-choices';
import { defineFlow } from '../../define-flow';

/** F2: what NetSuite decides about a customer, on its Account. Never creates one: `createMissingAccount` does, where it is switched on. */
export const customerToAccount = defineFlow({
  id: 'salesforce.customer-to-account',
  number: 'F2',
  title: 'Customer to account',
  crm: 'salesforce',
  object: 'Account',
  direction: 'toCrm',
  recordType: 'customer',
  phase: 2,
  cadence: FIVE_MINUTES,
  source: { page: 'customers', onEvent: true },
  key: { prefix: 'SF_ACCT', from: 'key', linked: { from: 'crmId', transform: 'sfRecordId' } },
  fields: [
    { to: 'NetSuite_Internal_ID__c', from: 'internalId', owner: 'relay' },
    { to: 'NetSuite_Customer_Number__c', from: 'number', owner: 'netsuite' },
    { to: 'NetSuite_Terms__c', from: 'terms', owner: 'netsuite' },
    { to: 'NetSuite_Credit_Limit__c', from: 'creditLimit', owner: 'netsuite', transform: 'money' },
    { to: 'NetSuite_Credit_Hold__c', from: 'creditHold', owner: 'netsuite' },
    { to: 'NetSuite_Last_Order_Date__c', from: 'lastOrderDate', owner: 'netsuite' },
  ],
});

/** F15: balances and ageing, every night and whenever an invoice, a payment or a credit moves them. */
export const balancesToAccount = defineFlow({
  id: 'salesforce.balances-to-account',
  number: 'F15',
  title: 'Balances to account',
  crm: 'salesforce',
  object: 'Account',
  direction: 'toCrm',
  recordType: 'customer',
  phase: 2,
  cadence: nightly(10),
  source: { page: 'balances' },
  key: { prefix: 'SF_ACCT', from: 'key', linked: { from: 'crmId', transform: 'sfRecordId' } },
  fields: [
    { to: 'NetSuite_Balance__c', from: 'balance', owner: 'netsuite', transform: 'money', verify: true },
    { to: 'NetSuite_Overdue_Balance__c', from: 'overdueBalance', owner: 'netsuite', transform: 'money' },
    { to: 'NetSuite_Days_Overdue__c', from: 'daysOverdue', owner: 'netsuite', transform: 'wholeNumber' },
    { to: 'NetSuite_Deposit_Balance__c', from: 'depositBalance', owner: 'netsuite', transform: 'money' },
    { to: 'NetSuite_Unbilled_Orders__c', from: 'unbilledOrders', owner: 'netsuite', transform: 'money' },
    { to: 'NetSuite_As_Of__c', from: 'asOf', owner: 'relay', stamp: true },
  ],
});

/**
 * F2, off as shipped: a customer that no CRM record belongs to is created as an Account. It gets what the way back reads, so that its
 * first change takes nothing away; addresses stay NetSuite's.
 */
export const createMissingAccount = defineFlow({
  id: 'salesforce.create-missing-account',
  number: 'F2',
  title: 'Customer without account to new account',
  crm: 'salesforce',
  object: 'Account',
  direction: 'toCrm',
  recordType: 'customer',
  phase: 2,
  enabled: false,
  cadence: TEN_MINUTES,
  source: { page: 'customers', onEvent: true },
  create: true,
  linkBack: 'SF_ACCT',
  gate: isMissing,
  key: { prefix: 'NS_CUST', from: 'internalId' },
  match: [
    { field: 'NetSuite_Internal_ID__c', from: 'internalId', strength: 'exact' },
    { field: 'Name', from: 'name', strength: 'candidate' },
  ],
  fields: [
    { to: 'Name', from: 'name', owner: 'netsuite', write: 'onCreate' },
    { to: 'Phone', from: 'phone', owner: 'netsuite', write: 'onCreate' },
    { to: 'Fax', from: 'fax', owner: 'netsuite', write: 'onCreate' },
    { to: 'Website', from: 'url', owner: 'netsuite', write: 'onCreate' },
    { to: 'AccountNumber', from: 'accountNumber', owner: 'netsuite', write: 'onCreate' },
    { to: 'Description', from: 'comments', owner: 'netsuite', write: 'onCreate' },
    { to: 'Parent.NetSuite_Internal_ID__c', from: 'parent', owner: 'netsuite', write: 'onCreate' },
    {
      to: 'OwnerId',
      from: 'salesRepEmail',
      owner: 'netsuite',
      write: 'onCreate',
      lookup: { object: 'User', by: 'Email' },
    },
  ],
});
