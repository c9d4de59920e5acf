import type { Flow } from './flow-schema';
import { readPath } from './read-path';

/** Where the CRMs keep the time of a record's last change. */
const KNOWN = ['SystemModstamp', 'LastModifiedDate', 'updatedAt', 'properties.hs_lastmodifieddate'];

/** The version of a record at its source as comparable text; null when it carries none. */
export function sourceVersionOf(flow: Flow, record: unknown): string | null {
  const { value } = readPath(record, flow.sourceVersion ?? KNOWN);
  if (typeof value === 'number') return stamp(value);
  if (typeof value !== 'string') return null;
  if (/^\d{12,14}$/.test(value)) return stamp(Number(value));
  // Salesforce writes +0000 without a colon.
  const atMs = Date.parse(value.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(atMs) ? null : stamp(atMs);
}

const stamp = (atMs: number): string => String(atMs).padStart(15, '0');
