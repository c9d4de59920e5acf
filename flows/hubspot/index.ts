import { companyToCustomer } from './company';
import { hubspotContactToContact } from './contact';
import { hubspotFileToFile, hubspotNoteToNote } from './content';
import { dealToSalesOrder } from './deal';
import { estimateToHubspotQuote } from './estimate-status';
import { dealOrderToSalesOrder, hubspotOrderToSalesOrder } from './order';
import { hubspotQuoteToEstimate } from './quote';
import { HUBSPOT_MIRROR } from './mirror';

export const HUBSPOT_FLOWS = [
  companyToCustomer,
  hubspotContactToContact,
  dealToSalesOrder,
  hubspotOrderToSalesOrder,
  dealOrderToSalesOrder,
  hubspotQuoteToEstimate,
  estimateToHubspotQuote,
  hubspotFileToFile,
  hubspotNoteToNote,
  ...HUBSPOT_MIRROR,
];
