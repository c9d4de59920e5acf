import { companyToCustomer } from './company';
import { hubspotContactToContact } from './contact';
import { hubspotContactLink } from './contact-link';
import { customerToCompany } from './customer-mirror';
import { dealToSalesOrder } from './deal';
import { estimateToHubspotQuote } from './estimate-status';
import { dealOrderToSalesOrder, hubspotOrderToSalesOrder } from './order';
import { salesOrderToDeal } from './order-status';
import { hubspotQuoteToEstimate } from './quote';

export const HUBSPOT_FLOWS = [
  companyToCustomer,
  hubspotContactToContact,
  dealToSalesOrder,
  hubspotOrderToSalesOrder,
  dealOrderToSalesOrder,
  hubspotQuoteToEstimate,
  estimateToHubspotQuote,
  customerToCompany,
  hubspotContactLink,
  salesOrderToDeal,
];
