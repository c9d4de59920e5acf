import { invalidSublist, named } from './call-arguments';
import { toStored } from './convert';
import { touch } from './data';
import { makeField } from './field';
import { RecordCurrentLine } from './current-line';
import { cellValue, lineAt, lineField, linesOf, requireSublist, type LineArguments } from './lines';
import type { FieldInfo } from './meta';
import { dateFormatOf, requireWritable, stateOf, type RecordState } from './state';

type MatrixArguments = LineArguments & { column: number };

/**
 * Price matrices of items: sublists `price1` … (one a currency), lines are price levels, columns are quantity breaks.
 * Column n of `price` is stored as `price_<n+1>_`; the header of column n (`price`, the break's quantity) as body field `pricequantity<n+1>`.
 */
const cellId = (fieldId: string, column: number): string => `${fieldId}_${column + 1}_`;
const headerId = (sublistId: string, fieldId: string, column: number): string =>
  `${sublistId}_${fieldId}_header_${column + 1}_`;

function requireMatrix(state: RecordState, sublistId: string, column: number): void {
  requireSublist(state, sublistId);
  if (!/^price\d*$/.test(sublistId) || !Number.isInteger(Number(column)) || column < 0) throw invalidSublist();
}

const priceField = (state: RecordState, given: MatrixArguments): FieldInfo =>
  lineField(state, given.sublistId, given.fieldId) ?? {
    id: given.fieldId,
    type: 'rate',
    label: 'Price',
    selectType: '',
    required: false,
    radio: false,
    readOnly: false,
  };

export class RecordMatrix extends RecordCurrentLine {
  getMatrixHeaderCount(...args: unknown[]): number {
    const { sublistId, fieldId } = named<MatrixArguments>('getMatrixHeaderCount', args, ['sublistId', 'fieldId']);
    const state = stateOf(this);
    requireMatrix(state, sublistId, 0);
    let count = 1;
    const used = (column: number): boolean =>
      state.data.fields[headerId(sublistId, fieldId, column)] != null ||
      linesOf(state, sublistId).some((line) => line.fields[cellId(fieldId, column)] != null);
    while (used(count)) count++;
    return count;
  }

  getMatrixHeaderField(...args: unknown[]): object {
    const given = named<MatrixArguments>('getMatrixHeaderField', args, ['sublistId', 'fieldId', 'column']);
    const state = stateOf(this);
    requireMatrix(state, given.sublistId, given.column);
    return makeField(state, priceField(state, given), given.sublistId);
  }

  getMatrixHeaderValue(...args: unknown[]): unknown {
    const { sublistId, fieldId, column } = named<MatrixArguments>('getMatrixHeaderValue', args, [
      'sublistId',
      'fieldId',
      'column',
    ]);
    const state = stateOf(this);
    requireMatrix(state, sublistId, column);
    return state.data.fields[headerId(sublistId, fieldId, column)] ?? (Number(column) === 0 ? 0 : '');
  }

  setMatrixHeaderValue(...args: unknown[]): this {
    const given = named<MatrixArguments>(
      'setMatrixHeaderValue',
      args,
      ['sublistId', 'fieldId', 'column', 'value'],
      ['sublistId', 'fieldId', 'column'],
    );
    const state = stateOf(this);
    requireWritable(state);
    requireMatrix(state, given.sublistId, given.column);
    const id = headerId(given.sublistId, given.fieldId, given.column);
    state.data.fields[id] = toStored(given.value, priceField(state, given), dateFormatOf(state));
    touch(state.data, id);
    return this;
  }

  getMatrixSublistField(...args: unknown[]): object {
    const given = named<MatrixArguments>('getMatrixSublistField', args, ['sublistId', 'fieldId', 'column', 'line']);
    const state = stateOf(this);
    requireMatrix(state, given.sublistId, given.column);
    lineAt(state, given.sublistId, given.line);
    return makeField(state, priceField(state, given), given.sublistId);
  }

  getMatrixSublistValue(...args: unknown[]): unknown {
    const { sublistId, fieldId, column, line } = named<MatrixArguments>('getMatrixSublistValue', args, [
      'sublistId',
      'fieldId',
      'column',
      'line',
    ]);
    const state = stateOf(this);
    requireMatrix(state, sublistId, column);
    return cellValue(state, sublistId, lineAt(state, sublistId, line), cellId(fieldId, column)) ?? '';
  }

  setMatrixSublistValue(...args: unknown[]): this {
    const names = ['sublistId', 'fieldId', 'column', 'line', 'value'];
    const given = named<MatrixArguments>('setMatrixSublistValue', args, names, names.slice(0, 4));
    const state = stateOf(this);
    requireWritable(state);
    requireMatrix(state, given.sublistId, given.column);
    const line = lineAt(state, given.sublistId, given.line);
    const id = cellId(given.fieldId, given.column);
    line.fields[id] = toStored(given.value, priceField(state, given), dateFormatOf(state));
    touch(line, id);
    return this;
  }

  findMatrixSublistLineWithValue(...args: unknown[]): number {
    const names = ['sublistId', 'fieldId', 'value', 'column'];
    const { sublistId, fieldId, value, column } = named<MatrixArguments>(
      'findMatrixSublistLineWithValue',
      args,
      names,
      ['sublistId', 'fieldId', 'column'],
    );
    const state = stateOf(this);
    requireMatrix(state, sublistId, column);
    return linesOf(state, sublistId).findIndex(
      (line) => String(line.fields[cellId(fieldId, column)] ?? '') === String(value ?? ''),
    );
  }

  getCurrentMatrixSublistValue(...args: unknown[]): unknown {
    const { sublistId, fieldId, column } = named<MatrixArguments>('getCurrentMatrixSublistValue', args, [
      'sublistId',
      'fieldId',
      'column',
    ]);
    requireMatrix(stateOf(this), sublistId, column);
    return this.getCurrentSublistValue({ sublistId, fieldId: cellId(fieldId, column) }) ?? '';
  }

  setCurrentMatrixSublistValue(...args: unknown[]): this {
    const names = ['sublistId', 'fieldId', 'column', 'value'];
    const given = named<MatrixArguments>('setCurrentMatrixSublistValue', args, names, names.slice(0, 3));
    const state = stateOf(this);
    requireMatrix(state, given.sublistId, given.column);
    const value = toStored(given.value, priceField(state, given), dateFormatOf(state));
    return this.setCurrentSublistValue({
      sublistId: given.sublistId,
      fieldId: cellId(given.fieldId, given.column),
      value,
    });
  }
}
