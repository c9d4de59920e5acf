import { defineFlow } from '../define-flow';

/** F2: what the books know of a customer, on its Account. */
export const customerToAccount = defineFlow({
  id: 'salesforce.customer-to-account',
  number: 'F2',
  title: 'Customer to account',
  crm: 'salesforce',
  object: 'Account',
  direction: 'toCrm',
  recordType: 'customer',
  phase: 2,
  cadence: { kind: 'microBatch', everySeconds: 300 },
  key: { prefix: 'SF_ACCT', from: 'crmId' },
  match: [{ field: 'NetSuite_Internal_ID__c', from: 'internalId', strength: 'exact' }],
  fields: [
    { to: 'NetSuite_Internal_ID__c', from: 'internalId', owner: 'relay' },
    { to: 'NetSuite_Sync_Status__c', constant: 'Synced', owner: 'relay' },
    { to: 'NetSuite_Last_Sync__c', from: 'lastModified', owner: 'relay' },
    { to: 'NetSuite_Customer_Number__c', from: 'entityid', owner: 'netsuite' },
    { to: 'NetSuite_Credit_Limit__c', from: 'creditlimit', owner: 'netsuite', transform: 'money' },
    { to: 'NetSuite_Credit_Hold__c', from: 'creditholdoverride', owner: 'netsuite' },
    { to: 'NetSuite_Balance__c', from: 'balance', owner: 'netsuite', transform: 'money' },
    { to: 'NetSuite_Overdue_Balance__c', from: 'overduebalance', owner: 'netsuite', transform: 'money' },
    { to: 'NetSuite_Days_Overdue__c', from: 'daysoverdue', owner: 'netsuite', transform: 'wholeNumber' },
  ],
});
