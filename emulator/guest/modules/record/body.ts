import { missingArgument } from '../../errors';
import { fieldIdOf, invalidUsage, named } from './call-arguments';
import { dateFromText, invalidValue, isSelect, plainText, toScript, toStored } from './convert';
import { touch, type Value } from './data';
import { makeField } from './field';
import { readBody, readFigure, withoutFigures } from './figures';
import type { FieldInfo } from './meta';
import { sourceBody } from './source';
import {
  attachState,
  dateFormatOf,
  fieldInfo,
  readField,
  requireWritable,
  stateOf,
  writeField,
  type RecordState,
} from './state';
import { recordToJson } from './to-json';

interface FieldArguments {
  fieldId: string;
}
interface SetArguments extends FieldArguments {
  value: unknown;
  text: string | string[];
  ignoreFieldChange?: boolean;
}

/** The stored value of a text, through the field's list where it has one. */
export function storedFromText(
  state: RecordState,
  field: FieldInfo | undefined,
  id: string,
  text: string | string[] | null,
): Value {
  if (text === null || text === '') return null;
  if (field && isSelect(field)) {
    const ids = (Array.isArray(text) ? text : [text]).map((one) => {
      const found = state.texts.idOf(field, String(one));
      if (found === undefined) throw invalidValue(one, id);
      return found;
    });
    return field.type === 'multiselect' ? ids : ids[0]!;
  }
  const plain = Array.isArray(text) ? text.join('\u0005') : text;
  if (
    field &&
    (field.type === 'date' || field.type === 'datetime' || field.type === 'datetimetz' || field.type === 'timeofday')
  ) {
    return dateFromText(String(plain), field, dateFormatOf(state));
  }
  return toStored(plain, field, dateFormatOf(state));
}

/** Body fields and what describes the record. The rest of the object's methods come with the classes that extend this one. */
export class RecordBody {
  constructor(state: RecordState) {
    attachState(this, state);
  }

  get id(): number | null {
    const id = stateOf(this).data.id;
    return id === null ? null : Number(id);
  }

  get type(): string {
    return stateOf(this).data.type;
  }

  get isDynamic(): boolean {
    return stateOf(this).dynamic;
  }

  get isNew(): boolean {
    const { data } = stateOf(this);
    return data.id === null || data.version === 0;
  }

  get isReadOnly(): boolean {
    return stateOf(this).readOnly;
  }

  /** The method that scripts call most, often for every field of a record: no list of arguments, no description of an empty field. */
  getValue(first: unknown): unknown {
    const id = fieldIdOf('getValue', first);
    const state = stateOf(this);
    if (state.setAs.size > 0 && !state.dynamic && state.setAs.get(id) === 'text') {
      throw invalidUsage('Invalid API usage. You must use getText to return the value set with setText.');
    }
    const value = readField(state, id);
    if (value !== undefined && value !== null && value !== '') return toScript(value, fieldInfo(state, id));
    const kind = state.info.emptyKind(id);
    if (value === undefined && (state.partial || (kind === 'unknown' && !state.info.adopts(id)))) return undefined;
    if (kind === 'text' || kind === 'unknown') return '';
    return toScript(kind === 'typed' ? value : readFigure(state, id, kind), fieldInfo(state, id));
  }

  setValue(...args: unknown[]): this {
    const { fieldId, value, ignoreFieldChange } = named<SetArguments>(
      'setValue',
      args,
      ['fieldId', 'value', 'ignoreFieldChange'],
      ['fieldId'],
    );
    const state = stateOf(this);
    requireWritable(state);
    if (value === undefined && !hasKey(args, 'value')) throw missingArgument('setValue', 'value');
    const id = fieldId.toLowerCase();
    writeField(state, id, toStored(value, fieldInfo(state, id), dateFormatOf(state)));
    touch(state.data, id);
    state.setAs.set(id, 'value');
    sourceBody(state, id, ignoreFieldChange === true);
    return this;
  }

  getText(...args: unknown[]): string | string[] {
    const { fieldId } = named<FieldArguments>('getText', args, ['fieldId']);
    const state = stateOf(this);
    const id = fieldId.toLowerCase();
    if (!state.dynamic && state.setAs.get(id) === 'value') {
      throw invalidUsage('Invalid API usage. You must use getValue to return the value set with setValue.');
    }
    const pending = state.pendingText.get(id);
    if (pending !== undefined) return pending;
    const field = fieldInfo(state, id);
    const value = readBody(state, id);
    if (!field && value === undefined) return undefined as unknown as string;
    if (field && isSelect(field)) return state.texts.textOf(field, value, state.data.fields.entity);
    return plainText(value, field, dateFormatOf(state));
  }

  setText(...args: unknown[]): this {
    const { fieldId, text, ignoreFieldChange } = named<SetArguments>(
      'setText',
      args,
      ['fieldId', 'text', 'ignoreFieldChange'],
      ['fieldId', 'text'],
    );
    const state = stateOf(this);
    requireWritable(state);
    const id = fieldId.toLowerCase();
    writeField(state, id, storedFromText(state, fieldInfo(state, id), id, text));
    touch(state.data, id);
    if (!state.dynamic) {
      state.setAs.set(id, 'text');
      state.pendingText.set(id, text);
    }
    sourceBody(state, id, ignoreFieldChange === true);
    return this;
  }

  removeField(...args: unknown[]): this {
    const { fieldId } = named<FieldArguments>('removeField', args, ['fieldId']);
    const state = stateOf(this);
    requireWritable(state);
    if (fieldInfo(state, fieldId)) writeField(state, fieldId, null);
    return this;
  }

  /** A list edit's record names the edited fields only. */
  getFields(): string[] {
    const state = stateOf(this);
    const { info, data, partial } = state;
    if (partial) return Object.keys(data.fields);
    const known = withoutFigures(state, info.fieldIds(), data.fields);
    return [...known, ...Object.keys(data.fields).filter((id) => info.emptyKind(id) === 'unknown')];
  }

  getField(...args: unknown[]): object | null {
    const { fieldId } = named<FieldArguments>('getField', args, ['fieldId']);
    const state = stateOf(this);
    const field = fieldInfo(state, fieldId.toLowerCase());
    return field ? makeField(state, field) : null;
  }

  toString(): string {
    return stateOf(this).dynamic ? 'dynamic record' : 'standard record';
  }

  toJSON(): object {
    return recordToJson(stateOf(this));
  }
}

/** Was the argument given at all (an explicit `undefined` counts as given by position)? */
function hasKey(args: unknown[], key: string): boolean {
  const first = args[0];
  return typeof first === 'object' && first !== null ? key in first : args.length > 1;
}
