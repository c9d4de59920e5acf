import type { Account, FieldMeta, TypeMeta } from '../kernel/types';

/** Lists that every save of a type needs, worked out once and again when the registry has changed. */
export interface DerivedMeta {
  withDefault: FieldMeta[];
  /** Custom fields that are mandatory on all forms, and the name of a custom record that has one. */
  requiredCustom: FieldMeta[];
  notStored: string[];
  requiredColumns: Record<string, FieldMeta[]>;
}

const cache = new WeakMap<TypeMeta, { revision: number; derived: DerivedMeta }>();

const isRequiredCustom = (field: FieldMeta): boolean => field.custom === true && field.required === true;

function derive(meta: TypeMeta): DerivedMeta {
  const fields = Object.values(meta.fields);
  const columns = Object.entries(meta.sublists).map(
    ([id, list]) => [id, Object.values(list.fields).filter(isRequiredCustom)] as const,
  );
  return {
    withDefault: fields.filter((field) => field.defaultValue !== undefined),
    // A custom record's name is as mandatory as its own fields.
    requiredCustom: fields.filter(
      (field) => isRequiredCustom(field) || (meta.class === 'custom' && field.id === meta.nameField && field.required),
    ),
    notStored: fields.filter((field) => field.stored === false).map((field) => field.id),
    requiredColumns: Object.fromEntries(columns.filter(([, list]) => list.length > 0)),
  };
}

export function derivedMeta(account: Account, meta: TypeMeta): DerivedMeta {
  const { revision } = account.registry;
  const known = cache.get(meta);
  if (known?.revision === revision) return known.derived;
  const derived = derive(meta);
  cache.set(meta, { revision, derived });
  return derived;
}
