import { defineFlow } from '../define-flow';
import { dealToSalesOrder } from './deal';

const { lines, customForm: _form, expectedTotal: _total, afterApproval: _approval, ...base } = dealToSalesOrder;
const SHARED = new Set(['entity', 'salesrep']);

/** F17: an approved quote becomes an estimate. Off by default. */
export const hubspotQuoteToEstimate = defineFlow({
  ...base,
  id: 'hubspot.quote-to-estimate',
  number: 'F17',
  title: 'Quote to estimate',
  object: 'quotes',
  recordType: 'estimate',
  enabled: false,
  phase: 3,
  gate: [{ from: 'properties.hs_status', oneOf: ['APPROVED', 'APPROVAL_NOT_NEEDED'] }],
  key: { prefix: 'HS_QUO', from: ['id', 'properties.hs_object_id'], transform: 'digitsId' },
  expectedTotal: { from: 'properties.hs_quote_amount' },
  fields: [
    ...base.fields.filter(({ to }) => SHARED.has(to)),
    {
      to: 'currency',
      from: 'properties.hs_currency',
      owner: 'netsuite',
      write: 'onCreate',
      transform: 'currencyCode',
      reference: { recordType: 'currency', by: 'symbol' },
    },
    { to: 'memo', from: 'properties.hs_title', owner: 'crm', transform: 'text', truncate: true },
    { to: 'otherrefnum', from: 'properties.hs_quote_number', owner: 'crm', transform: 'text', truncate: true },
    {
      to: 'duedate',
      from: 'properties.hs_expiration_date',
      owner: 'crm',
      transform: 'dateTimeToDate',
      as: 'date',
      whenNull: 'leave',
    },
  ],
  lines: lines.map((map) => ({
    ...map,
    sameAs: [{ line: 'properties.hs_line_item_currency_code', record: 'properties.hs_currency' }],
  })),
});
