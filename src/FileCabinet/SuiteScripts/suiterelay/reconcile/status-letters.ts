/**
 * Searches tell a transaction's status by name (`statusref`), SuiteQL by a letter, on which a CRM's picklists are mapped. By the
 * transaction's code; types whose documents have no states are missing.
 */
const NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  SalesOrd: {
    pendingApproval: 'A',
    pendingFulfillment: 'B',
    cancelled: 'C',
    partiallyFulfilled: 'D',
    pendingBillingPartFulfilled: 'E',
    pendingBilling: 'F',
    fullyBilled: 'G',
    closed: 'H',
  },
  CustInvc: { open: 'A', paidInFull: 'B', pendingApproval: 'D', rejected: 'E', voided: 'V' },
  CustCred: { open: 'A', fullyApplied: 'B', voided: 'V' },
  CustPymt: { unapprovedPayment: 'A', notDeposited: 'B', deposited: 'C' },
  CustDep: { notDeposited: 'A', deposited: 'B', fullyApplied: 'C' },
  ItemShip: { picked: 'A', packed: 'B', shipped: 'C' },
};

/** The letter of a status; a name that is not known is handed on as it came. */
export const statusLetter = (transactionCode: string, name: string): string => NAMES[transactionCode]?.[name] ?? name;
