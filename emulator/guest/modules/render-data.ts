import { unsupported } from '../errors';
import type { Guest } from '../types';
import { parseDocument } from './xml-parse';
import { Shown, type Data } from './template/model';
import type { XmlNode } from './xml-dom';

interface FieldLike {
  label: string;
  type: string;
}

/** What templates read of a record object; any N/record Record does. */
export interface RecordLike {
  getFields(): string[];
  getValue(id: string): unknown;
  getText(id: string): unknown;
  getField(id: string): FieldLike | null;
  getSublists(): string[];
  getLineCount(options: { sublistId: string }): number;
  getSublistFields(options: { sublistId: string }): string[];
  getSublistValue(options: { sublistId: string; fieldId: string; line: number }): unknown;
  getSublistText(options: { sublistId: string; fieldId: string; line: number }): unknown;
  getSublistField(options: { sublistId: string; fieldId: string; line: number }): FieldLike | null;
}

/**
 * A record as templates see it: fields under their ids (selects and dates by their text, amounts with two decimals), sublists as
 * sequences of lines, labels under `field@label` (bridgehead_3785741842). How NetSuite prints an amount is unconfirmed.
 */
export function recordData(guest: Guest, record: RecordLike): Data {
  const data: Data = {};
  for (const id of record.getFields()) {
    const field = record.getField(id);
    Object.assign(
      data,
      fieldData(guest, id, field, record.getValue(id), () => record.getText(id)),
    );
  }
  for (const sublistId of record.getSublists()) {
    const fields = record.getSublistFields({ sublistId });
    data[sublistId] = Array.from({ length: Math.max(0, record.getLineCount({ sublistId })) }, (_, line) =>
      lineData(guest, record, fields, { sublistId, line }),
    );
  }
  return data;
}

function lineData(guest: Guest, record: RecordLike, fields: string[], line: { sublistId: string; line: number }): Data {
  const data: Data = {};
  for (const fieldId of fields) {
    const at = { ...line, fieldId };
    const text = (): unknown => record.getSublistText(at);
    Object.assign(data, fieldData(guest, fieldId, record.getSublistField(at), record.getSublistValue(at), text));
  }
  return data;
}

function fieldData(guest: Guest, id: string, field: FieldLike | null, value: unknown, text: () => unknown): Data {
  const label = { [`${id}@label`]: field?.label ?? '' };
  if (value === null || value === undefined || value === '') return { [id]: '', ...label };
  const type = field?.type ?? '';
  if (value instanceof Date) {
    const { format } = guest.module<{ format: (options: object) => string }>('N/format');
    const kind = type.startsWith('datetime') ? 'datetime' : type === 'timeofday' ? 'timeofday' : 'date';
    return { [id]: new Shown(value, format({ value, type: kind })), ...label };
  }
  if (typeof value === 'number' && type.includes('currency')) {
    const { format } = guest.module<{ format: (options: object) => string }>('N/format');
    return { [id]: new Shown(value, format({ value, type: 'currency' })), ...label };
  }
  if (typeof value === 'string' || Array.isArray(value)) {
    const shown = text();
    const joined = Array.isArray(shown) ? shown.join(', ') : shown;
    return { [id]: joined === null || joined === undefined || joined === '' ? value : joined, ...label };
  }
  return { [id]: value, ...label };
}

interface ResultLike {
  id: string;
  recordType: string;
  columns: { name: string; join?: string | null }[];
  getValue(column: object): unknown;
  getText(column: object): unknown;
}

/** Rows of a search: columns under their names, joined ones under their join as well. */
export const searchData = (results: ResultLike[]): Data[] =>
  results.map((result) => {
    const row: Data = { id: result.id, recordtype: result.recordType };
    for (const column of result.columns) {
      const value = result.getText(column) ?? result.getValue(column);
      row[column.name] ??= value;
      if (column.join) row[column.join] = { ...(row[column.join] as Data | undefined), [column.name]: value };
    }
    return row;
  });

/** What `addCustomDataSource` binds. */
export function customData(format: unknown, data: unknown): unknown {
  if (format === 'OBJECT') return data;
  if (format === 'JSON') return typeof data === 'string' ? (JSON.parse(data) as unknown) : data;
  if (format === 'XML_STRING') return xmlData(parseDocument(String(data)));
  throw unsupported(`TemplateRenderer.addCustomDataSource of format ${String(format)}`);
}

/** FreeMarker's view of XML as far as names go: elements by name (a sequence where there are several), texts, `@attributes`. */
function xmlData(node: XmlNode): unknown {
  const elements = [...node.childNodes].filter((child) => child.nodeType === 'ELEMENT_NODE');
  if (elements.length === 0 && node.nodeType === 'ELEMENT_NODE') return node.textContent ?? '';
  const data: Data = {};
  for (const child of elements) {
    const value = xmlData(child);
    const before = data[child.nodeName];
    data[child.nodeName] =
      before === undefined ? value : Array.isArray(before) ? [...(before as unknown[]), value] : [before, value];
  }
  return data;
}
