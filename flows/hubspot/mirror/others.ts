import { nightly } from '../../cadences';
import { defineFlow } from '../../define-flow';

/** F18: NetSuite's rates into the portal's currencies; both say what one unit of the currency is worth. Six decimals are HubSpot's limit. */
export const rateToHubSpotRate = defineFlow({
  id: 'hubspot.rate-to-exchange-rate',
  number: 'F18',
  title: 'Exchange rate to exchange rate',
  crm: 'hubspot',
  object: 'exchange_rates',
  direction: 'toCrm',
  recordType: 'currencyrate',
  phase: 3,
  onlyWith: 'multiCurrency',
  cadence: nightly(5),
  source: { page: 'rates' },
  create: true,
  gate: [{ from: 'sameCurrency', equals: false }],
  key: { prefix: 'NS_RATE', from: 'rateKey' },
  match: [{ field: 'fromCurrencyCode+effectiveAt', from: 'rateKey', strength: 'exact' }],
  fields: [
    { to: 'fromCurrencyCode', from: 'currency', owner: 'netsuite', write: 'onCreate' },
    { to: 'effectiveAt', from: 'effectiveDate', owner: 'netsuite', write: 'onCreate' },
    { to: 'conversionRate', from: 'rate', owner: 'netsuite', transform: { name: 'money', decimals: 6 } },
  ],
});
