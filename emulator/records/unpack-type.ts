import fieldLengths from '../data/field-lengths.json';
import selectTargets from '../data/select-targets.json';
import type { FieldMeta, FieldType, SublistMeta, TypeMeta } from '../kernel/types';
import { groupOf } from './type-groups';

/** One type of record-types.json or record-types-extra.json; fields are `id|label|type|flags`. */
export interface PackedType {
  label?: string;
  category?: string;
  /** r read only, c no create, y no copy, d no delete. */
  refuses?: string;
  transforms?: string[];
  fields?: string[];
  sublists?: Record<string, string[]>;
  /** Takes over fields and sublists of another type. */
  like?: string;
  sublistsLike?: string;
}

const TARGETS = selectTargets as Record<string, string>;
const LENGTHS = fieldLengths as Record<string, number>;
const DEFAULT_TEXT_LENGTH = 300;
const NAME_FIELDS = [
  'entityid',
  'groupname',
  'itemid',
  'tranid',
  'name',
  'title',
  'subject',
  'acctname',
  'periodname',
  'companyname',
  'displayname',
  'code',
];
/** What the platform keeps itself; scripts may not set them. */
const READ_ONLY = new Set([
  'datecreated',
  'createddate',
  'lastmodifieddate',
  'balance',
  'overduebalance',
  'daysoverdue',
  'depositbalance',
  'unbilledorders',
  'consolbalance',
  'consoldaysoverdue',
  'consoldepositbalance',
  'consoloverduebalance',
  'consolunbilledorders',
  'subtotal',
  'total',
  'amountremaining',
  'amountpaid',
  'status',
  'statusref',
  'lineuniquekey',
  'quantityfulfilled',
  'quantitybilled',
  'currencyname',
]);
const ADDRESS_SUBRECORDS = new Set([
  'billingaddress',
  'shippingaddress',
  'addressbookaddress',
  'mainaddress',
  'returnaddress',
  'payeeaddress',
]);

export function selectTarget(type: string, field: string): string | undefined {
  return TARGETS[`${type}.${field}`] ?? TARGETS[field];
}

export function maxLengthOf(scope: string, id: string, type: FieldType): number | undefined {
  const known = LENGTHS[`${scope}.${id}`] ?? LENGTHS[id];
  if (known !== undefined) return known;
  if (type === 'text' || type === 'identifier') return DEFAULT_TEXT_LENGTH;
  if (type === 'textarea') return 4000;
  return undefined;
}

/** A field that the reference leaves unlabelled. */
const titled = (id: string): string => (id[0] ?? '').toUpperCase() + id.slice(1);

function unpackField(scope: string, category: string, packed: string): FieldMeta {
  const [id = '', label = '', packedType = 'text', flags = ''] = packed.split('|');
  // The reference lists ids of other systems as a list; every record takes its own as free text (section_N3532463).
  const type = (id === 'externalid' ? 'text' : flags.includes('o') ? 'checkbox' : packedType) as FieldType;
  const field: FieldMeta = { id, label: label || titled(id), type };
  if (flags.includes('r')) field.required = true;
  if (flags.includes('i')) field.inlineEditable = true;
  if (flags.includes('o')) field.radio = true;
  if (READ_ONLY.has(id) && !(id === 'status' && category !== 'Transaction')) field.readOnly = true;
  if (type === 'select' || type === 'multiselect') {
    const target = selectTarget(category === 'Item' && id === 'parent' ? 'item' : scope, id);
    if (target) field.selectType = target;
  }
  const maxLength = maxLengthOf(scope, id, type);
  if (maxLength !== undefined) field.maxLength = maxLength;
  return field;
}

function unpackFields(scope: string, category: string, packed: string[]): Record<string, FieldMeta> {
  const fields: Record<string, FieldMeta> = {};
  for (const entry of packed) {
    const field = unpackField(scope, category, entry);
    fields[field.id] = field;
  }
  return fields;
}

/** Columns every line has, whatever the reference lists for the sublist. */
const LINE_COLUMNS = ['line|Line ID|integer', 'lineuniquekey|Line Unique Key|integer'];
/** Classifications of a line: an account shows them by its preferences, the reference lists them for some types only. */
const LINE_SEGMENTS = ['department|Department|select', 'class|Class|select', 'location|Location|select'];

const withColumns = (fields: string[]): string[] => [
  ...fields.filter((field) => !/^line(uniquekey)?\|/.test(field)),
  ...LINE_COLUMNS,
  ...LINE_SEGMENTS.filter(
    (column) => !fields.some((field) => field.startsWith(column.slice(0, column.indexOf('|') + 1))),
  ),
];

function unpackSublists(packed: Record<string, string[]>, transaction: boolean): Record<string, SublistMeta> {
  const sublists: Record<string, SublistMeta> = {};
  for (const [id, fields] of Object.entries(packed)) {
    const keyed = transaction && ['item', 'expense', 'line'].includes(id) ? withColumns(fields) : fields;
    sublists[id] = { id, fields: unpackFields(id, '', keyed) };
  }
  return sublists;
}

function subrecordsOf(
  fields: Record<string, FieldMeta>,
  sublists: Record<string, SublistMeta>,
): Record<string, string> {
  const found: Record<string, string> = {};
  const kind = (id: string): string | undefined =>
    ADDRESS_SUBRECORDS.has(id) ? 'address' : id === 'inventorydetail' ? 'inventorydetail' : undefined;
  for (const id of Object.keys(fields)) if (kind(id)) found[id] = kind(id)!;
  for (const sublist of Object.values(sublists)) {
    for (const id of Object.keys(sublist.fields)) if (kind(id)) found[`${sublist.id}.${id}`] = kind(id)!;
  }
  return found;
}

export function unpackType(id: string, packed: PackedType): TypeMeta {
  const category = packed.category ?? 'List';
  const refuses = packed.refuses ?? '';
  const fields = unpackFields(id, category, packed.fields ?? []);
  const sublists = unpackSublists(packed.sublists ?? {}, category === 'Transaction');
  const may = (letter: string): boolean => !refuses.includes('r') && !refuses.includes(letter);
  return {
    id,
    label: packed.label ?? id,
    class: category === 'Transaction' ? 'transaction' : category === 'Custom' ? 'custom' : 'other',
    group: groupOf(id, category),
    fields,
    sublists,
    subrecords: subrecordsOf(fields, sublists),
    transforms: packed.transforms ?? [],
    scripting: { create: may('c'), copy: may('y'), delete: may('d'), edit: may('e') },
    nameField: NAME_FIELDS.find((name) => fields[name]) ?? 'id',
  };
}
