import { defineFlow } from '../define-flow';
import { ORDER_STATUS } from '../order-status';

/** F11: number and state of the sales order, on the deal it came from. */
export const salesOrderToDeal = defineFlow({
  id: 'hubspot.salesorder-to-deal',
  number: 'F11',
  title: 'Sales order status to deal',
  crm: 'hubspot',
  object: 'deals',
  direction: 'toCrm',
  recordType: 'salesorder',
  phase: 2,
  key: { prefix: 'HS_DEAL', from: 'crmId' },
  match: [{ field: 'netsuite_internal_id', from: 'internalId', strength: 'exact' }],
  fields: [
    { to: 'netsuite_internal_id', from: 'internalId', owner: 'relay' },
    { to: 'netsuite_sync_status', constant: 'Synced', owner: 'relay' },
    { to: 'netsuite_last_sync', from: 'lastModified', owner: 'relay' },
    { to: 'netsuite_order_number', from: 'tranid', owner: 'netsuite' },
    {
      to: 'netsuite_order_status',
      from: ['orderstatus', 'status'],
      owner: 'netsuite',
      transform: { name: 'picklist', table: ORDER_STATUS, unknown: 'keep' },
    },
    { to: 'netsuite_order_total', from: 'total', owner: 'netsuite', transform: 'money' },
  ],
});
