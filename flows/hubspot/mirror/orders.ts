import { nightly, REALTIME } from '../../cadences';
import { defineFlow } from '../../define-flow';
import type { FlowInput } from '../../flow-schema';
import { ORDER_STATUS } from '../../order-status';

const orders = { crm: 'hubspot', direction: 'toCrm', recordType: 'salesorder', phase: 2, cadence: REALTIME } as const;
const STATE = {
  from: ['statusCode', 'status'],
  owner: 'netsuite',
  transform: { name: 'picklist', table: ORDER_STATUS, unknown: 'keep' },
} as const;

/** F11: number, state and total of the sales order, on the deal it came from. */
export const salesOrderToDeal = defineFlow({
  ...orders,
  id: 'hubspot.salesorder-to-deal',
  number: 'F11',
  title: 'Sales order status to deal',
  object: 'deals',
  source: { page: 'orders', onEvent: true },
  key: { prefix: 'HS_DEAL', from: 'key' },
  fields: [
    { to: 'netsuite_internal_id', from: 'internalId', owner: 'relay' },
    { to: 'netsuite_order_number', from: 'number', owner: 'netsuite' },
    { to: 'netsuite_order_status', ...STATE, from: [...STATE.from] },
    { to: 'netsuite_order_total', from: 'total', owner: 'netsuite', transform: 'money' },
  ],
});

/** F11: how much of each line has gone out and been billed. */
export const orderLineToLineItem = defineFlow({
  ...orders,
  id: 'hubspot.order-line-to-line-item',
  number: 'F11',
  title: 'Order line to line item',
  object: 'line_items',
  source: { page: 'orderLines', onEvent: true },
  gate: [{ from: 'orderKey', startsWith: 'HS_DEAL_' }],
  key: { prefix: 'HS_LINE', from: 'lineKey', transform: 'digitsId' },
  fields: [
    { to: 'netsuite_quantity_fulfilled', from: 'fulfilled', owner: 'netsuite' },
    { to: 'netsuite_quantity_billed', from: 'billed', owner: 'netsuite' },
    { to: 'netsuite_closed', from: 'closed', owner: 'netsuite' },
  ],
});

/** F11: the order object, for orders that came from one; goes with F6. */
export const salesOrderToHubSpotOrder = defineFlow({
  ...orders,
  id: 'hubspot.salesorder-to-order',
  number: 'F11',
  title: 'Sales order status to order',
  object: 'orders',
  enabled: false,
  source: { page: 'orders', onEvent: true },
  gate: [{ from: 'key', present: true }],
  key: { prefix: 'HS_ORD', from: 'key' },
  fields: [
    { to: 'netsuite_internal_id', from: 'internalId', owner: 'relay' },
    { to: 'hs_external_order_status', ...STATE, from: [...STATE.from] },
    { to: 'hs_total_price', from: 'total', owner: 'netsuite', transform: 'money' },
  ],
});

/** F24: an order that was entered in NetSuite, for a customer that is linked. */
export const netsuiteOrderToHubSpotOrder = defineFlow({
  ...orders,
  id: 'hubspot.netsuite-order-to-order',
  number: 'F24',
  title: 'NetSuite-born order to order',
  object: 'orders',
  phase: 3,
  enabled: false,
  source: { page: 'orders', onEvent: true },
  create: true,
  gate: [
    { from: 'key', present: false },
    { from: 'customerKey', startsWith: 'HS_COMP_' },
  ],
  key: { prefix: 'NS_SO', from: 'internalId' },
  match: [{ field: 'hs_external_order_id', from: 'internalId', strength: 'exact' }],
  associate: [{ object: 'companies', from: 'customerKey', transform: { name: 'crmIdFromKey', prefix: 'HS_COMP' } }],
  fields: [
    { to: 'hs_order_name', from: 'number', owner: 'relay' },
    { to: 'netsuite_origin', constant: 'NetSuite', owner: 'relay' },
    { to: 'hs_currency_code', from: 'currency', owner: 'relay', write: 'onCreate' },
    { to: 'hs_external_order_status', ...STATE, from: [...STATE.from], owner: 'relay' },
    { to: 'hs_total_price', from: 'total', owner: 'relay', transform: 'money' },
  ],
});

