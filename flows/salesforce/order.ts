import { defineFlow } from '../define-flow';
import { opportunityToSalesOrder } from './opportunity';

/**
 * F6: an activated Order becomes a sales order. Off by default: choose it or the won opportunity, not both. An order whose opportunity
 * already became a sales order is that sales order.
 */
const {
  id: _id,
  number: _number,
  title: _title,
  object: _object,
  expectedTotal: _total,
  gate: _gate,
  key: _key,
  fields,
  lines,
  ...rest
} = opportunityToSalesOrder;

const renamed: Readonly<Record<string, string>> = {
  CloseDate: 'EffectiveDate',
  PO_Number__c: 'PoNumber',
  Name: 'OrderNumber',
};

export const orderToSalesOrder = defineFlow({
  ...rest,
  id: 'salesforce.order-to-salesorder',
  expectedTotal: { from: 'TotalAmount' },
  number: 'F6',
  title: 'Activated order to sales order',
  object: 'Order',
  enabled: false,
  gate: [
    { from: 'Status', equals: 'Activated' },
    // An order that came from NetSuite must not become a second one there.
    { from: 'NetSuite_Origin__c', present: false },
    { from: 'OpportunityId', present: false },
  ],
  key: { prefix: 'SF_ORD', from: 'Id', transform: 'sfRecordId' },
  fields: fields.map((field) =>
    typeof field.from === 'string' && renamed[field.from] !== undefined
      ? { ...field, from: renamed[field.from]! }
      : field,
  ),
  addresses: [
    {
      label: 'billingaddress',
      street: 'BillingStreet',
      city: 'BillingCity',
      state: ['BillingStateCode', 'BillingState'],
      zip: 'BillingPostalCode',
      country: ['BillingCountryCode', 'BillingCountry'],
      owner: 'netsuite',
      write: 'onCreate',
    },
    {
      label: 'shippingaddress',
      street: 'ShippingStreet',
      city: 'ShippingCity',
      state: ['ShippingStateCode', 'ShippingState'],
      zip: 'ShippingPostalCode',
      country: ['ShippingCountryCode', 'ShippingCountry'],
      owner: 'netsuite',
      write: 'onCreate',
    },
  ],
  lines: lines.map(({ discount: _discount, ...map }) => ({
    ...map,
    from: 'OrderItems.records',
    order: 'OrderItemNumber',
  })),
});

/** The same for an Order that came from an Opportunity: its sales order is the opportunity's, and is brought up to date. */
export const opportunityOrderToSalesOrder = defineFlow({
  ...orderToSalesOrder,
  id: 'salesforce.opportunity-order-to-salesorder',
  title: "Activated order of an opportunity to the opportunity's sales order",
  gate: [
    { from: 'Status', equals: 'Activated' },
    { from: 'NetSuite_Origin__c', present: false },
    { from: 'OpportunityId', present: true },
  ],
  key: { prefix: 'SF_OPP', from: 'OpportunityId', transform: 'sfRecordId', ownId: 'Id' },
});
