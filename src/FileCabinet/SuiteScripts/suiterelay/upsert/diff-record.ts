import type { FieldChange } from '../../../../../contract/upsert';
import type { PlainValue } from '../../../../../contract/operation';
import type { FoundLine, FoundRecord, FoundRecords } from './found-records';
import { isInline } from './inline-fields';
import { sameValue } from './normalise';
import type { ResolvedOperation, WantedSublist } from './resolved-operation';
import type { Wanted } from './wanted';

export type Skip = { field: string; reason: string };

/** What the prefetch says must be done to an existing record. */
export interface Diff {
  /** `unknown`: something could not be queried; the record has to be loaded to be compared. */
  outcome: 'equal' | 'different' | 'unknown';
  /** True when only inline-editable body fields differ and everything was comparable. */
  inline: boolean;
  body: Wanted[];
  changes: FieldChange[];
  skipped: Skip[];
  /** Right before the write, `ifEmpty` and `whileStage` are judged again. */
  guarded: boolean;
}

/** Whether the write mode lets a field of an existing record be touched; the reason when not. */
export function blockedBy(wanted: Wanted, current: unknown, stage: string | null): string | null {
  if (wanted.write === 'onCreate') return 'onCreate';
  if (wanted.write === 'ifEmpty' && !isEmpty(current)) return 'ifEmpty';
  if (wanted.write === 'whileStage' && stage !== null && !wanted.stages.includes(stage.toUpperCase()))
    return 'whileStage';
  if (wanted.expected !== undefined && !sameValue(current, wanted.expected, wanted.kind)) return 'changedSince';
  return null;
}

/** Does the write depend on what the record holds at that moment? */
export const isGuarded = ({ write, expected }: Wanted): boolean => write !== 'always' || expected !== undefined;

/**
 * Can't be written with `submitFields`: a value that is set by its text, and a date that must not have changed, because a look-up tells
 * dates in the user's own form.
 */
const needsLoad = ({ kind, expected }: Wanted): boolean =>
  kind === 'text' || (expected !== undefined && (kind === 'date' || kind === 'datetime'));

export const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

export const asPlain = (wanted: Wanted): PlainValue => wanted.value;

export function diffRecord(resolved: ResolvedOperation, record: FoundRecord, found: FoundRecords): Diff {
  const { operation } = resolved;
  const diff: Diff = { outcome: 'equal', inline: true, body: [], changes: [], skipped: [], guarded: false };
  for (const wanted of resolved.body) diffField(wanted, record, found, diff);
  diff.inline = diff.body.every((wanted) => isInline(operation.recordType, wanted.field) && !needsLoad(wanted));
  if (operation.customForm !== undefined && diff.body.length > 0) diff.inline = diff.inline && record.current;
  let comparable = record.current;
  let partsEqual = true;
  for (const sublist of resolved.sublists) {
    const equal = sublistEqual(sublist, record, found);
    if (equal === null) comparable = false;
    else if (!equal) partsEqual = false;
  }
  for (const { name, fields } of resolved.subrecords) {
    const have = record.subrecords.get(name);
    if (found.unreadParts.has(name)) comparable = false;
    else if (!fields.every((wanted) => sameValue(have?.get(wanted.field) ?? null, wanted.value, wanted.kind)))
      partsEqual = false;
  }
  if (resolved.body.some((one) => one.write !== 'onCreate' && !record.values.has(one.field))) comparable = false;
  if (!partsEqual || !comparable) diff.inline = false;
  if (diff.body.length > 0 || !partsEqual) diff.outcome = 'different';
  else if (!comparable) diff.outcome = 'unknown';
  return diff;
}

function diffField(wanted: Wanted, record: FoundRecord, found: FoundRecords, diff: Diff): void {
  const current = record.values.get(wanted.field) ?? null;
  const readable = record.values.has(wanted.field) && !found.notQueryable.has(wanted.field);
  if (wanted.write === 'onCreate') {
    diff.skipped.push({ field: wanted.field, reason: 'onCreate' });
    return;
  }
  if (!readable || sameValue(current, wanted.value, wanted.kind)) return;
  const blocked = blockedBy(wanted, current, record.stage);
  if (blocked !== null) {
    diff.skipped.push({ field: wanted.field, reason: blocked });
    return;
  }
  if (isGuarded(wanted)) diff.guarded = true;
  diff.body.push(wanted);
  diff.changes.push({ field: wanted.label, old: current, new: asPlain(wanted) });
}

/** Null when it can't be told from the prefetch. */
function sublistEqual(sublist: WantedSublist, record: FoundRecord, found: FoundRecords): boolean | null {
  if (found.unreadParts.has(sublist.name) || (sublist.name !== 'item' && sublist.name !== 'addressbook')) return null;
  const have = new Map<string, FoundLine>();
  for (const line of record.lines.get(sublist.name) ?? []) {
    const key = line.values.get(sublist.keyField) ?? null;
    if (key !== null && key !== '') have.set(key, line);
  }
  const wantedKeys = new Set(sublist.lines.map((line) => line.key));
  if (sublist.mode === 'replace' && [...have.keys()].some((key) => !wantedKeys.has(key))) return false;
  let unknown = false;
  for (const wanted of sublist.lines) {
    const line = have.get(wanted.key);
    if (line === undefined) return false;
    const fields = [
      ...wanted.fields.map((field) => ({ field, column: field.field })),
      ...wanted.subrecords.flatMap(({ name, fields: inner }) =>
        inner.map((field) => ({ field, column: `${name}.${field.field}` })),
      ),
    ];
    for (const { field, column } of fields) {
      if (field.implied === true || column === sublist.keyField || field.write === 'onCreate') continue;
      if (!line.values.has(column) || found.unreadParts.has(`${sublist.name}.${column}`)) unknown = true;
      else if (differs(line.values.get(column) ?? null, field, record.stage)) return false;
    }
  }
  return unknown ? null : true;
}

/** A value that may not be written is as good as equal. */
const differs = (current: string | null, wanted: Wanted, stage: string | null): boolean =>
  !sameValue(current, wanted.value, wanted.kind) && blockedBy(wanted, current, stage) === null;
