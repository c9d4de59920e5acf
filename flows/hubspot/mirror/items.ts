import { FIVE_MINUTES, HOURLY, nightly } from '../../cadences';
import { defineFlow } from '../../define-flow';
import { ITEM_TYPE_NAMES } from '../../item-types';

/** HubSpot keeps SKUs unique and has no unique property of ours on products: the SKU is how a product is found. */
const match = [{ field: 'hs_sku', from: 'sku', transform: 'text', strength: 'exact' as const }];
const item = { crm: 'hubspot', object: 'products', direction: 'toCrm' } as const;
const key = { prefix: 'NS_ITEM', from: 'internalId' };

/** F7: items are NetSuite's; HubSpot shows them as products. */
export const itemToHubSpotProduct = defineFlow({
  ...item,
  id: 'hubspot.item-to-product',
  number: 'F7',
  title: 'Item to product',
  recordType: 'item',
  cadence: HOURLY,
  source: { page: 'items', onEvent: true },
  create: true,
  gate: [{ from: 'sku', present: true }],
  key,
  match,
  fields: [
    { to: 'netsuite_internal_id', from: 'internalId', owner: 'relay' },
    { to: 'hs_sku', from: 'sku', owner: 'netsuite', transform: 'text' },
    { to: 'name', from: ['name', 'sku'], owner: 'netsuite', transform: 'text' },
    { to: 'description', from: 'description', owner: 'netsuite', transform: 'plainText' },
    {
      to: 'netsuite_item_type',
      from: 'type',
      owner: 'netsuite',
      transform: { name: 'picklist', table: ITEM_TYPE_NAMES, unknown: 'keep' },
    },
    { to: 'netsuite_inactive', from: 'inactive', owner: 'netsuite' },
  ],
});

/** F8: the base level in every currency. Which level that is, the setting `basePriceLevel` says; NetSuite's own has the id 1. */
export const priceToHubSpotProduct = defineFlow({
  ...item,
  id: 'hubspot.price-to-product',
  number: 'F8',
  title: 'Base price to product',
  recordType: 'pricing',
  phase: 2,
  cadence: nightly(20),
  source: { page: 'prices' },
  gate: [
    { from: 'priceLevel', setting: 'basePriceLevel', equals: '1' },
    { from: 'unitPrice', present: true },
  ],
  key: { prefix: 'NS_PRICE', from: 'priceKey' },
  match,
  fields: [{ to: 'hs_price_{currency}', from: 'unitPrice', owner: 'netsuite', transform: 'rate' }],
});

/** F8: the base price in the portal's own currency, setting `companyCurrency`, is the product's price. */
export const companyPriceToHubSpotProduct = defineFlow({
  ...item,
  id: 'hubspot.company-price-to-product',
  number: 'F8',
  title: 'Base price in company currency to product',
  recordType: 'pricing',
  phase: 2,
  cadence: nightly(20),
  source: { page: 'prices' },
  gate: [
    { from: 'priceLevel', setting: 'basePriceLevel', equals: '1' },
    { from: 'currency', setting: 'companyCurrency', equals: 'USD' },
    { from: 'unitPrice', present: true },
  ],
  key,
  match,
  fields: [{ to: 'price', from: 'unitPrice', owner: 'netsuite', transform: 'rate' }],
});

/** F9: stock over all locations, on the product; it waits until the item's own flow has made that. */
export const stockToHubSpotProduct = defineFlow({
  ...item,
  id: 'hubspot.stock-to-product',
  number: 'F9',
  title: 'Stock to product',
  recordType: 'inventoryitem',
  phase: 2,
  cadence: FIVE_MINUTES,
  source: { page: 'stockTotals' },
  key,
  match,
  fields: [
    { to: 'netsuite_quantity_available', from: 'available', owner: 'netsuite' },
    { to: 'netsuite_quantity_on_hand', from: 'onHand', owner: 'netsuite' },
    { to: 'netsuite_quantity_backordered', from: 'backordered', owner: 'netsuite' },
    { to: 'netsuite_as_of', from: 'asOf', owner: 'relay', stamp: true },
  ],
});
