import type { Account, RecordData } from '../kernel/types';
import { number } from './money';

export interface Status {
  text: string;
  ref: string;
}

const s = (text: string, ref: string): Status => ({ text, ref });

const BY_ORDER_STATUS: Record<string, Record<string, Status>> = {
  salesorder: {
    A: s('Pending Approval', 'pendingApproval'),
    B: s('Pending Fulfillment', 'pendingFulfillment'),
    C: s('Cancelled', 'cancelled'),
    D: s('Partially Fulfilled', 'partiallyFulfilled'),
    E: s('Pending Billing/Partially Fulfilled', 'pendingBillingPartFulfilled'),
    F: s('Pending Billing', 'pendingBilling'),
    G: s('Billed', 'fullyBilled'),
    H: s('Closed', 'closed'),
  },
  purchaseorder: {
    A: s('Pending Supervisor Approval', 'pendingSupApproval'),
    B: s('Pending Receipt', 'pendingReceipt'),
    C: s('Rejected by Supervisor', 'rejected'),
    D: s('Partially Received', 'partiallyReceived'),
    E: s('Pending Billing/Partially Received', 'pendingBillPartReceived'),
    F: s('Pending Bill', 'pendingBilling'),
    G: s('Fully Billed', 'fullyBilled'),
    H: s('Closed', 'closed'),
  },
  returnauthorization: {
    A: s('Pending Approval', 'pendingApproval'),
    B: s('Pending Receipt', 'pendingReceipt'),
    C: s('Cancelled', 'cancelled'),
    D: s('Partially Received', 'partiallyReceived'),
    E: s('Pending Refund/Partially Received', 'pendingRefundPartReceived'),
    F: s('Pending Refund', 'pendingRefund'),
    G: s('Refunded', 'refunded'),
    H: s('Closed', 'closed'),
  },
  transferorder: {
    A: s('Pending Approval', 'pendingApproval'),
    B: s('Pending Fulfillment', 'pendingFulfillment'),
    C: s('Rejected', 'rejected'),
    D: s('Partially Fulfilled', 'partiallyFulfilled'),
    E: s('Pending Receipt/Partially Fulfilled', 'pendingReceiptPartFulfilled'),
    F: s('Pending Receipt', 'pendingReceipt'),
    G: s('Received', 'received'),
    H: s('Closed', 'closed'),
  },
  workorder: {
    A: s('Planned', 'planned'),
    B: s('Released', 'released'),
    C: s('Cancelled', 'cancelled'),
    D: s('In Process', 'inProcess'),
    G: s('Built', 'built'),
    H: s('Closed', 'closed'),
  },
  vendorreturnauthorization: {
    A: s('Pending Approval', 'pendingApproval'),
    B: s('Pending Return', 'pendingReturn'),
    C: s('Cancelled', 'cancelled'),
    F: s('Pending Credit', 'pendingCredit'),
    G: s('Credited', 'credited'),
    H: s('Closed', 'closed'),
  },
};

const SHIP: Record<string, Status> = { A: s('Picked', 'picked'), B: s('Packed', 'packed'), C: s('Shipped', 'shipped') };
const OPEN = s('Open', 'open');
const PAID = s('Paid In Full', 'paidInFull');
const APPLIED = s('Fully Applied', 'fullyApplied');
const VOIDED = s('Voided', 'voided');

/** Types that wait for an approval where a script or user says so. */
const JOURNALS = ['journalentry', 'intercompanyjournalentry', 'advintercompanyjournalentry'];
const APPROVED_FIRST = new Set(['invoice', 'vendorbill', ...JOURNALS]);
/** By `approvalstatus`; an approved one goes by what is paid of it. */
const APPROVAL: Record<string, Status> = {
  1: s('Pending Approval', 'pendingApproval'),
  3: s('Rejected', 'rejected'),
};

/** Nothing can be paid or ordered of what waits for its approval or was refused it. */
export const isUnapproved = ({ fields }: RecordData): boolean =>
  APPROVAL[String(fields.approvalstatus ?? '')] !== undefined;

/** Opportunity and estimate follow their entity status's stage. */
function salesStatus(account: Account, record: RecordData): Status {
  if (record.fields.documentstatus === 'closed' || record.fields.closed === true) return s('Closed', 'closed');
  const id = record.fields.entitystatus;
  const row = typeof id === 'string' ? account.store.get('customerstatus', id) : undefined;
  const name = String(row?.fields.name ?? '');
  if (/lost/i.test(name)) return record.type === 'estimate' ? s('Closed', 'closed') : s('Closed - Lost', 'closedLost');
  if (/won/i.test(name))
    return record.type === 'estimate' ? s('Processed', 'processed') : s('Closed - Won', 'closedWon');
  if (record.type === 'estimate') return OPEN;
  return hasEstimate(account, record.id) ? s('Issued Estimate', 'issuedEstimate') : s('In Progress', 'inProgress');
}

function hasEstimate(account: Account, opportunity: string | null): boolean {
  if (opportunity === null) return false;
  account.store.ensureIndex('estimate', 'opportunity');
  const found = account.store.db.prepare<[string]>(
    `SELECT 1 FROM record WHERE type = 'estimate' AND json_extract(data, '$.fields.opportunity') = ? LIMIT 1`,
  );
  return found.get(opportunity) !== undefined;
}

/** A customer deposit of which applications and refunds have left nothing. */
const isUsedUp = ({ fields }: RecordData): boolean =>
  number(fields.amountpaid) > 0 && number(fields.amountremaining) <= 0;

/** What a transaction's status reads, from the codes and amounts that are stored. */
export function statusText(account: Account, record: RecordData): Status | undefined {
  if (record.fields.voided === true) return VOIDED;
  const byOrder = BY_ORDER_STATUS[record.type];
  if (byOrder) return byOrder[String(record.fields.orderstatus ?? 'B')];
  const approval = APPROVED_FIRST.has(record.type) ? APPROVAL[String(record.fields.approvalstatus ?? '')] : undefined;
  if (approval) return approval;
  switch (record.type) {
    case 'itemfulfillment':
      return SHIP[String(record.fields.shipstatus ?? 'C')];
    case 'invoice':
    case 'vendorbill':
      return number(record.fields.amountremaining ?? record.fields.total) > 0 ? OPEN : PAID;
    case 'creditmemo':
    case 'vendorcredit':
      return number(record.fields.amountremaining ?? record.fields.total) > 0 ? OPEN : APPLIED;
    case 'opportunity':
    case 'estimate':
      return salesStatus(account, record);
    case 'customerpayment':
    case 'cashsale':
    case 'customerdeposit':
      if (record.type === 'customerdeposit' && isUsedUp(record)) return APPLIED;
      return record.fields.undepfunds === 'F' || record.fields.undepfunds === false || record.fields.depositedby
        ? s('Deposited', 'deposited')
        : s('Not Deposited', 'notDeposited');
    case 'journalentry':
    case 'intercompanyjournalentry':
    case 'advintercompanyjournalentry':
      return record.fields.approved === false
        ? s('Pending Approval', 'pendingApproval')
        : s('Approved for Posting', 'approvedForPosting');
    default:
      return undefined;
  }
}

export const orderStatuses = (type: string): Record<string, Status> => BY_ORDER_STATUS[type] ?? {};
