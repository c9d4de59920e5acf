import { EXTERNAL_IDS, READ_ONLY } from './salesforce-objects';
import type { CrmRecord, RecordTable } from './record-table';

export interface RowResult {
  id?: string;
  success: boolean;
  created?: boolean;
  errors: { statusCode: string; message: string; fields: string[] }[];
}

const refuse = (statusCode: string, message: string, fields: string[] = []): RowResult => ({
  success: false,
  errors: [{ statusCode, message, fields }],
});

/** Writes one row of a collections call as Salesforce does: by id, or by the value of an external id field. */
export function writeRow(
  table: RecordTable,
  object: string,
  by: string,
  row: CrmRecord,
  known: ReadonlySet<string>,
  changed: (record: CrmRecord) => void,
): RowResult {
  const { attributes: _attributes, id, ...given } = row;
  const unknown = Object.keys(given).find((field) => !known.has(field));
  if (unknown !== undefined) {
    return refuse('INVALID_FIELD', `No such column '${unknown}' on sobject of type ${object}`, [unknown]);
  }
  const fixed = Object.keys(given).find((field) => READ_ONLY.has(field));
  if (fixed !== undefined) {
    return refuse('INVALID_FIELD_FOR_INSERT_UPDATE', `Unable to create/update fields: ${fixed}.`, [fixed]);
  }
  const found = by === 'Id' ? byId(table, object, id) : byExternalId(table, object, by, given[by]);
  if (found === null)
    return refuse('NOT_FOUND', `Provided external ID field does not exist or is not accessible: ${by}`);
  const [recordId, record] = found;
  const taken = [...EXTERNAL_IDS].find((field) => isTaken(table, object, field, given[field], recordId));
  if (taken !== undefined) {
    return refuse('DUPLICATE_VALUE', `duplicate value found: ${taken} duplicates value on record with another id`, [
      taken,
    ]);
  }
  Object.assign(record, given);
  changed(record);
  return { id: recordId, success: true, ...(by === 'Id' ? {} : { created: false }), errors: [] };
}

function byId(table: RecordTable, object: string, id: unknown): [string, CrmRecord] | null {
  const record = typeof id === 'string' ? table.get(object, id) : undefined;
  return record ? [id as string, record] : null;
}

function byExternalId(table: RecordTable, object: string, field: string, value: unknown): [string, CrmRecord] | null {
  return table.all(object).find(([, record]) => value !== undefined && record[field] === value) ?? null;
}

const isTaken = (table: RecordTable, object: string, field: string, value: unknown, own: string): boolean =>
  typeof value === 'string' && table.all(object).some(([id, record]) => id !== own && record[field] === value);
