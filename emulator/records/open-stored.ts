import type { Account, Execution, RecordData } from '../kernel/types';
import { offerUndeposited } from './bank-deposits';
import { newRecord } from './default-fields';
import { noSuchRecord, notSupported } from './faults';
import { findRecord, requireType } from './find-record';
import { metaFor } from './guest-meta';
import { loadChildLists } from './child-lists';
import { offerItemLists } from './item-lists';
import { offerOpenDocuments } from './source-apply';
import { today } from './clock-day';
import { refreshOwed } from './show-owed';
import { presentRecord } from './present-record';
import { applyDefaultValues, type OpenArgs, type Opened } from './open-new';

/** record.load (section_4267283095). An unknown id has been paid for: the platform had to look. */
export function loadRecord(account: Account, execution: Execution, args: OpenArgs): Opened {
  const meta = requireType(account, args.type);
  account.permissions.requireRecord(execution, meta.id, 'view');
  account.charge(execution, 'record.load', meta.id);
  const record = findRecord(account, meta.id, args.id);
  if (!record) throw noSuchRecord();
  return openRecord(account, execution, record, args.have);
}

export interface PrintArgs {
  /** What is billed: a call of N/render. */
  api: string | null;
  type?: string;
  group?: string;
  id: string;
  have: string[];
}

/** A record for a printed form or a merged e-mail (N/render): of a type, or any of a group. */
export function printRecord(account: Account, execution: Execution, args: PrintArgs): Opened & { label: string } {
  if (args.api !== null) account.charge(execution, args.api);
  const record = args.group
    ? account.store.getInGroup(args.group, args.id)
    : findRecord(account, requireType(account, args.type ?? '').id, args.id);
  if (!record) throw noSuchRecord();
  account.permissions.requireRecord(execution, record.type, 'view');
  return { ...openRecord(account, execution, record, args.have), label: requireType(account, record.type).label };
}

function openRecord(account: Account, execution: Execution, record: RecordData, have: OpenArgs['have']): Opened {
  account.permissions.requireRow(execution, record, 'view');
  const stored = requireType(account, record.type);
  offerOpenDocuments(account, stored, record);
  offerUndeposited(account, record);
  loadChildLists(account, stored, record);
  offerItemLists(account, stored, record);
  refreshOwed(account, record, today(account));
  return { record: presentRecord(account, stored, record), meta: metaFor(account, stored, have) };
}

/** Fields that a copy starts without: identity, dates, and what other transactions have done to the source. */
const NOT_COPIED = [
  'externalid',
  'entityid',
  'itemid',
  'tranid',
  'createdfrom',
  'createddate',
  'datecreated',
  'lastmodifieddate',
  'lastmodified',
  'created',
  'status',
  'statusref',
  'amountpaid',
  'amountremaining',
  'applied',
  'unapplied',
  'voided',
  'depositedby',
  'balance',
  'overduebalance',
  'unbilledorders',
  'depositbalance',
  'linkedtrackingnumbers',
  'trackingnumbers',
  'shippeddate',
  'casenumber',
];
const NOT_COPIED_ON_LINES = [
  'line',
  'lineuniquekey',
  'orderline',
  'orderdoc',
  'quantitypicked',
  'quantitypacked',
  'quantityfulfilled',
  'quantitybilled',
  'quantityreceived',
  'quantityshiprecv',
  'quantitycommitted',
  'quantitybackordered',
  'isclosed',
  'linked',
  'internalid',
  'addressid',
  'id',
];

/** An unsaved record with a stored one's values. Custom fields travel along, whatever they hold. */
export function copyOf(record: RecordData): RecordData {
  const copy = structuredClone(record);
  copy.id = null;
  copy.externalId = null;
  copy.version = 0;
  for (const field of NOT_COPIED) delete copy.fields[field];
  for (const lines of Object.values(copy.sublists)) {
    for (const line of lines) for (const field of NOT_COPIED_ON_LINES) delete line.fields[field];
  }
  return copy;
}

/** record.copy (section_4267282857). */
export function copyRecord(account: Account, execution: Execution, args: OpenArgs): Opened {
  const meta = requireType(account, args.type);
  if (!meta.scripting.copy) throw notSupported(meta.id, 'copy');
  account.permissions.requireRecord(execution, meta.id, 'create');
  account.charge(execution, 'record.copy', meta.id);
  const source = findRecord(account, meta.id, args.id);
  if (!source) throw noSuchRecord();
  account.permissions.requireRow(execution, source, 'view');
  return {
    record: copyForEdit(account, execution, source, args.defaultValues),
    meta: metaFor(account, requireType(account, source.type), args.have),
  };
}

export function copyForEdit(
  account: Account,
  execution: Execution,
  source: RecordData,
  defaultValues: OpenArgs['defaultValues'],
): RecordData {
  const meta = requireType(account, source.type);
  const record = copyOf(source);
  const fresh = newRecord(account, execution, meta).fields;
  for (const field of ['trandate', 'tranid', 'orderstatus', 'shipstatus', 'startdate']) {
    if (fresh[field] !== undefined && meta.group !== 'entity') record.fields[field] = fresh[field];
  }
  offerItemLists(account, meta, record);
  if (defaultValues) applyDefaultValues(account, meta, record, defaultValues);
  return record;
}
