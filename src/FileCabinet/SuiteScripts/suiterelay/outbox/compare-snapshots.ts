import { LINE_KEY_COLUMN } from '../../../../../contract/stamps';
import type { EventChange } from '../../../../../contract/change-event';
import type { PlainValue } from '../../../../../contract/operation';

/** What a User Event can see of a record, made plain. */
export interface Snapshot {
  fields: Record<string, PlainValue>;
  /** Lines by sublist; each line has its fields. */
  lines: Record<string, Record<string, PlainValue>[]>;
}

/** Fields that change with every save, or that are ours: they say nothing about the record. */
const SILENT: ReadonlySet<string> = new Set([
  'lastmodifieddate',
  'lastmodified',
  'lastmodifiedby',
  'nsapiCT',
  'version',
  'selectedtab',
  'wfinstances',
  'baserecordtype',
  'linenumber',
  'linesequencenumber',
  'id',
  'internalid',
  'addressid',
  'customform',
  'defaultaddress',
]);

const isSilent = (field: string): boolean =>
  SILENT.has(field) ||
  field.startsWith('_') ||
  field.startsWith('sys_') ||
  /^cust(entity|body|item|event)_srl_/.test(field);

/** An unticked box and an empty list are as good as nothing. */
const content = (value: PlainValue): PlainValue =>
  value === false || value === 'F' || value === '' || (Array.isArray(value) && value.length === 0) ? null : value;

const same = (a: PlainValue, b: PlainValue): boolean =>
  a === b || JSON.stringify(content(a)) === JSON.stringify(content(b));

/** The changed fields with old and new values; keyed lines as `item[key].field`. */
export function compareSnapshots(before: Snapshot | null, after: Snapshot): EventChange[] {
  const changes: EventChange[] = [];
  compareFields('', before?.fields ?? {}, after.fields, changes);
  for (const [sublist, lines] of Object.entries(after.lines)) {
    compareLines(sublist, before?.lines[sublist] ?? [], lines, changes);
  }
  return changes;
}

function compareFields(
  place: string,
  before: Record<string, PlainValue>,
  after: Record<string, PlainValue>,
  changes: EventChange[],
): void {
  for (const field of Object.keys(after)) {
    const value = after[field] ?? null;
    const old = before[field] ?? null;
    if (!same(old, value) && !isSilent(field)) changes.push({ field: `${place}${field}`, old, new: value });
  }
}

/** A line is told by our key, else by NetSuite's own unique key, else by its place. */
const keyOf = (line: Record<string, PlainValue>, at: number): string =>
  String(line[LINE_KEY_COLUMN] ?? line['label'] ?? line['lineuniquekey'] ?? line['line'] ?? at);

function compareLines(
  sublist: string,
  before: Record<string, PlainValue>[],
  after: Record<string, PlainValue>[],
  changes: EventChange[],
): void {
  const old = new Map(before.map((line, at) => [keyOf(line, at), line]));
  after.forEach((line, at) => {
    const key = keyOf(line, at);
    compareFields(`${sublist}[${key}].`, old.get(key) ?? {}, line, changes);
    old.delete(key);
  });
  for (const [key, line] of old) {
    changes.push({ field: `${sublist}[${key}]`, old: 'present', new: null });
    const emptied = Object.fromEntries(Object.keys(line).map((field) => [field, null]));
    compareFields(`${sublist}[${key}].`, line, emptied, changes);
  }
}
