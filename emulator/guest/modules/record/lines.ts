import { RecordBody, storedFromText } from './body';
import { invalidSublist, invalidUsage, named } from './call-arguments';
import { isSelect, plainText, toScript, toStored } from './convert';
import { touch, type LineData } from './data';
import { makeField } from './field';
import { withoutFigures, readCell } from './figures';
import type { FieldInfo } from './meta';
import { sourceTotals } from './source';
import { dateFormatOf, requireWritable, stateOf, type RecordState } from './state';
import { Sublist } from './sublist';

export interface LineArguments {
  sublistId: string;
  fieldId: string;
  line: number;
  value: unknown;
  text: string | string[];
  ignoreRecalc?: boolean;
  ignoreFieldChange?: boolean;
}

const READ = ['sublistId', 'fieldId', 'line'];
const DISPLAY = '_display';
const keyOf = (args: LineArguments): string => `${args.sublistId}\n${args.line}\n${args.fieldId}`;

export function linesOf(state: RecordState, sublistId: string): LineData[] {
  return state.data.sublists[sublistId] ?? [];
}

/** The lines a script may read: those of the record, and the Related Records of a stored transaction, which nobody writes. */
function readable(state: RecordState, sublistId: string): LineData[] | undefined {
  const own = state.data.sublists[sublistId];
  if (own || state.info.hasSublist(sublistId)) return own ?? [];
  if (sublistId !== 'links' || state.data.id === null) return undefined;
  if (state.links === undefined) {
    const { type, id } = state.data;
    state.links = state.guest.syscall<LineData[] | null>('record.related', { type, id });
  }
  return state.links ?? undefined;
}

function readLine(state: RecordState, { sublistId, line }: LineArguments): LineData {
  const found = readable(state, sublistId)?.[Number(line)];
  if (!found) throw invalidSublist();
  return found;
}

/** A line that exists; the index is its position, from 0. */
export function lineAt(state: RecordState, sublistId: string, index: number): LineData {
  const line = linesOf(state, sublistId)[Number(index)];
  if (!line) throw invalidSublist();
  return line;
}

export function requireSublist(state: RecordState, sublistId: string): void {
  if (!state.info.hasSublist(sublistId) && !state.data.sublists[sublistId]) throw invalidSublist();
}

export const lineField = (state: RecordState, sublistId: string, fieldId: string): FieldInfo | undefined =>
  state.info.lineField(sublistId, fieldId);

export function cellValue(state: RecordState, sublistId: string, line: LineData, fieldId: string): unknown {
  const field = lineField(state, sublistId, fieldId);
  const value = readCell(state, sublistId, line, fieldId);
  if (value !== undefined || field) return toScript(value, field);
  const shown = displayOf(state, sublistId, line, fieldId);
  return shown === undefined && state.info.adopts(fieldId) ? toScript(value, field) : shown;
}

/** Every select column has a companion that holds its text: `item_display` beside `item`. */
function displayOf(state: RecordState, sublistId: string, line: LineData, fieldId: string): string | undefined {
  if (!fieldId.endsWith(DISPLAY)) return undefined;
  const field = lineField(state, sublistId, fieldId.slice(0, -DISPLAY.length));
  if (field?.type !== 'select') return undefined;
  return String(state.texts.textOf(field, readCell(state, sublistId, line, field.id)));
}

export function cellText(state: RecordState, sublistId: string, line: LineData, fieldId: string): string | string[] {
  const field = lineField(state, sublistId, fieldId);
  const value = readCell(state, sublistId, line, fieldId);
  if (field && isSelect(field)) return state.texts.textOf(field, value);
  return displayOf(state, sublistId, line, fieldId) ?? plainText(value, field, dateFormatOf(state));
}

/** Sublists by line index: all of standard mode, and what dynamic mode may read. */
export class RecordLines extends RecordBody {
  getSublists(): string[] {
    const state = stateOf(this);
    if (state.partial) return Object.keys(state.data.sublists);
    return [...new Set([...state.info.sublistIds(), ...Object.keys(state.data.sublists)])];
  }

  getSublist(...args: unknown[]): Sublist | null {
    const { sublistId } = named<LineArguments>('getSublist', args, ['sublistId']);
    const state = stateOf(this);
    return state.info.hasSublist(sublistId) || state.data.sublists[sublistId] ? new Sublist(state, sublistId) : null;
  }

  getSublistFields(...args: unknown[]): string[] {
    const { sublistId } = named<LineArguments>('getSublistFields', args, ['sublistId']);
    const state = stateOf(this);
    requireSublist(state, sublistId);
    const [first] = linesOf(state, sublistId);
    const ids = state.info.lineFieldIds(sublistId);
    return first ? withoutFigures(state, ids, first.fields, sublistId) : ids;
  }

  getSublistField(...args: unknown[]): object | null {
    const { sublistId, fieldId, line } = named<LineArguments>('getSublistField', args, READ);
    const state = stateOf(this);
    lineAt(state, sublistId, line);
    const field = lineField(state, sublistId, fieldId);
    return field ? makeField(state, field, sublistId) : null;
  }

