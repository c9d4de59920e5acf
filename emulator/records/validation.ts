import type { Account, RecordData, TypeMeta } from '../kernel/types';

/** One record before it is stored, with what its checks look at. */
export interface Validation {
  account: Account;
  meta: TypeMeta;
  record: RecordData;
  old: RecordData | undefined;
  ignoreMandatory: boolean;
  /** Only these fields are checked (list edit); null checks all that differ from what is stored. */
  changed: string[] | null;
}

/** Has the field another value than before? */
export function isChanged({ record, old, changed }: Validation, field: string): boolean {
  if (changed && !changed.includes(field)) return false;
  const before = old?.fields[field] ?? null;
  const after = record.fields[field] ?? null;
  return Array.isArray(after) ? JSON.stringify(after) !== JSON.stringify(before) : after !== before;
}
