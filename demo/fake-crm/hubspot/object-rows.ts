import { randomUUID } from 'node:crypto';
import type { Answer } from '../loopback-server';
import type { CrmRecord, RecordTable } from '../record-table';
import { problem } from './access';
import { refuseValue, type PortalSchema } from './portal-schema';

export interface Stored extends CrmRecord {
  id: string;
  properties: Record<string, string | null>;
  archived?: boolean;
  updatedAt?: string;
}

export interface WriteInput {
  id: string;
  idProperty?: string;
  properties: Record<string, string>;
  objectWriteTraceId?: string;
}

export interface PortalRows {
  table: RecordTable;
  schema: PortalSchema;
  newId: () => string;
  now: () => string;
  changed: (object: string, id: string, names: readonly string[], kind: 'creation' | 'propertyChange') => void;
}

export interface RowError {
  status: number;
  category: string;
  message: string;
  code?: string;
}

type Mode = 'create' | 'update' | 'upsert';

/** Writes one record, or says why not. Nothing is half-written. */
export function writeObject(
  rows: PortalRows,
  object: string,
  mode: Mode,
  input: WriteInput,
): { record: Stored; isNew: boolean } | RowError {
  const { id, idProperty, properties } = input;
  if (idProperty !== undefined && !rows.schema.get(object, idProperty)?.hasUniqueValue) {
    return refuse(400, 'VALIDATION_ERROR', `Property ${idProperty} is not a unique property`);
  }
  const found =
    mode === 'create'
      ? undefined
      : idProperty === undefined
        ? (rows.table.get(object, id) as Stored | undefined)
        : byProperty(rows.table, object, idProperty, id);
  const record = found && found.archived !== true ? found : undefined;
  if (!record && mode === 'update') return refuse(404, 'OBJECT_NOT_FOUND', `No ${object} with ID ${id} exists`);
  const wanted = idProperty === undefined ? properties : { ...properties, [idProperty]: id };
  for (const [name, value] of Object.entries(wanted)) {
    const reason = refuseValue(rows.schema.get(object, name), name, value);
    if (reason !== null) {
      return { ...refuse(400, 'VALIDATION_ERROR', reason.replace(/^\w+: /, '')), code: reason.split(':')[0]! };
    }
    const taken = rows.schema.get(object, name)?.hasUniqueValue
      ? byProperty(rows.table, object, name, value)
      : undefined;
    if (taken && taken.id !== record?.id && value !== '') return takenBy(object, name, value, taken.id);
  }
  const isNew = record === undefined;
  const target = record ?? newRecord(rows, object);
  const names = Object.entries(wanted).flatMap(([name, value]) => (target.properties[name] === value ? [] : [name]));
  Object.assign(target.properties, wanted);
  target.updatedAt = rows.now();
  rows.changed(object, target.id, names, isNew ? 'creation' : 'propertyChange');
  return { record: target, isNew };
}

const refuse = (status: number, category: string, message: string): RowError => ({ status, category, message });

function takenBy(object: string, name: string, value: string, id: string): RowError {
  return object === 'contacts' && name === 'email'
    ? refuse(409, 'CONFLICT', `Contact already exists. Existing ID: ${id}`)
    : refuse(
        400,
        'VALIDATION_ERROR',
        `Cannot set PropertyValueCoordinates{propertyName=${name}, value=${value}} on a new object. ${id} already has that value.`,
      );
}

function newRecord(rows: PortalRows, object: string): Stored {
  const id = rows.newId();
  const now = rows.now();
  const made: Stored = {
    id,
    properties: { hs_object_id: id, createdate: now },
    createdAt: now,
    updatedAt: now,
    archived: false,
  };
  rows.table.put(object, id, made);
  return made;
}

export function byProperty(table: RecordTable, object: string, property: string, value: string): Stored | undefined {
  const wanted = value.toLowerCase();
  return table
    .all(object)
    .map(([, record]) => record as Stored)
    .find((record) => record.archived !== true && record.properties[property]?.toLowerCase() === wanted);
}

/** A batch: errors of single rows only where every row carries a trace id, otherwise the first one refuses the whole. */
export function writeBatch(rows: PortalRows, object: string, mode: Mode, inputs: readonly WriteInput[]): Answer {
  const several = inputs.every(({ objectWriteTraceId }) => objectWriteTraceId !== undefined);
  const keys = inputs.map(({ id, idProperty }) => `${idProperty ?? ''}|${id}`);
  if (mode !== 'create' && new Set(keys).size < keys.length) {
    return problem(400, 'VALIDATION_ERROR', 'Duplicate IDs found in batch input');
  }
  const results: CrmRecord[] = [];
  const errors: CrmRecord[] = [];
  for (const input of inputs) {
    const written = writeObject(rows, object, mode, input);
    const { objectWriteTraceId } = input;
    if ('record' in written) {
      const { associations: _associations, ...own } = written.record;
      results.push({ ...own, new: written.isNew, ...(objectWriteTraceId ? { objectWriteTraceId } : {}) });
    } else if (!several) {
      return problem(written.status, written.category, written.message, codeOf(written));
    } else {
      const context = { objectWriteTraceId: [objectWriteTraceId], ids: [input.id] };
      const { category, message } = written;
      errors.push({ status: 'error', category, message, context, ...codeOf(written) });
    }
  }
  return batchAnswer(rows, results, errors);
}

const codeOf = ({ code, message }: RowError): object => (code === undefined ? {} : { errors: [{ code, message }] });

export function batchAnswer(rows: PortalRows, results: CrmRecord[], errors: CrmRecord[]): Answer {
  const now = rows.now();
  const body = { status: 'COMPLETE', results, startedAt: now, completedAt: now };
  return errors.length === 0
    ? { status: 200, body }
    : { status: 207, body: { ...body, numErrors: errors.length, errors } };
}

/** A record as an answer shows it: the properties asked for and those every record has. */
export function show(record: Stored, properties: readonly string[]): CrmRecord {
  const { associations: _associations, ...own } = record;
  const names = [...properties, 'hs_object_id'];
  const modified = record.updatedAt ?? '';
  const system: Record<string, string> = {
    hs_object_id: record.id,
    hs_lastmodifieddate: modified,
    lastmodifieddate: modified,
  };
  return {
    ...own,
    archived: record.archived ?? false,
    properties: Object.fromEntries(names.map((name) => [name, record.properties[name] ?? system[name] ?? null])),
  };
}

export const unknownPath = (): Answer => ({
  status: 404,
  body: { status: 'error', message: 'Unable to find path.', correlationId: randomUUID() },
});
