import { accountToCustomer } from './account';
import { contactToContact } from './contact';
import { contactLink } from './contact-link';
import { customerToAccount } from './customer-mirror';
import { opportunityToSalesOrder } from './opportunity';
import { salesOrderToOpportunity } from './order-status';

export const SALESFORCE_FLOWS = [
  accountToCustomer,
  contactToContact,
  opportunityToSalesOrder,
  customerToAccount,
  contactLink,
  salesOrderToOpportunity,
];
