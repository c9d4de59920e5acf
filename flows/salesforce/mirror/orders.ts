import { REALTIME } from '../../cadences';
import { defineFlow } from '../../define-flow';
import type { FlowInput } from '../../flow-schema';
import { ORDER_STATUS } from '../../order-status';

const STATUS: FlowInput['fields'] = [
  { to: 'NetSuite_Internal_ID__c', from: 'internalId', owner: 'relay' },
  { to: 'NetSuite_Order_Number__c', from: 'number', owner: 'netsuite' },
  {
    to: 'NetSuite_Order_Status__c',
    from: ['statusCode', 'status'],
    owner: 'netsuite',
    transform: { name: 'picklist', table: ORDER_STATUS, unknown: 'keep' },
  },
  { to: 'NetSuite_Order_Total__c', from: 'total', owner: 'netsuite', transform: 'money' },
];

const orders = { direction: 'toCrm', recordType: 'salesorder', phase: 2, cadence: REALTIME } as const;

/** F11: number, state and total of the sales order, on the Opportunity it came from. */
export const salesOrderToOpportunity = defineFlow({
  ...orders,
  id: 'salesforce.salesorder-to-opportunity',
  number: 'F11',
  title: 'Sales order status to opportunity',
  crm: 'salesforce',
  object: 'Opportunity',
  source: { page: 'orders', onEvent: true },
  key: { prefix: 'SF_OPP', from: 'key' },
  fields: STATUS,
});

/** F11 for orders that came from an Order; goes with F6. */
export const salesOrderToOrder = defineFlow({
  ...orders,
  id: 'salesforce.salesorder-to-order',
  number: 'F11',
  title: 'Sales order status to order',
  crm: 'salesforce',
  object: 'Order',
  enabled: false,
  source: { page: 'orders', onEvent: true },
  gate: [{ from: 'key', present: true }],
  key: { prefix: 'SF_ORD', from: 'key' },
  fields: STATUS,
});

/** F11: how much of each line has gone out and been billed. */
export const orderLineToOpportunityLine = defineFlow({
  ...orders,
  id: 'salesforce.order-line-to-opportunity-line',
  number: 'F11',
  title: 'Order line to opportunity line',
  crm: 'salesforce',
  object: 'OpportunityLineItem',
  source: { page: 'orderLines', onEvent: true },
  gate: [{ from: 'orderKey', startsWith: 'SF_OPP_' }],
  key: { prefix: 'SF_LINE', from: 'lineKey', transform: 'sfRecordId' },
  fields: [
    { to: 'NetSuite_Quantity_Fulfilled__c', from: 'fulfilled', owner: 'netsuite' },
    { to: 'NetSuite_Quantity_Billed__c', from: 'billed', owner: 'netsuite' },
    { to: 'NetSuite_Closed__c', from: 'closed', owner: 'netsuite' },
  ],
});

/** F24: an order that was entered in NetSuite, for a customer that is linked. */
export const netsuiteOrderToOrder = defineFlow({
  ...orders,
  id: 'salesforce.netsuite-order-to-order',
  number: 'F24',
  title: 'NetSuite-born order to order',
  crm: 'salesforce',
  object: 'Order',
  phase: 3,
  enabled: false,
  source: { page: 'orders', onEvent: true },
  create: true,
  gate: [
    { from: 'key', present: false },
    { from: 'customerKey', startsWith: 'SF_ACCT_' },
  ],
  key: { prefix: 'NS_SO', from: 'internalId' },
  match: [{ field: 'NetSuite_Internal_ID__c', from: 'internalId', strength: 'exact' }],
  fields: [
    {
      to: 'AccountId',
      from: 'customerKey',
      owner: 'relay',
      write: 'onCreate',
      transform: { name: 'crmIdFromKey', prefix: 'SF_ACCT' },
    },
    { to: 'EffectiveDate', from: 'date', owner: 'netsuite', write: 'onCreate' },
    { to: 'Status', constant: 'Draft', owner: 'netsuite', write: 'onCreate' },
    { to: 'NetSuite_Origin__c', constant: 'NetSuite', owner: 'relay' },
    { to: 'PoNumber', from: 'poNumber', owner: 'netsuite', write: 'onCreate' },
    ...STATUS.filter(({ to }) => to !== 'NetSuite_Internal_ID__c').map((field) => ({
      ...field,
      owner: 'relay' as const,
    })),
  ],
});
