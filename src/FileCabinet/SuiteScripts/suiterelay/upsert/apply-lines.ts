import { applyAddress, plain, type ApplyContext } from './apply-fields';
import { blockedBy } from './diff-record';
import { sameValue, textOf } from './normalise';
import { fail } from './operation-failure';
import type { EditableRecord } from './ports';
import type { WantedLine, WantedSublist } from './resolved-operation';
import type { Wanted } from './wanted';

/** Brings one sublist to what is wanted. Lines are told by their key column, never by index; lines without a key are left alone. */
export function applySublist(record: EditableRecord, wanted: WantedSublist, context: ApplyContext): void {
  if (!context.isNew && wanted.mode === 'replace') removeUnwanted(record, wanted, context);
  wanted.lines.forEach((line, at) => {
    const index = context.isNew ? -1 : indexOf(record, wanted, line.key);
    if (index >= 0) changeLine(record, wanted, line, index, context);
    else addLine(record, wanted, line, positionFor(record, wanted, at, context.isNew), context);
  });
}

const keyAt = (record: EditableRecord, wanted: WantedSublist, line: number): string =>
  textOf(record.getSublistValue({ sublistId: wanted.name, fieldId: wanted.keyField, line }));

function indexOf(record: EditableRecord, wanted: WantedSublist, key: string): number {
  const count = record.getLineCount({ sublistId: wanted.name });
  for (let line = 0; line < count; line += 1) if (keyAt(record, wanted, line) === key) return line;
  return -1;
}

/** Behind the wanted line before it, so that discounts stay below what they discount; else before the next one; else at the end. */
function positionFor(record: EditableRecord, wanted: WantedSublist, at: number, isNew: boolean): number {
  const end = record.getLineCount({ sublistId: wanted.name });
  if (isNew) return end;
  for (let before = at - 1; before >= 0; before -= 1) {
    const index = indexOf(record, wanted, wanted.lines[before]?.key ?? '');
    if (index >= 0) return index + 1;
  }
  for (let after = at + 1; after < wanted.lines.length; after += 1) {
    const index = indexOf(record, wanted, wanted.lines[after]?.key ?? '');
    if (index >= 0) return index;
  }
  return end;
}

function addLine(
  record: EditableRecord,
  wanted: WantedSublist,
  line: WantedLine,
  at: number,
  context: ApplyContext,
): void {
  const sublistId = wanted.name;
  record.insertLine({ sublistId, line: at });
  if (!line.fields.some((one) => one.field === wanted.keyField)) {
    record.setSublistValue({ sublistId, fieldId: wanted.keyField, line: at, value: line.key });
  }
  for (const one of line.fields) if (one.value !== null) setCell(record, sublistId, at, one);
  applyLineSubrecords(record, sublistId, at, line, { ...context, isNew: true });
  if (!context.isNew) context.applied.changes.push({ field: `${sublistId}[${line.key}]`, old: null, new: 'added' });
}

function setCell(record: EditableRecord, sublistId: string, line: number, wanted: Wanted): void {
  if (wanted.kind === 'text') record.setSublistText({ sublistId, fieldId: wanted.field, line, text: wanted.set });
  else record.setSublistValue({ sublistId, fieldId: wanted.field, line, value: wanted.set });
}

function changeLine(
  record: EditableRecord,
  wanted: WantedSublist,
  line: WantedLine,
  index: number,
  context: ApplyContext,
): void {
  const sublistId = wanted.name;
  const current = (one: Wanted): unknown =>
    one.kind === 'text'
      ? record.getSublistText({ sublistId, fieldId: one.field, line: index })
      : record.getSublistValue({ sublistId, fieldId: one.field, line: index });
  const differing = line.fields.filter(
    (one) =>
      one.implied !== true &&
      one.write !== 'onCreate' &&
      context.unknown?.has(one.label) !== true &&
      !sameValue(current(one), one.value, one.kind) &&
      isFree(one, current(one), context),
  );
  if (differing.length > 0 && mayChange(record, wanted, line, index, differing, context)) {
    const implied = line.fields.filter(
      (one) => one.implied === true && differing.some((other) => other.field === 'rate'),
    );
    for (const one of [...implied, ...differing]) {
      if (one.implied !== true) {
        context.applied.changes.push({ field: one.label, old: plain(current(one)), new: one.value });
      } else if (sameValue(current(one), one.value, one.kind)) continue;
      setCell(record, sublistId, index, one);
    }
  }
  applyLineSubrecords(record, sublistId, index, line, context);
}

