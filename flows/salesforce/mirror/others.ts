import { nightly, REALTIME } from '../../cadences';
import { defineFlow } from '../../define-flow';

/** F18: NetSuite's rates, dated. NetSuite says what one unit of the currency is worth, Salesforce how many units one corporate unit buys. */
export const rateToConversionRate = defineFlow({
  id: 'salesforce.rate-to-conversion-rate',
  number: 'F18',
  title: 'Exchange rate to dated conversion rate',
  crm: 'salesforce',
  object: 'DatedConversionRate',
  direction: 'toCrm',
  recordType: 'currencyrate',
  phase: 3,
  onlyWith: 'multiCurrency',
  cadence: nightly(5),
  source: { page: 'rates' },
  create: true,
  gate: [{ from: 'sameCurrency', equals: false }],
  key: { prefix: 'NS_RATE', from: 'rateKey' },
  match: [{ field: 'IsoCode+StartDate', from: 'rateKey', strength: 'exact' }],
  fields: [
    { to: 'IsoCode', from: 'currency', owner: 'netsuite', write: 'onCreate' },
    { to: 'StartDate', from: 'effectiveDate', owner: 'netsuite', write: 'onCreate' },
    { to: 'ConversionRate', from: 'rate', owner: 'netsuite', transform: 'inverseRate' },
  ],
});

/** F16: what support wants to know of a customer, on the Case, as soon as it appears. */
export const entitlementToCase = defineFlow({
  id: 'salesforce.entitlement-to-case',
  number: 'F16',
  title: 'Entitlement to case',
  crm: 'salesforce',
  object: 'Case',
  direction: 'toCrm',
  recordType: 'customer',
  phase: 3,
  cadence: REALTIME,
  source: { page: 'entitlements' },
  context: { customer: ['AccountId', 'Account.Id'], prefix: 'SF_ACCT', transform: 'sfRecordId' },
  key: { prefix: 'SF_CASE', from: 'Id' },
  fields: [
    { to: 'NetSuite_Entitlement_Active__c', from: 'active', owner: 'netsuite' },
    { to: 'NetSuite_Entitlement_End__c', from: 'entitlementEnd', owner: 'netsuite' },
    { to: 'NetSuite_Purchased_Items__c', from: 'purchasedItems', owner: 'netsuite' },
    { to: 'NetSuite_Open_Shipments__c', from: 'openShipments', owner: 'netsuite' },
    { to: 'NetSuite_Overdue_Balance__c', from: 'overdueBalance', owner: 'netsuite', transform: 'money' },
    { to: 'NetSuite_Stock_Status__c', from: 'stockStatus', owner: 'netsuite' },
    { to: 'NetSuite_Context_Note__c', from: 'note', owner: 'relay' },
    { to: 'NetSuite_As_Of__c', from: 'asOf', owner: 'relay', stamp: true },
  ],
});

/** F19: state and end of a contract that a sales order stands for, on its Opportunity. */
export const contractToOpportunity = defineFlow({
  id: 'salesforce.contract-to-opportunity',
  number: 'F19',
  title: 'Contract dates to opportunity',
  crm: 'salesforce',
  object: 'Opportunity',
  direction: 'toCrm',
  recordType: 'salesorder',
  phase: 3,
  enabled: false,
  cadence: nightly(50),
  source: { page: 'orders', onEvent: true },
  gate: [{ from: 'endDate', present: true }],
  key: { prefix: 'SF_OPP', from: 'key' },
  fields: [
    { to: 'NetSuite_Contract_Start__c', from: 'startDate', owner: 'netsuite' },
    { to: 'NetSuite_Contract_End__c', from: 'endDate', owner: 'netsuite' },
  ],
});
