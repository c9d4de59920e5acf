import type { Account, Execution, RecordData, TypeMeta } from '../kernel/types';
import { nowIso } from './clock-day';
import { statusText } from './order-status';

const CREATED = ['datecreated', 'createddate', 'created'];
const MODIFIED = ['lastmodifieddate', 'lastmodified'];

/** What the platform keeps about every record: when it was made and changed, by whom, and its status in words. */
export function stampSystemFields(
  account: Account,
  execution: Execution,
  meta: TypeMeta,
  record: RecordData,
  old: RecordData | undefined,
): void {
  const now = nowIso(account);
  const { fields } = record;
  for (const id of CREATED) if (meta.fields[id]) fields[id] = old?.fields[id] ?? now;
  for (const id of MODIFIED) if (meta.fields[id]) fields[id] = now;
  if (meta.fields.lastmodifiedby) fields.lastmodifiedby = String(execution.user.entity);
  if (meta.group === 'transaction') stampStatus(account, record);
  if (meta.id === 'lead' || meta.id === 'prospect' || meta.id === 'customer') stampStage(account, record);
  delete fields.id;
  delete fields.externalid;
}

export function stampStatus(account: Account, record: RecordData): void {
  const status = statusText(account, record);
  if (!status) return;
  record.fields.status = status.text;
  record.fields.statusref = status.ref;
}

/** Lead, prospect and customer follow the stage of the entity status. */
function stampStage(account: Account, record: RecordData): void {
  const id = record.fields.entitystatus;
  const stage = typeof id === 'string' ? account.store.get('customerstatus', id)?.fields.stage : undefined;
  const type = typeof stage === 'string' ? stage.toLowerCase() : '';
  if (['lead', 'prospect', 'customer'].includes(type)) record.type = type;
  record.fields.stage = record.type.toUpperCase();
}
