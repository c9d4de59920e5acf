import { accountToCustomer } from './account';
import { contactToContact } from './contact';
import { contactRelationToContact } from './contact-relation';
import { contentToFile, noteToNote } from './content';
import { estimateToQuote } from './estimate-status';
import { opportunityToSalesOrder } from './opportunity';
import { opportunityOrderToSalesOrder, orderToSalesOrder } from './order';
import { quoteToEstimate } from './quote';
import { SALESFORCE_MIRROR } from './mirror';

export const SALESFORCE_FLOWS = [
  accountToCustomer,
  contactToContact,
  contactRelationToContact,
  opportunityToSalesOrder,
  orderToSalesOrder,
  opportunityOrderToSalesOrder,
  quoteToEstimate,
  estimateToQuote,
  contentToFile,
  noteToNote,
  ...SALESFORCE_MIRROR,
];
