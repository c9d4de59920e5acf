import { balancesToAccount, createMissingAccount, customerToAccount } from './customers';
import {
  billingToOpportunity,
  creditRequestToReview,
  creditToRecord,
  invoiceLineToRecord,
  invoiceToRecord,
  paymentToRecord,
} from './invoices';
import { itemToProduct, priceLevelToPricebook, priceToPricebookEntry, stockToLevel, stockToProduct } from './items';
import { netsuiteOrderToOrder, orderLineToOpportunityLine, salesOrderToOpportunity, salesOrderToOrder } from './orders';
import { contractToOpportunity, rateToConversionRate } from './others';
import { entitlementsToCase } from './support';
import { fulfillmentToRecord, shipmentToOpportunity, shipmentToOrder } from './shipments';

/** What NetSuite owns, on Salesforce's records. */
export const SALESFORCE_MIRROR = [
  customerToAccount,
  balancesToAccount,
  createMissingAccount,
  itemToProduct,
  priceLevelToPricebook,
  priceToPricebookEntry,
  stockToLevel,
  stockToProduct,
  shipmentToOpportunity,
  shipmentToOrder,
  fulfillmentToRecord,
  salesOrderToOpportunity,
  salesOrderToOrder,
  orderLineToOpportunityLine,
  invoiceToRecord,
  invoiceLineToRecord,
  billingToOpportunity,
  paymentToRecord,
  creditToRecord,
  creditRequestToReview,
  rateToConversionRate,
  contractToOpportunity,
  netsuiteOrderToOrder,
  entitlementsToCase,
];
