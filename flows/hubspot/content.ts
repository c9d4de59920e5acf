import { defineFlow } from '../define-flow';

const shared = { number: 'F28', crm: 'hubspot', direction: 'toNetSuite', enabled: false, phase: 3 } as const;

/** Of what it is associated with, the won deals count: their orders are in NetSuite, or on the way. */
const belongsToWon = { from: 'wonDealIds.0', present: true };

/** F28: files that are attached to notes of won deals go into the File Cabinet, attached to their orders. Off by default. */
export const hubspotFileToFile = defineFlow({
  ...shared,
  id: 'hubspot.file-to-file',
  title: 'Files of won deals to their orders',
  object: 'files',
  recordType: 'file',
  gate: [belongsToWon],
  // One file may hang on several notes: it is one file in NetSuite too.
  key: { prefix: 'HS_FILE', from: 'fileId', transform: 'digitsId', ownId: 'id' },
  file: { content: 'fileId', bytes: 'size' },
  attachTo: [{ recordType: 'salesorder', prefix: 'HS_DEAL', from: 'wonDealIds', transform: 'digitsId' }],
  fields: [{ to: 'name', from: 'fileName', owner: 'crm', transform: 'text', required: true }],
});

/** F28: notes of won deals become notes of their orders. Off by default. */
export const hubspotNoteToNote = defineFlow({
  ...shared,
  id: 'hubspot.note-to-note',
  title: 'Notes of won deals to their orders',
  object: 'notes',
  recordType: 'note',
  gate: [belongsToWon, { from: 'properties.hs_note_body', present: true }],
  key: { prefix: 'HS_NOTE', from: ['id', 'properties.hs_object_id'], transform: 'digitsId' },
  fields: [
    { to: 'title', constant: 'HubSpot note', owner: 'relay', write: 'onCreate' },
    {
      to: 'note',
      from: 'properties.hs_note_body',
      owner: 'crm',
      transform: 'plainText',
      truncate: true,
      required: true,
    },
    {
      to: 'transaction',
      from: 'wonDealIds.0',
      owner: 'netsuite',
      write: 'onCreate',
      transform: 'digitsId',
      reference: { recordType: 'salesorder', by: 'externalId', prefix: 'HS_DEAL' },
    },
  ],
  requires: [{ recordType: 'salesorder', prefix: 'HS_DEAL', from: 'wonDealIds.0', transform: 'digitsId' }],
});
