import type { Account, Execution, Fields, LineData, RecordData } from '../kernel/types';
import { assignLineIds } from './assign-line-ids';
import { newRecord } from './default-fields';
import { requireType } from './find-record';
import { periodOf } from './posting';
import { noteMade, storeMade } from './store-made';

const isJournal = (type: string): boolean => type === 'journalentry';

function reversalOf(account: Account, id: string): RecordData | undefined {
  account.store.ensureIndex('transaction', 'createdfrom');
  const found = account.store.db
    .prepare<[string], number>(
      `SELECT id FROM record WHERE type = 'journalentry' AND json_extract(data, '$.fields.createdfrom') = ?
       AND json_extract(data, '$.fields.isreversal') = 'T'`,
    )
    .pluck()
    .get(id);
  return found === undefined ? undefined : account.store.get('journalentry', String(found));
}

function turned({ fields }: LineData): LineData {
  const opposite: Fields = { ...fields, debit: fields.credit ?? null, credit: fields.debit ?? null };
  for (const id of ['line', 'lineuniquekey', 'linenumber']) delete opposite[id];
  return { fields: opposite };
}

/** A journal entry with a reversal date has an exact opposite on that day, which follows every change of it (page section_N1471552). */
export function reverseJournal(account: Account, execution: Execution, journal: RecordData): void {
  const { reversaldate, isreversal, voided } = journal.fields;
  if (!isJournal(journal.type) || isreversal === 'T') return;
  if (typeof reversaldate !== 'string' || voided === true) return dropReversal(account, journal);
  const known = reversalOf(account, journal.id!);
  const reversal = known ?? newRecord(account, execution, requireType(account, journal.type));
  const { tranid } = reversal.fields;
  reversal.fields = {
    ...journal.fields,
    tranid: tranid ?? null,
    trandate: reversaldate,
    reversaldate: null,
    postingperiod: periodOf(account, reversaldate),
    isreversal: 'T',
    createdfrom: journal.id,
  };
  reversal.sublists.line = (journal.sublists.line ?? []).map(turned);
  if (!known) {
    storeMade(account, execution, reversal);
    return;
  }
  assignLineIds(account, requireType(account, journal.type), reversal);
  noteMade(account, execution, 'update', account.store.put(reversal));
}

/** With the entry, or its reversal date, the opposite goes too. */
export function dropReversal(account: Account, journal: RecordData): void {
  if (!isJournal(journal.type) || journal.id === null) return;
  const reversal = reversalOf(account, journal.id);
  if (!reversal) return;
  account.store.remove(reversal.type, reversal.id!);
}
