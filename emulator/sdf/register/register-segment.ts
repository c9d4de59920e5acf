import type { Account, FieldMeta } from '../../kernel/types';
import { LEVELS, roleBook } from '../../permissions/role-book';
import { flag, list, reference, value, type SdfObject, type XmlNode } from '../types';
import { BODY_FLAGS, COLUMN_FLAGS, ENTITY_FLAGS, ITEM_FLAGS } from './applies-to';
import { withParents } from './register-fields';
import { emptyType } from './register-types';

/** Applications whose id is not the flag of a custom field with another prefix. */
const RENAMED: Record<string, string> = {
  bodyjournalentry: 'bodyjournal',
  coljournalentry: 'coljournal',
  colworkorder: 'colbuild',
  colownershiptransfer: 'coltransferorder',
  appliestojob: 'appliestoproject',
  appliestoentitygroup: 'appliestogroup',
  appliestogenericresource: 'appliestogenericrsrc',
  appliestoinventoryitem: 'appliestoinventory',
  appliestononinventoryitem: 'appliestononinventory',
  appliestoserviceitem: 'appliestoservice',
  appliestootherchargeitem: 'appliestoothercharge',
  appliestoassemblyitem: 'appliestoitemassembly',
  appliestokititem: 'appliestokit',
  appliestoitemgroup: 'appliestogroup',
};

const flagOf = (prefix: string, id: string): string => {
  const name = `${prefix}${id.toLowerCase()}`;
  return RENAMED[name] ?? name;
};

/** The applications of a group that are switched on. */
function appliedIn(group: XmlNode): string[] {
  const nodes = [...group.children, ...group.children.flatMap((node) => node.children)];
  return nodes.flatMap((node) => {
    const id = value(node, 'id');
    return id !== undefined && flag(node, 'isapplied', true) ? [id] : [];
  });
}

/** Record types that show the segment in their body; a group without a table of its own names types or custom records. */
function bodyTypes(group: string, id: string): string[] {
  if (group === 'transactionbody') return BODY_FLAGS[flagOf('body', id)] ?? [];
  const flags = group === 'entities' ? ENTITY_FLAGS : group === 'items' ? ITEM_FLAGS : {};
  return flags[flagOf('appliesto', id)] ?? [reference(id).toLowerCase()];
}

/** `subtype` of items: those for sale or resale, for purchase or resale, or all. */
const ofSubtype = (subtype: string | undefined, type: string): boolean =>
  subtype === 'SALE' ? !type.endsWith('purchaseitem') : subtype !== 'PURCHASE' || !/(?<!re)saleitem$/.test(type);

function apply(account: Account, group: XmlNode, field: FieldMeta): void {
  for (const id of appliedIn(group)) {
    if (group.tag !== 'transactionline') {
      const types = bodyTypes(group.tag, id).filter((type) => ofSubtype(value(group, 'subtype'), type));
      account.registry.addField(withParents(account, types), field);
      continue;
    }
    for (const [types, sublist] of COLUMN_FLAGS[flagOf('col', id)] ?? [])
      account.registry.addField(types, field, sublist);
    account.registry.addField(['transaction'], field, 'item');
  }
}

/**
 * Custom segments: a select field on what they apply to, body or lines, over values that are records of `customrecord_cseg_x`. Who may
 * open or change the values is the segment's own permission list (`valuemgmtaccesslevel`, "the default value is 'NONE'" in SDF's reference of `customsegment`).
 */
export function registerSegment(account: Account, { root, scriptId }: SdfObject): void {
  const recordType = reference(value(root, 'recordtype') ?? `customrecord_${scriptId}`);
  const label = value(root, 'label') ?? scriptId;
  if (!account.registry.type(recordType)) account.registry.addType(emptyType(recordType, label));
  const field: FieldMeta = {
    id: scriptId,
    label,
    type: value(root, 'fieldtype') === 'MULTISELECT' ? 'multiselect' : 'select',
    selectType: recordType,
    custom: true,
    inlineEditable: true,
    ...(flag(root, 'ismandatory') ? { required: true } : {}),
  };
  const granted = list(root, 'permissions', 'permission').map((node): [string, number] => [
    reference(value(node, 'role') ?? '').toLowerCase(),
    LEVELS[value(node, 'valuemgmtaccesslevel') ?? 'NONE'] ?? 0,
  ]);
  roleBook(account).customRecords.set(recordType, {
    label,
    segment: true,
    accessType: 'USEPERMISSIONLIST',
    list: new Map(granted),
    ownOnly: new Map(),
  });
  const applications = root.children.find(({ tag }) => tag === 'segmentapplication');
  for (const group of applications?.children ?? []) apply(account, group, field);
}
