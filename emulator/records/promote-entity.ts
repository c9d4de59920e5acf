import type { Account, Execution, RecordData } from '../kernel/types';
import { nowIso } from './clock-day';
import { findReference } from './find-record';

const STAGES = ['lead', 'prospect', 'customer'];
/** The stage that a transaction brings its lead or prospect to, at least. */
const STAGE_AFTER: Record<string, string> = {
  opportunity: 'prospect',
  estimate: 'prospect',
  salesorder: 'customer',
  invoice: 'customer',
  cashsale: 'customer',
};
const WON = '13';

/** The status with which a stage begins: Closed Won for customers, else the stage's first by id. */
function statusOf(account: Account, stage: string): string | null {
  const rows = account.store.list('customerstatus').filter(({ fields }) => fields.stage === stage.toUpperCase());
  const won = stage === 'customer' ? rows.find(({ id }) => id === WON) : undefined;
  return (won ?? rows[0])?.id ?? null;
}

/** A lead for whom a quote is made becomes a prospect; whoever orders becomes a customer: the same record in its next stage, with its id. */
export function promoteEntity(account: Account, execution: Execution, transaction: RecordData): void {
  const stage = STAGE_AFTER[transaction.type];
  const id = transaction.fields.entity;
  const entity = stage && typeof id === 'string' ? findReference(account, 'entity', id) : undefined;
  if (!stage || !entity || !STAGES.includes(entity.type)) return;
  if (STAGES.indexOf(entity.type) >= STAGES.indexOf(stage)) return;
  account.store.remove(entity.type, entity.id!);
  entity.type = stage;
  entity.fields.entitystatus = statusOf(account, stage) ?? entity.fields.entitystatus ?? null;
  entity.fields.stage = stage.toUpperCase();
  entity.fields.lastmodifieddate = nowIso(account);
  account.store.put(entity);
  account.noteWrite({
    op: 'update',
    type: stage,
    id: entity.id!,
    scriptId: execution.scriptId,
    executionId: execution.id,
    api: 'platform',
    context: execution.context,
  });
}
