/**
 * Transaction types as the analytics data source names them (data table).
 * `sign`: of quantities and amounts of lines in `transactionline`, where sales lines are negative because they reduce stock and credit income;
 * the main line has the other sign. Confirmed by public queries that turn it round (`-tl.quantity AS qty`); setting `suiteqlLineSigns: false` switches it off.
 */
export interface TransactionType {
  type: string;
  code: string;
  label: string;
  sign: 1 | -1;
  posting: boolean;
  /** Sign of amounts in a search (`amount` of a credit memo is negative). */
  searchSign: 1 | -1;
  /** Status letter → statusref of scripts and label of the UI. */
  status: Record<string, [ref: string, label: string]>;
}

const row = (
  type: string,
  code: string,
  label: string,
  signs: 'sale' | 'credit' | 'purchase' | 'purchaseCredit' | 'neutral',
  posting: boolean,
  status: Record<string, [string, string]> = {},
): TransactionType => ({
  type,
  code,
  label,
  sign: signs === 'sale' || signs === 'purchaseCredit' ? -1 : 1,
  posting,
  searchSign: signs === 'credit' || signs === 'purchaseCredit' ? -1 : 1,
  status,
});

const APPROVAL: Record<string, [string, string]> = {
  A: ['pendingApproval', 'Pending Approval'],
  B: ['approvedForPosting', 'Approved for Posting'],
};

export const TRANSACTION_TYPES: TransactionType[] = [
  row('salesorder', 'SalesOrd', 'Sales Order', 'sale', false, {
    A: ['pendingApproval', 'Pending Approval'],
    B: ['pendingFulfillment', 'Pending Fulfillment'],
    C: ['cancelled', 'Cancelled'],
    D: ['partiallyFulfilled', 'Partially Fulfilled'],
    E: ['pendingBillingPartFulfilled', 'Pending Billing/Partially Fulfilled'],
    F: ['pendingBilling', 'Pending Billing'],
    G: ['fullyBilled', 'Billed'],
    H: ['closed', 'Closed'],
  }),
  row('invoice', 'CustInvc', 'Invoice', 'sale', true, {
    A: ['open', 'Open'],
    B: ['paidInFull', 'Paid In Full'],
    D: ['pendingApproval', 'Pending Approval'],
    E: ['rejected', 'Rejected'],
    V: ['voided', 'Voided'],
  }),
  row('opportunity', 'Opprtnty', 'Opportunity', 'sale', false, {
    A: ['inProgress', 'In Progress'],
    B: ['issuedEstimate', 'Issued Estimate'],
    C: ['closedWon', 'Closed - Won'],
    D: ['closedLost', 'Closed - Lost'],
  }),
  row('estimate', 'Estimate', 'Estimate', 'sale', false, {
    A: ['open', 'Open'],
    B: ['processed', 'Processed'],
    C: ['closed', 'Closed'],
    V: ['voided', 'Voided'],
    X: ['expired', 'Expired'],
  }),
  row('cashsale', 'CashSale', 'Cash Sale', 'sale', true, {
    A: ['unapprovedPayment', 'Unapproved Payment'],
    B: ['notDeposited', 'Not Deposited'],
    C: ['deposited', 'Deposited'],
    V: ['voided', 'Voided'],
  }),
  row('itemfulfillment', 'ItemShip', 'Item Fulfillment', 'sale', true, {
    A: ['picked', 'Picked'],
    B: ['packed', 'Packed'],
    C: ['shipped', 'Shipped'],
  }),
  row('creditmemo', 'CustCred', 'Credit Memo', 'credit', true, {
    A: ['open', 'Open'],
    B: ['fullyApplied', 'Fully Applied'],
    V: ['voided', 'Voided'],
  }),
  row('returnauthorization', 'RtnAuth', 'Return Authorization', 'credit', false, {
    A: ['pendingApproval', 'Pending Approval'],
    B: ['pendingReceipt', 'Pending Receipt'],
    C: ['cancelled', 'Cancelled'],
    D: ['partiallyReceived', 'Partially Received'],
    E: ['pendingRefundPartReceived', 'Pending Refund/Partially Received'],
    F: ['pendingRefund', 'Pending Refund'],
    G: ['refunded', 'Refunded'],
    H: ['closed', 'Closed'],
  }),
  row('cashrefund', 'CashRfnd', 'Cash Refund', 'credit', true),
  row('customerrefund', 'CustRfnd', 'Customer Refund', 'credit', true),
  row('customerpayment', 'CustPymt', 'Payment', 'neutral', true, {
    A: ['unapprovedPayment', 'Unapproved Payment'],
    B: ['notDeposited', 'Not Deposited'],
    C: ['deposited', 'Deposited'],
    V: ['voided', 'Voided'],
  }),
  row('customerdeposit', 'CustDep', 'Customer Deposit', 'neutral', true, {
    A: ['notDeposited', 'Not Deposited'],
    B: ['deposited', 'Deposited'],
    C: ['fullyApplied', 'Fully Applied'],
    V: ['voided', 'Voided'],
  }),
  row('depositapplication', 'DepAppl', 'Deposit Application', 'neutral', true),
  row('purchaseorder', 'PurchOrd', 'Purchase Order', 'purchase', false, {
    A: ['pendingSupApproval', 'Pending Supervisor Approval'],
    B: ['pendingReceipt', 'Pending Receipt'],
    C: ['rejected', 'Rejected by Supervisor'],
    D: ['partiallyReceived', 'Partially Received'],
    E: ['pendingBillPartReceived', 'Pending Billing/Partially Received'],
    F: ['pendingBilling', 'Pending Bill'],
    G: ['fullyBilled', 'Fully Billed'],
    H: ['closed', 'Closed'],
  }),
  row('itemreceipt', 'ItemRcpt', 'Item Receipt', 'purchase', true, { Y: ['received', 'Received'] }),
  row('vendorbill', 'VendBill', 'Bill', 'purchase', true, {
    A: ['open', 'Open'],
    B: ['paidInFull', 'Paid In Full'],
    C: ['cancelled', 'Cancelled'],
    D: ['pendingApproval', 'Pending Approval'],
    E: ['rejected', 'Rejected'],
    V: ['voided', 'Voided'],
  }),
  row('vendorcredit', 'VendCred', 'Bill Credit', 'purchaseCredit', true, {
    A: ['open', 'Open'],
    B: ['fullyApplied', 'Fully Applied'],
    V: ['voided', 'Voided'],
  }),
  row('vendorpayment', 'VendPymt', 'Bill Payment', 'neutral', true),
  row('vendorreturnauthorization', 'VendAuth', 'Vendor Return Authorization', 'purchaseCredit', false, {
    A: ['pendingApproval', 'Pending Approval'],
    B: ['pendingReturn', 'Pending Return'],
    C: ['cancelled', 'Cancelled'],
    F: ['pendingCredit', 'Pending Credit'],
    G: ['credited', 'Credited'],
    H: ['closed', 'Closed'],
  }),
  row('journalentry', 'Journal', 'Journal', 'neutral', true, APPROVAL),
  // Journals of several companies are of the same kind: lists of journals answer them under record types of their own.
  row('intercompanyjournalentry', 'Journal', 'Journal', 'neutral', true, APPROVAL),
  row('advintercompanyjournalentry', 'Journal', 'Journal', 'neutral', true, APPROVAL),
  row('deposit', 'Deposit', 'Deposit', 'neutral', true),
  row('check', 'Check', 'Check', 'purchase', true),
  row('expensereport', 'ExpRept', 'Expense Report', 'purchase', true, {
    A: ['inProgress', 'In Progress'],
    B: ['pendingSupApproval', 'Pending Supervisor Approval'],
    C: ['pendingAcctApproval', 'Pending Accounting Approval'],
    D: ['rejected', 'Rejected by Supervisor'],
    F: ['approved', 'Approved by Accounting'],
    I: ['paidInFull', 'Paid In Full'],
  }),
  row('inventoryadjustment', 'InvAdjst', 'Inventory Adjustment', 'neutral', true),
  row('inventorytransfer', 'InvTrnfr', 'Inventory Transfer', 'neutral', true),
  row('transferorder', 'TrnfrOrd', 'Transfer Order', 'sale', false, {
    A: ['pendingApproval', 'Pending Approval'],
    B: ['pendingFulfillment', 'Pending Fulfillment'],
    C: ['rejected', 'Rejected'],
    D: ['partiallyFulfilled', 'Partially Fulfilled'],
    E: ['pendingReceiptPartFulfilled', 'Pending Receipt/Partially Fulfilled'],
    F: ['pendingReceipt', 'Pending Receipt'],
    G: ['received', 'Received'],
    H: ['closed', 'Closed'],
  }),
  row('workorder', 'WorkOrd', 'Work Order', 'neutral', false, {
    A: ['planned', 'Planned'],
    B: ['released', 'Released'],
    C: ['cancelled', 'Cancelled'],
    D: ['inProcess', 'In Process'],
    G: ['built', 'Built'],
    H: ['closed', 'Closed'],
  }),
  row('assemblybuild', 'Build', 'Assembly Build', 'neutral', true),
  row('assemblyunbuild', 'Unbuild', 'Assembly Unbuild', 'neutral', true),
  row('purchaserequisition', 'PurchReq', 'Requisition', 'purchase', false),
];

