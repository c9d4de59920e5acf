import type { Account, FieldMeta, RecordData, TypeMeta, Value } from '../kernel/types';
import { invalidReference, userError } from './faults';
import { findReference } from './find-record';
import { listText } from './option-lists';
import { recordOptions } from './options';
import { isChanged, type Validation } from './validation';

/** Types whose rows no standard account data holds: their ids can't be checked. */
function isCheckable(account: Account, field: FieldMeta): boolean {
  const target = field.selectType;
  return (
    target !== undefined &&
    !target.startsWith('address:') &&
    (target.startsWith('list:') || account.registry.type(target) !== undefined)
  );
}

const UNCHECKED = new Set([
  'units',
  'saleunit',
  'stockunit',
  'purchaseunit',
  'consumptionunit',
  'postingperiod',
  'nexus',
  'taxschedule',
  'state',
  'dropdownstate',
  'status',
  'shipcarrier',
  'workcalendar',
  'createpo',
  'role',
  'revenuerecognitionrule',
  'shipmethod',
  'shippingitem',
]);

/** Does the select's list have such an entry? Group targets (`item`, `entity`) look through the group. */
export function existsReference(account: Account, selectType: string, id: string): boolean {
  if (selectType.startsWith('list:')) return listText(selectType, id) !== undefined;
  return findReference(account, selectType, id) !== undefined;
}

function checkValue(account: Account, field: FieldMeta, value: Value | undefined, context = ''): void {
  if (value === undefined || value === null || value === '') return;
  for (const id of Array.isArray(value) ? value : [String(value)]) {
    if (!existsReference(account, field.selectType!, id)) throw invalidReference(field.id, id, context);
  }
}

const isReference = (account: Account, field: FieldMeta): boolean =>
  (field.type === 'select' || field.type === 'multiselect') &&
  !UNCHECKED.has(field.id) &&
  isCheckable(account, field) &&
  (field.id !== 'customform' || recordOptions(account).refuseUnknownForms);

/** Every select that this save changes points to something that exists. */
export function validateReferences(validation: Validation): void {
  const { account, meta, record } = validation;
  for (const id of Object.keys(record.fields)) {
    const field = meta.fields[id];
    if (field && isReference(account, field) && isChanged(validation, id))
      checkValue(account, field, record.fields[id]);
  }
  for (const [sublist, lines] of Object.entries(record.sublists)) checkLines(validation, sublist, lines);
  checkSubsidiaryAndCurrency(validation);
  if (meta.group === 'transaction' && isChanged(validation, 'location'))
    checkLocation(account, record.fields.subsidiary, record.fields.location);
}

function checkLines({ account, meta, old }: Validation, sublist: string, lines: RecordData['sublists'][string]): void {
  const fields = Object.values(meta.sublists[sublist]?.fields ?? {}).filter((field) => isReference(account, field));
  if (fields.length === 0) return;
  const before = new Map(
    (old?.sublists[sublist] ?? []).map((line) => [line.fields.lineuniquekey ?? line.fields.line, line]),
  );
  for (const line of lines) {
    const stored = line.fields.lineuniquekey === undefined ? undefined : before.get(line.fields.lineuniquekey);
    for (const field of fields) {
      const value = line.fields[field.id];
      if (value !== '0' && value !== '-1' && stored?.fields[field.id] !== value) checkValue(account, field, value);
    }
  }
}

const entityOf = (account: Account, meta: TypeMeta, record: RecordData): RecordData | undefined => {
  const id = record.fields.entity ?? record.fields.customer;
  return meta.group === 'transaction' && typeof id === 'string' ? findReference(account, 'entity', id) : undefined;
};

/** A sales transaction names locations of its own subsidiary. */
export function checkLocation(account: Account, subsidiary: Value | undefined, location: Value | undefined): void {
  if (!account.feature('SUBSIDIARIES') || typeof subsidiary !== 'string' || typeof location !== 'string') return;
  const row = findReference(account, 'location', location);
  const own = row?.fields.subsidiary;
  const allowed = Array.isArray(own) ? own : typeof own === 'string' && own !== '' ? [own] : [];
  if (allowed.length === 0 || allowed.includes(subsidiary) || row?.fields.includechildren === true) return;
  throw invalidReference('location', location, ` for subsidiary ${subsidiary}`);
}

/** A saved transaction keeps its currency: its amounts would be others without a word (page bridgehead_N1398658). */
function keepCurrency(validation: Validation): void {
  const { account, meta, old } = validation;
  if (meta.group !== 'transaction' || !old || !account.feature('MULTICURRENCY')) return;
  if (old.fields.currency && isChanged(validation, 'currency'))
    throw userError('The currency of a transaction can not be changed after it has been saved.');
}

/** A transaction runs in a subsidiary and a currency that its customer or vendor has. */
function checkSubsidiaryAndCurrency(validation: Validation): void {
  const { account, meta, record } = validation;
  keepCurrency(validation);
  const entity = entityOf(account, meta, record);
  if (!entity) return;
  const { currency, subsidiary } = record.fields;
  if (account.feature('MULTICURRENCY') && typeof currency === 'string' && isChanged(validation, 'currency')) {
    const known = [entity.fields.currency, ...(entity.sublists.currency ?? []).map((line) => line.fields.currency)];
    if (entity.fields.currency && !known.includes(currency))
      throw invalidReference('currency', currency, ` for entity ${entity.id}`);
  }
  if (account.feature('SUBSIDIARIES') && typeof subsidiary === 'string' && isChanged(validation, 'subsidiary')) {
    const known = [
      entity.fields.subsidiary,
      ...(entity.sublists.submachine ?? []).map((line) => line.fields.subsidiary),
    ];
    if (entity.fields.subsidiary && !known.includes(subsidiary))
      throw invalidReference('entity', String(entity.id), ` for subsidiary ${subsidiary}`);
  }
}
