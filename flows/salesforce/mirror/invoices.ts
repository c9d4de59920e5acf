import { nightly } from '../../cadences';
import { defineFlow } from '../../define-flow';

const ACCOUNT = {
  to: 'Account__c',
  from: 'customerKey',
  owner: 'relay',
  transform: { name: 'crmIdFromKey', prefix: 'SF_ACCT' },
} as const;
const OPPORTUNITY = {
  to: 'Opportunity__c',
  from: 'orderKey',
  owner: 'relay',
  transform: { name: 'crmIdFromKey', prefix: 'SF_OPP' },
} as const;
const ID = { to: 'NetSuite_Internal_ID__c', from: 'internalId', owner: 'relay' } as const;
const AS_OF = { to: 'NetSuite_As_Of__c', from: 'asOf', owner: 'relay', stamp: true } as const;
const OURS = [{ from: 'customerKey', startsWith: 'SF_ACCT_' }];
/** Without it an org of several currencies shows what stands there as an amount in its own: 950.00 EUR would be 950.00 USD. */
const CURRENCY = { to: 'CurrencyIsoCode', from: 'currency', owner: 'netsuite', onlyWith: 'multiCurrency' } as const;
const match = [{ field: 'NetSuite_Internal_ID__c', from: 'internalId', strength: 'exact' as const }];

/** F12: every invoice of a linked customer. Total, paid and open are NetSuite's; the tax within them goes nowhere. */
export const invoiceToRecord = defineFlow({
  id: 'salesforce.invoice-to-record',
  number: 'F12',
  title: 'Invoice to NetSuite invoice',
  crm: 'salesforce',
  object: 'NetSuite_Invoice__c',
  direction: 'toCrm',
  recordType: 'invoice',
  phase: 2,
  cadence: nightly(30),
  source: { page: 'invoices' },
  create: true,
  gate: OURS,
  key: { prefix: 'NS_INV', from: 'internalId' },
  match,
  fields: [
    ID,
    ACCOUNT,
    OPPORTUNITY,
    { to: 'Name', from: 'number', owner: 'netsuite' },
    { to: 'Invoice_Number__c', from: 'number', owner: 'netsuite' },
    { to: 'Invoice_Date__c', from: 'date', owner: 'netsuite' },
    { to: 'Due_Date__c', from: 'dueDate', owner: 'netsuite' },
    { to: 'Status__c', from: 'status', owner: 'netsuite' },
    { to: 'Currency_Code__c', from: 'currency', owner: 'netsuite' },
    CURRENCY,
    { to: 'Total__c', from: 'total', owner: 'netsuite', transform: 'money', verify: true },
    { to: 'Amount_Paid__c', from: 'amountPaid', owner: 'netsuite', transform: 'money' },
    { to: 'Amount_Remaining__c', from: 'amountRemaining', owner: 'netsuite', transform: 'money', verify: true },
    { to: 'PO_Number__c', from: 'poNumber', owner: 'netsuite' },
    { to: 'Order_Number__c', from: 'orderNumber', owner: 'netsuite' },
    AS_OF,
  ],
});

/** F12: lines of the invoices, below them. */
export const invoiceLineToRecord = defineFlow({
  id: 'salesforce.invoice-line-to-record',
  number: 'F12',
  title: 'Invoice line to NetSuite invoice line',
  crm: 'salesforce',
  object: 'NetSuite_Invoice_Line__c',
  direction: 'toCrm',
  recordType: 'invoice',
  phase: 2,
  cadence: nightly(40),
  source: { page: 'invoiceLines' },
  create: true,
  gate: OURS,
  key: { prefix: 'NS_INVLINE', from: 'lineId' },
  match: [{ field: 'NetSuite_Line_ID__c', from: 'lineId', strength: 'exact' }],
  fields: [
    { to: 'NetSuite_Line_ID__c', from: 'lineId', owner: 'relay' },
    { to: 'Invoice__r.NetSuite_Internal_ID__c', from: 'internalId', owner: 'relay' },
    { to: 'SKU__c', from: 'sku', owner: 'netsuite' },
    { to: 'Description__c', from: 'description', owner: 'netsuite' },
    { to: 'Quantity__c', from: 'quantity', owner: 'netsuite' },
    CURRENCY,
    { to: 'Rate__c', from: 'rate', owner: 'netsuite', transform: 'rate' },
    { to: 'Amount__c', from: 'amount', owner: 'netsuite', transform: 'money' },
  ],
});

