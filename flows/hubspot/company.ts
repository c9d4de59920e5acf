import { accountGate, newCustomerStatus } from '../customer-choices';
import { defineFlow } from '../define-flow';
import { ownerAsSalesRep } from './owner';

/** F1: a company becomes a customer. */
export const companyToCustomer = defineFlow({
  id: 'hubspot.company-to-customer',
  number: 'F1',
  title: 'Company to customer',
  crm: 'hubspot',
  object: 'companies',
  direction: 'toNetSuite',
  recordType: 'customer',
  key: {
    prefix: 'HS_COMP',
    from: ['id', 'properties.hs_object_id'],
    transform: 'digitsId',
    internalId: 'properties.netsuite_internal_id',
  },
  gate: accountGate('properties.send_to_netsuite'),
  match: [
    {
      field: 'domain',
      from: ['properties.website', 'properties.domain'],
      transform: ['text', 'companyDomain'],
      strength: 'candidate',
    },
    { field: 'companyname', from: 'properties.name', transform: 'text', strength: 'candidate' },
  ],
  customForm: { setting: 'customerForm' },
  fields: [
    { to: 'isperson', constant: false, owner: 'relay', write: 'onCreate' },
    {
      to: 'subsidiary',
      setting: 'subsidiary',
      owner: 'netsuite',
      write: 'onCreate',
      reference: { recordType: 'subsidiary', by: 'name' },
    },
    newCustomerStatus,
    { to: 'companyname', from: 'properties.name', owner: 'crm', transform: 'text', truncate: true, required: true },
    { to: 'phone', from: 'properties.phone', owner: 'crm', transform: 'phone' },
    { to: 'url', from: ['properties.website', 'properties.domain'], owner: 'crm', transform: ['text', 'url'] },
    { to: 'comments', from: 'properties.description', owner: 'crm', transform: 'plainText', truncate: true },
    ownerAsSalesRep,
    {
      to: 'parent',
      from: 'associations.parent_companies.results',
      owner: 'crm',
      transform: ['hsPrimaryId', 'digitsId'],
      whenNull: 'leave',
      optional: true,
      reference: { recordType: 'customer', by: 'externalId', prefix: 'HS_COMP' },
    },
    {
      to: 'terms',
      from: 'properties.payment_terms',
      owner: 'netsuite',
      write: 'onCreate',
      transform: 'text',
      reference: { recordType: 'term', by: 'name' },
    },
  ],
  addresses: [
    {
      label: 'Billing',
      street: 'properties.address',
      street2: 'properties.address2',
      city: 'properties.city',
      state: ['properties.hs_state_code', 'properties.state'],
      zip: 'properties.zip',
      country: ['properties.hs_country_code', 'properties.country'],
      defaultBilling: true,
      defaultShipping: true,
      owner: 'crm',
    },
  ],
  requires: [
    {
      recordType: 'customer',
      prefix: 'HS_COMP',
      from: 'associations.parent_companies.results',
      transform: ['hsPrimaryId', 'digitsId'],
    },
  ],
});
