import type { Account, RecordData, TypeMeta } from '../kernel/types';
import { validateAddresses } from './validate-addresses';
import { validateLengths } from './validate-lengths';
import { validateLines } from './validate-lines';
import { validateMandatory } from './validate-mandatory';
import { validateNames } from './validate-names';
import { validateReferences } from './validate-references';

export interface Validation {
  account: Account;
  meta: TypeMeta;
  record: RecordData;
  old: RecordData | undefined;
  ignoreMandatory: boolean;
  /** Only these fields are checked (list edit); null checks all that differ from what is stored. */
  changed: string[] | null;
}

/** Refusals of a save, in the order in which a form would raise them. */
export function validateRecord(validation: Validation): void {
  validateLengths(validation);
  validateMandatory(validation);
  validateReferences(validation);
  validateAddresses(validation);
  validateLines(validation);
  validateNames(validation);
}

/** Has the field another value than before? */
export function isChanged({ record, old, changed }: Validation, field: string): boolean {
  if (changed && !changed.includes(field)) return false;
  const before = old?.fields[field] ?? null;
  const after = record.fields[field] ?? null;
  return Array.isArray(after) ? JSON.stringify(after) !== JSON.stringify(before) : after !== before;
}
