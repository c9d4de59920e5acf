import { defineFlow } from '../define-flow';

const shared = { number: 'F28', crm: 'salesforce', direction: 'toNetSuite', enabled: false, phase: 3 } as const;

/** Of what it is linked to, the won opportunities count: their orders are in NetSuite, or on the way. */
const belongsToWon = { from: 'WonOpportunityIds.0', present: true };

/** F28: files of won opportunities go into the File Cabinet, attached to their orders. Off by default. */
export const contentToFile = defineFlow({
  ...shared,
  id: 'salesforce.content-to-file',
  title: 'Files of won opportunities to their orders',
  object: 'ContentDocument',
  recordType: 'file',
  // A link to another system has no content of its own.
  gate: [belongsToWon, { from: 'ContentSize', present: true }],
  key: { prefix: 'SF_FILE', from: 'Id', transform: 'sfRecordId' },
  file: { content: 'LatestPublishedVersionId', bytes: 'ContentSize' },
  attachTo: [{ recordType: 'salesorder', prefix: 'SF_OPP', from: 'WonOpportunityIds', transform: 'sfRecordId' }],
  fields: [
    { to: 'name', from: 'FileName', owner: 'crm', transform: 'text', required: true },
    { to: 'description', from: 'Description', owner: 'crm', transform: 'text', whenNull: 'leave' },
  ],
});

/** F28: notes of won opportunities become notes of their orders. Off by default. */
export const noteToNote = defineFlow({
  ...shared,
  id: 'salesforce.note-to-note',
  title: 'Notes of won opportunities to their orders',
  object: 'ContentNote',
  recordType: 'note',
  gate: [belongsToWon],
  key: { prefix: 'SF_NOTE', from: 'Id', transform: 'sfRecordId' },
  fields: [
    { to: 'title', from: 'Title', owner: 'crm', transform: 'text', truncate: true },
    { to: 'note', from: 'Body', owner: 'crm', transform: 'plainText', truncate: true, required: true },
    {
      to: 'transaction',
      from: 'WonOpportunityIds.0',
      owner: 'netsuite',
      write: 'onCreate',
      transform: 'sfRecordId',
      reference: { recordType: 'salesorder', by: 'externalId', prefix: 'SF_OPP' },
    },
  ],
  requires: [{ recordType: 'salesorder', prefix: 'SF_OPP', from: 'WonOpportunityIds.0', transform: 'sfRecordId' }],
});
