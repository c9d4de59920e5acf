import { fault, type Account, type Execution, type Fields, type LineData, type RecordData } from '../kernel/types';
import { nowIso, today } from './clock-day';
import { commitOrderLines } from './commit-order-lines';
import { invalidType, noSuchRecord } from './faults';
import { requireType } from './find-record';
import { computeTotals } from './compute-totals';
import { moveNumbers } from './move-numbers';
import { moveStock } from './move-stock';
import { requireOpenPeriod } from './posting';
import { recountSource } from './recount-source';
import { recountBalance, settleApplied, settleDocument } from './settle-documents';
import { stampStatus } from './stamp-system-fields';
import { recountUnbilled } from './unbilled-orders';
import { isVoidedByJournal, voidByJournal } from './void-by-journal';
import { valueStock } from './value-stock';

/** Types that have a direct void (page section_4483109897). */
const VOIDABLE = new Set([
  'cashrefund',
  'cashsale',
  'creditmemo',
  'customerdeposit',
  'customerpayment',
  'customerrefund',
  'estimate',
  'expensereport',
  'invoice',
  'journalentry',
  'returnauthorization',
  'salesorder',
  'transferorder',
  'vendorbill',
  'vendorcredit',
  'vendorpayment',
  'vendorprepayment',
  'vendorreturnauthorization',
  'workorder',
]);
const SETTLING = ['apply', 'credit', 'deposit'];
const AMOUNTS = ['amount', 'rate', 'debit', 'credit', 'grossamt'];
const TOTALS = [
  'total',
  'subtotal',
  'discounttotal',
  'usertotal',
  'shippingcost',
  'handlingcost',
  'taxtotal',
  'payment',
  'applied',
  'unapplied',
  'amountpaid',
  'amountremaining',
];

function zero(fields: Fields, names: string[]): void {
  for (const name of names) if (fields[name] !== undefined && fields[name] !== null) fields[name] = 0;
}

/** N/transaction void, directly: the transaction stays with amounts of zero and lets go of what it had settled, billed or moved (page section_N563543). User Events are not fired by it. */
export function voidTransaction(account: Account, execution: Execution, args: { type: string; id: string }): number {
  account.charge(execution, 'transaction.void');
  const meta = account.registry.type(args.type);
  if (!meta || !VOIDABLE.has(meta.id)) throw invalidType(args.type);
  account.permissions.requireRecord(execution, meta.id, 'full');
  const record = account.store.get(meta.id, args.id);
  if (!record) throw noSuchRecord();
  requireOpenPeriod(account, record, true);
  if (record.fields.depositedby) throw deposited(record);
  return account.store.transaction(() => {
    if (usesJournals(account)) {
      if (!isVoidedByJournal(meta.id)) throw directOnly(record);
      return Number(voidByJournal(account, execution, record).id);
    }
    releaseFrom(account, execution, record);
    clear(account, execution, record, structuredClone(record));
    return Number(args.id);
  });
}

/** The accounting preference Void Transactions Using Reversing Journals. */
function usesJournals(account: Account): boolean {
  const pages = account.settings.settings.configuration as Record<string, Fields> | undefined;
  return pages?.accountingpreferences?.REVERSALVOIDING === true;
}

const directOnly = (record: RecordData) =>
  fault(
    'VOIDING_REVERSAL_DISALLWD',
    `${String(record.fields.tranid)} can not be voided while transactions are voided by reversing journals.`,
  );

const deposited = (record: RecordData) =>
  fault('USER_ERROR', `${String(record.fields.tranid)} is part of a bank deposit and can not be voided.`);

function clear(account: Account, execution: Execution, record: RecordData, old: RecordData): void {
  for (const id of SETTLING) delete record.sublists[id];
  for (const lines of Object.values(record.sublists)) for (const { fields } of lines) zero(fields, AMOUNTS);
  zero(record.fields, TOTALS);
  Object.assign(record.fields, { voided: true, memo: 'VOID', lastmodifieddate: nowIso(account) });
  stampStatus(account, record);
  account.store.put(record);
  recountSource(account, execution, record);
  settleApplied(account, undefined, old);
  recountBalance(account, record, today(account));
  valueStock(account, record);
  moveStock(account, record, old);
  moveNumbers(account, undefined, old);
  commitOrderLines(account, record);
  recountUnbilled(account, record, old);
  note(account, execution, record);
}

/** Payments and credits that had settled it are open again: what they gave can go to something else. */
function releaseFrom(account: Account, execution: Execution, record: RecordData): void {
  const rows = account.store.db
    .prepare<[string], { type: string; id: number }>(
      `SELECT DISTINCT type, id FROM line WHERE sublist IN ('apply', 'deposit') AND json_extract(data, '$.fields.doc') = ?`,
    )
    .all(record.id!);
  for (const { type, id } of rows) {
    const settlement = account.store.get(type, String(id));
    if (!settlement || settlement.id === record.id) continue;
    const old = structuredClone(settlement);
    const isOther = ({ fields }: LineData): boolean => fields.doc !== record.id;
    for (const list of SETTLING)
      if (settlement.sublists[list]) settlement.sublists[list] = settlement.sublists[list].filter(isOther);
    computeTotals(account, requireType(account, type), settlement);
    account.store.put(settlement);
    settleDocument(account, settlement, old);
    settleApplied(account, settlement, old);
    note(account, execution, settlement);
  }
  const after = account.store.get(record.type, record.id!);
  if (after) Object.assign(record, after);
}

function note(account: Account, execution: Execution, { type, id }: RecordData): void {
  const { scriptId, id: executionId, context } = execution;
  account.noteWrite({ op: 'update', type, id: id!, scriptId, executionId, api: 'transaction.void', context });
}
