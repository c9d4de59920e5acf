import { readFileSync } from 'node:fs';
import path from 'node:path';

/** What an installation adds by configuration alone: a custom object of each CRM, a custom record in NetSuite, and the flows between them. */
const OWN_FLOW = {
  id: 'acme.project',
  title: 'Project to project record',
  crm: 'salesforce',
  object: 'Project__c',
  direction: 'toNetSuite',
  recordType: 'customrecord_acme_project',
  key: { prefix: 'SF_PROJ', from: 'Id', transform: 'sfRecordId' },
  fields: [
    { to: 'name', from: 'Name', owner: 'crm', transform: ['text', 'withoutDraftMark'], required: true },
    { to: 'custrecord_acme_budget', from: 'Budget__c', owner: 'crm', transform: 'money' },
  ],
};
/** The way back: what the books say about the project, onto the object it came from. */
const OWN_FLOW_BACK = {
  id: 'acme.record-to-project',
  title: 'State of the project record to project',
  crm: 'salesforce',
  object: 'Project__c',
  direction: 'toCrm',
  recordType: 'customrecord_acme_project',
  key: { prefix: 'SF_PROJ', from: 'crmId' },
  fields: [{ to: 'NetSuite_State__c', from: 'custrecord_acme_state', owner: 'netsuite' }],
};
/** A project that somebody enters in NetSuite becomes an object of the CRM; from then on the two are a pair like any other. */
const born = (crm: 'salesforce' | 'hubspot', more: object) => ({
  title: 'Project of NetSuite to new project',
  crm,
  direction: 'toCrm',
  recordType: 'customrecord_acme_project',
  create: true,
  gate: [{ from: 'name', startsWith: crm }],
  ...more,
});
const BORN_IN_NETSUITE = born('salesforce', {
  id: 'acme.new-project',
  object: 'Project__c',
  linkBack: 'SF_PROJ',
  key: { prefix: 'NS_PROJ', from: 'internalId' },
  match: [{ field: 'NetSuite_Internal_ID__c', from: 'internalId', strength: 'exact' }],
  fields: [
    { to: 'Name', from: 'name', owner: 'netsuite', write: 'onCreate' },
    { to: 'NetSuite_State__c', from: 'custrecord_acme_state', owner: 'netsuite', write: 'onCreate' },
  ],
});
const BORN_FOR_HUBSPOT = born('hubspot', {
  id: 'acme.new-hubspot-project',
  object: '2-9001',
  linkBack: 'HS_PROJ',
  key: { prefix: 'NS_PROJ', from: 'internalId' },
  match: [{ field: 'netsuite_internal_id', from: 'internalId', strength: 'exact' }],
  fields: [
    { to: 'project_name', from: 'name', owner: 'netsuite', write: 'onCreate' },
    { to: 'netsuite_state', from: 'custrecord_acme_state', owner: 'netsuite', write: 'onCreate' },
  ],
});
/** The same for a custom object of HubSpot, whose name is its type id. */
const OWN_HUBSPOT_FLOW = {
  ...OWN_FLOW,
  id: 'acme.hubspot-project',
  crm: 'hubspot',
  object: '2-9001',
  key: { prefix: 'HS_PROJ', from: 'id', transform: 'digitsId' },
  fields: [
    { to: 'name', from: 'properties.project_name', owner: 'crm', transform: 'text', required: true },
    { to: 'custrecord_acme_budget', from: 'properties.budget', owner: 'crm', transform: 'money' },
  ],
};
const OWN_HUBSPOT_FLOW_BACK = {
  ...OWN_FLOW_BACK,
  id: 'acme.record-to-hubspot-project',
  crm: 'hubspot',
  object: '2-9001',
  key: { prefix: 'HS_PROJ', from: 'crmId' },
  fields: [{ to: 'netsuite_state', from: 'custrecord_acme_state', owner: 'netsuite' }],
};
export const OWN_FLOWS = [
  OWN_FLOW,
  OWN_FLOW_BACK,
  OWN_HUBSPOT_FLOW,
  OWN_HUBSPOT_FLOW_BACK,
  BORN_IN_NETSUITE,
  BORN_FOR_HUBSPOT,
];
export const PROJECT_RECORD = `<customrecordtype scriptid="customrecord_acme_project">
  <recordname>Project</recordname>
  <includename>T</includename>
  <accesstype>NONENEEDED</accesstype>
  <customrecordcustomfields>
    <customrecordcustomfield scriptid="custrecord_acme_budget"><fieldtype>CURRENCY</fieldtype><label>Budget</label></customrecordcustomfield>
  <customrecordcustomfield scriptid="custrecord_acme_state"><fieldtype>TEXT</fieldtype><label>State</label></customrecordcustomfield>
  </customrecordcustomfields>
</customrecordtype>`;

/** The capture script with one more deployment: what an administrator adds for a record type of their own. */
export function captureOf(recordType: string): string {
  const file = path.resolve(__dirname, '../../src/Objects/customscript_srl_capture.xml');
  const deployment = `<scriptdeployment scriptid="customdeploy_srl_capture_project">
      <status>RELEASED</status><recordtype>[scriptid=${recordType}]</recordtype><allemployees>T</allemployees>
      <allroles>T</allroles><isdeployed>T</isdeployed><loglevel>ERROR</loglevel>
      <runasrole>[scriptid=customrole_srl_integration]</runasrole></scriptdeployment>`;
  return readFileSync(file, 'utf8').replace('</scriptdeployments>', `${deployment}</scriptdeployments>`);
}
