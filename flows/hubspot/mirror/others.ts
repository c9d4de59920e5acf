import { nightly, REALTIME } from '../../cadences';
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

/** F16: what support wants to know of a customer, on the ticket, as soon as it appears. */
export const entitlementToTicket = defineFlow({
  id: 'hubspot.entitlement-to-ticket',
  number: 'F16',
  title: 'Entitlement to ticket',
  crm: 'hubspot',
  object: 'tickets',
  direction: 'toCrm',
  recordType: 'customer',
  phase: 3,
  cadence: REALTIME,
  source: { page: 'entitlements' },
  context: { customer: 'associations.companies.results', prefix: 'HS_COMP', transform: ['hsPrimaryId', 'digitsId'] },
  key: { prefix: 'HS_TICKET', from: 'id' },
  fields: [
    { to: 'netsuite_entitlement_active', from: 'active', owner: 'netsuite' },
    { to: 'netsuite_entitlement_end', from: 'entitlementEnd', owner: 'netsuite' },
    { to: 'netsuite_purchased_items', from: 'purchasedItems', owner: 'netsuite' },
    { to: 'netsuite_open_shipments', from: 'openShipments', owner: 'netsuite' },
    { to: 'netsuite_overdue_balance', from: 'overdueBalance', owner: 'netsuite', transform: 'money' },
    { to: 'netsuite_stock_status', from: 'stockStatus', owner: 'netsuite' },
    { to: 'netsuite_context_note', from: 'note', owner: 'relay' },
    { to: 'netsuite_as_of', from: 'asOf', owner: 'relay', stamp: true },
  ],
});
