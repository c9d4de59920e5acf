import { defineFlow } from '../define-flow';
import { dealToSalesOrder } from './deal';

/**
 * F6: a HubSpot order becomes a sales order once it is marked for it (`send_to_netsuite`; stages of order pipelines differ from portal to
 * portal). Off by default: choose it or the won deal, not both. An order of a deal that became a sales order is that sales order.
 */
const {
  id: _id,
  number: _number,
  title: _title,
  object: _object,
  gate: _gate,
  key: _key,
  expectedTotal: _total,
  fields,
  ...rest
} = dealToSalesOrder;

const renamed: Readonly<Record<string, string>> = {
  'properties.deal_currency_code': 'properties.hs_currency_code',
  'properties.closedate': 'properties.hs_external_created_date',
  'properties.po_number': 'properties.hs_external_order_id',
  'properties.dealname': 'properties.hs_order_name',
};

export const hubspotOrderToSalesOrder = defineFlow({
  ...rest,
  id: 'hubspot.order-to-salesorder',
  number: 'F6',
  title: 'Order to sales order',
  object: 'orders',
  enabled: false,
  gate: [
    { from: 'properties.send_to_netsuite', equals: true },
    // An order that came from NetSuite must not become a second one there.
    { from: 'properties.netsuite_origin', present: false },
    { from: 'associations.deals.results', present: false },
  ],
  key: { prefix: 'HS_ORD', from: ['id', 'properties.hs_object_id'], transform: 'digitsId' },
  expectedTotal: { from: 'properties.hs_subtotal_price' },
  fields: fields.map((field) => {
    const from = typeof field.from === 'string' ? renamed[field.from] : undefined;
    return from === undefined
      ? field
      : { ...field, from: field.to === 'trandate' ? [from, 'properties.hs_createdate'] : from };
  }),
  lines: rest.lines.map((map) => ({
    ...map,
    sameAs: [{ line: 'properties.hs_line_item_currency_code', record: 'properties.hs_currency_code' }],
  })),
});

/** The same for an order of a deal: its sales order is the deal's, and is brought up to date. */
export const dealOrderToSalesOrder = defineFlow({
  ...hubspotOrderToSalesOrder,
  id: 'hubspot.deal-order-to-salesorder',
  title: "Order of a deal to the deal's sales order",
  gate: [
    { from: 'properties.send_to_netsuite', equals: true },
    { from: 'properties.netsuite_origin', present: false },
    { from: 'associations.deals.results', present: true },
  ],
  key: {
    prefix: 'HS_DEAL',
    from: 'associations.deals.results',
    transform: ['hsPrimaryId', 'digitsId'],
    ownId: ['id', 'properties.hs_object_id'],
  },
});
