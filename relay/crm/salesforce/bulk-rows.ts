import type { CrmWrite } from '../../delivery/crm-adapter';
import { writeCsv } from './csv';
import { ID } from './write-collections';

/** What one upload may hold; Salesforce takes 150 MB after base64 (Bulk API 2.0, "Upload Job Data"). */
export const MAX_BYTES = 100_000_000;

/** Empty leaves a field alone in Bulk API 2.0; this clears it. */
const CLEARED = '#N/A';

/** `{Account__r: {Key__c: '1'}}` becomes the column `Account__r.Key__c`. */
function flatten(fields: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(fields).flatMap(([name, value]): [string, unknown][] => {
    if (typeof value === 'object' && value !== null)
      return Object.entries(value).map(([key, inner]) => [`${name}.${key}`, inner]);
    return [[name, value === null || value === '' ? CLEARED : value]];
  });
}

/** The records as CSV, in as many uploads as their size needs. */
export function toUploads(
  items: readonly CrmWrite[],
  by: string,
  maxBytes = MAX_BYTES,
): { items: CrmWrite[]; csv: string }[] {
  const csv = toCsv(items, by);
  if (items.length <= 1 || Buffer.byteLength(csv) <= maxBytes) return [{ items: [...items], csv }];
  const middle = Math.ceil(items.length / 2);
  return [...toUploads(items.slice(0, middle), by, maxBytes), ...toUploads(items.slice(middle), by, maxBytes)];
}

function toCsv(items: readonly CrmWrite[], by: string): string {
  const rows = items.map((item) => ({
    [by]: by === ID ? item.crmId : item.match?.value,
    ...Object.fromEntries(flatten(item.fields)),
  }));
  return writeCsv([...new Set(rows.flatMap((row) => Object.keys(row)))], rows);
}
