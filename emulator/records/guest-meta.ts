import type { Account, FieldMeta, TypeMeta } from '../kernel/types';
import { triggersOf } from './source-triggers';

/** The form in which the guest wants metadata: see emulator/guest/modules/record/meta.ts. */
export interface PackedMeta {
  type: string;
  body: string;
  sublists: Record<string, string>;
  subrecords: Record<string, string>;
  triggers: Record<string, string[]>;
}

const packField = (field: FieldMeta): string => {
  const flags = (field.required ? 'r' : '') + (field.radio ? 'o' : '') + (field.readOnly ? 'x' : '');
  return `\n${field.id}|${field.type}|${flags}|${field.selectType ?? ''}|${field.label.replaceAll('\n', ' ')}`;
};

const packFields = (fields: Record<string, FieldMeta>): string => Object.values(fields).map(packField).join('');

interface Cached {
  packed: PackedMeta;
  fields: number;
}
const cache = new WeakMap<TypeMeta, Cached>();

const countFields = (meta: TypeMeta): number =>
  Object.keys(meta.fields).length +
  Object.values(meta.sublists).reduce((sum, list) => sum + Object.keys(list.fields).length, 0);

/** Packed once a type; custom fields that arrive later are noticed by their number. */
export function packMeta(meta: TypeMeta): PackedMeta {
  const fields = countFields(meta);
  const cached = cache.get(meta);
  if (cached?.fields === fields) return cached.packed;
  const sublists: Record<string, string> = {};
  for (const [id, list] of Object.entries(meta.sublists)) sublists[id] = packFields(list.fields);
  const packed = {
    type: meta.id,
    body: packFields(meta.fields),
    sublists,
    subrecords: meta.subrecords,
    triggers: triggersOf(meta),
  };
  cache.set(meta, { packed, fields });
  return packed;
}

/** Metadata of a type and of its subrecords, without what the guest already has. */
export function metaFor(account: Account, meta: TypeMeta, have: string[] = []): PackedMeta[] {
  const types = [meta, ...[...new Set(Object.values(meta.subrecords))].map((id) => account.registry.type(id))];
  return types.filter((type): type is TypeMeta => type !== undefined && !have.includes(type.id)).map(packMeta);
}
