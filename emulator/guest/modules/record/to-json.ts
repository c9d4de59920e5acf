import { plainText } from './convert';
import type { Fields, LineData } from './data';
import type { FieldInfo } from './meta';
import { dateFormatOf, type RecordState } from './state';

type JsonFields = Record<string, string | string[]>;

function fieldsToJson(fields: Fields, info: (id: string) => FieldInfo | undefined, dateFormat: string): JsonFields {
  const json: JsonFields = {};
  for (const [id, value] of Object.entries(fields)) {
    if (value === null || value === undefined) continue;
    json[id] = Array.isArray(value) ? [...value] : plainText(value, info(id), dateFormat);
  }
  return json;
}

/** The JSON of a record object: all values as text, lines under `line 1`, `line 2` … */
export function recordToJson(state: RecordState): object {
  const format = dateFormatOf(state);
  const { data, info } = state;
  const sublists: Record<string, Record<string, JsonFields>> = {};
  for (const [sublist, lines] of Object.entries(data.sublists)) {
    const json: Record<string, JsonFields> = {};
    lines.forEach((line: LineData, index) => {
      json[`line ${index + 1}`] = fieldsToJson(line.fields, (id) => info.lineField(sublist, id), format);
    });
    sublists[sublist] = json;
  }
  const fields = fieldsToJson(data.fields, (id) => info.field(id), format);
  if (data.externalId !== null) fields.externalid = data.externalId;
  return { ...(data.id === null ? {} : { id: data.id }), type: data.type, isDynamic: state.dynamic, fields, sublists };
}
