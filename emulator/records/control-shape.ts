import type { Fields, Json, LineData, RecordData, SubrecordData } from '../kernel/types';

/** Bookkeeping of the record engine that is no field of the record. */
const HIDDEN = /^lastline_/;

function plainFields(fields: Fields): Record<string, Json> {
  return Object.fromEntries(Object.entries(fields).filter(([id]) => !HIDDEN.test(id)));
}

function plainSubrecord({ fields, sublists = {} }: SubrecordData): Record<string, Json> {
  const lists = Object.entries(sublists).map(([id, lines]) => [id, lines.map(plainLine)]);
  return { ...plainFields(fields), ...(Object.fromEntries(lists) as Record<string, Json>) };
}

function plainLine(line: LineData): Record<string, Json> {
  const subrecords = Object.entries(line.subrecords ?? {}).map(([id, subrecord]) => [id, plainSubrecord(subrecord)]);
  return { ...plainFields(line.fields), ...(Object.fromEntries(subrecords) as Record<string, Json>) };
}

/** A record as the control API shows it, which is also how it takes it. */
export function controlShape(record: RecordData): Record<string, Json> {
  const sublists = Object.entries(record.sublists).map(([id, lines]) => [id, lines.map(plainLine)]);
  const subrecords = Object.entries(record.subrecords).map(([id, subrecord]) => [id, plainSubrecord(subrecord)]);
  const fields = record.type === 'file' ? fileFields(record.fields) : plainFields(record.fields);
  return {
    type: record.type,
    id: record.id,
    ...(record.externalId === null ? {} : { externalId: record.externalId }),
    version: record.version,
    fields,
    sublists: Object.fromEntries(sublists) as Record<string, Json>,
    subrecords: Object.fromEntries(subrecords) as Record<string, Json>,
  };
}

function fileFields(fields: Fields): Record<string, Json> {
  const { filetype, ...rest } = fields;
  return { ...plainFields(rest), ...(filetype === undefined ? {} : { fileType: filetype }) };
}
