import { TRANSACTION_TYPES } from '../upsert/record-tables';
import type { SweptRecord } from './missed-change';

export interface ModifiedRecord extends SweptRecord {
  hash: string | null;
}

/** The parts of the stamp that a sweep reads, in the order of its columns. */
export const SWEPT_STAMPS = ['crm_id', 'op', 'version', 'hop', 'seen', 'hash'] as const;

export const modifiedColumn = (recordType: string): string =>
  recordType.startsWith('customrecord') ? 'lastmodified' : 'lastmodifieddate';

/** `SalesOrd` for salesorder: the table holds all transactions. */
export function typeCode(recordType: string): string | null {
  const found = Object.entries(TRANSACTION_TYPES).find(([, type]) => type === recordType)?.[0];
  return found === undefined ? null : (SPELLED[found] ?? found);
}

/** transaction.type is compared with case. */
const SPELLED: Readonly<Record<string, string>> = Object.fromEntries(
  'SalesOrd Estimate Opprtnty CustInvc CashSale ItemShip CustCred CustPymt CustDep CustRfnd RtnAuth PurchOrd ItemRcpt VendBill Journal'
    .split(' ')
    .map((code) => [code.toUpperCase(), code]),
);
