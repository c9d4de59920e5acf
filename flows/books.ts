import { isDenied, isTax } from '../contract';

/** Records that post to the ledger, move stock, or take and give back money: no CRM writes them, whatever the configuration says. */
const RECORDS: ReadonlySet<string> = new Set([
  ...['invoice', 'cashsale', 'cashrefund', 'creditmemo', 'statementcharge'],
  ...['customerpayment', 'customerdeposit', 'customerrefund', 'depositapplication', 'deposit'],
  ...['vendorbill', 'vendorcredit', 'vendorpayment', 'vendorprepayment', 'vendorreturnauthorization', 'expensereport'],
  ...['check', 'creditcardcharge', 'creditcardrefund', 'paycheck', 'revenuearrangement'],
  ...['journalentry', 'intercompanyjournalentry', 'advintercompanyjournalentry', 'statisticaljournalentry'],
  ...['currencyrate', 'itemfulfillment', 'itemreceipt', 'inventoryadjustment', 'inventorytransfer'],
]);

/** What finance decides about a customer, and how an order is paid, on records that a CRM may write otherwise. */
const CREDIT = /^(creditlimit|creditholdoverride|oncredithold|(overdue|deposit|unbilled|aging|consol)\w*)$/;
const PAYMENT =
  /^(payment\w*|creditcard\w*|cc(number|name|expiredate|securitycode|street|zipcode|approved|processaspurchasecard)|pnrefnum|authcode|getauth|chargeit)$/;

export const isOfTheBooks = (recordType: string): boolean => RECORDS.has(recordType);

/** Why no flow lets a CRM write this field of NetSuite; null when one may. */
export function fieldRefused(field: string): string | null {
  const name = field.toLowerCase();
  if (isTax(name)) return 'is tax, which NetSuite alone decides';
  if (isDenied(name)) return 'is computed or numbered by NetSuite (totals, tax, document numbers, stamps)';
  if (CREDIT.test(name)) return 'is the credit that finance gives a customer, or what comes of it';
  if (PAYMENT.test(name)) return 'says how an order is paid: payments are taken in NetSuite';
  return null;
}
