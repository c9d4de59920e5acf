import type { Account, Execution, RecordData, TypeMeta } from '../kernel/types';
import { today } from './clock-day';
import { settleDeposit } from './bank-deposits';
import { commitOrderLines } from './commit-order-lines';
import { markOrdered } from './drop-ship';
import { moveNumbers } from './move-numbers';
import { moveStock } from './move-stock';
import { isSettlement } from './open-documents';
import { promoteEntity } from './promote-entity';
import { notePurchasePrices } from './purchase-prices';
import { recountSource } from './recount-source';
import { recountUnbilled } from './unbilled-orders';
import { valueStock } from './value-stock';
import { recountBalance, settleApplied, settleDocument } from './settle-documents';

/** What a saved transaction does to others: the order it came from, open amounts, balances, stock. */
export function applyEffects(
  account: Account,
  execution: Execution,
  meta: TypeMeta,
  record: RecordData,
  old: RecordData | undefined,
): void {
  if (meta.group !== 'transaction') return;
  promoteEntity(account, execution, record);
  recountSource(account, execution, record);
  settleDocument(account, record, old);
  if (isSettlement(record.type)) settleApplied(account, record, old);
  settleDeposit(account, record, old);
  recountBalance(account, record, today(account));
  notePurchasePrices(account, record);
  valueStock(account, record);
  moveStock(account, record, old);
  moveNumbers(account, record, old);
  commitOrderLines(account, record);
  recountUnbilled(account, record, old);
  markOrdered(account, record, true);
}

/** A deleted transaction takes back what it had done. */
export function undoEffects(account: Account, execution: Execution, record: RecordData): void {
  if (account.registry.type(record.type)?.group !== 'transaction') return;
  recountSource(account, execution, record);
  if (isSettlement(record.type)) settleApplied(account, undefined, record);
  settleDeposit(account, undefined, record);
  recountBalance(account, record, today(account));
  moveStock(account, undefined, record);
  moveNumbers(account, undefined, record);
  recountUnbilled(account, undefined, record);
  markOrdered(account, record, false);
}
