import { defineFlow } from '../define-flow';

/** F17, the way back: number and state of the estimate, on the quote it came from. Off by default, like the way there. */
export const estimateToHubspotQuote = defineFlow({
  id: 'hubspot.estimate-to-quote',
  number: 'F17',
  title: 'Estimate status to quote',
  crm: 'hubspot',
  object: 'quotes',
  direction: 'toCrm',
  recordType: 'estimate',
  enabled: false,
  phase: 3,
  key: { prefix: 'HS_QUO', from: 'crmId' },
  match: [{ field: 'netsuite_internal_id', from: 'internalId', strength: 'exact' }],
  fields: [
    { to: 'netsuite_internal_id', from: 'internalId', owner: 'relay' },
    { to: 'netsuite_last_sync', from: 'lastModified', owner: 'relay' },
    { to: 'netsuite_estimate_number', from: 'tranid', owner: 'netsuite' },
    { to: 'netsuite_estimate_status', from: ['entitystatus', 'status'], owner: 'netsuite' },
    { to: 'netsuite_estimate_total', from: 'total', owner: 'netsuite', transform: 'money' },
  ],
});
