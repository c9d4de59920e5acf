import type { FoundRecord } from '../../delivery/crm-adapter';
import { soqlText } from './build-query';
import { chunkValues } from './chunk-values';

/** Values of one query at most. */
const VALUES = 100;

/** SOQL takes dates without quotes; a field alone that records are found by is a text, whatever stands in it. */
const literal = (value: string, compound: boolean): string =>
  compound && /^\d{4}-\d\d-\d\d$/.test(value) ? value : soqlText(value);

/**
 * Records whose field, or several fields joined by `+`, have one of the values (joined by `|`). `query` runs SOQL and answers all rows.
 */
export async function findSalesforceRecords(
  query: (soql: string) => Promise<readonly Record<string, unknown>[]>,
  object: string,
  field: string,
  values: readonly string[],
  fields: readonly string[],
): Promise<Map<string, FoundRecord[]>> {
  const keys = field.split('+');
  const found = new Map<string, FoundRecord[]>();
  for (const some of chunkValues(values, (value) => value, VALUES)) {
    // A name may well hold the mark that stands between the values of several fields.
    const part = some.map((value) => (keys.length === 1 ? [value] : value.split('|')));
    const conditions = keys.map((key, at) => {
      const wanted = [...new Set(part.map((members) => members[at] ?? ''))];
      return `${key} IN (${wanted.map((value) => literal(value, keys.length > 1)).join(', ')})`;
    });
    const select = [...new Set(['Id', ...keys, ...fields])].join(', ');
    for (const row of await query(`SELECT ${select} FROM ${object} WHERE ${conditions.join(' AND ')}`)) {
      const key = keys
        .map((name) => textAt(row, name))
        .join('|')
        .toLowerCase();
      found.set(key, [...(found.get(key) ?? []), { id: String(row['Id']), fields: row }]);
    }
  }
  return found;
}

function textAt(row: Record<string, unknown>, path: string): string {
  let current: unknown = row;
  for (const step of path.split('.')) current = (current as Record<string, unknown> | null | undefined)?.[step];
  return typeof current === 'string' || typeof current === 'number' ? String(current) : '';
}
