import { SuiteScriptError } from '../../errors';
import type { Guest } from '../../types';
import type { LineData, RecordData, Value } from './data';
import type { FieldInfo, TypeInfo } from './meta';
import type { Texts } from './texts';

/** What stands behind a record object: hidden from scripts, shared by the files that implement its methods. */
export interface RecordState {
  guest: Guest;
  data: RecordData;
  info: TypeInfo;
  texts: Texts;
  dynamic: boolean;
  /** `own` may be saved by the script; `context` (User Event, workflow) and `subrecord` are saved by the platform. */
  owner: 'own' | 'context' | 'subrecord';
  readOnly: boolean;
  /** An xedit record knows its changed fields only. */
  partial: boolean;
  /** Standard mode remembers how a value was given: reading it the other way is SSS_INVALID_API_USAGE. */
  setAs: Map<string, 'value' | 'text'>;
  /** The text of a field given by setText, until the account has read it. */
  pendingText: Map<string, string | string[]>;
  /** Dynamic mode: the selected line of each sublist. */
  current: Map<string, { index: number; line: LineData }>;
  /** Related Records (sublist `links`), once a script has asked for them; null: the record has none. */
  links?: LineData[] | null;
  typesFor: (type: string) => TypeInfo;
  /** Body fields that the record's form demands or does not have, for the form they were asked for. */
  demands?: { form: string; demanded: ReadonlySet<string>; absent: ReadonlySet<string> };
}

const STATE = Symbol('record');

export function attachState(record: object, state: RecordState): void {
  Object.defineProperty(record, STATE, { value: state });
}

export function stateOf(record: object): RecordState {
  return (record as { [STATE]: RecordState })[STATE];
}

export function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && STATE in value;
}

export function requireWritable(state: RecordState): void {
  if (!state.readOnly) return;
  throw new SuiteScriptError({
    name: 'SSS_INVALID_API_USAGE',
    message: 'Invalid API usage. This record is read-only and cannot be changed: load the record to edit it.',
  });
}

export const dateFormatOf = (state: RecordState): string => state.guest.info.settings.dateFormat;

/** `externalid` is stored beside the fields but set and read like one. */
export function readField(state: RecordState, id: string): Value | undefined {
  if (id === 'externalid') return state.data.externalId ?? state.data.fields.externalid;
  if (id === 'id' || id === 'internalid') return state.data.fields[id] ?? state.data.id ?? undefined;
  return state.data.fields[id];
}

export function writeField(state: RecordState, id: string, value: Value): void {
  if (id === 'externalid') state.data.externalId = value === null ? null : String(value);
  state.data.fields[id] = value;
}

/** Must the field be filled on the form that the record has now? Fields of features that are off are on no form. */
export function isDemanded(state: RecordState, { id, required }: FieldInfo): boolean {
  const form = String(readField(state, 'customform') ?? '');
  if (state.demands?.form !== form) {
    const found = state.guest.syscall<{ demanded: string[]; absent: string[] }>('record.demanded', {
      type: state.info.type,
      form,
    });
    state.demands = { form, demanded: new Set(found.demanded), absent: new Set(found.absent) };
  }
  const { demanded, absent } = state.demands;
  return demanded.has(id) || (required && !absent.has(id));
}

export function fieldInfo(state: RecordState, id: string): FieldInfo | undefined {
  return state.info.field(id);
}
