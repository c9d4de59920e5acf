import { balancesToCompany, createMissingCompany, customerToCompany } from './customers';
import {
  companyPriceToHubSpotProduct,
  itemToHubSpotProduct,
  priceToHubSpotProduct,
  stockToHubSpotProduct,
} from './items';
import {
  billingToDeal,
  contractToDeal,
  netsuiteOrderToHubSpotOrder,
  orderLineToLineItem,
  salesOrderToDeal,
  salesOrderToHubSpotOrder,
  shipmentToDeal,
  shipmentToHubSpotOrder,
} from './orders';
import { entitlementsToTicket } from './support';
import { rateToHubSpotRate } from './others';

/** What NetSuite owns, on HubSpot's records. */
export const HUBSPOT_MIRROR = [
  customerToCompany,
  createMissingCompany,
  balancesToCompany,
  itemToHubSpotProduct,
  priceToHubSpotProduct,
  companyPriceToHubSpotProduct,
  stockToHubSpotProduct,
  shipmentToDeal,
  shipmentToHubSpotOrder,
  salesOrderToDeal,
  salesOrderToHubSpotOrder,
  orderLineToLineItem,
  billingToDeal,
  rateToHubSpotRate,
  contractToDeal,
  netsuiteOrderToHubSpotOrder,
  entitlementsToTicket,
];
