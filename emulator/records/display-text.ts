import type { Account, RecordData, Value } from '../kernel/types';
import { findReference, targetType } from './find-record';
import { listEntries, listText } from './option-lists';

const NAME_FIELDS = [
  'entityid',
  'itemid',
  'groupname',
  'name',
  'title',
  'subject',
  'acctname',
  'periodname',
  'companyname',
  'displayname',
  'inventorynumber',
];
const text = (value: Value | undefined): string => (value === undefined || value === null ? '' : String(value));

/** Kinds of records that may lie below others of their kind. */
const NESTED = new Set(['entity', 'item', 'account', 'classification', 'department', 'location', 'subsidiary']);
const DEEPEST = 20;

/** The name with those above it, as selects and lists show it: `Parent : Child`. */
export function fullName(account: Account, record: RecordData, depth = 0): string {
  const kind = account.registry.type(record.type)?.group ?? record.type;
  const { parent } = record.fields;
  const within = NESTED.has(kind) ? kind : NESTED.has(record.type) ? record.type : undefined;
  const own = recordName(account, record);
  if (within === undefined || typeof parent !== 'string' || parent === '' || depth > DEEPEST) return own;
  const above = findReference(account, within, parent);
  return above && above.id !== record.id ? `${fullName(account, above, depth + 1)} : ${own}` : own;
}

/** A transaction reads `Sales Order #SO1001`; everything else by its name. */
export function recordName(account: Account, record: RecordData): string {
  const meta = account.registry.type(record.type);
  if (meta?.group === 'transaction')
    return `${meta.label} #${text(record.fields.tranid ?? record.fields.transactionnumber)}`;
  if (record.type === 'account' && record.fields.acctnumber)
    return `${text(record.fields.acctnumber)} ${text(record.fields.acctname)}`;
  for (const field of NAME_FIELDS) if (record.fields[field]) return text(record.fields[field]);
  return text(record.id);
}

/** What a select with this value shows (getText, BUILTIN.DF, result.getText). Unknown ids read as nothing. */
export function displayText(account: Account, selectType: string | undefined, value: string): string {
  if (!selectType || value === '') return value;
  if (selectType.startsWith('list:')) return listText(selectType, value) ?? '';
  if (selectType.startsWith('address:')) return value;
  if (selectType === 'pricelevel' && value === '-1') return 'Custom';
  const record = findReference(account, selectType, value);
  return record ? entryText(account, selectType, record) : '';
}

/** An entity's status reads with its stage before it (`CUSTOMER-Closed Won`), a transaction's without. */
const entryText = (account: Account, selectType: string, record: RecordData): string =>
  selectType.endsWith(':stage')
    ? `${text(record.fields.stage)}-${fullName(account, record)}`
    : fullName(account, record);

/** The id behind a text, exact but for case; a name below others is found with them and without. */
export function findText(account: Account, selectType: string | undefined, wanted: string): string | null {
  const name = wanted.trim().toLowerCase();
  const options = selectOptions(account, selectType).map(({ value, text: shown }) => ({
    value,
    shown: shown.toLowerCase(),
  }));
  const found =
    options.find(({ shown }) => shown === name) ??
    options.find(({ shown }) => shown.split(' : ').at(-1) === name) ??
    (selectType?.endsWith(':stage') ? options.find(({ shown }) => shown.endsWith(`-${name}`)) : undefined);
  return found?.value ?? null;
}

/** All entries of a select, in order of id. */
export function selectOptions(account: Account, selectType: string | undefined): { value: string; text: string }[] {
  if (!selectType) return [];
  if (selectType.startsWith('list:')) return listEntries(selectType);
  const target = targetType(selectType);
  const meta = account.registry.type(target);
  const types = ['item', 'entity', 'transaction', 'activity'].includes(target)
    ? account.registry
        .types()
        .filter((type) => type.group === meta?.group)
        .map((type) => type.id)
    : target === 'customer'
      ? ['customer', 'lead', 'prospect', 'job']
      : [target];
  return types
    .flatMap((type) => account.store.list(type))
    .map((record) => ({ value: record.id!, text: entryText(account, selectType, record) }));
}
