import type { Account, Execution, RecordData } from '../kernel/types';
import { applyEffects } from './apply-effects';
import { assignLineIds } from './assign-line-ids';
import { assignNames } from './assign-names';
import { computeTotals } from './compute-totals';
import { requireType } from './find-record';
import { stampSystemFields } from './stamp-system-fields';

/** Stores a transaction that the platform itself makes because another one was saved. User Events do not hear of it. */
export function storeMade(account: Account, execution: Execution, record: RecordData): RecordData {
  const meta = requireType(account, record.type);
  computeTotals(account, meta, record);
  assignNames(account, meta, record, undefined);
  assignLineIds(account, meta, record);
  stampSystemFields(account, execution, meta, record, undefined);
  const stored = account.store.put(record);
  applyEffects(account, execution, meta, stored, undefined);
  noteMade(account, execution, 'create', stored);
  return stored;
}

export function noteMade(
  account: Account,
  execution: Execution,
  op: 'create' | 'update',
  { type, id }: RecordData,
): void {
  account.noteWrite({
    op,
    type,
    id: id!,
    scriptId: execution.scriptId,
    executionId: execution.id,
    api: 'platform',
    context: execution.context,
  });
}
