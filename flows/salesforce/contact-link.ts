import { defineFlow } from '../define-flow';

/** F22: the Contact learns which NetSuite record it is. Nothing else of a contact flows back. */
export const contactLink = defineFlow({
  id: 'salesforce.contact-link',
  number: 'F22',
  title: 'Contact link',
  crm: 'salesforce',
  object: 'Contact',
  direction: 'toCrm',
  recordType: 'contact',
  key: { prefix: 'SF_CON', from: 'crmId' },
  match: [{ field: 'NetSuite_Internal_ID__c', from: 'internalId', strength: 'exact' }],
  fields: [
    { to: 'NetSuite_Internal_ID__c', from: 'internalId', owner: 'relay' },
    { to: 'NetSuite_Sync_Status__c', constant: 'Synced', owner: 'relay' },
    { to: 'NetSuite_Last_Sync__c', from: 'lastModified', owner: 'relay' },
  ],
});