export const BY_TYPE: ReadonlyMap<string, TransactionType> = new Map(
  TRANSACTION_TYPES.map((entry) => [entry.type, entry]),
);
/** Record types by their code, in small letters. */
export const BY_CODE: ReadonlyMap<string, TransactionType[]> = Map.groupBy(TRANSACTION_TYPES, ({ code }) =>
  code.toLowerCase(),
);

/** `CASE type WHEN …` over all types, for use inside a query. */
export function typeCase(column: string, pick: (entry: TransactionType) => string, otherwise: string): string {
  return `CASE ${column} ${TRANSACTION_TYPES.map((entry) => `WHEN '${entry.type}' THEN ${pick(entry)}`).join(' ')} ELSE ${otherwise} END`;
}

/** The status letter of a transaction, from whatever form its fields hold: a letter, `SalesOrd:B`, a statusref or a label. */
export function statusLetter(type: string, value: string): string {
  const entry = BY_TYPE.get(type);
  const short = value.replace(/^\w+:/, '');
  if (!entry || entry.status[short]) return short;
  const wanted = short.toLowerCase();
  for (const [letter, [ref, label]] of Object.entries(entry.status)) {
    if (ref.toLowerCase() === wanted || label.toLowerCase() === wanted) return letter;
  }
  return short;
}

export const statusRef = (type: string, letter: string): string => BY_TYPE.get(type)?.status[letter]?.[0] ?? letter;
export const statusLabel = (type: string, letter: string): string => BY_TYPE.get(type)?.status[letter]?.[1] ?? letter;
