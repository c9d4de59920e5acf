import { defineFlow } from '../define-flow';

/** F3: a Contact becomes a contact of its customer. Names are never cut: a cut name is a wrong name. */
export const contactToContact = defineFlow({
  id: 'salesforce.contact-to-contact',
  number: 'F3',
  title: 'Contact to contact',
  crm: 'salesforce',
  object: 'Contact',
  direction: 'toNetSuite',
  recordType: 'contact',
  key: { prefix: 'SF_CON', from: 'Id', transform: 'sfRecordId', internalId: 'NetSuite_Internal_ID__c' },
  match: [{ field: 'email', from: 'Email', transform: 'email', strength: 'exact', within: ['company'] }],
  fields: [
    {
      to: 'company',
      from: 'AccountId',
      owner: 'crm',
      transform: 'sfRecordId',
      reference: { recordType: 'customer', by: 'externalId', prefix: 'SF_ACCT' },
    },
    {
      to: 'subsidiary',
      setting: 'subsidiary',
      owner: 'netsuite',
      write: 'onCreate',
      reference: { recordType: 'subsidiary', by: 'name' },
    },
    { to: 'salutation', from: 'Salutation', owner: 'crm', transform: 'text', truncate: true },
    { to: 'firstname', from: 'FirstName', owner: 'crm', transform: 'text' },
    { to: 'lastname', from: 'LastName', owner: 'crm', transform: 'text', required: true },
    { to: 'title', from: 'Title', owner: 'crm', transform: 'text', truncate: true },
    { to: 'email', from: 'Email', owner: 'crm', transform: 'email' },
    { to: 'phone', from: 'Phone', owner: 'crm', transform: 'phone' },
    { to: 'mobilephone', from: 'MobilePhone', owner: 'crm', transform: 'phone' },
  ],
  addresses: [
    {
      label: 'Mailing',
      street: ['MailingStreet', 'MailingAddress.street'],
      city: ['MailingCity', 'MailingAddress.city'],
      state: ['MailingStateCode', 'MailingAddress.stateCode', 'MailingState', 'MailingAddress.state'],
      zip: ['MailingPostalCode', 'MailingAddress.postalCode'],
      country: ['MailingCountryCode', 'MailingAddress.countryCode', 'MailingCountry', 'MailingAddress.country'],
      defaultBilling: true,
      defaultShipping: true,
      owner: 'crm',
    },
  ],
  requires: [{ recordType: 'customer', prefix: 'SF_ACCT', from: 'AccountId', transform: 'sfRecordId' }],
});
