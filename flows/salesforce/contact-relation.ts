import { defineFlow } from '../define-flow';

/**
 * F3: the direct relation of a Contact names the account it belongs to. NetSuite knows one company for a contact, so relations that are
 * not direct stay in Salesforce.
 */
export const contactRelationToContact = defineFlow({
  id: 'salesforce.contact-relation-to-contact',
  number: 'F3',
  title: 'Direct account of a contact',
  crm: 'salesforce',
  object: 'AccountContactRelation',
  direction: 'toNetSuite',
  recordType: 'contact',
  action: 'update',
  gate: [
    { from: 'IsDirect', equals: true },
    { from: 'IsActive', equals: true },
  ],
  key: { prefix: 'SF_CON', from: 'ContactId', transform: 'sfRecordId', ownId: 'Id' },
  fields: [
    {
      to: 'company',
      from: 'AccountId',
      owner: 'crm',
      transform: 'sfRecordId',
      required: true,
      reference: { recordType: 'customer', by: 'externalId', prefix: 'SF_ACCT' },
    },
  ],
  requires: [
    { recordType: 'customer', prefix: 'SF_ACCT', from: 'AccountId', transform: 'sfRecordId', mandatory: true },
    { recordType: 'contact', prefix: 'SF_CON', from: 'ContactId', transform: 'sfRecordId' },
  ],
});
