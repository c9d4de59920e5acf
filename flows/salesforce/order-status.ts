import { defineFlow } from '../define-flow';
import { ORDER_STATUS } from '../order-status';

/** F11: number and state of the sales order, on the Opportunity it came from. */
export const salesOrderToOpportunity = defineFlow({
  id: 'salesforce.salesorder-to-opportunity',
  number: 'F11',
  title: 'Sales order status to opportunity',
  crm: 'salesforce',
  object: 'Opportunity',
  direction: 'toCrm',
  recordType: 'salesorder',
  phase: 2,
  key: { prefix: 'SF_OPP', from: 'crmId' },
  match: [{ field: 'NetSuite_Internal_ID__c', from: 'internalId', strength: 'exact' }],
  fields: [
    { to: 'NetSuite_Internal_ID__c', from: 'internalId', owner: 'relay' },
    { to: 'NetSuite_Sync_Status__c', constant: 'Synced', owner: 'relay' },
    { to: 'NetSuite_Last_Sync__c', from: 'lastModified', owner: 'relay' },
    { to: 'NetSuite_Order_Number__c', from: 'tranid', owner: 'netsuite' },
    {
      to: 'NetSuite_Order_Status__c',
      from: ['orderstatus', 'status'],
      owner: 'netsuite',
      transform: { name: 'picklist', table: ORDER_STATUS, unknown: 'keep' },
    },
    { to: 'NetSuite_Order_Total__c', from: 'total', owner: 'netsuite', transform: 'money' },
  ],
});
