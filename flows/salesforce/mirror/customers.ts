import { FIVE_MINUTES, nightly } from '../../cadences';
import { defineFlow } from '../../define-flow';

/** F2: what NetSuite decides about a customer, on its Account. Never creates one. */
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
  key: { prefix: 'SF_ACCT', from: 'key' },
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
  key: { prefix: 'SF_ACCT', from: 'key' },
  fields: [
    { to: 'NetSuite_Balance__c', from: 'balance', owner: 'netsuite', transform: 'money', verify: true },
    { to: 'NetSuite_Overdue_Balance__c', from: 'overdueBalance', owner: 'netsuite', transform: 'money' },
    { to: 'NetSuite_Days_Overdue__c', from: 'daysOverdue', owner: 'netsuite', transform: 'wholeNumber' },
    { to: 'NetSuite_Deposit_Balance__c', from: 'depositBalance', owner: 'netsuite', transform: 'money' },
    { to: 'NetSuite_Unbilled_Orders__c', from: 'unbilledOrders', owner: 'netsuite', transform: 'money' },
    { to: 'NetSuite_As_Of__c', from: 'asOf', owner: 'relay', stamp: true },
  ],
});