  /** Number of lines, -1 when the record has no such sublist. */
  getLineCount(...args: unknown[]): number {
    const { sublistId } = named<LineArguments>('getLineCount', args, ['sublistId']);
    const state = stateOf(this);
    return readable(state, sublistId)?.length ?? -1;
  }

  getSublistValue(...args: unknown[]): unknown {
    const given = named<LineArguments>('getSublistValue', args, READ);
    const state = stateOf(this);
    if (!state.dynamic && state.setAs.get(keyOf(given)) === 'text') {
      throw invalidUsage('Invalid API usage. You must use getSublistText to return the value set with setSublistText.');
    }
    return cellValue(state, given.sublistId, readLine(state, given), given.fieldId.toLowerCase());
  }

  setSublistValue(...args: unknown[]): this {
    const given = named<LineArguments>('setSublistValue', args, [...READ, 'value'], READ);
    const { state, line } = this.writableLine('setSublistValue', given);
    const id = given.fieldId.toLowerCase();
    line.fields[id] = toStored(given.value, lineField(state, given.sublistId, id), dateFormatOf(state));
    touch(line, id);
    state.setAs.set(keyOf(given), 'value');
    return this;
  }

  getSublistText(...args: unknown[]): string | string[] {
    const given = named<LineArguments>('getSublistText', args, READ);
    const state = stateOf(this);
    if (!state.dynamic && state.setAs.get(keyOf(given)) === 'value') {
      throw invalidUsage(
        'Invalid API usage. You must use getSublistValue to return the value set with setSublistValue.',
      );
    }
    const pending = state.pendingText.get(keyOf(given));
    if (pending !== undefined) return pending;
    return cellText(state, given.sublistId, readLine(state, given), given.fieldId.toLowerCase());
  }

  setSublistText(...args: unknown[]): this {
    const given = named<LineArguments>('setSublistText', args, [...READ, 'text']);
    const { state, line } = this.writableLine('setSublistText', given);
    const id = given.fieldId.toLowerCase();
    line.fields[id] = storedFromText(state, lineField(state, given.sublistId, id), id, given.text);
    touch(line, id);
    state.setAs.set(keyOf(given), 'text');
    state.pendingText.set(keyOf(given), given.text);
    return this;
  }

  /** Index of the first line whose column holds the value, -1 when none does. Values are compared as text. */
  findSublistLineWithValue(...args: unknown[]): number {
    const given = named<LineArguments>(
      'findSublistLineWithValue',
      args,
      ['sublistId', 'fieldId', 'value'],
      ['sublistId', 'fieldId'],
    );
    const state = stateOf(this);
    const id = given.fieldId.toLowerCase();
    const wanted = toStored(given.value, lineField(state, given.sublistId, id), dateFormatOf(state));
    const lines = readable(state, given.sublistId) ?? [];
    return lines.findIndex((line) => String(line.fields[id] ?? '') === String(wanted ?? ''));
  }

  insertLine(...args: unknown[]): this {
    const { sublistId, line, ignoreRecalc } = named<LineArguments>(
      'insertLine',
      args,
      ['sublistId', 'line', 'ignoreRecalc'],
      ['sublistId', 'line'],
    );
    const state = stateOf(this);
    requireWritable(state);
    requireSublist(state, sublistId);
    const lines = (state.data.sublists[sublistId] ??= []);
    if (line < 0 || line > lines.length) throw invalidSublist();
    lines.splice(line, 0, { fields: {}, touched: [] });
    // In dynamic mode the new line is the selected one: what is set next goes there.
    if (state.dynamic) state.current.set(sublistId, { index: Number(line), line: { fields: {}, touched: [] } });
    this.forgetHowSet(state, sublistId);
    sourceTotals(state, sublistId, ignoreRecalc === true);
    return this;
  }

  removeLine(...args: unknown[]): this {
    const { sublistId, line, ignoreRecalc } = named<LineArguments>(
      'removeLine',
      args,
      ['sublistId', 'line', 'ignoreRecalc'],
      ['sublistId', 'line'],
    );
    const state = stateOf(this);
    requireWritable(state);
    lineAt(state, sublistId, line);
    state.data.sublists[sublistId]!.splice(line, 1);
    this.forgetHowSet(state, sublistId);
    sourceTotals(state, sublistId, ignoreRecalc === true);
    return this;
  }

  private writableLine(method: string, given: LineArguments): { state: RecordState; line: LineData } {
    const state = stateOf(this);
    requireWritable(state);
    if (state.dynamic)
      throw invalidUsage(
        `Invalid API usage. ${method} is available in standard mode only: select the line and use setCurrentSublistValue.`,
      );
    requireSublist(state, given.sublistId);
    const lines = (state.data.sublists[given.sublistId] ??= []);
    const index = Number(given.line);
    if (!Number.isInteger(index) || index < 0 || index > lines.length) throw invalidSublist();
    // Setting a value on the line after the last one appends it.
    if (index === lines.length) lines.push({ fields: {}, touched: [] });
    return { state, line: lines[index]! };
  }

  /** Lines have moved: what is remembered by position no longer holds. */
  private forgetHowSet(state: RecordState, sublistId: string): void {
    for (const map of [state.setAs, state.pendingText]) {
      for (const key of [...map.keys()]) if (key.startsWith(`${sublistId}\n`)) map.delete(key);
    }
  }
}
