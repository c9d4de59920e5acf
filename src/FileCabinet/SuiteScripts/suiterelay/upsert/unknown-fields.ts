import { fail } from './operation-failure';
import type { EditableRecord } from './ports';
import type { ResolvedOperation } from './resolved-operation';

/**
 * Labels of values that the open record has no place for. NetSuite takes such values and drops them without a word: a misspelt mapping, a
 * custom field that was deleted or never applied to the type. Each is told as a warning, and none counts as a change. A sublist that is not
 * there fails the operation, because its lines are business.
 */
export function unknownFields(
  record: EditableRecord,
  resolved: ResolvedOperation,
  /** Fields that a query has shown: they are there, whatever the form says. */
  shown: ReadonlyMap<string, unknown> = new Map(),
): ReadonlySet<string> {
  const { recordType } = resolved.operation;
  const unknown = new Set<string>();
  const tell = (label: string, what: string): void => {
    unknown.add(label);
    // A save that lost a race begins anew.
    if (resolved.warnings.some(({ code, field }) => code === 'FIELD_UNKNOWN' && field === label)) return;
    resolved.warnings.push({
      code: 'FIELD_UNKNOWN',
      message: `${label}: ${recordType} has no ${what} in this account, the value is not kept; correct the mapping or apply the field to the type`,
      field: label,
    });
  };
  for (const { field, label, value } of resolved.body)
    if (value !== null && !shown.has(field) && !record.hasField(field)) tell(label, `field ${field}`);
  for (const { name, keyField, lines } of resolved.sublists) {
    if (!record.hasSublist(name)) {
      throw fail('FIELD_UNKNOWN', `${name}: ${recordType} has no such sublist; correct the mapping`, { field: name });
    }
    for (const line of lines) {
      for (const { field, label, value } of line.fields)
        if (value !== null && field !== keyField && !record.hasField(field, name)) tell(label, `column ${field}`);
    }
  }
  return unknown;
}
