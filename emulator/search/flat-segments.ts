import { ownName } from '../suiteql/catalog/display';
import type { SearchField } from './field-type';

/** A select whose text is the entry's own name, without those above it. */
export const withoutLevels = (field: SearchField, target: string): SearchField => ({
  ...field,
  text: `(SELECT ${ownName('d', target)} FROM record d WHERE d.type = '${target}' AND d.id = CAST(${field.value.sql} AS INTEGER))`,
});

const SEGMENTS: [name: string, field: string, target: string][] = [
  ['departmentnohierarchy', 'department', 'department'],
  ['classnohierarchy', 'class', 'classification'],
  ['locationnohierarchy', 'location', 'location'],
];

/** `departmentnohierarchy` and its like; `make` builds the select that reads a field and points to a list. */
export const flatSegments = <Row>(
  make: (field: string, target: string) => (row: Row) => SearchField,
): Record<string, (row: Row) => SearchField> =>
  Object.fromEntries(
    SEGMENTS.map(([name, field, target]) => [name, (row: Row) => withoutLevels(make(field, target)(row), target)]),
  );
