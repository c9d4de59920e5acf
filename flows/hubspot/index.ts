import { companyToCustomer } from './company';
import { hubspotContactToContact } from './contact';
import { dealToSalesOrder } from './deal';

export const HUBSPOT_FLOWS = [companyToCustomer, hubspotContactToContact, dealToSalesOrder];
