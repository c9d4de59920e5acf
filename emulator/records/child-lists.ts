import type { Account, LineData, RecordData, TypeMeta } from '../kernel/types';
import { nowIso } from './clock-day';
import { familyOf } from './type-groups';

/** `recmach` lists: the records of a custom type whose field "Record is Parent" points to this record, edited as lines of it. */
const PREFIX = 'recmach';

export const childListId = (field: string): string => `${PREFIX}${field}`;
export const isChildList = (sublist: string): boolean => sublist.startsWith(PREFIX);
export const parentsOf = (selectType: string): string[] => familyOf(selectType);

interface ChildType {
  sublist: string;
  field: string;
  meta: TypeMeta;
}

/** The type behind a list: the one that has the field. */
function childTypes(account: Account, meta: TypeMeta): ChildType[] {
  const lists = Object.keys(meta.sublists).filter(isChildList);
  if (lists.length === 0) return [];
  const custom = account.registry.types().filter((type) => type.class === 'custom');
  return lists.flatMap((sublist) => {
    const field = sublist.slice(PREFIX.length);
    const child = custom.find((type) => type.fields[field] !== undefined);
    return child ? [{ sublist, field, meta: child }] : [];
  });
}

function childrenIn(account: Account, child: ChildType, parentId: string): RecordData[] {
  account.store.ensureIndex(child.meta.id, child.field);
  const rows = account.store.db
    .prepare<[string, string]>(
      `SELECT id FROM record WHERE type = ? AND json_extract(data, '$.fields.${child.field}') = ? ORDER BY id`,
    )
    .all(child.meta.id, parentId) as { id: number }[];
  return rows.map((row) => account.store.get(child.meta.id, String(row.id))!);
}

/** Fills the lists of a record that is being opened. */
export function loadChildLists(account: Account, meta: TypeMeta, record: RecordData): void {
  for (const child of record.id === null ? [] : childTypes(account, meta)) {
    record.sublists[child.sublist] = childrenIn(account, child, record.id!).map(({ id, fields }) => ({
      fields: { ...fields, id },
    }));
  }
}

/** Takes the lists out of a record that is being stored; the answer writes them once the record has its id. */
export function takeChildLists(account: Account, meta: TypeMeta, record: RecordData): (parentId: string) => void {
  const taken = childTypes(account, meta).flatMap((child) => {
    const lines = record.sublists[child.sublist];
    delete record.sublists[child.sublist];
    return lines ? [{ child, lines }] : [];
  });
  return (parentId) => {
    for (const { child, lines } of taken) writeChildren(account, child, lines, parentId);
  };
}

/** Lines with an id are edits of that record, lines without one new records; records whose line is gone are removed. */
function writeChildren(account: Account, child: ChildType, lines: LineData[], parentId: string): void {
  const before = new Map(childrenIn(account, child, parentId).map((record) => [record.id!, record]));
  for (const { fields } of lines) {
    const { id, ...values } = fields;
    const existing = typeof id === 'string' ? before.get(id) : undefined;
    if (existing) before.delete(existing.id!);
    const wanted = { ...existing?.fields, ...values, [child.field]: parentId };
    if (existing && JSON.stringify(wanted) === JSON.stringify(existing.fields)) continue;
    const now = nowIso(account);
    const stamps = { created: existing?.fields.created ?? now, lastmodified: now };
    const record: RecordData = existing ?? {
      type: child.meta.id,
      id: null,
      externalId: null,
      version: 0,
      fields: {},
      sublists: {},
      subrecords: {},
    };
    account.store.put({ ...record, fields: { isinactive: false, ...wanted, ...stamps } });
  }
  for (const id of before.keys()) account.store.remove(child.meta.id, id);
}
