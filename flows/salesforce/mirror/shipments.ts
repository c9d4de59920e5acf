import { REALTIME } from '../../cadences';
import { defineFlow } from '../../define-flow';
import type { FlowInput } from '../../flow-schema';

const ROLL_UP: FlowInput['fields'] = [
  { to: 'NetSuite_Fulfillment_Status__c', from: 'fulfillmentStatus', owner: 'netsuite' },
  { to: 'NetSuite_Tracking_Numbers__c', from: 'tracking', owner: 'netsuite', verify: true },
  { to: 'NetSuite_Carrier__c', from: 'carrier', owner: 'netsuite' },
  { to: 'NetSuite_Ship_Date__c', from: 'shipDate', owner: 'netsuite' },
];

const fulfilments = { direction: 'toCrm', recordType: 'itemfulfillment', phase: 2, cadence: REALTIME } as const;

/** F10: all tracking numbers of an order, over all its fulfilments and packages, on the Opportunity. */
export const shipmentToOpportunity = defineFlow({
  ...fulfilments,
  id: 'salesforce.shipment-to-opportunity',
  number: 'F10',
  title: 'Shipments to opportunity',
  crm: 'salesforce',
  object: 'Opportunity',
  source: { page: 'shipments', onEvent: true },
  key: { prefix: 'SF_OPP', from: 'key' },
  fields: ROLL_UP,
});

/** F10 for orders that came from an Order; goes with F6. */
export const shipmentToOrder = defineFlow({
  ...fulfilments,
  id: 'salesforce.shipment-to-order',
  number: 'F10',
  title: 'Shipments to order',
  crm: 'salesforce',
  object: 'Order',
  enabled: false,
  source: { page: 'shipments', onEvent: true },
  key: { prefix: 'SF_ORD', from: 'key' },
  fields: ROLL_UP,
});

/** F10: each fulfilment of its own, below the Account and the Opportunity. */
export const fulfillmentToRecord = defineFlow({
  ...fulfilments,
  id: 'salesforce.fulfillment-to-record',
  number: 'F10',
  title: 'Fulfilment to NetSuite fulfilment',
  crm: 'salesforce',
  object: 'NetSuite_Fulfillment__c',
  source: { page: 'fulfillments', onEvent: true },
  create: true,
  gate: [{ from: 'customerKey', startsWith: 'SF_ACCT_' }],
  key: { prefix: 'NS_IF', from: 'internalId' },
  match: [{ field: 'NetSuite_Internal_ID__c', from: 'internalId', strength: 'exact' }],
  fields: [
    { to: 'NetSuite_Internal_ID__c', from: 'internalId', owner: 'relay' },
    { to: 'Name', from: 'number', owner: 'netsuite' },
    { to: 'Account__c', from: 'customerKey', owner: 'relay', transform: { name: 'crmIdFromKey', prefix: 'SF_ACCT' } },
    { to: 'Opportunity__c', from: 'orderKey', owner: 'relay', transform: { name: 'crmIdFromKey', prefix: 'SF_OPP' } },
    { to: 'Order_Number__c', from: 'orderNumber', owner: 'netsuite' },
    { to: 'Ship_Date__c', from: 'date', owner: 'netsuite' },
    { to: 'Status__c', from: 'status', owner: 'netsuite' },
    { to: 'Tracking_Number__c', from: 'tracking', owner: 'netsuite', verify: true },
    { to: 'Carrier__c', from: 'carrier', owner: 'netsuite' },
  ],
});
