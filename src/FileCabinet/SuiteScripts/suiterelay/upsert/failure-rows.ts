import { groupOf } from '../../../../../contract/glossary';
import type { Operation } from '../../../../../contract/operation';
import type { Budget } from '../governance/budget';
import { ROW_UNITS } from '../governance/prices';
import type { Item } from './batch-state';
import type { FailureData } from './operation-failure';
import { ledgerKey } from './stamps';
import type { WriteContext } from './write-context';

export const FAILURE = 'customrecord_srl_failure';

/** Text fields hold 300 characters, text areas 4,000. */
const TEXT = 300;
const AREA = 3900;
const PAYLOAD = 90_000;

/** Classes that pass by themselves leave no row: the relay tries again, nobody has to act. */
const PASSING: ReadonlySet<string> = new Set(['transient', 'throttle', 'dependency']);
const GOOD: ReadonlySet<string> = new Set(['created', 'updated', 'unchanged', 'duplicate', 'stale']);

/**
 * Leaves one row for each record whose operation failed for good, for administrators to find; a later success closes it. The relay
 * holds the failure in any case, so a row that does not fit into the budget or that the role may not write is left out.
 */
export function keepFailureRows(items: readonly Item[], context: WriteContext, budget: Budget): void {
  for (const item of items) {
    if (budget.left() < ROW_UNITS || context.late()) return;
    const before = budget.left();
    try {
      keepRow(item, context);
    } catch (refusal) {
      item.result?.warnings.push({ code: 'FAILURE_ROW_NOT_WRITTEN', message: String((refusal as Error).message) });
      return;
    } finally {
      item.units += before - budget.left();
    }
  }
}

function keepRow(item: Item, context: WriteContext): void {
  const operation = item.parsed.operation;
  if (operation === null || item.result === null) return;
  const row = context.found.failureRows.get(operation.key.externalId);
  if (item.failure !== null && !PASSING.has(item.failure.errorClass)) {
    const attempts = (row?.attempts ?? 0) + 1;
    const rowId = writeRow(row?.rowId, attempts, operation, item.failure, context);
    context.found.failureRows.set(operation.key.externalId, { rowId, attempts, open: true });
  } else if (row?.open === true && GOOD.has(item.result.status)) {
    context.tools.records.submitFields(FAILURE, row.rowId, { custrecord_srl_fl_state: 'closed' });
    context.found.failureRows.delete(operation.key.externalId);
  }
}

function writeRow(
  rowId: string | undefined,
  attempts: number,
  operation: Operation,
  failure: FailureData,
  context: WriteContext,
): string {
  const values = {
    custrecord_srl_fl_op: operation.opId,
    custrecord_srl_fl_code: failure.code.slice(0, TEXT),
    custrecord_srl_fl_class: failure.errorClass,
    custrecord_srl_fl_message: failure.message.slice(0, AREA),
    custrecord_srl_fl_field: (failure.field ?? '').slice(0, TEXT),
    custrecord_srl_fl_payload: JSON.stringify(operation).slice(0, PAYLOAD),
    custrecord_srl_fl_state: 'open',
    custrecord_srl_fl_attempts: attempts,
  };
  if (rowId !== undefined) {
    context.tools.records.submitFields(FAILURE, rowId, values);
    return rowId;
  }
  const row = context.tools.records.create(FAILURE);
  const key = ledgerKey(groupOf(operation.recordType), operation.key.externalId);
  const all = {
    externalid: operation.opId,
    custrecord_srl_fl_key: key,
    custrecord_srl_fl_type: operation.recordType,
    ...values,
  };
  for (const [fieldId, value] of Object.entries(all)) row.setValue({ fieldId, value });
  return row.save();
}
