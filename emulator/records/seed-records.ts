import type { Account, Json, RecordData, TypeMeta, WriteEntry } from '../kernel/types';
import { fault } from '../kernel/types';
import { DuplicateExternalIdError } from '../store/errors';
import { completeSeed } from './complete-seed';
import { settledBySeeds } from './settled-by-seeds';
import { settleSeeded } from './settle-seeded';
import { requireType } from './find-record';
import { readGivenFields, readGivenSublists, readGivenSubrecords } from './given-values';
import { dropUnknownFields } from './unknown-fields';

interface SeedRow {
  type: string;
  id?: string | number;
  externalId?: string | null;
  fields?: Record<string, Json>;
  sublists?: Record<string, Json>;
  subrecords?: Record<string, Json>;
}

/** The File Cabinet belongs to another part, which keeps itself under this key. */
interface FileSaver {
  save(file: { name: string; folder: string; fileType?: string; contents: string }): RecordData;
}

/** Stores rows as given, without validation, sourcing or scripts. All or none; answers their ids in order. */
export function seedRecords(account: Account, rows: Json[]): { id: string }[] {
  const entries: WriteEntry[] = [];
  const stored = account.store.transaction(() => {
    const records = rows.map((row) => seedRow(account, row as unknown as SeedRow, entries));
    // References may point to later rows of the call: what follows from them comes when all are there.
    const settled = settledBySeeds(account);
    for (const record of records)
      if (completeSeed(account, requireType(account, record.type), record, settled)) account.store.put(record);
    const made = new Set(entries.filter(({ op }) => op === 'create').map(({ id }) => id));
    settleSeeded(account, records, made, settled);
    return records;
  });
  for (const entry of entries) account.noteWrite(entry);
  return stored.map((record) => ({ id: record.id! }));
}

/** What it writes goes into `entries`: the ledger tells of it when all rows are in. */
function seedRow(account: Account, row: SeedRow, entries: WriteEntry[]): RecordData {
  if (typeof row.type !== 'string') throw fault('INVALID_RCRD_TYPE', 'Each row needs a type.');
  const meta = requireType(account, row.type);
  const cabinet = account.parts.get('cabinet') as FileSaver | undefined;
  if (meta.id === 'file' && row.id === undefined && cabinet) return cabinet.save(fileOf(row));
  const existing = row.id === undefined ? undefined : account.store.get(meta.id, String(row.id));
  const record = merge(account, meta, existing ?? emptyRecord(meta, row), row);
  if (account.settings.unknownCustomFields === 'accept') dropUnknownFields(account, meta, record);
  const written = write(account, record);
  entries.push({
    op: existing ? 'update' : 'create',
    type: record.type,
    id: record.id!,
    scriptId: null,
    executionId: null,
    api: 'seed',
    context: 'CSVIMPORT',
  });
  return written;
}

function fileOf({ fields = {} }: SeedRow): { name: string; folder: string; fileType?: string; contents: string } {
  const { name, folder, fileType, contents } = fields;
  const text = (value: Json): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
  return {
    name: text(name),
    folder: text(folder),
    contents: text(contents),
    ...(fileType === undefined ? {} : { fileType: text(fileType) }),
  };
}

const emptyRecord = (meta: TypeMeta, row: SeedRow): RecordData => ({
  type: meta.id,
  id: row.id === undefined ? null : String(row.id),
  externalId: null,
  version: 0,
  fields: {},
  sublists: {},
  subrecords: {},
});

function merge(account: Account, meta: TypeMeta, record: RecordData, row: SeedRow): RecordData {
  const { externalid, ...fields } = readGivenFields(account, meta.fields, row.fields ?? {});
  Object.assign(record.fields, fields);
  Object.assign(record.sublists, readGivenSublists(account, meta, row.sublists ?? {}));
  Object.assign(record.subrecords, readGivenSubrecords(account, meta, row.subrecords ?? {}));
  const externalId = row.externalId ?? externalid;
  if (externalId !== undefined) record.externalId = externalId === null ? null : String(externalId);
  return record;
}

function write(account: Account, record: RecordData): RecordData {
  try {
    return account.store.put(record);
  } catch (error) {
    if (error instanceof DuplicateExternalIdError)
      throw fault('DUP_RCRD', `This record already exists: ${error.message}.`);
    throw error;
  }
}
