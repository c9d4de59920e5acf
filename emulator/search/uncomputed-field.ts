import type { FieldMeta } from '../kernel/types';
import { givenOr, isUncomputed } from '../suiteql/catalog/uncomputed';
import { formatOf, rawField } from './fields';
import { listedField, targetOf } from './search-fields';
import type { SearchBase } from './search-type';
import type { SearchField } from './field-type';

/**
 * A field that an account works out and this emulator does not: what the record was given, else an error that names it. Undefined when
 * the name is no such field of `kind`. `raw` is the given value, `id` the row's.
 */
export function uncomputedField(
  base: SearchBase,
  kind: string,
  name: string,
  meta: FieldMeta | undefined,
  raw: string,
  id: string,
): SearchField | undefined {
  if (!isUncomputed(kind, name)) return undefined;
  const listed = listedField(kind, name) ?? listedField(base.id, name) ?? listedField(base.types[0] ?? '', name);
  const format = meta ? formatOf(meta.type) : listed?.format;
  if (!format) return undefined;
  return rawField(givenOr(raw, kind, name, id), format, meta?.selectType ?? targetOf(kind, name));
}
