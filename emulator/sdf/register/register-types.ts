import type { Account, FieldMeta, Fields, TypeMeta } from '../../kernel/types';
import { LEVELS, roleBook, type CustomRecordAccess } from '../../permissions/role-book';
import { flag, list, reference, value, type SdfObject, type XmlNode } from '../types';
import { fieldMeta } from './field-meta';
import type { Resolve } from './register-fields';

/** Custom record types: fields, access rules, instances that come with the project. */
export function registerCustomRecord(account: Account, { root, scriptId }: SdfObject, resolve: Resolve): void {
  const fields: Record<string, FieldMeta> = {};
  for (const node of list(root, 'customrecordcustomfields', 'customrecordcustomfield'))
    fields[node.attrs.scriptid ?? ''] = fieldMeta(node, resolve);
  const named = flag(root, 'includename', true);
  if (named)
    fields.name = {
      id: 'name',
      label: 'Name',
      type: 'text',
      // A type that says nothing of its name may leave it out: many objects beside a project are written that short.
      required: flag(root, 'includename') && !flag(root, 'enablenumbering'),
      inlineEditable: true,
      maxLength: 300,
    };
  const label = value(root, 'recordname') ?? scriptId;
  const before = account.registry.type(scriptId);
  account.registry.addType({ ...emptyType(scriptId, label), fields: { ...before?.fields, ...fields } });
  const { customRecords } = roleBook(account);
  // The type behind a custom segment keeps the segment's own rules.
  if (value(root, 'customsegment') === undefined || !customRecords.get(scriptId)?.segment)
    customRecords.set(scriptId, accessOf(root, label));
  noteType(account, scriptId, { name: label, description: value(root, 'description') ?? null });
  for (const instance of list(root, 'instances', 'instance')) storeInstance(account, scriptId, instance, resolve);
}

/** The type itself as a row, for SuiteQL's CustomRecordType: its internal id is the `rectype` of links. */
function noteType(account: Account, scriptId: string, fields: Fields): void {
  const scriptid = scriptId.toUpperCase();
  const known = account.store.list('customrecordtype').find((row) => row.fields.scriptid === scriptid);
  account.store.put({
    type: 'customrecordtype',
    id: known?.id ?? null,
    externalId: null,
    version: known?.version ?? 0,
    fields: { isinactive: false, ...fields, scriptid },
    sublists: {},
    subrecords: {},
  });
}

/** A custom record type before its fields are known. */
export const emptyType = (id: string, label: string): TypeMeta => ({
  id,
  label,
  class: 'custom',
  group: id,
  fields: {},
  sublists: {},
  subrecords: {},
  transforms: [],
  scripting: { create: true, copy: true, delete: true, edit: true },
  nameField: 'name',
});

function accessOf(root: XmlNode, label: string): CustomRecordAccess {
  const granted = new Map<string, number>();
  const ownOnly: CustomRecordAccess['ownOnly'] = new Map();
  for (const permission of list(root, 'permissions', 'permission')) {
    const role = reference(value(permission, 'permittedrole') ?? '').toLowerCase();
    granted.set(role, LEVELS[value(permission, 'permittedlevel') ?? 'NONE'] ?? 0);
    const restriction = value(permission, 'restriction');
    if (restriction === 'EDIT' || restriction === 'VIEWANDEDIT') ownOnly.set(role, restriction);
  }
  return {
    label,
    accessType: (value(root, 'accesstype') ?? 'CUSTRECORDENTRYPERM') as CustomRecordAccess['accessType'],
    list: granted,
    ownOnly,
  };
}

/** A row that the project brings along; a second deploy updates it, found by its script id. */
function storeInstance(account: Account, type: string, node: XmlNode, resolve: Resolve): void {
  const scriptid = node.attrs.scriptid ?? '';
  const known = account.store.list(type).find((row) => row.fields.scriptid === scriptid);
  const fields = Object.fromEntries(
    node.children.filter((c) => c.text !== '').map((c) => [c.tag, instanceValue(account, type, c, resolve)]),
  );
  account.store.put({
    type,
    id: known?.id ?? null,
    externalId: known?.externalId ?? null,
    version: known?.version ?? 0,
    fields: { isinactive: false, ...known?.fields, ...fields, scriptid },
    sublists: {},
    subrecords: {},
  });
}

function instanceValue(
  account: Account,
  type: string,
  node: XmlNode,
  resolve: Resolve,
): string | number | boolean | string[] {
  const meta = account.registry.type(type)?.fields[node.tag];
  if (meta?.type === 'checkbox' || node.tag === 'isinactive') return node.text === 'T';
  if (meta?.type === 'multiselect') return node.text.split('|').map(resolve);
  if (['integer', 'float', 'currency', 'percent'].includes(meta?.type ?? '')) return Number(node.text);
  return resolve(node.text);
}

/** Custom lists: values are numbered in their order unless the file gives internal ids; a known script id keeps its number. */
export function registerCustomList(account: Account, { root, scriptId }: SdfObject): void {
  const before = new Map(
    account.registry.type(scriptId)
      ? account.store.list(scriptId).map((row) => [String(row.fields.scriptid), row.id ?? ''])
      : [],
  );
  let next = Math.max(0, ...[...before.values()].map(Number));
  const values = list(root, 'customvalues', 'customvalue').map((node) => {
    const own = node.attrs.scriptid ?? '';
    return {
      id: before.get(own) ?? value(node, 'internalId') ?? String(++next),
      scriptId: own,
      text: value(node, 'value') ?? '',
      inactive: flag(node, 'isinactive'),
    };
  });
  account.registry.addList(scriptId, value(root, 'name') ?? scriptId, values);
}
