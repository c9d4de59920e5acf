import { REALTIME } from '../../cadences';
import { defineFlow } from '../../define-flow';

/** F16: what NetSuite knows of a case's customer, on the case as soon as it is created or changed. */
export const entitlementsToCase = defineFlow({
  id: 'salesforce.entitlements-to-case',
  number: 'F16',
  title: 'Entitlements to case',
  crm: 'salesforce',
  object: 'Case',
  direction: 'toCrm',
  recordType: 'customer',
  phase: 3,
  cadence: REALTIME,
  source: { page: 'entitlements' },
  asks: { customer: 'AccountId', transform: 'sfRecordId', prefix: 'SF_ACCT' },
  key: { prefix: 'SF_CASE', from: 'recordId', transform: 'sfRecordId' },
  fields: [
    { to: 'NetSuite_Context_Note__c', from: 'note', owner: 'relay' },
    { to: 'NetSuite_Entitlement_Active__c', from: 'active', owner: 'netsuite' },
    { to: 'NetSuite_Entitlement_End__c', from: 'entitlementEnd', owner: 'netsuite' },
    { to: 'NetSuite_Purchased_Items__c', from: 'purchasedItems', owner: 'netsuite' },
    { to: 'NetSuite_Open_Shipments__c', from: 'openShipments', owner: 'netsuite' },
    { to: 'NetSuite_Overdue_Balance__c', from: 'overdueBalance', owner: 'netsuite', transform: 'money' },
    { to: 'NetSuite_Stock_Status__c', from: 'stockStatus', owner: 'netsuite' },
    { to: 'NetSuite_As_Of__c', from: 'asOf', owner: 'relay', stamp: true },
  ],
});
