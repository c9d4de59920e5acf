import type { PlainValue } from '../../../../../contract/operation';
import type { FieldChange } from '../../../../../contract/upsert';
import { blockedBy, type Skip } from './diff-record';
import { isDate, plainDate, sameValue } from './normalise';
import type { Values } from './ports';
import type { Wanted } from './wanted';

/** What applying an operation to a record did. */
export interface Applied {
  changes: FieldChange[];
  skipped: Skip[];
}

export interface ApplyContext {
  /** The record is being created: every field is set, whatever its write mode. */
  isNew: boolean;
  stage: string | null;
  applied: Applied;
  /** Labels of values that the record has no place for: handed over, never counted as a change. */
  unknown?: ReadonlySet<string>;
}

const readCurrent = (values: Values, wanted: Wanted): unknown =>
  wanted.kind === 'text' ? values.getText({ fieldId: wanted.field }) : values.getValue({ fieldId: wanted.field });

/** A current value in a form that travels as JSON. */
export function plain(value: unknown): PlainValue {
  if (value === undefined || value === '') return null;
  if (isDate(value)) return plainDate(value);
  if (Array.isArray(value)) return value.map(String);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null)
    return value;
  return null;
}

/** Sets the fields that differ and may be written, and tells what it did. */
export function applyFields(values: Values, wanted: readonly Wanted[], context: ApplyContext): void {
  for (const one of wanted) {
    if (context.isNew) {
      if (one.value !== null) setField(values, one);
      continue;
    }
    if (context.unknown?.has(one.label) === true) {
      setField(values, one);
      continue;
    }
    const current = readCurrent(values, one);
    if (sameValue(current, one.value, one.kind)) continue;
    const blocked = blockedBy(one, current, context.stage);
    if (blocked !== null) {
      context.applied.skipped.push({ field: one.label, reason: blocked });
      continue;
    }
    setField(values, one);
    context.applied.changes.push({ field: one.label, old: plain(current), new: one.value });
  }
}

function setField(values: Values, wanted: Wanted): void {
  if (wanted.kind === 'text') values.setText({ fieldId: wanted.field, text: wanted.set });
  else values.setValue({ fieldId: wanted.field, value: wanted.set });
}

/** Addresses: the list of states depends on the country, so the country is set first (Oracle page section_4704101831). */
export function applyAddress(values: Values, wanted: readonly Wanted[], context: ApplyContext): void {
  const countryFirst = [...wanted].sort((a, b) => Number(b.field === 'country') - Number(a.field === 'country'));
  const changesCountry = countryFirst.some(
    (one) => one.field === 'country' && !sameValue(values.getValue({ fieldId: 'country' }), one.value, one.kind),
  );
  applyFields(values, countryFirst, context);
  if (!changesCountry || context.isNew) return;
  // A new country empties the state: what did not differ before has to be set again.
  for (const one of countryFirst) if (one.field === 'state' && one.value !== null) setField(values, one);
}
