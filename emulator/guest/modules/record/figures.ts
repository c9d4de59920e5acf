import type { Fields, LineData, Value } from './data';
import type { EmptyKind } from './meta';
import { readField, type RecordState } from './state';

const isEmpty = (value: Value | undefined): boolean => value === undefined || value === null || value === '';

const isFigure = (kind: EmptyKind): boolean => kind === 'asked' || kind === 'missing';

/**
 * A figure that no record keeps: the account works it out when it is read, or throws its name when it can't. Costs no units, as all getters.
 * Undefined when nothing has to be asked: the field holds a value, is no figure, or a script has emptied it.
 */
export function readFigure(state: RecordState, id: string, kind: EmptyKind): Value | undefined {
  if (!isFigure(kind) || state.partial || state.data.touched?.includes(id)) return undefined;
  return state.guest.syscall<Value>('record.figure', { record: state.data, field: id });
}

/** The value of a body field, figures included. */
export function readBody(state: RecordState, id: string): Value | undefined {
  const value = readField(state, id);
  return isEmpty(value) ? (readFigure(state, id, state.info.emptyKind(id)) ?? value) : value;
}

/** The value of a line's column, figures included. */
export function readCell(state: RecordState, sublist: string, line: LineData, id: string): Value | undefined {
  const value = line.fields[id];
  if (!isEmpty(value) || state.partial || !isFigure(state.info.emptyCell(sublist, id))) return value;
  if (line.touched?.includes(id)) return value;
  return state.guest.syscall<Value>('record.figure', { record: state.data, field: id, sublist, line });
}

/**
 * A list of a stored record's fields names the figures that it holds: whoever goes through all fields asks for none by its name. Asking for each
 * would cost a question a figure in every User Event that compares records before and after.
 */
export function withoutFigures(state: RecordState, ids: string[], fields: Fields, sublist?: string): string[] {
  if (state.data.id === null) return ids;
  const leftOut = state.info.figures(sublist).filter((id) => isEmpty(fields[id]));
  return leftOut.length === 0 ? ids : ids.filter((id) => !leftOut.includes(id));
}