const SHIPMENT: FlowInput['fields'] = [
  { to: 'netsuite_fulfillment_status', from: 'fulfillmentStatus', owner: 'netsuite' },
  { to: 'netsuite_tracking_numbers', from: 'tracking', owner: 'netsuite', verify: true },
  { to: 'netsuite_carrier', from: 'carrier', owner: 'netsuite' },
  { to: 'netsuite_ship_date', from: 'shipDate', owner: 'netsuite' },
];

/** F10: all tracking numbers of an order, over all its fulfilments and packages, on the deal. */
export const shipmentToDeal = defineFlow({
  ...orders,
  id: 'hubspot.shipment-to-deal',
  number: 'F10',
  title: 'Shipments to deal',
  object: 'deals',
  recordType: 'itemfulfillment',
  source: { page: 'shipments', onEvent: true },
  key: { prefix: 'HS_DEAL', from: 'key' },
  fields: SHIPMENT,
});

/** F10 on the order object; goes with F6. */
export const shipmentToHubSpotOrder = defineFlow({
  ...orders,
  id: 'hubspot.shipment-to-order',
  number: 'F10',
  title: 'Shipments to order',
  object: 'orders',
  recordType: 'itemfulfillment',
  enabled: false,
  source: { page: 'shipments', onEvent: true },
  key: { prefix: 'HS_ORD', from: 'key' },
  fields: [
    { to: 'hs_fulfillment_status', from: 'fulfillmentStatus', owner: 'netsuite' },
    { to: 'hs_shipping_tracking_number', from: 'tracking', owner: 'netsuite' },
  ],
});

/** F12, F13, F14: invoices, what is paid of them and credits, rolled up on the deal. */
export const billingToDeal = defineFlow({
  ...orders,
  id: 'hubspot.billing-to-deal',
  number: 'F12',
  title: 'Billing, payments and credits to deal',
  object: 'deals',
  recordType: 'invoice',
  cadence: nightly(30),
  source: { page: 'billing' },
  key: { prefix: 'HS_DEAL', from: 'key' },
  fields: [
    { to: 'netsuite_invoice_number', from: 'invoiceNumber', owner: 'netsuite' },
    { to: 'netsuite_invoice_due_date', from: 'dueDate', owner: 'netsuite' },
    { to: 'netsuite_payment_status', from: 'paymentStatus', owner: 'netsuite' },
    { to: 'netsuite_amount_paid', from: 'amountPaid', owner: 'netsuite', transform: 'money' },
    { to: 'netsuite_amount_remaining', from: 'amountRemaining', owner: 'netsuite', transform: 'money', verify: true },
    { to: 'netsuite_credit_number', from: 'creditNumber', owner: 'netsuite' },
    { to: 'netsuite_credit_total', from: 'creditTotal', owner: 'netsuite', transform: 'money' },
  ],
});

/** F19: start and end of the contract that a sales order stands for. */
export const contractToDeal = defineFlow({
  ...orders,
  id: 'hubspot.contract-to-deal',
  number: 'F19',
  title: 'Contract dates to deal',
  object: 'deals',
  phase: 3,
  enabled: false,
  cadence: nightly(50),
  source: { page: 'orders', onEvent: true },
  gate: [{ from: 'endDate', present: true }],
  key: { prefix: 'HS_DEAL', from: 'key' },
  fields: [
    { to: 'netsuite_contract_start', from: 'startDate', owner: 'netsuite' },
    { to: 'netsuite_contract_end', from: 'endDate', owner: 'netsuite' },
  ],
});
