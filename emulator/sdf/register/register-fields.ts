import type { Account } from '../../kernel/types';
import { flag, reference, value, type SdfObject, type XmlNode } from '../types';
import { BODY_FLAGS, COLUMN_FLAGS, CRM_FLAGS, ENTITY_FLAGS, ITEM_FLAGS, PARENTS } from './applies-to';
import { fieldMeta, selectType } from './field-meta';

export type Resolve = (text: string) => string;

const applied = (node: XmlNode, flags: Record<string, string[]>): string[] =>
  Object.entries(flags).flatMap(([id, types]) => (flag(node, id) ? types : []));

/** The types themselves and the searchable parents of their groups. */
export function withParents(account: Account, types: string[]): string[] {
  const parents = types.map((type) => PARENTS[account.registry.type(type)?.group ?? '']).filter((p) => p !== undefined);
  return [...new Set([...types, ...parents])];
}

const BY_FLAGS: Record<string, Record<string, string[]>> = {
  entitycustomfield: ENTITY_FLAGS,
  crmcustomfield: CRM_FLAGS,
  transactionbodycustomfield: BODY_FLAGS,
  itemcustomfield: ITEM_FLAGS,
};

/** entity, CRM, body and item fields: one field on several record types. */
export function registerFlaggedField(account: Account, { root }: SdfObject, resolve: Resolve): void {
  const types = applied(root, BY_FLAGS[root.tag] ?? {});
  const custom = (value(root, 'bodycustomtransactions') ?? '').split('|').filter(Boolean).map(reference);
  account.registry.addField(withParents(account, [...types, ...custom]), fieldMeta(root, resolve));
}

/** Column fields: on the line sublists of the transactions they are shown on. */
export function registerColumnField(account: Account, { root }: SdfObject, resolve: Resolve): void {
  const meta = fieldMeta(root, resolve);
  for (const [id, places] of Object.entries(COLUMN_FLAGS)) {
    if (!flag(root, id)) continue;
    for (const [types, sublist] of places) account.registry.addField(types, meta, sublist);
  }
  account.registry.addField(['transaction'], meta, 'item');
}

/** Item options are columns of the sales (and purchase) transactions that allow them. */
export function registerItemOption(account: Account, { root }: SdfObject, resolve: Resolve): void {
  const meta = fieldMeta(root, resolve);
  for (const id of ['colsale', 'colopportunity', 'colpurchase', 'coltransferorder']) {
    if (flag(root, id))
      for (const [types, sublist] of COLUMN_FLAGS[id] ?? []) account.registry.addField(types, meta, sublist);
  }
}

/** Fields of other records (`othercustomfield`): one type, named by a list id or a reference. */
export function registerOtherField(account: Account, { root }: SdfObject, resolve: Resolve): void {
  const target = value(root, 'rectype');
  if (target !== undefined) account.registry.addField([selectType(target)], fieldMeta(root, resolve));
}
