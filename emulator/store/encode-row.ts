import type { Fields, LineData, RecordData, SubrecordData } from '../kernel/types';

export interface RecordRow {
  type: string;
  id: number;
  grp: string;
  externalid: string | null;
  version: number;
  data: string;
}

export interface LineRow {
  sublist: string;
  seq: number;
  data: string;
}

interface Body {
  fields: Fields;
  subrecords?: Record<string, SubrecordData>;
}

/** Empty values are not stored: json_extract answers NULL for them, as Oracle does for an empty column. */
function withoutEmpty(fields: Fields): Fields {
  const kept: Fields = {};
  for (const key in fields) {
    const value = fields[key];
    if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)) continue;
    kept[key] = value;
  }
  return kept;
}

function withoutEmptySubrecords(subrecords: Record<string, SubrecordData>): Record<string, SubrecordData> {
  const kept: Record<string, SubrecordData> = {};
  for (const [key, { fields, sublists = {} }] of Object.entries(subrecords)) {
    const lists = Object.entries(sublists).filter(([, lines]) => lines.length > 0);
    kept[key] = { fields: withoutEmpty(fields) };
    if (lists.length > 0) {
      kept[key].sublists = Object.fromEntries(
        lists.map(([id, lines]) => [id, lines.map((line) => ({ fields: withoutEmpty(line.fields) }))]),
      );
    }
  }
  return kept;
}

export function encodeBody(body: { fields: Fields; subrecords?: Record<string, SubrecordData> }): string {
  const subrecords = body.subrecords;
  const data: Body = { fields: withoutEmpty(body.fields) };
  if (subrecords && Object.keys(subrecords).length > 0) data.subrecords = withoutEmptySubrecords(subrecords);
  return JSON.stringify(data);
}

export function decodeRecord(row: RecordRow, lines: LineRow[]): RecordData {
  const body = JSON.parse(row.data) as Body;
  const sublists: Record<string, LineData[]> = {};
  for (const line of lines) (sublists[line.sublist] ??= []).push(JSON.parse(line.data) as LineData);
  return {
    type: row.type,
    id: String(row.id),
    externalId: row.externalid,
    version: row.version,
    fields: body.fields,
    sublists,
    subrecords: body.subrecords ?? {},
  };
}
