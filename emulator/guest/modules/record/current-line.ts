import { SuiteScriptError } from '../../errors';
import { storedFromText } from './body';
import { invalidSublist, invalidUsage, named } from './call-arguments';
import { toStored } from './convert';
import { touch, type LineData } from './data';
import { makeField } from './field';
import { cellText, cellValue, lineAt, lineField, linesOf, requireSublist, type LineArguments } from './lines';
import { sourceLine, sourceTotals } from './source';
import { dateFormatOf, requireWritable, stateOf, type RecordState } from './state';
import { RecordSubrecords, subrecordOfLine } from './subrecords';

const CELL = ['sublistId', 'fieldId'];

const cloneLine = (line: LineData): LineData => JSON.parse(JSON.stringify(line)) as LineData;

/** The select / set / commit way of dynamic mode (Oracle page section_4273170364 and its siblings). */
export class RecordCurrentLine extends RecordSubrecords {
  selectLine(...args: unknown[]): this {
    const { sublistId, line } = named<LineArguments>('selectLine', args, ['sublistId', 'line']);
    const state = this.dynamicState('selectLine');
    const selected = cloneLine(lineAt(state, sublistId, line));
    state.current.set(sublistId, { index: Number(line), line: selected });
    return this;
  }

  selectNewLine(...args: unknown[]): this {
    const { sublistId } = named<LineArguments>('selectNewLine', args, ['sublistId']);
    const state = this.dynamicState('selectNewLine');
    requireWritable(state);
    requireSublist(state, sublistId);
    state.current.set(sublistId, { index: linesOf(state, sublistId).length, line: { fields: {}, touched: [] } });
    return this;
  }

  cancelLine(...args: unknown[]): this {
    const { sublistId } = named<LineArguments>('cancelLine', args, ['sublistId']);
    const state = this.dynamicState('cancelLine');
    requireSublist(state, sublistId);
    state.current.delete(sublistId);
    return this;
  }

  commitLine(...args: unknown[]): this {
    const { sublistId, ignoreRecalc } = named<LineArguments>(
      'commitLine',
      args,
      ['sublistId', 'ignoreRecalc'],
      ['sublistId'],
    );
    const state = this.dynamicState('commitLine');
    requireWritable(state);
    requireSublist(state, sublistId);
    const current = this.currentOf(state, sublistId);
    this.requireMandatoryColumns(state, sublistId, current.line);
    (state.data.sublists[sublistId] ??= [])[current.index] = current.line;
    state.current.delete(sublistId);
    sourceTotals(state, sublistId, ignoreRecalc === true);
    return this;
  }

  getCurrentSublistIndex(...args: unknown[]): number {
    const { sublistId } = named<LineArguments>('getCurrentSublistIndex', args, ['sublistId']);
    const state = this.dynamicState('getCurrentSublistIndex');
    requireSublist(state, sublistId);
    return state.current.get(sublistId)?.index ?? -1;
  }

  getCurrentSublistValue(...args: unknown[]): unknown {
    const { sublistId, fieldId } = named<LineArguments>('getCurrentSublistValue', args, CELL);
    const state = this.dynamicState('getCurrentSublistValue');
    requireSublist(state, sublistId);
    const line = state.current.get(sublistId)?.line ?? { fields: {} };
    return cellValue(state, sublistId, line, fieldId.toLowerCase());
  }

  setCurrentSublistValue(...args: unknown[]): this {
    const names = [...CELL, 'value', 'ignoreFieldChange'];
    const { sublistId, fieldId, value, ignoreFieldChange } = named<LineArguments>(
      'setCurrentSublistValue',
      args,
      names,
      CELL,
    );
    const state = this.dynamicState('setCurrentSublistValue');
    const id = fieldId.toLowerCase();
    this.writeCurrent(
      state,
      sublistId,
      id,
      toStored(value, lineField(state, sublistId, id), dateFormatOf(state)),
      ignoreFieldChange === true,
    );
    return this;
  }

  getCurrentSublistText(...args: unknown[]): string | string[] {
    const { sublistId, fieldId } = named<LineArguments>('getCurrentSublistText', args, CELL);
    const state = this.dynamicState('getCurrentSublistText');
    requireSublist(state, sublistId);
    const line = state.current.get(sublistId)?.line ?? { fields: {} };
    return cellText(state, sublistId, line, fieldId.toLowerCase());
  }

