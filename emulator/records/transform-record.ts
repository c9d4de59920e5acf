import { settingOf } from '../kernel/setting-of';
import { fault, type Account, type Execution, type Json, type RecordData, type TypeMeta } from '../kernel/types';
import { buildFromOrder } from './assemblies';
import { newRecord } from './default-fields';
import { invalidSource } from './faults';
import { findRecord, requireType } from './find-record';
import { metaFor } from './guest-meta';
import { listOpenDocuments, openAmount, settlementLists } from './open-documents';
import { applyDefaultValues, type Opened } from './open-new';
import { presentRecord } from './present-record';
import { leaveBilledCosts } from './share-order-costs';
import { sourceDueDate } from './source-due-date';
import { sourceRecord } from './source-record';
import { clearTouched } from './touched';
import { transformBody, transformLines } from './transform-lines';
import { isOpenFor, TRANSFORM_RULES } from './transform-rules';

export interface TransformArgs {
  fromType: string;
  fromId: string | number;
  toType: string;
  isDynamic?: boolean;
  defaultValues?: Record<string, Json>;
  have?: string[];
}

const PAYMENT_SOURCES: Record<string, string> = {
  customerpayment: 'customer',
  vendorpayment: 'entity',
  customerdeposit: 'customer',
  depositapplication: 'customer',
  customerrefund: 'customer',
};

/** A credit made from a document is applied to it. */
const CREDITS: Record<string, string> = { creditmemo: 'invoice', vendorcredit: 'vendorbill' };

const notAllowed = (from: string, to: string) =>
  fault('INVALID_RCRD_TRANSFRM', `That type of record transformation is not allowed: ${from} to ${to}.`);

/**
 * record.transform (section_4267283788 and the transform table of the records reference). Which side it is billed as, no page tells: setting
 * `transformBilledBy`, `target` or `source`.
 */
export function transformRecord(account: Account, execution: Execution, args: TransformArgs): Opened {
  const from = requireType(account, args.fromType);
  const to = requireType(account, args.toType);
  account.permissions.requireRecord(execution, to.id, 'create');
  const billed = settingOf<string>(account, 'transformBilledBy', 'target') === 'source' ? from : to;
  account.charge(execution, 'record.transform', billed.id);
  const source = findRecord(account, from.id, args.fromId);
  if (!source) throw invalidSource(to.id, String(args.fromId));
  account.permissions.requireRow(execution, source, 'view');
  const record = build(account, execution, source, to);
  if (args.defaultValues) applyDefaultValues(account, to, record, args.defaultValues);
  return { record, meta: metaFor(account, requireType(account, record.type), args.have) };
}

function build(account: Account, execution: Execution, source: RecordData, to: TypeMeta): RecordData {
  const from = requireType(account, source.type);
  if (!from.transforms.includes(to.id)) throw notAllowed(from.id, to.id);
  if (from.group === 'entity')
    return to.group === 'entity' ? convertStage(account, source, to) : fromEntity(account, execution, source, to);
  if (PAYMENT_SOURCES[to.id]) return payment(account, execution, source, to);
  const rule = TRANSFORM_RULES[`${from.id}>${to.id}`];
  if (!rule) throw notAllowed(from.id, to.id);
  if (!isOpenFor(rule, source)) throw invalidSource(to.id, source.id!);
  const record = newRecord(account, execution, to);
  if (to.id === 'assemblybuild') {
    buildFromOrder(account, source, to, record);
    return record;
  }
  transformBody(source, to, record);
  transformLines(account, source, to, record, rule);
  if (rule.linked && (source.sublists.item ?? []).length > 0 && (record.sublists.item ?? []).length === 0)
    throw invalidSource(to.id, source.id!);
  leaveBilledCosts(account, source, record);
  sourceRecord(account, to, record, true);
  sourceDueDate(account, to, record);
  clearTouched(record);
  if (CREDITS[to.id] === source.type) offerLists(account, record, String(source.fields.entity), source.id);
  return record;
}

/** A customer's new order: as if the form had been opened from the customer. */
function fromEntity(account: Account, execution: Execution, source: RecordData, to: TypeMeta): RecordData {
  const record = newRecord(account, execution, to);
  applyDefaultValues(account, to, record, { [to.fields.entity ? 'entity' : 'customer']: source.id });
  return record;
}

/** Lead to prospect to customer: the same record in its next stage. */
function convertStage(account: Account, source: RecordData, to: TypeMeta): RecordData {
  const status = account.store.list('customerstatus').find((row) => row.fields.stage === to.id.toUpperCase());
  const record = presentRecord(account, requireType(account, source.type), source);
  record.fields.entitystatus = status?.id ?? record.fields.entitystatus ?? null;
  return record;
}

function offerLists(account: Account, record: RecordData, entity: string, ticked: string | null): void {
  for (const list of settlementLists(record.type))
    record.sublists[list] = listOpenDocuments(account, record.type, list, entity, ticked, record.fields.currency);
}

/** Payments and deposits: from whom, and which documents they could settle; the one they start from is ticked. */
function payment(account: Account, execution: Execution, source: RecordData, to: TypeMeta): RecordData {
  const record = newRecord(account, execution, to);
  const who = source.fields.entity ?? source.fields.customer ?? null;
  applyDefaultValues(account, to, record, {
    [PAYMENT_SOURCES[to.id]!]: who,
    currency: source.fields.currency,
  });
  if (to.fields.subsidiary && source.fields.subsidiary) record.fields.subsidiary = source.fields.subsidiary;
  if (to.id === 'customerdeposit') {
    record.fields.salesorder = source.id;
    record.fields.payment = source.fields.total ?? null;
    return record;
  }
  if (to.id === 'depositapplication') {
    record.fields.deposit = source.id;
    record.fields.depositdate = source.fields.trandate ?? null;
    record.fields.total = openAmount(source);
  }
  record.fields.createdfrom = to.fields.createdfrom ? source.id : null;
  offerLists(account, record, String(who), source.id);
  record.fields.payment = null;
  sourceRecord(account, to, record);
  clearTouched(record);
  return record;
}
