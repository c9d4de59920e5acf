import { defineFlow } from '../define-flow';

/** F2: what the books know of a customer, on its company. */
export const customerToCompany = defineFlow({
  id: 'hubspot.customer-to-company',
  number: 'F2',
  title: 'Customer to company',
  crm: 'hubspot',
  object: 'companies',
  direction: 'toCrm',
  recordType: 'customer',
  phase: 2,
  cadence: { kind: 'microBatch', everySeconds: 300 },
  key: { prefix: 'HS_COMP', from: 'crmId' },
  match: [{ field: 'netsuite_internal_id', from: 'internalId', strength: 'exact' }],
  fields: [
    { to: 'netsuite_internal_id', from: 'internalId', owner: 'relay' },
    { to: 'netsuite_sync_status', constant: 'Synced', owner: 'relay' },
    { to: 'netsuite_last_sync', from: 'lastModified', owner: 'relay' },
    { to: 'netsuite_customer_number', from: 'entityid', owner: 'netsuite' },
    { to: 'netsuite_credit_limit', from: 'creditlimit', owner: 'netsuite', transform: 'money' },
    { to: 'netsuite_credit_hold', from: 'creditholdoverride', owner: 'netsuite' },
    { to: 'netsuite_balance', from: 'balance', owner: 'netsuite', transform: 'money' },
    { to: 'netsuite_overdue_balance', from: 'overduebalance', owner: 'netsuite', transform: 'money' },
    { to: 'netsuite_days_overdue', from: 'daysoverdue', owner: 'netsuite', transform: 'wholeNumber' },
  ],
});
