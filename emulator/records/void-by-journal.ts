import type { Account, Execution, Fields, LineData, RecordData } from '../kernel/types';
import { nowIso, today } from './clock-day';
import { newRecord } from './default-fields';
import { requireType } from './find-record';
import { number } from './money';
import { accountOfType } from './posting';
import { recountBalance, settleApplied } from './settle-documents';
import { noteMade, storeMade } from './store-made';

/** Types that a journal can void, and the sides of what they had posted: [debit, credit] of the original (page section_4483109897). */
const SIDES: Record<string, [debit: string, credit: string]> = {
  vendorpayment: ['AcctPay', 'Bank'],
  customerrefund: ['AcctRec', 'Bank'],
};

export const isVoidedByJournal = (type: string): boolean => SIDES[type] !== undefined;

/** Where a record names its account of a kind. */
const FIELDS: Record<string, string> = { AcctPay: 'apacct', AcctRec: 'aracct', Bank: 'account' };

function accountFor(account: Account, record: RecordData, kind: string): string | null {
  const chosen = record.fields[FIELDS[kind]!];
  return typeof chosen === 'string' ? chosen : accountOfType(account, kind);
}

/**
 * With the preference for reversing journals on, the transaction keeps its amounts; a journal entry of today turns what it had posted, and it lets go of what it
 * had settled (page bridgehead_N1469460). Answers the journal.
 */
export function voidByJournal(account: Account, execution: Execution, record: RecordData): RecordData {
  const [debit, credit] = SIDES[record.type]!.map((kind) => accountFor(account, record, kind));
  const entity = record.fields.entity ?? record.fields.customer ?? null;
  const amount = number(record.fields.total);
  const line = (fields: Fields): LineData => ({ fields: { ...fields, entity, memo: 'VOID' } });
  const journal = newRecord(account, execution, requireType(account, 'journalentry'));
  for (const field of ['subsidiary', 'currency', 'exchangerate'])
    if (record.fields[field] !== undefined) journal.fields[field] = record.fields[field];
  Object.assign(journal.fields, { memo: 'VOID', createdfrom: record.id, void: 'T' });
  journal.sublists.line = [
    line({ account: credit ?? null, debit: amount }),
    line({ account: debit ?? null, credit: amount }),
  ];
  const stored = storeMade(account, execution, journal);
  const old = structuredClone(record);
  for (const list of ['apply', 'deposit']) delete record.sublists[list];
  Object.assign(record.fields, {
    voided: true,
    status: 'Voided',
    statusref: 'voided',
    lastmodifieddate: nowIso(account),
  });
  account.store.put(record);
  settleApplied(account, undefined, old);
  recountBalance(account, record, today(account));
  noteMade(account, execution, 'update', record);
  return stored;
}