/** F12: what has been invoiced and paid of an order, on its Opportunity. */
export const billingToOpportunity = defineFlow({
  id: 'salesforce.billing-to-opportunity',
  number: 'F12',
  title: 'Billing to opportunity',
  crm: 'salesforce',
  object: 'Opportunity',
  direction: 'toCrm',
  recordType: 'invoice',
  phase: 2,
  cadence: nightly(30),
  source: { page: 'billing' },
  key: { prefix: 'SF_OPP', from: 'key' },
  fields: [
    { to: 'NetSuite_Invoice_Number__c', from: 'invoiceNumber', owner: 'netsuite' },
    { to: 'NetSuite_Invoice_Due_Date__c', from: 'dueDate', owner: 'netsuite' },
    { to: 'NetSuite_Payment_Status__c', from: 'paymentStatus', owner: 'netsuite' },
    { to: 'NetSuite_Amount_Paid__c', from: 'amountPaid', owner: 'netsuite', transform: 'money' },
    { to: 'NetSuite_Amount_Remaining__c', from: 'amountRemaining', owner: 'netsuite', transform: 'money' },
  ],
});

/** F13: payments of linked customers, with the invoices they settle. */
export const paymentToRecord = defineFlow({
  id: 'salesforce.payment-to-record',
  number: 'F13',
  title: 'Payment to NetSuite payment',
  crm: 'salesforce',
  object: 'NetSuite_Payment__c',
  direction: 'toCrm',
  recordType: 'customerpayment',
  phase: 2,
  cadence: nightly(25),
  source: { page: 'payments' },
  create: true,
  gate: OURS,
  key: { prefix: 'NS_PYMT', from: 'internalId' },
  match,
  fields: [
    ID,
    ACCOUNT,
    { to: 'Name', from: 'number', owner: 'netsuite' },
    { to: 'Payment_Date__c', from: 'date', owner: 'netsuite' },
    { to: 'Amount__c', from: ['payment', 'total'], owner: 'netsuite', transform: 'money', verify: true },
    { to: 'Currency_Code__c', from: 'currency', owner: 'netsuite' },
    CURRENCY,
    { to: 'Applied_To__c', from: 'applied', owner: 'netsuite' },
    { to: 'Unapplied__c', from: 'unapplied', owner: 'netsuite', transform: 'money' },
    { to: 'Status__c', from: 'status', owner: 'netsuite' },
  ],
});

/** F14: credit memos, refunds and deposits of linked customers. */
export const creditToRecord = defineFlow({
  id: 'salesforce.credit-to-record',
  number: 'F14',
  title: 'Credit, refund or deposit to NetSuite credit',
  crm: 'salesforce',
  object: 'NetSuite_Credit__c',
  direction: 'toCrm',
  recordType: 'creditmemo',
  phase: 2,
  cadence: nightly(35),
  source: { page: 'credits' },
  create: true,
  gate: OURS,
  key: { prefix: 'NS_CRED', from: 'internalId' },
  match,
  fields: [
    ID,
    ACCOUNT,
    OPPORTUNITY,
    { to: 'Name', from: 'number', owner: 'netsuite' },
    {
      to: 'Record_Type__c',
      from: 'type',
      owner: 'netsuite',
      transform: { name: 'picklist', table: { CustCred: 'Credit', CustRfnd: 'Refund', CustDep: 'Deposit' } },
    },
    { to: 'Date__c', from: 'date', owner: 'netsuite' },
    { to: 'Amount__c', from: 'total', owner: 'netsuite', transform: ['money', 'absolute'] },
    { to: 'Amount_Remaining__c', from: 'amountRemaining', owner: 'netsuite', transform: ['money', 'absolute'] },
    { to: 'Currency_Code__c', from: 'currency', owner: 'netsuite' },
    CURRENCY,
    { to: 'Status__c', from: 'status', owner: 'netsuite' },
  ],
});

/** F14, the other way: a request for a credit. It is never written: a person in finance decides. */
export const creditRequestToReview = defineFlow({
  id: 'salesforce.credit-request-to-review',
  number: 'F14',
  title: 'Credit request to review',
  crm: 'salesforce',
  object: 'NetSuite_Credit_Request__c',
  direction: 'toNetSuite',
  recordType: 'creditmemo',
  phase: 2,
  reviewOnly: true,
  key: { prefix: 'SF_CREQ', from: 'Id', transform: 'sfRecordId' },
  fields: [
    {
      to: 'entity',
      from: 'Account__c',
      owner: 'netsuite',
      write: 'onCreate',
      transform: 'sfRecordId',
      reference: { recordType: 'customer', by: 'externalId', prefix: 'SF_ACCT' },
    },
    { to: 'memo', from: 'Reason__c', owner: 'netsuite', write: 'onCreate', transform: 'text', truncate: true },
  ],
});
