import type { Account, FieldMeta, TypeMeta } from '../kernel/types';
import { figureMark, lineFigureMark } from './figures';
import { triggersOf } from './source-triggers';

/** The form in which the guest wants metadata: see emulator/guest/modules/record/meta.ts. */
export interface PackedMeta {
  type: string;
  body: string;
  sublists: string[];
  subrecords: Record<string, string>;
  triggers: Record<string, string[]>;
  lenient?: boolean;
}

const BETWEEN = '\u007f';

const packField = (field: FieldMeta, mark: string): string => {
  const flags = (field.required ? 'r' : '') + (field.radio ? 'o' : '') + (field.readOnly ? 'x' : '');
  return `${field.id}|${mark}${field.type}|${flags}|${field.selectType ?? ''}|${field.label}`;
};

/** Ids and descriptions as one text: objects would cost each realm a hidden class a field, and a list a string a field. */
const packFields = (fields: Record<string, FieldMeta>, markOf: (id: string) => string): string => {
  const packed = Object.values(fields).map((field) => packField(field, markOf(field.id)));
  return packed.length === 0 ? '' : `${BETWEEN}${packed.join(BETWEEN)}${BETWEEN}`;
};

const cache = new WeakMap<TypeMeta, { revision: number; packed: PackedMeta }>();

/** Packed once a type, and again when the registry has changed. */
export function packMeta(account: Account, meta: TypeMeta): PackedMeta {
  const packed = packOnce(account, meta);
  return account.settings.unknownCustomFields === 'accept' ? { ...packed, lenient: true } : packed;
}

function packOnce(account: Account, meta: TypeMeta): PackedMeta {
  const { revision } = account.registry;
  const cached = cache.get(meta);
  if (cached?.revision === revision) return cached.packed;
  const sublists = Object.entries(meta.sublists).flatMap(([id, list]) => [
    id,
    packFields(list.fields, (field) => lineFigureMark(meta, id, field)),
  ]);
  const packed = {
    type: meta.id,
    body: packFields(meta.fields, (field) => figureMark(meta, field)),
    sublists,
    subrecords: meta.subrecords,
    triggers: triggersOf(meta),
  };
  cache.set(meta, { revision, packed });
  return packed;
}

/** Metadata of a type and of its subrecords, without what the guest already has. */
export function metaFor(account: Account, meta: TypeMeta, have: string[] = []): PackedMeta[] {
  const wanted = [meta.id, ...Object.values(meta.subrecords)].filter(
    (id, index, all) => !have.includes(id) && all.indexOf(id) === index,
  );
  return wanted.flatMap((id) => {
    const type = id === meta.id ? meta : account.registry.type(id);
    return type ? [packMeta(account, type)] : [];
  });
}
