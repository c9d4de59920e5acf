import { SuiteScriptError } from '../../errors';
import { invalidUsage, named } from './call-arguments';
import type { LineData, RecordData, SubrecordData } from './data';
import { lineAt, RecordLines, type LineArguments } from './lines';
import { requireWritable, stateOf, type RecordState } from './state';

const notASubrecord = (fieldId: string): SuiteScriptError =>
  new SuiteScriptError({
    name: 'FIELD_1_IS_NOT_A_SUBRECORD_FIELD',
    message: `Field ${fieldId} is not a subrecord field.`,
  });

type Wrap = (state: RecordState) => RecordSubrecords;
let wrapSubrecord: Wrap;

/** The class of subrecord objects extends this one: it names itself here instead of being imported in a circle. */
export function setSubrecordClass(wrap: Wrap): void {
  wrapSubrecord = wrap;
}

/** A record object over a subrecord's data: changes go straight into the parent's. */
export function openSubrecord(parent: RecordState, type: string, subrecord: SubrecordData): RecordSubrecords {
  const data: RecordData = {
    type,
    id: null,
    externalId: null,
    version: parent.data.version,
    fields: subrecord.fields,
    sublists: (subrecord.sublists ??= {}),
    subrecords: {},
    touched: (subrecord.touched ??= []),
  };
  // The account may answer new field values for the parent: read and write through the subrecord itself.
  Object.defineProperty(data, 'fields', { get: () => subrecord.fields, enumerable: true });
  return wrapSubrecord({
    ...parent,
    data,
    info: parent.typesFor(type),
    owner: 'subrecord',
    setAs: new Map(),
    pendingText: new Map(),
    current: new Map(),
  });
}

export function subrecordOfLine(
  state: RecordState,
  sublistId: string,
  line: LineData,
  fieldId: string,
): RecordSubrecords {
  const type = state.info.subrecords[`${sublistId}.${fieldId}`];
  if (!type) throw notASubrecord(fieldId);
  const subrecord = ((line.subrecords ??= {})[fieldId] ??= { fields: {} });
  return openSubrecord(state, type, subrecord);
}

/** Subrecords of the body and of lines (Oracle page section_4687606306). */
export class RecordSubrecords extends RecordLines {
  hasSubrecord(...args: unknown[]): boolean {
    const { fieldId } = named<LineArguments>('hasSubrecord', args, ['fieldId']);
    return stateOf(this).data.subrecords[fieldId] !== undefined;
  }

  getSubrecord(...args: unknown[]): RecordSubrecords {
    const { fieldId } = named<LineArguments>('getSubrecord', args, ['fieldId']);
    const state = stateOf(this);
    const type = state.info.subrecords[fieldId];
    if (!type) throw notASubrecord(fieldId);
    return openSubrecord(state, type, (state.data.subrecords[fieldId] ??= { fields: {} }));
  }

  removeSubrecord(...args: unknown[]): this {
    const { fieldId } = named<LineArguments>('removeSubrecord', args, ['fieldId']);
    const state = stateOf(this);
    requireWritable(state);
    if (!state.info.subrecords[fieldId]) throw notASubrecord(fieldId);
    delete state.data.subrecords[fieldId];
    return this;
  }

  hasSublistSubrecord(...args: unknown[]): boolean {
    const { sublistId, fieldId, line } = named<LineArguments>('hasSublistSubrecord', args, [
      'sublistId',
      'fieldId',
      'line',
    ]);
    return lineAt(stateOf(this), sublistId, line).subrecords?.[fieldId] !== undefined;
  }

  getSublistSubrecord(...args: unknown[]): RecordSubrecords {
    const { sublistId, fieldId, line } = named<LineArguments>('getSublistSubrecord', args, [
      'sublistId',
      'fieldId',
      'line',
    ]);
    const state = stateOf(this);
    const lines = (state.data.sublists[sublistId] ??= []);
    // On the line after the last one, this starts the line, as setSublistValue does.
    if (!state.dynamic && !state.readOnly && Number(line) === lines.length && state.info.hasSublist(sublistId))
      lines.push({ fields: {}, touched: [] });
    return subrecordOfLine(state, sublistId, lineAt(state, sublistId, line), fieldId);
  }

  removeSublistSubrecord(...args: unknown[]): this {
    const { sublistId, fieldId, line } = named<LineArguments>('removeSublistSubrecord', args, [
      'sublistId',
      'fieldId',
      'line',
    ]);
    const state = stateOf(this);
    requireWritable(state);
    if (state.dynamic)
      throw invalidUsage('Invalid API usage. removeSublistSubrecord is available in standard mode only.');
    delete lineAt(state, sublistId, line).subrecords?.[fieldId];
    return this;
  }
}
