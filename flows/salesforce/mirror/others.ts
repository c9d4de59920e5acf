import { nightly } from '../../cadences';
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
