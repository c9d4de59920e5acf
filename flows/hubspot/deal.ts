import { defineFlow } from '../define-flow';
import { afterApproval, newOrderStatus } from '../order-approval';
import { ownerAsSalesRep } from './owner';

/**
 * F5: a won deal with its line items becomes a sales order. The deal comes with its associations; its line items, as a batch read
 * returns them, stand beside them under `lineItems`.
 */
export const dealToSalesOrder = defineFlow({
  id: 'hubspot.deal-to-salesorder',
  number: 'F5',
  title: 'Won deal to sales order',
  crm: 'hubspot',
  object: 'deals',
  direction: 'toNetSuite',
  recordType: 'salesorder',
  gate: [{ from: ['properties.hs_is_closed_won', 'properties.dealstage'], oneOf: ['true', 'closedwon'] }],
  // Deals that were merged are a new deal, with the id of the order the primary one became: no second order is made of it.
  key: {
    prefix: 'HS_DEAL',
    from: ['id', 'properties.hs_object_id'],
    transform: 'digitsId',
    internalId: 'properties.netsuite_internal_id',
  },
  customForm: { setting: 'salesOrderForm' },
  addCurrency: true,
  afterApproval,
  expectedTotal: { from: 'properties.amount' },
  bulkAbove: { lines: 200 },
  fields: [
    {
      to: 'entity',
      from: 'associations.companies.results',
      owner: 'netsuite',
      write: 'onCreate',
      transform: ['hsPrimaryId', 'digitsId'],
      required: true,
      reference: { recordType: 'customer', by: 'externalId', prefix: 'HS_COMP' },
    },
    {
      to: 'currency',
      from: 'properties.deal_currency_code',
      owner: 'netsuite',
      write: 'onCreate',
      transform: 'currencyCode',
      reference: { recordType: 'currency', by: 'symbol' },
    },
    // An instant in HubSpot: it becomes the day it is in NetSuite's own time zone.
    {
      to: 'trandate',
      from: 'properties.closedate',
      owner: 'netsuite',
      write: 'onCreate',
      transform: 'dateTimeToDate',
      as: 'date',
      required: true,
    },
    ownerAsSalesRep,
    newOrderStatus,
    { to: 'otherrefnum', from: 'properties.po_number', owner: 'crm', transform: 'text', truncate: true },
    { to: 'memo', from: 'properties.dealname', owner: 'crm', transform: 'text', truncate: true },
  ],
  lines: [
    {
      sublist: 'item',
      from: 'lineItems',
      keyField: 'custcol_srl_line_key',
      key: ['id', 'properties.hs_object_id'],
      keyTransform: 'digitsId',
      order: 'properties.hs_position_on_quote',
      atLeast: 1,
      sameAs: [{ line: 'properties.hs_line_item_currency_code', record: 'properties.deal_currency_code' }],
      discount: { percent: 'properties.hs_discount_percentage', amountPerUnit: 'properties.discount' },
      fields: [
        {
          to: 'item',
          from: 'properties.hs_sku',
          owner: 'crm',
          transform: 'text',
          required: true,
          reference: { recordType: 'item', by: 'itemid' },
        },
        { to: 'quantity', from: 'properties.quantity', owner: 'crm', transform: 'quantity', required: true },
        { to: 'price', constant: '-1', owner: 'relay' },
        { to: 'rate', from: 'properties.price', owner: 'crm', transform: 'rate', required: true },
        {
          to: 'description',
          from: 'properties.description',
          owner: 'crm',
          transform: 'plainText',
          truncate: true,
          whenNull: 'leave',
        },
      ],
    },
  ],
  requires: [
    {
      recordType: 'customer',
      prefix: 'HS_COMP',
      from: 'associations.companies.results',
      transform: ['hsPrimaryId', 'digitsId'],
      mandatory: true,
    },
  ],
});
