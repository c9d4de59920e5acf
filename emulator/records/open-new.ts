import type { Account, Execution, Json, RecordData, TypeMeta } from '../kernel/types';
import { offerUndeposited } from './bank-deposits';
import { newRecord } from './default-fields';
import { orderForSale } from './drop-ship';
import { notSupported } from './faults';
import { requireType } from './find-record';
import { metaFor, type PackedMeta } from './guest-meta';
import { storedValues } from './plain-values';
import { sourceBodyField } from './source-body';
import { markTouched } from './touched';

export interface OpenArgs {
  type: string;
  id: string | number;
  isDynamic?: boolean;
  defaultValues?: Record<string, Json>;
  have?: string[];
}

export interface Opened {
  record: RecordData;
  meta: PackedMeta[];
}

/** `defaultValues` initialise the form (entity, customform, subsidiary …): what follows from them is filled in at once, in both modes. */
export function applyDefaultValues(
  account: Account,
  meta: TypeMeta,
  record: RecordData,
  values: Record<string, Json>,
): void {
  const fields = storedValues(account, meta, whoseValues(meta, values));
  Object.assign(record.fields, fields);
  markTouched(record, ...Object.keys(fields));
  for (const field of Object.keys(fields)) sourceBodyField(account, meta, record, field);
  orderForSale(account, meta, record, values);
}

/** Whom a transaction is for is called `entity` in defaults, also where the record's field is `customer`. */
function whoseValues(meta: TypeMeta, values: Record<string, Json>): Record<string, Json> {
  const { entity, ...others } = values;
  return entity === undefined || meta.fields.entity || !meta.fields.customer ? values : { customer: entity, ...others };
}

/** record.create (section_4267282996): permission and type first, then the bill, then the record. */
export function createRecord(account: Account, execution: Execution, args: OpenArgs): Opened {
  const meta = requireType(account, args.type);
  if (!meta.scripting.create) throw notSupported(meta.id, 'create');
  account.permissions.requireRecord(execution, meta.id, 'create');
  account.charge(execution, 'record.create', meta.id);
  const record = newRecord(account, execution, meta);
  offerUndeposited(account, record);
  if (args.defaultValues) applyDefaultValues(account, meta, record, args.defaultValues);
  return { record, meta: metaFor(account, meta, args.have) };
}
