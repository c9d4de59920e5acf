import { accountToCustomer } from './account';
import { contactToContact } from './contact';
import { contactRelationToContact } from './contact-relation';
import { contactLink } from './contact-link';
import { customerToAccount } from './customer-mirror';
import { estimateToQuote } from './estimate-status';
import { opportunityToSalesOrder } from './opportunity';
import { opportunityOrderToSalesOrder, orderToSalesOrder } from './order';
import { salesOrderToOpportunity } from './order-status';
import { quoteToEstimate } from './quote';

export const SALESFORCE_FLOWS = [
  accountToCustomer,
  contactToContact,
  contactRelationToContact,
  opportunityToSalesOrder,
  orderToSalesOrder,
  opportunityOrderToSalesOrder,
  quoteToEstimate,
  estimateToQuote,
  customerToAccount,
  contactLink,
  salesOrderToOpportunity,
];
