import type { Account, Execution, RecordData, TypeMeta } from '../kernel/types';
import { recountSource } from './recount-source';

/** What a saved transaction does to others: quantities and status of the order it came from, open balances, stock. */
export function applyEffects(
  account: Account,
  execution: Execution,
  meta: TypeMeta,
  record: RecordData,
  _old: RecordData | undefined,
): void {
  if (meta.group === 'transaction') recountSource(account, execution, record);
}
