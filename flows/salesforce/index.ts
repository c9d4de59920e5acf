import { accountToCustomer } from './account';
import { contactToContact } from './contact';
import { opportunityToSalesOrder } from './opportunity';

export const SALESFORCE_FLOWS = [accountToCustomer, contactToContact, opportunityToSalesOrder];
