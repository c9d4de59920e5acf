import type record from 'N/record';
import type { PlainValue } from '../../../../../contract/operation';
import type { Snapshot } from '../outbox/compare-snapshots';
import { plain } from '../upsert/apply-fields';

type Seen = Pick<
  record.Record,
  | 'getFields'
  | 'getValue'
  | 'getSublists'
  | 'getLineCount'
  | 'getSublistFields'
  | 'getSublistValue'
  | 'getSublistSubrecord'
>;

/** Sublists whose lines are the business of a CRM; the others of a record are NetSuite's own (system notes, links, users). */
const SUBLISTS: ReadonlySet<string> = new Set([
  'item',
  'addressbook',
  'apply',
  'package',
  'packageups',
  'packagefedex',
  'packageusps',
]);

/**
 * Copies what a User Event sees of a record. Getters cost no units. Of a record that has no state before, `isNew` leaves the empty fields out:
 * they are most of its three hundred, and none of them is a change.
 */
export function snapshotOf(seen: Seen, isNew = false): Snapshot {
  const fields: Record<string, PlainValue> = {};
  for (const fieldId of seen.getFields()) {
    const value = readField(seen, fieldId);
    if (value !== null || !isNew) fields[fieldId] = value;
  }
  const lines: Snapshot['lines'] = {};
  for (const sublistId of seen.getSublists().filter((name) => SUBLISTS.has(name))) {
    lines[sublistId] = linesOf(seen, sublistId);
  }
  return { fields, lines };
}

function linesOf(seen: Seen, sublistId: string): Record<string, PlainValue>[] {
  const count = Math.max(0, seen.getLineCount({ sublistId }));
  const names = seen.getSublistFields({ sublistId });
  return Array.from({ length: count }, (_, line) => ({
    ...Object.fromEntries(names.map((fieldId) => [fieldId, readCell(seen, sublistId, fieldId, line)])),
    ...(sublistId === 'addressbook' ? addressOf(seen, line) : {}),
  }));
}

/** Parts of an address, as fields of its line. */
const ADDRESS = ['country', 'state', 'city', 'zip', 'addr1', 'addr2', 'addr3', 'attention', 'addressee', 'addrphone'];

function addressOf(seen: Seen, line: number): Record<string, PlainValue> {
  try {
    const address = seen.getSublistSubrecord({ sublistId: 'addressbook', fieldId: 'addressbookaddress', line });
    return Object.fromEntries(ADDRESS.map((fieldId) => [fieldId, plainOrNull(address.getValue({ fieldId }))]));
  } catch {
    // A line without an address, or an event that shows no subrecords: the text of the address tells of the change.
    return {};
  }
}

/** A field that the record does not let us read (a subrecord, a password) is as good as absent. */
function readField(seen: Seen, fieldId: string): PlainValue {
  try {
    return plainOrNull(seen.getValue({ fieldId }));
  } catch {
    return null;
  }
}

function readCell(seen: Seen, sublistId: string, fieldId: string, line: number): PlainValue {
  try {
    return plainOrNull(seen.getSublistValue({ sublistId, fieldId, line }));
  } catch {
    return null;
  }
}

/** Most of a record's three hundred fields are empty, and this runs inside the user's save: they leave first. */
function plainOrNull(value: unknown): PlainValue {
  if (value === '' || value === undefined || value === null) return null;
  return typeof value === 'object' && !Array.isArray(value) && !('getFullYear' in value) ? null : plain(value);
}
