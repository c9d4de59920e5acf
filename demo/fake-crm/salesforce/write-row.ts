import type { CrmRecord, RecordTable } from '../record-table';
import { checkValue, storedValue, type RowError } from './check-value';
import type { ObjectSchema, OrgSchema } from './org-schema';

export interface RowResult {
  id?: string;
  success: boolean;
  created?: boolean;
  errors: RowError[];
}

export interface RowWrite {
  object: string;
  /** `Id`, an external id field, or null for a creation. */
  by: string | null;
  row: CrmRecord;
}

/** What a write needs of the org around it. */
export interface OrgRows {
  schema: OrgSchema;
  table: RecordTable;
  newId: (prefix: string) => string;
  /** Called after a write, with the names of the fields that changed. */
  written: (object: string, id: string, kind: 'CREATE' | 'UPDATE', fields: string[]) => void;
  /** Rules of the org (duplicate rules, validation rules, triggers, locks); null lets the row through. */
  rule: (object: string, row: CrmRecord, id: string | null) => RowError | null;
}

const refuse = (statusCode: string, message: string, fields: string[] = []): RowResult => ({
  success: false,
  errors: [{ statusCode, message, fields }],
});

/** Writes one row as Salesforce does: creates it, or updates the record with that id or external id value. */
export function writeRow(org: OrgRows, { object, by, row }: RowWrite): RowResult {
  const schema = org.schema.get(object);
  if (!schema) return refuse('INVALID_TYPE', `sObject type '${object}' is not supported.`);
  const { attributes: _attributes, id, Id, ...given } = row;
  const resolved = resolveRelations(org, schema, given);
  if ('errors' in resolved) return resolved;
  const values = resolved.values;
  const target = findTarget(org, schema, by, { ...values, Id: id ?? Id });
  if ('errors' in target) return target;
  const errors = Object.entries(values).flatMap(([name, value]) => {
    const known = schema.fields.get(name);
    if (!known) return [noSuchField(object, name)];
    return checkValue(object, known, value) ?? [];
  });
  if (errors.length > 0) return { success: false, errors: [errors[0]!] };
  const missing =
    target.id === null
      ? [...schema.fields.values()].filter(({ name, required }) => required && (values[name] ?? '') === '')
      : [];
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name);
    return refuse('REQUIRED_FIELD_MISSING', `Required fields are missing: [${names.join(', ')}]`, names);
  }
  const taken = takenValue(org, schema, values, target.id);
  if (taken) return taken;
  const ruled = org.rule(object, values, target.id);
  if (ruled) return { success: false, errors: [ruled] };
  return save(org, schema, values, target.id);
}

function save(org: OrgRows, schema: ObjectSchema, values: CrmRecord, existing: string | null): RowResult {
  const object = schema.name;
  const id = existing ?? org.newId(schema.prefix);
  if (existing === null) {
    org.table.put(object, id, {
      attributes: { type: object, url: `/services/data/v62.0/sobjects/${object}/${id}` },
      Id: id,
      IsDeleted: false,
    });
  }
  const record = org.table.get(object, id)!;
  const changed: string[] = [];
  for (const [name, value] of Object.entries(values)) {
    const stored = storedValue(schema.fields.get(name)!, value);
    if ((record[name] ?? null) !== stored) changed.push(name);
    record[name] = stored;
  }
  org.written(object, id, existing === null ? 'CREATE' : 'UPDATE', changed);
  return { id, success: true, created: existing === null, errors: [] };
}

const noSuchField = (object: string, name: string): RowError => ({
  statusCode: 'INVALID_FIELD',
  message: `No such column '${name}' on sobject of type ${object}`,
  fields: [name],
});

/** `Account__r: {NetSuite_Internal_ID__c: '1'}` names the parent by its external id. */
function resolveRelations(org: OrgRows, schema: ObjectSchema, given: CrmRecord): { values: CrmRecord } | RowResult {
  const values: CrmRecord = {};
  for (const [name, value] of Object.entries(given)) {
    if (typeof value !== 'object' || value === null) {
      values[name] = value;
      continue;
    }
    const reference = name.endsWith('__r') ? name.replace(/__r$/, '__c') : `${name}Id`;
    if (!schema.fields.has(reference)) return { success: false, errors: [noSuchField(schema.name, name)] };
    const wanted = Object.entries(value as CrmRecord).filter(([key]) => key !== 'attributes')[0];
    const hit = wanted && findByField(org, schema.fields.get(reference)?.references ?? name, wanted[0], wanted[1]);
    if (!hit) {
      const [key, text] = wanted ?? ['', ''];
      return refuse('INVALID_FIELD', `Foreign key external ID: ${String(text)} not found for field ${key}`, [name]);
    }
    values[reference] = hit;
  }
  return { values };
}

/** The record of the object that a relationship leads to; a standard relationship mostly has the object's name. */
function findByField(org: OrgRows, object: string, field: string, value: unknown): string | null {
  const known = org.schema.get(object);
  for (const { name, fields } of known ? [known] : org.schema.all()) {
    if (!fields.get(field)?.externalId) continue;
    const found = org.table.find(name, (_id, record) => sameText(record[field], value) && alive(record));
    if (found) return found[0];
  }
  return null;
}

function findTarget(
  org: OrgRows,
  { name: object, fields }: ObjectSchema,
  by: string | null,
  values: CrmRecord,
): { id: string | null } | RowResult {
  if (by === null) return { id: null };
  if (by === 'Id') {
    const id = values['Id'];
    if (typeof id !== 'string' || !/^[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?$/.test(id)) {
      return refuse('MALFORMED_ID', `Record ID: bad id ${String(id)}`, ['Id']);
    }
    const record = org.table.get(object, id);
    if (!record) return refuse('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
    if (!alive(record)) return refuse('ENTITY_IS_DELETED', 'entity is deleted');
    return { id };
  }
  if (!fields.get(by)?.externalId) {
    return refuse('NOT_FOUND', `Provided external ID field does not exist or is not accessible: ${by}`);
  }
  const value = values[by];
  if (value === undefined || value === null || value === '') {
    return refuse('MISSING_ARGUMENT', `${by} not specified`, [by]);
  }
  const fits = (_id: string, record: CrmRecord): boolean => sameText(record[by], value) && alive(record);
  const first = org.table.find(object, fits);
  if (first && org.table.find(object, (id, record) => id !== first[0] && fits(id, record)))
    return refuse('DUPLICATE_EXTERNAL_ID', `${by}: more than one record found for external id field`);
  return { id: first?.[0] ?? null };
}

function takenValue(
  org: OrgRows,
  { name: object, fields }: ObjectSchema,
  values: CrmRecord,
  own: string | null,
): RowResult | null {
  for (const { name, unique } of fields.values()) {
    const value = values[name];
    if (!unique || value === undefined || value === null || value === '') continue;
    const other = org.table.find(object, (id, record) => sameText(record[name], value) && id !== own && alive(record));
    if (other) {
      return refuse(
        'DUPLICATE_VALUE',
        `duplicate value found: ${name} duplicates value on record with id: ${other[0]}`,
      );
    }
  }
  return null;
}

export const alive = (record: CrmRecord): boolean => record['IsDeleted'] !== true;

/** Text fields of an org compare without case unless they are made to. */
const sameText = (left: unknown, right: unknown): boolean => {
  if (left === null || left === undefined) return false;
  // Asked of each record of an object: texts of the same letters are as long as each other, and most are not.
  if (typeof left === 'string' && typeof right === 'string' && left.length !== right.length) return false;
  return textOf(left).toLowerCase() === textOf(right).toLowerCase();
};

export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value);
