import type { FieldState } from '../modules/widget/field';
import { createField } from '../modules/widget/field';
import { createForm, type RecordOnForm } from '../modules/widget/form';
import { listOptionsOf } from '../modules/widget/list-options';
import { createSublist } from '../modules/widget/sublist';
import type { Guest, Json } from '../types';
import { createServerRequest, type RequestData } from './server-request';

interface RecordField {
  label: string;
  type: string;
  getSelectOptions(): { value: string; text: string }[];
}

interface ShownRecord {
  type: string;
  getField(options: object): RecordField | null;
  getValue(options: object): unknown;
  setValue(options: object): unknown;
  getSublist(options: object): { getColumn(options: object): RecordField | null } | null;
  getLineCount(options: object): number;
  getSublistValue(options: object): unknown;
  setSublistValue(options: object): unknown;
}

const SELECTS = new Set(['select', 'multiselect']);

function stateOf(id: string, field: RecordField): FieldState {
  return {
    id,
    type: field.type,
    label: field.label,
    displayType: 'NORMAL',
    layoutType: 'NORMAL',
    breakType: 'NONE',
    help: '',
    options: [],
    value: undefined,
    ...(SELECTS.has(field.type) ? { listed: () => field.getSelectOptions() } : {}),
  };
}

/** Fields and sublists of the record that beforeLoad is about to show: reading and setting them reads and sets the record's own values. */
function recordOnForm(record: ShownRecord): RecordOnForm {
  const setValue = (fieldId: string, value: unknown): void => void record.setValue({ fieldId, value });
  return {
    setValue,
    field: (id) => {
      const field = record.getField({ fieldId: id });
      if (!field) return null;
      const read = (): unknown => record.getValue({ fieldId: id });
      return { ...stateOf(id, field), read, write: (value) => setValue(id, value) };
    },
    sublist: (id) => {
      const sublist = record.getSublist({ sublistId: id });
      if (!sublist) return null;
      return createSublist(id, 'INLINEEDITOR', id, {
        count: () => record.getLineCount({ sublistId: id }),
        get: (fieldId, line) => record.getSublistValue({ sublistId: id, fieldId, line }),
        set: (fieldId, line, value) => void record.setSublistValue({ sublistId: id, fieldId, line, value }),
        column: (fieldId) => {
          const column = sublist.getColumn({ fieldId });
          return column ? createField(stateOf(fieldId, column)) : null;
        },
      });
    },
  };
}

/** `context.form` and `context.request` of beforeLoad (page section_4407991781); no request unless a browser asked. */
export function openedForm(guest: Guest, record: object, request: Json): { form: object; request: object | null } {
  const shown = record as ShownRecord;
  return {
    form: createForm(shown.type, (source) => listOptionsOf(guest, source), recordOnForm(shown)),
    request: request ? createServerRequest(guest, request as unknown as RequestData) : null,
  };
}
