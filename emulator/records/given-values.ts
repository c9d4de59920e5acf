import type { Account, FieldMeta, Fields, Json, LineData, SubrecordData, TypeMeta, Value } from '../kernel/types';
import { storedValue } from './plain-values';

/** Records in the form of the control API (`{fields, sublists, subrecords}` with plain JSON values), read into the stored form. */
const isObject = (value: Json): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readValue(account: Account, field: FieldMeta | undefined, value: Json): Value {
  if (typeof value === 'number' && (field?.type === 'select' || field?.type === 'text')) return String(value);
  return storedValue(account, field, value);
}

export function readGivenFields(
  account: Account,
  metas: Record<string, FieldMeta>,
  given: Record<string, Json>,
): Fields {
  const fields: Fields = {};
  for (const [key, value] of Object.entries(given)) {
    const id = key.toLowerCase();
    fields[id] = readValue(account, metas[id], value);
  }
  return fields;
}

const isLines = (value: Json): value is { [key: string]: Json }[] =>
  Array.isArray(value) && value.length > 0 && value.every(isObject);

/** An address, or an inventory detail with its assignments: lists of objects are lines of the subrecord itself. */
function readSubrecord(account: Account, id: string, given: { [key: string]: Json }): SubrecordData {
  const meta = account.registry.type(id === 'inventorydetail' ? id : 'address');
  const lists = Object.entries(given).filter(([, value]) => isLines(value));
  const fields = Object.fromEntries(Object.entries(given).filter(([, value]) => !isLines(value)));
  const read = { fields: readGivenFields(account, meta?.fields ?? {}, fields) };
  return meta && lists.length > 0
    ? { ...read, sublists: readGivenSublists(account, meta, Object.fromEntries(lists)) }
    : read;
}

function readLine(account: Account, meta: TypeMeta, sublist: string, given: { [key: string]: Json }): LineData {
  const line: LineData = { fields: {} };
  const metas = meta.sublists[sublist]?.fields ?? {};
  for (const [key, value] of Object.entries(given)) {
    const id = key.toLowerCase();
    if (isObject(value)) (line.subrecords ??= {})[id] = readSubrecord(account, id, value);
    else line.fields[id] = readValue(account, metas[id], value);
  }
  return line;
}

export function readGivenSublists(
  account: Account,
  meta: TypeMeta,
  given: Record<string, Json>,
): Record<string, LineData[]> {
  const sublists: Record<string, LineData[]> = {};
  for (const [id, lines] of Object.entries(given)) {
    const rows = Array.isArray(lines) ? lines.filter(isObject) : [];
    sublists[id.toLowerCase()] = rows.map((line) => readLine(account, meta, id.toLowerCase(), line));
  }
  return sublists;
}

export function readGivenSubrecords(
  account: Account,
  _meta: TypeMeta,
  given: Record<string, Json>,
): Record<string, SubrecordData> {
  const subrecords: Record<string, SubrecordData> = {};
  for (const [id, fields] of Object.entries(given)) {
    if (isObject(fields)) subrecords[id.toLowerCase()] = readSubrecord(account, id.toLowerCase(), fields);
  }
  return subrecords;
}
