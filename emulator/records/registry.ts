import type { FieldMeta, Registry, TypeMeta } from '../kernel/types';
import { withCustomRecordFields } from './custom-record-type';
import { packedType, standardTypeIds } from './merge-types';
import { childListId, parentsOf } from './child-lists';
import { unpackType } from './unpack-type';

/** Registers what a custom list needs to know about its values; the record engine stores them. */
export type ListSink = (
  id: string,
  values: { id: string; scriptId: string; text: string; inactive: boolean }[],
) => void;

/** Standard types are unpacked when first asked for: an account uses a few dozen of some three hundred. */
export class AccountRegistry implements Registry {
  revision = 1;
  private readonly known = new Map<string, TypeMeta>();
  private readonly standard = new Set(standardTypeIds());
  private childLists: { parent: string; child: TypeMeta; field: string }[] = [];
  private readonly storeList: ListSink;

  constructor(storeList: ListSink) {
    this.storeList = storeList;
  }

  type(id: string): TypeMeta | undefined {
    return this.known.get(id) ?? this.find(id.toLowerCase());
  }

  types(): TypeMeta[] {
    for (const id of this.standard) this.type(id);
    return [...new Set(this.known.values())];
  }

  addType(meta: TypeMeta): void {
    this.revision++;
    const complete = meta.class === 'custom' ? withCustomRecordFields(meta) : meta;
    this.known.set(meta.id.toLowerCase(), complete);
    this.attachChildren(complete);
    for (const field of Object.values(complete.fields)) if (field.isParent) this.addChildList(complete, field);
  }

  addField(typeIds: string[], field: FieldMeta, sublist?: string): void {
    this.revision++;
    for (const id of typeIds) {
      const type = this.type(id);
      if (!type) continue;
      if (sublist === undefined) {
        type.fields[field.id] = field;
        if (field.isParent) this.addChildList(type, field);
      } else (type.sublists[sublist] ??= { id: sublist, fields: {} }).fields[field.id] = field;
    }
  }

  addList(
    id: string,
    label: string,
    values: { id: string; scriptId: string; text: string; inactive: boolean }[],
  ): void {
    const text: FieldMeta = { id: 'name', label: 'Name', type: 'text', required: true };
    const scriptId: FieldMeta = { id: 'scriptid', label: 'ID', type: 'text' };
    this.addType({
      id,
      label,
      class: 'custom',
      group: id,
      fields: { name: text, scriptid: scriptId },
      sublists: {},
      subrecords: {},
      transforms: [],
      scripting: { create: true, copy: true, delete: true, edit: true },
      nameField: 'name',
    });
    this.storeList(id, values);
  }

  /** Remembers all types with their fields as they are now; the answer brings them back (control call `reset`). */
  snapshot(): () => void {
    const copy = (types: Map<string, TypeMeta>): Map<string, TypeMeta> =>
      new Map([...types].map(([id, meta]) => [id, copyType(meta)]));
    const saved = copy(this.known);
    return () => {
      this.revision++;
      this.known.clear();
      for (const [id, meta] of copy(saved)) this.known.set(id, meta);
      this.childLists = [];
      for (const meta of [...this.known.values()]) {
        for (const field of Object.values(meta.fields)) if (field.isParent) this.addChildList(meta, field);
      }
    };
  }

  private find(id: string): TypeMeta | undefined {
    const known = this.known.get(id);
    if (known || !this.standard.has(id)) return known;
    const meta = unpackType(
      id,
      packedType(id) ?? { category: id === 'entity' ? 'Entity' : 'List', fields: ['name|Name|text'] },
    );
    this.known.set(id, meta);
    this.attachChildren(meta);
    return meta;
  }

  /** Lists of child records whose parent this type is. They share the child's fields, also those that are added later. */
  private attachChildren(meta: TypeMeta): void {
    for (const { parent, child, field } of this.childLists) {
      if (parentsOf(parent).includes(meta.id))
        meta.sublists[childListId(field)] = { id: childListId(field), fields: child.fields };
    }
  }

  private addChildList(child: TypeMeta, field: FieldMeta): void {
    if (field.selectType === undefined) return;
    this.childLists.push({ parent: field.selectType, child, field: field.id });
    for (const id of parentsOf(field.selectType)) {
      const known = this.known.get(id);
      if (known) this.attachChildren(known);
    }
  }
}

const copyType = (meta: TypeMeta): TypeMeta => ({
  ...meta,
  fields: { ...meta.fields },
  sublists: Object.fromEntries(
    Object.entries(meta.sublists).map(([id, list]) => [id, { id: list.id, fields: { ...list.fields } }]),
  ),
});

export const createRegistry = (storeList: ListSink): AccountRegistry => new AccountRegistry(storeList);
