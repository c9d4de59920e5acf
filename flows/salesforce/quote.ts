import { defineFlow } from '../define-flow';
import { opportunityToSalesOrder } from './opportunity';

const { lines, customForm: _form, expectedTotal: _total, afterApproval: _approval, ...base } = opportunityToSalesOrder;
const SHARED = new Set(['currency', 'memo', 'salesrep']);

/** F17: an accepted Quote becomes an estimate. Off by default. */
export const quoteToEstimate = defineFlow({
  ...base,
  id: 'salesforce.quote-to-estimate',
  expectedTotal: { from: 'TotalPrice' },
  number: 'F17',
  title: 'Quote to estimate',
  object: 'Quote',
  recordType: 'estimate',
  enabled: false,
  phase: 3,
  gate: [{ from: 'Status', oneOf: ['Accepted', 'Presented'] }],
  key: { prefix: 'SF_QUO', from: 'Id', transform: 'sfRecordId' },
  fields: [
    {
      to: 'entity',
      from: ['AccountId', 'Opportunity.AccountId'],
      owner: 'netsuite',
      write: 'onCreate',
      transform: 'sfRecordId',
      required: true,
      reference: { recordType: 'customer', by: 'externalId', prefix: 'SF_ACCT' },
    },
    ...base.fields.filter(({ to }) => SHARED.has(to)),
    { to: 'otherrefnum', from: 'QuoteNumber', owner: 'crm', transform: 'text', truncate: true },
    { to: 'duedate', from: 'ExpirationDate', owner: 'crm', transform: 'dateOnly', as: 'date', whenNull: 'leave' },
  ],
  lines: lines.map((map) => ({ ...map, from: 'QuoteLineItems.records' })),
  requires: [
    {
      recordType: 'customer',
      prefix: 'SF_ACCT',
      from: ['AccountId', 'Opportunity.AccountId'],
      transform: 'sfRecordId',
      mandatory: true,
    },
  ],
});
