import { REALTIME } from '../../cadences';
import { defineFlow } from '../../define-flow';

/** F16: what NetSuite knows of a ticket's customer, on the ticket as soon as it is created or changed. */
export const entitlementsToTicket = defineFlow({
  id: 'hubspot.entitlements-to-ticket',
  number: 'F16',
  title: 'Entitlements to ticket',
  crm: 'hubspot',
  object: 'tickets',
  direction: 'toCrm',
  recordType: 'customer',
  phase: 3,
  cadence: REALTIME,
  source: { page: 'entitlements' },
  asks: { customer: 'associations.companies.results', transform: ['hsPrimaryId', 'digitsId'], prefix: 'HS_COMP' },
  key: { prefix: 'HS_TICKET', from: 'recordId', transform: 'digitsId' },
  fields: [
    { to: 'netsuite_context_note', from: 'note', owner: 'relay' },
    { to: 'netsuite_entitlement_active', from: 'active', owner: 'netsuite' },
    { to: 'netsuite_entitlement_end', from: 'entitlementEnd', owner: 'netsuite' },
    { to: 'netsuite_purchased_items', from: 'purchasedItems', owner: 'netsuite' },
    { to: 'netsuite_open_shipments', from: 'openShipments', owner: 'netsuite' },
    { to: 'netsuite_overdue_balance', from: 'overdueBalance', owner: 'netsuite', transform: 'money' },
    { to: 'netsuite_stock_status', from: 'stockStatus', owner: 'netsuite' },
    { to: 'netsuite_as_of', from: 'asOf', owner: 'relay', stamp: true },
  ],
});
