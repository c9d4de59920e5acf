import { defineFlow } from '../define-flow';

/** F22: a contact learns which NetSuite record it is. Nothing else of a contact flows back. */
export const hubspotContactLink = defineFlow({
  id: 'hubspot.contact-link',
  number: 'F22',
  title: 'Contact link',
  crm: 'hubspot',
  object: 'contacts',
  direction: 'toCrm',
  recordType: 'contact',
  key: { prefix: 'HS_CON', from: 'crmId' },
  match: [{ field: 'netsuite_internal_id', from: 'internalId', strength: 'exact' }],
  fields: [
    { to: 'netsuite_internal_id', from: 'internalId', owner: 'relay' },
    { to: 'netsuite_sync_status', constant: 'Synced', owner: 'relay' },
    { to: 'netsuite_last_sync', from: 'lastModified', owner: 'relay' },
  ],
});
