import type { Account, RecordData, TypeMeta } from '../kernel/types';
import { addDays } from './clock-day';
import { derive } from './touched';

const WITH_DUE_DATE = new Set(['invoice', 'vendorbill', 'expensereport']);

/** Due date of an invoice or bill: the transaction date plus the term's days; without terms, the day itself. */
export function sourceDueDate(account: Account, meta: TypeMeta, record: RecordData): void {
  const day = record.fields.trandate;
  if (!WITH_DUE_DATE.has(meta.id) || typeof day !== 'string') return;
  const terms = record.fields.terms;
  const days = typeof terms === 'string' ? Number(account.store.get('term', terms)?.fields.daysuntilnetdue ?? 0) : 0;
  derive(record, 'duedate', addDays(day, days));
}
