import { accountToCustomer } from './account';
import { contactToContact } from './contact';
import { contactLink } from './contact-link';
import { customerToAccount } from './customer-mirror';
import { opportunityToSalesOrder } from './opportunity';
import { opportunityOrderToSalesOrder, orderToSalesOrder } from './order';
import { salesOrderToOpportunity } from './order-status';
import { quoteToEstimate } from './quote';

export const SALESFORCE_FLOWS = [
  accountToCustomer,
  contactToContact,
  opportunityToSalesOrder,
  orderToSalesOrder,
  opportunityOrderToSalesOrder,
  quoteToEstimate,
  customerToAccount,
  contactLink,
  salesOrderToOpportunity,
];
