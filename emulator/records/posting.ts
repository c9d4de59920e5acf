import { fault, type Account, type Fields, type RecordData, type TypeMeta } from '../kernel/types';
import { derive, isTouched } from './touched';
import { isChanged, type Validation } from './validation';

/** Field that holds the ledger account of the other side, and the account type it defaults to. */
const DEFAULT_ACCOUNT: Record<string, [field: string, accountType: string]> = {
  invoice: ['account', 'AcctRec'],
  creditmemo: ['account', 'AcctRec'],
  customerpayment: ['aracct', 'AcctRec'],
  customerrefund: ['aracct', 'AcctRec'],
  depositapplication: ['aracct', 'AcctRec'],
  vendorbill: ['account', 'AcctPay'],
  vendorcredit: ['account', 'AcctPay'],
  vendorpayment: ['apacct', 'AcctPay'],
};

/** The first ledger account of a type, by id. */
export function accountOfType(account: Account, accountType: string): string | null {
  const found = account.store.db
    .prepare<[string], number>(
      `SELECT id FROM record WHERE type = 'account' AND json_extract(data, '$.fields.accttype') = ?
       AND coalesce(json_extract(data, '$.fields.isinactive'), 0) = 0 ORDER BY id LIMIT 1`,
    )
    .pluck()
    .get(accountType);
  return found === undefined ? null : String(found);
}

/** The month's accounting period that a day lies in; none where the account has no such period. */
export function periodOf(account: Account, day: string): string | null {
  const found = account.store.db
    .prepare<[string, string], number>(
      `SELECT id FROM record WHERE type = 'accountingperiod' AND json_extract(data, '$.fields.startdate') <= ? AND json_extract(data, '$.fields.enddate') >= ?
       AND coalesce(json_extract(data, '$.fields.isquarter'), 0) = 0 AND coalesce(json_extract(data, '$.fields.isyear'), 0) = 0
       AND coalesce(json_extract(data, '$.fields.isadjust'), 0) = 0 ORDER BY id LIMIT 1`,
    )
    .pluck()
    .get(day, day);
  return found === undefined ? null : String(found);
}

/** Period and ledger account with which the form of a posting transaction opens. */
export function postingDefaults(account: Account, meta: TypeMeta, day: string): Fields {
  const fields: Fields = {};
  if (meta.fields.postingperiod) fields.postingperiod = periodOf(account, day);
  const given = DEFAULT_ACCOUNT[meta.id];
  if (given && meta.fields[given[0]]) fields[given[0]] = accountOfType(account, given[1]);
  // Money received waits among the undeposited funds unless a bank account is chosen.
  if (meta.fields.undepfunds) fields.undepfunds = 'T';
  return fields;
}

/** The period follows the date; a bank account chosen by hand takes the money at once. */
export function sourcePosting(account: Account, meta: TypeMeta, record: RecordData, field: string): void {
  const { trandate } = record.fields;
  if (field === 'trandate' && meta.fields.postingperiod && typeof trandate === 'string')
    derive(record, 'postingperiod', periodOf(account, trandate));
  if (field === 'account' && meta.fields.undepfunds && isTouched(record, 'account') && record.fields.account)
    derive(record, 'undepfunds', 'F');
}

const closed = (name: unknown) =>
  fault('CLOSED_TRAN_PRD', `This transaction can not be saved: its posting period ${String(name)} is closed.`);

/** A closed period takes no posting (page section_N3740408); what does not touch the ledger may change where the period allows it. */
export function requireOpenPeriod(account: Account, record: RecordData, touchesLedger: boolean): void {
  const id = record.fields.postingperiod;
  const period = typeof id === 'string' ? account.store.get('accountingperiod', id) : undefined;
  if (period?.fields.closed !== true) return;
  if (touchesLedger || period.fields.allownonglchanges !== true) throw closed(period.fields.periodname);
}

const LEDGER_FIELDS = ['trandate', 'postingperiod', 'total', 'account', 'subsidiary', 'currency', 'exchangerate'];

export function validatePeriod(validation: Validation): void {
  const { account, meta, record, old } = validation;
  if (meta.group !== 'transaction' || !meta.fields.postingperiod) return;
  const touches = !old || LEDGER_FIELDS.some((field) => isChanged(validation, field));
  requireOpenPeriod(account, record, touches);
  if (old && old.fields.postingperiod !== record.fields.postingperiod) requireOpenPeriod(account, old, true);
}
