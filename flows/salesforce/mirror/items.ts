import { FIVE_MINUTES, HOURLY, nightly } from '../../cadences';
import { defineFlow } from '../../define-flow';
import { ITEM_TYPE_NAMES } from '../../item-types';

/** F7: items are NetSuite's; a Product2 that is there under the SKU is taken over, others are created. */
export const itemToProduct = defineFlow({
  id: 'salesforce.item-to-product',
  number: 'F7',
  title: 'Item to product',
  crm: 'salesforce',
  object: 'Product2',
  direction: 'toCrm',
  recordType: 'item',
  cadence: HOURLY,
  source: { page: 'items', onEvent: true },
  create: true,
  gate: [{ from: 'sku', present: true }],
  key: { prefix: 'NS_ITEM', from: 'internalId' },
  match: [
    { field: 'NetSuite_Internal_ID__c', from: 'internalId', strength: 'exact' },
    { field: 'ProductCode', from: 'sku', transform: 'text', strength: 'exact' },
  ],
  fields: [
    { to: 'ProductCode', from: 'sku', owner: 'netsuite', transform: 'text' },
    { to: 'Name', from: ['name', 'sku'], owner: 'netsuite', transform: 'text' },
    { to: 'Description', from: 'description', owner: 'netsuite', transform: 'plainText' },
    {
      to: 'Family',
      from: 'type',
      owner: 'netsuite',
      transform: { name: 'picklist', table: ITEM_TYPE_NAMES, unknown: 'keep' },
    },
    { to: 'IsActive', from: 'inactive', owner: 'netsuite', transform: 'not' },
  ],
});

/** F8: a price level is a price book. The standard one carries the base level's id by hand, once. */
export const priceLevelToPricebook = defineFlow({
  id: 'salesforce.price-level-to-pricebook',
  number: 'F8',
  title: 'Price level to price book',
  crm: 'salesforce',
  object: 'Pricebook2',
  direction: 'toCrm',
  recordType: 'pricelevel',
  phase: 2,
  cadence: nightly(20),
  source: { page: 'prices' },
  create: true,
  gate: [{ from: 'priceLevelName', present: true }],
  key: { prefix: 'NS_LEVEL', from: 'priceLevel' },
  match: [{ field: 'NetSuite_Price_Level__c', from: 'priceLevel', strength: 'exact' }],
  fields: [
    { to: 'Name', from: 'priceLevelName', owner: 'netsuite', write: 'onCreate' },
    { to: 'IsActive', constant: true, owner: 'netsuite', write: 'onCreate' },
    { to: 'NetSuite_Price_Level__c', from: 'priceLevel', owner: 'relay' },
  ],
});

/** F8: one price of an item in one level and currency. Its item and book are given once: Salesforce refuses to change them. */
export const priceToPricebookEntry = defineFlow({
  id: 'salesforce.price-to-pricebook-entry',
  number: 'F8',
  title: 'Price to price book entry',
  crm: 'salesforce',
  object: 'PricebookEntry',
  direction: 'toCrm',
  recordType: 'pricing',
  phase: 2,
  cadence: nightly(20),
  source: { page: 'prices' },
  create: true,
  gate: [{ from: 'unitPrice', present: true }],
  key: { prefix: 'NS_PRICE', from: 'priceKey' },
  match: [{ field: 'NetSuite_Price_Key__c', from: 'priceKey', strength: 'exact' }],
  fields: [
    { to: 'Product2.NetSuite_Internal_ID__c', from: 'internalId', owner: 'relay', write: 'onCreate' },
    { to: 'Pricebook2.NetSuite_Price_Level__c', from: 'priceLevel', owner: 'relay', write: 'onCreate' },
    // Without it an org of several currencies takes the price as one in its own: 9.50 EUR would be 9.50 USD.
    { to: 'CurrencyIsoCode', from: 'currency', owner: 'netsuite', write: 'onCreate', onlyWith: 'multiCurrency' },
    { to: 'UnitPrice', from: 'unitPrice', owner: 'netsuite', transform: 'rate' },
    { to: 'IsActive', from: 'inactive', owner: 'netsuite', transform: 'not' },
  ],
});

/** F9: stock of an item at a location. */
export const stockToLevel = defineFlow({
  id: 'salesforce.stock-to-inventory-level',
  number: 'F9',
  title: 'Stock to inventory level',
  crm: 'salesforce',
  object: 'NetSuite_Inventory_Level__c',
  direction: 'toCrm',
  recordType: 'inventoryitem',
  phase: 2,
  cadence: FIVE_MINUTES,
  source: { page: 'stock' },
  create: true,
  gate: [{ from: 'location', present: true }],
  key: { prefix: 'NS_STOCK', from: 'stockKey' },
  match: [{ field: 'NetSuite_Key__c', from: 'stockKey', strength: 'exact' }],
  fields: [
    { to: 'NetSuite_Key__c', from: 'stockKey', owner: 'relay' },
    { to: 'Product__r.NetSuite_Internal_ID__c', from: 'internalId', owner: 'relay' },
    { to: 'Location_ID__c', from: 'location', owner: 'netsuite' },
    { to: 'Available__c', from: 'available', owner: 'netsuite' },
    { to: 'On_Hand__c', from: 'onHand', owner: 'netsuite' },
    { to: 'Backordered__c', from: 'backordered', owner: 'netsuite' },
    { to: 'NetSuite_As_Of__c', from: 'asOf', owner: 'relay', stamp: true },
  ],
});

/** F9: stock over all locations, on the product; it waits until the item's own flow has made that. */
export const stockToProduct = defineFlow({
  id: 'salesforce.stock-to-product',
  number: 'F9',
  title: 'Stock to product',
  crm: 'salesforce',
  object: 'Product2',
  direction: 'toCrm',
  recordType: 'inventoryitem',
  phase: 2,
  cadence: FIVE_MINUTES,
  source: { page: 'stockTotals' },
  key: { prefix: 'NS_ITEM', from: 'internalId' },
  match: [{ field: 'NetSuite_Internal_ID__c', from: 'internalId', strength: 'exact' }],
  fields: [
    { to: 'NetSuite_Quantity_Available__c', from: 'available', owner: 'netsuite' },
    { to: 'NetSuite_Quantity_On_Hand__c', from: 'onHand', owner: 'netsuite' },
    { to: 'NetSuite_Quantity_Backordered__c', from: 'backordered', owner: 'netsuite' },
    { to: 'NetSuite_As_Of__c', from: 'asOf', owner: 'relay', stamp: true },
  ],
});
