import type { Account, Execution, Fields, RecordData, TypeMeta } from '../kernel/types';
import { baseCurrency } from './base-currency';
import { nowIso, today } from './clock-day';
import { preferredForm } from './custom-forms';
import { derivedMeta } from './derived-meta';
import { offerItemLists } from './item-lists';
import { recordOptions } from './options';
import { postingDefaults } from './posting';

const TRANSACTION_STATUS: Record<string, Fields> = {
  purchaseorder: { orderstatus: 'B' },
  returnauthorization: { orderstatus: 'B' },
  vendorreturnauthorization: { orderstatus: 'B' },
  transferorder: { orderstatus: 'B' },
  workorder: { orderstatus: 'B' },
  itemfulfillment: { shipstatus: 'C' },
  estimate: { entitystatus: '10', probability: 50 },
  opportunity: { entitystatus: '8', probability: 10 },
  journalentry: { approved: true },
  intercompanyjournalentry: { approved: true },
  advintercompanyjournalentry: { approved: true },
};

const BY_TYPE: Record<string, Fields> = {
  customer: { entitystatus: '13', isperson: false, emailpreference: 'DEFAULT', autoname: true },
  lead: { entitystatus: '6', isperson: false, emailpreference: 'DEFAULT', autoname: true },
  prospect: { entitystatus: '8', isperson: false, emailpreference: 'DEFAULT', autoname: true },
  vendor: { isperson: false, emailpreference: 'DEFAULT', autoname: true },
  employee: { autoname: true, giveaccess: false },
  partner: { isperson: false, autoname: true },
  job: { autoname: true },
  supportcase: { status: '1', priority: '2', origin: '-5', helpdesk: false },
  task: { status: 'NOTSTART', priority: 'MEDIUM', timedevent: false },
  phonecall: { status: 'SCHEDULED', priority: 'MEDIUM', timedevent: false },
  calendarevent: { status: 'CONFIRMED', accesslevel: 'PUBLIC', timedevent: true },
  note: { direction: '2', notetype: '7' },
};

function transactionDefaults(account: Account, meta: TypeMeta): Fields {
  const fields: Fields = { trandate: today(account), tranid: 'To Be Generated' };
  if (meta.fields.currency && account.feature('MULTICURRENCY')) fields.currency = baseCurrency(account, null);
  if (meta.fields.exchangerate) fields.exchangerate = 1;
  if (meta.id === 'salesorder') fields.orderstatus = recordOptions(account).salesOrderStatus;
  if (meta.id === 'opportunity') fields.expectedclosedate = today(account);
  return { ...fields, ...postingDefaults(account, meta, today(account)), ...TRANSACTION_STATUS[meta.id] };
}

function activityDefaults(account: Account, execution: Execution, meta: TypeMeta): Fields {
  if (meta.group !== 'event') return {};
  const fields: Fields = { startdate: today(account) };
  const person = String(execution.user.entity);
  if (meta.fields.assigned && meta.id !== 'supportcase') fields.assigned = person;
  if (meta.fields.owner) fields.owner = person;
  if (meta.fields.organizer) fields.organizer = person;
  return fields;
}

/** A new record as its form opens: what the platform fills in before anyone types. */
export function newRecord(account: Account, execution: Execution, meta: TypeMeta): RecordData {
  const fields: Fields = { ...BY_TYPE[meta.id] };
  if (meta.group === 'transaction') Object.assign(fields, transactionDefaults(account, meta));
  Object.assign(fields, activityDefaults(account, execution, meta));
  if (meta.fields.isinactive) fields.isinactive = false;
  if (meta.group === 'entity' && meta.fields.currency && account.feature('MULTICURRENCY'))
    fields.currency = baseCurrency(account, null);
  if (meta.class === 'custom' && meta.fields.owner) fields.owner = String(execution.user.entity);
  if (meta.id === 'note') Object.assign(fields, { notedate: today(account), author: String(execution.user.entity) });
  if (meta.id === 'message') fields.messagedate = nowIso(account);
  const form = meta.fields.customform ? preferredForm(account, meta.id) : undefined;
  if (form) fields.customform = form;
  for (const field of derivedMeta(account, meta).withDefault) fields[field.id] ??= field.defaultValue ?? null;
  const record: RecordData = {
    type: meta.id,
    id: null,
    externalId: null,
    version: 0,
    fields,
    sublists: {},
    subrecords: {},
  };
  offerItemLists(account, meta, record);
  return record;
}
