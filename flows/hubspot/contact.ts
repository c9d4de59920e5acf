import { defineFlow } from '../define-flow';

/** F3: a contact becomes a contact of the customer its primary company is. */
export const hubspotContactToContact = defineFlow({
  id: 'hubspot.contact-to-contact',
  number: 'F3',
  title: 'Contact to contact',
  crm: 'hubspot',
  object: 'contacts',
  direction: 'toNetSuite',
  recordType: 'contact',
  key: {
    prefix: 'HS_CON',
    from: ['id', 'properties.hs_object_id'],
    transform: 'digitsId',
    internalId: 'properties.netsuite_internal_id',
  },
  match: [{ field: 'email', from: 'properties.email', transform: 'email', strength: 'exact', within: ['company'] }],
  fields: [
    {
      to: 'company',
      from: 'associations.companies.results',
      owner: 'crm',
      transform: ['hsPrimaryId', 'digitsId'],
      reference: { recordType: 'customer', by: 'externalId', prefix: 'HS_COMP' },
    },
    {
      to: 'subsidiary',
      setting: 'subsidiary',
      owner: 'netsuite',
      write: 'onCreate',
      reference: { recordType: 'subsidiary', by: 'name' },
    },
    { to: 'salutation', from: 'properties.salutation', owner: 'crm', transform: 'text', truncate: true },
    { to: 'firstname', from: 'properties.firstname', owner: 'crm', transform: 'text' },
    // HubSpot needs no name: the part before the @ is what people see there, too.
    {
      to: 'lastname',
      from: ['properties.lastname', 'properties.email'],
      owner: 'crm',
      transform: ['text', 'emailLocalPart'],
      required: true,
    },
    { to: 'title', from: 'properties.jobtitle', owner: 'crm', transform: 'text', truncate: true },
    { to: 'email', from: 'properties.email', owner: 'crm', transform: 'email' },
    { to: 'phone', from: 'properties.phone', owner: 'crm', transform: 'phone' },
    { to: 'mobilephone', from: 'properties.mobilephone', owner: 'crm', transform: 'phone' },
  ],
  addresses: [
    {
      label: 'Mailing',
      street: 'properties.address',
      city: 'properties.city',
      state: ['properties.hs_state_code', 'properties.state'],
      zip: 'properties.zip',
      country: ['properties.hs_country_region_code', 'properties.country'],
      defaultBilling: true,
      defaultShipping: true,
      owner: 'crm',
    },
  ],
  requires: [
    {
      recordType: 'customer',
      prefix: 'HS_COMP',
      from: 'associations.companies.results',
      transform: ['hsPrimaryId', 'digitsId'],
    },
  ],
});
