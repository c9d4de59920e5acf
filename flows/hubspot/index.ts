import { companyToCustomer } from './company';
import { hubspotContactToContact } from './contact';
import { hubspotContactLink } from './contact-link';
import { customerToCompany } from './customer-mirror';
import { dealToSalesOrder } from './deal';
import { salesOrderToDeal } from './order-status';

export const HUBSPOT_FLOWS = [
  companyToCustomer,
  hubspotContactToContact,
  dealToSalesOrder,
  customerToCompany,
  hubspotContactLink,
  salesOrderToDeal,
];