/** Whether the write mode lets a cell that differs be changed; if not, that is told. */
function isFree(wanted: Wanted, current: unknown, context: ApplyContext): boolean {
  const blocked = blockedBy(wanted, current, context.stage);
  if (blocked !== null) context.applied.skipped.push({ field: wanted.label, reason: blocked });
  return blocked === null;
}

function applyLineSubrecords(
  record: EditableRecord,
  sublistId: string,
  line: number,
  wanted: WantedLine,
  context: ApplyContext,
): void {
  for (const { name, fields } of wanted.subrecords) {
    applyAddress(record.getSublistSubrecord({ sublistId, fieldId: name, line }), fields, context);
  }
}

/** Quantity of the line that is fulfilled or billed already: it can't shrink below that, and can't become another item. */
function doneQuantity(record: EditableRecord, sublistId: string, line: number): number {
  const read = (fieldId: string): number => {
    const value = Number(record.getSublistValue({ sublistId, fieldId, line }) ?? 0);
    return Number.isNaN(value) ? 0 : value;
  };
  return sublistId === 'item' ? Math.max(read('quantityfulfilled'), read('quantitybilled')) : 0;
}

function mayChange(
  record: EditableRecord,
  wanted: WantedSublist,
  line: WantedLine,
  index: number,
  differing: readonly Wanted[],
  context: ApplyContext,
): boolean {
  const done = doneQuantity(record, wanted.name, index);
  if (done === 0) return true;
  const quantity = differing.find((one) => one.field === 'quantity');
  const breaks =
    differing.some((one) => one.field === 'item') || (quantity !== undefined && Number(quantity.value) < done);
  if (!breaks) return true;
  return settleFulfilled(record, wanted, line.key, index, done, context);
}

/** The flow's policy for a line that is fulfilled or billed and would have to shrink or go. Answers whether it may be changed. */
function settleFulfilled(
  record: EditableRecord,
  wanted: WantedSublist,
  key: string,
  index: number,
  done: number,
  context: ApplyContext,
): boolean {
  const label = `${wanted.name}[${key}]`;
  if (wanted.whenFulfilled === 'review') {
    throw fail('LINE_FULFILLED', `${label}: ${done} are fulfilled or billed already; decide what becomes of the line`, {
      field: label,
      review: true,
    });
  }
  if (wanted.whenFulfilled === 'skip') {
    context.applied.skipped.push({ field: label, reason: 'fulfilled' });
    return false;
  }
  const cell = { sublistId: wanted.name, fieldId: 'isclosed', line: index };
  if (!sameValue(record.getSublistValue(cell), true)) {
    record.setSublistValue({ ...cell, value: true });
    context.applied.changes.push({ field: `${label}.isclosed`, old: false, new: true });
  }
  return false;
}

/** From the last line to the first, because removing one shifts those behind it. */
function removeUnwanted(record: EditableRecord, wanted: WantedSublist, context: ApplyContext): void {
  const keep = new Set(wanted.lines.map((line) => line.key));
  for (let index = record.getLineCount({ sublistId: wanted.name }) - 1; index >= 0; index -= 1) {
    const key = keyAt(record, wanted, index);
    if (key === '' || keep.has(key)) continue;
    const done = doneQuantity(record, wanted.name, index);
    if (done > 0) {
      settleFulfilled(record, wanted, key, index, done, context);
      continue;
    }
    record.removeLine({ sublistId: wanted.name, line: index });
    context.applied.changes.push({ field: `${wanted.name}[${key}]`, old: 'present', new: null });
  }
}
