import { defineFlow } from '../define-flow';

/** F17, the way back: number and state of the estimate, on the Quote it came from. Off by default, like the way there. */
export const estimateToQuote = defineFlow({
  id: 'salesforce.estimate-to-quote',
  number: 'F17',
  title: 'Estimate status to quote',
  crm: 'salesforce',
  object: 'Quote',
  direction: 'toCrm',
  recordType: 'estimate',
  enabled: false,
  phase: 3,
  key: { prefix: 'SF_QUO', from: 'crmId' },
  match: [{ field: 'NetSuite_Internal_ID__c', from: 'internalId', strength: 'exact' }],
  fields: [
    { to: 'NetSuite_Internal_ID__c', from: 'internalId', owner: 'relay' },
    { to: 'NetSuite_Last_Sync__c', from: 'lastModified', owner: 'relay' },
    { to: 'NetSuite_Estimate_Number__c', from: 'tranid', owner: 'netsuite' },
    { to: 'NetSuite_Estimate_Status__c', from: ['entitystatus', 'status'], owner: 'netsuite' },
    { to: 'NetSuite_Estimate_Total__c', from: 'total', owner: 'netsuite', transform: 'money' },
  ],
});