  setCurrentSublistText(...args: unknown[]): this {
    const names = [...CELL, 'text', 'ignoreFieldChange'];
    const { sublistId, fieldId, text, ignoreFieldChange } = named<LineArguments>('setCurrentSublistText', args, names, [
      ...CELL,
      'text',
    ]);
    const state = this.dynamicState('setCurrentSublistText');
    const id = fieldId.toLowerCase();
    this.writeCurrent(
      state,
      sublistId,
      id,
      storedFromText(state, lineField(state, sublistId, id), id, text),
      ignoreFieldChange === true,
    );
    return this;
  }

  getCurrentSublistField(...args: unknown[]): object | null {
    const { sublistId, fieldId } = named<LineArguments>('getCurrentSublistField', args, CELL);
    const state = this.dynamicState('getCurrentSublistField');
    requireSublist(state, sublistId);
    const field = lineField(state, sublistId, fieldId.toLowerCase());
    return field ? makeField(state, field, sublistId) : null;
  }

  hasCurrentSublistSubrecord(...args: unknown[]): boolean {
    const { sublistId, fieldId } = named<LineArguments>('hasCurrentSublistSubrecord', args, CELL);
    const state = this.dynamicState('hasCurrentSublistSubrecord');
    return this.currentOf(state, sublistId).line.subrecords?.[fieldId] !== undefined;
  }

  getCurrentSublistSubrecord(...args: unknown[]): RecordSubrecords {
    const { sublistId, fieldId } = named<LineArguments>('getCurrentSublistSubrecord', args, CELL);
    const state = this.dynamicState('getCurrentSublistSubrecord');
    return subrecordOfLine(state, sublistId, this.currentOf(state, sublistId).line, fieldId);
  }

  removeCurrentSublistSubrecord(...args: unknown[]): this {
    const { sublistId, fieldId } = named<LineArguments>('removeCurrentSublistSubrecord', args, CELL);
    const state = this.dynamicState('removeCurrentSublistSubrecord');
    requireWritable(state);
    delete this.currentOf(state, sublistId).line.subrecords?.[fieldId];
    return this;
  }

  moveLine(...args: unknown[]): this {
    const { sublistId } = named<LineArguments & { from: number; to: number }>('moveLine', args, [
      'sublistId',
      'from',
      'to',
    ]);
    requireSublist(this.dynamicState('moveLine'), sublistId);
    // Only sublists with a _sequence column can be sorted; none of the standard ones here has it.
    throw new SuiteScriptError({
      name: 'SSS_SUBLIST_DOESNT_SUPPORT_MOVING_LINES',
      message: `The sublist ${sublistId} does not support moving lines.`,
    });
  }

  private dynamicState(method: string): RecordState {
    const state = stateOf(this);
    if (!state.dynamic)
      throw invalidUsage(
        `Invalid API usage. ${method} is available in dynamic mode only: open the record with isDynamic set to true.`,
      );
    return state;
  }

  private currentOf(state: RecordState, sublistId: string): { index: number; line: LineData } {
    const current = state.current.get(sublistId);
    if (!current) throw invalidSublist();
    return current;
  }

  private writeCurrent(
    state: RecordState,
    sublistId: string,
    id: string,
    value: LineData['fields'][string],
    quiet: boolean,
  ): void {
    requireWritable(state);
    requireSublist(state, sublistId);
    // A value without a selected line goes to the new line at the end, as in the form.
    if (!state.current.has(sublistId)) this.selectNewLine({ sublistId });
    const current = this.currentOf(state, sublistId);
    current.line.fields[id] = value;
    touch(current.line, id);
    if (!quiet) replaceLine(current.line, sourceLine(state, sublistId, current.index, current.line, id));
  }

  private requireMandatoryColumns(state: RecordState, sublistId: string, line: LineData): void {
    if (!['item', 'expense', 'line'].includes(sublistId)) return;
    const main = sublistId === 'item' ? 'item' : 'account';
    const needed = lineField(state, sublistId, main);
    if (!needed || line.fields[main] || (sublistId === 'expense' && line.fields.category)) return;
    throw new SuiteScriptError({ name: 'USER_ERROR', message: `Please choose an ${main} to add` });
  }
}

/** In place: a subrecord object of the line keeps pointing into it. */
function replaceLine(line: LineData, next: LineData): void {
  if (next === line) return;
  line.fields = next.fields;
  if (next.touched) line.touched = next.touched;
}
