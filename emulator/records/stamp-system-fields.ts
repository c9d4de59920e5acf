import type { Account, Execution, RecordData, TypeMeta } from '../kernel/types';
import { defaultAddress } from './address-text';
import { nowIso } from './clock-day';
import { durationText } from './duration';
import { itemTypeOf } from './item-kinds';
import { orderStatusFor } from './order-progress';
import { statusText } from './order-status';
import { stampAddresses } from './stamp-addresses';

const CREATED = ['datecreated', 'createddate', 'created'];
const TIME_ENTRIES = new Set(['timebill', 'timeentry']);
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
  if (TIME_ENTRIES.has(meta.id)) fields.hours = durationText(fields.hours ?? null);
  if (meta.group === 'item' && meta.fields.itemtype) fields.itemtype = itemTypeOf(meta.id);
  if (meta.group === 'transaction') {
    // A column of searches and SuiteQL; forms do not show it.
    if (!old) fields.createdby = String(execution.user.entity);
    if (old && reopens(record, old)) fields.orderstatus = 'B';
    followApproval(record, old);
    if (!old || progressDiffers(record, old)) followProgress(record);
    stampStatus(account, record);
    stampAddresses(meta, record);
  }
  if (meta.id === 'supportcase') stampCase(record, old, now);
  if (meta.id === 'lead' || meta.id === 'prospect' || meta.id === 'customer') stampStage(account, record);
  // Shown, not kept: an address that is edited later must not read as it did.
  if (defaultAddress(record, 'defaultbilling') ?? defaultAddress(record, 'defaultshipping'))
    delete fields.defaultaddress;
  delete fields.id;
  delete fields.externalid;
}

/** A purchase order's status says whether it is approved, and a journal's check box, once somebody has set that. */
function followApproval({ type, fields }: RecordData, old: RecordData | undefined): void {
  if (/journalentry$/.test(type) && fields.approvalstatus && old?.fields.approvalstatus !== fields.approvalstatus)
    fields.approved = fields.approvalstatus === '2';
  if (type !== 'purchaseorder' || (old && old.fields.approvalstatus === fields.approvalstatus)) return;
  if (fields.approvalstatus === '1') fields.orderstatus = 'A';
  else if (fields.approvalstatus === '3') fields.orderstatus = 'C';
  else if (fields.approvalstatus === '2' && fields.orderstatus === 'A') fields.orderstatus = 'B';
}

const CLOSED_CASE = '5';
const REOPENED_CASE = '4';

/** When a case was taken up again, and when it was last written to or from. */
function stampCase({ fields }: RecordData, old: RecordData | undefined, now: string): void {
  if (old?.fields.status === CLOSED_CASE && fields.status === REOPENED_CASE) fields.lastreopeneddate = now;
  const written = ['incomingmessage', 'outgoingmessage'].some((id) => fields[id] && fields[id] !== old?.fields[id]);
  if (written) fields.lastmessagedate = now;
}

/** A closed order of which a line is opened again goes on where it was. */
const reopens = (record: RecordData, old: RecordData): boolean =>
  record.fields.orderstatus === 'H' && old.fields.orderstatus === 'H' && closedLines(record) < closedLines(old);

const closedLines = (record: RecordData): number =>
  (record.sublists.item ?? []).filter(({ fields }) => fields.isclosed === true).length;

const progressOf = (record: RecordData): string =>
  JSON.stringify([
    record.fields.orderstatus,
    (record.sublists.item ?? []).map(({ fields }) => [fields.line, fields.quantity, fields.isclosed]),
  ]);

/** An edit elsewhere leaves the status alone, also one that a seed has given without the quantities behind it. */
const progressDiffers = (record: RecordData, old: RecordData): boolean => progressOf(record) !== progressOf(old);

/** An order's own lines decide its status too: a closed line, a smaller quantity, lines that need no fulfilment. */
function followProgress(record: RecordData): void {
  const status = orderStatusFor(record, []);
  if (status !== undefined && record.type !== 'transferorder' && record.type !== 'vendorreturnauthorization')
    record.fields.orderstatus = status;
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
