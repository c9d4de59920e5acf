import Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Fields, LineData, RecordData, Store } from '../kernel/types';
import { describeIndex } from './describe-index';
import { decodeRecord, encodeBody, type LineRow, type RecordRow } from './encode-row';
import { DuplicateExternalIdError } from './errors';
import { lockFolder } from './lock-folder';
import { COMPUTED_INDEX, createSchema } from './schema';

/** Which group a record type belongs to; the store itself knows nothing of types. */
export type GroupOf = (type: string) => string;

const IDENTIFIER = /^[a-z0-9_]+$/i;

/**
 * Opens the account's data in a directory (`account.sqlite`), or in memory when `directory` is null.
 * Throws FolderInUse for a directory that is open already. Version numbers are taken per record: one more than what is stored or what the caller brings, whichever is greater.
 */
export function openStore(directory: string | null, groupOf: GroupOf): Store {
  if (directory) mkdirSync(directory, { recursive: true });
  const unlock = directory ? lockFolder(directory) : () => undefined;
  const db = new Database(directory ? path.join(directory, 'account.sqlite') : ':memory:');
  createSchema(db);
  return new SqliteStore(db, groupOf, unlock);
}

/** Lines that the account keeps about a record and that are no part of it: what it cost (records/value-stock.ts). A save leaves them; a delete takes them. */
const KEPT = "('cogs', 'stockvalue', 'transferin')";

function prepareStatements(db: Database.Database) {
  return {
    get: db.prepare<[string, number]>(
      'SELECT type, id, grp, externalid, version, data FROM record WHERE type = ? AND id = ?',
    ),
    lines: db.prepare<[string, number]>(
      `SELECT sublist, seq, data FROM line WHERE type = ? AND id = ? AND sublist NOT IN ${KEPT} ORDER BY sublist, seq`,
    ),
    inGroup: db.prepare<[string, number]>(
      'SELECT type, id, grp, externalid, version, data FROM record WHERE grp = ? AND id = ?',
    ),
    byExternal: db.prepare<[string, string]>(
      'SELECT type, id FROM record WHERE grp = ? AND upper(externalid) = upper(?) AND externalid IS NOT NULL',
    ),
    version: db.prepare<[string, number]>('SELECT version FROM record WHERE type = ? AND id = ?').pluck(),
    insert: db.prepare<[string, number, string, string | null, number, string]>(
      'INSERT INTO record (type, id, grp, externalid, version, data) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    update: db.prepare<[string | null, number, string, string, number]>(
      'UPDATE record SET externalid = ?, version = ?, data = ? WHERE type = ? AND id = ?',
    ),
    remove: db.prepare<[string, number]>('DELETE FROM record WHERE type = ? AND id = ?'),
    removeLines: db.prepare<[string, number]>(`DELETE FROM line WHERE type = ? AND id = ? AND sublist NOT IN ${KEPT}`),
    removeAllLines: db.prepare<[string, number]>('DELETE FROM line WHERE type = ? AND id = ?'),
    insertLine: db.prepare<[string, number, string, number, string]>(
      'INSERT INTO line (type, id, sublist, seq, data) VALUES (?, ?, ?, ?, ?)',
    ),
    patchLine: db.prepare<[string, number, string, number, string]>(
      'INSERT INTO line (type, id, sublist, seq, data) VALUES (?, ?, ?, ?, ?) ON CONFLICT (type, id, sublist, seq) DO UPDATE SET data = excluded.data',
    ),
    next: db
      .prepare<[string, number]>(
        'INSERT INTO counter (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value',
      )
      .pluck(),
    push: db.prepare<[string, number]>(
      'INSERT INTO counter (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)',
    ),
    begin: db.prepare('BEGIN IMMEDIATE'),
    commit: db.prepare('COMMIT'),
    savepoint: db.prepare('SAVEPOINT nested'),
    release: db.prepare('RELEASE nested'),
    list: db.prepare<[string, number, number]>(
      'SELECT type, id, grp, externalid, version, data FROM record WHERE type = ? AND id > ? ORDER BY id LIMIT ?',
    ),
  };
}

class SqliteStore implements Store {
  readonly db: Database.Database;
  private readonly groupOf: GroupOf;
  private readonly sql: ReturnType<typeof prepareStatements>;
  private readonly indexed = new Set<string>();
  /** Types with lines anywhere: most lists have none, and their records are read without asking for any. */
  private readonly typesWithLines: Set<string>;
  private readonly written = new Map<string, number>();
  /** Types that the transaction under way has written. */
  private readonly noted = new Set<string>();
  private restored = 0;

  private readonly unlock: () => void;

  constructor(db: Database.Database, groupOf: GroupOf, unlock: () => void) {
    this.db = db;
    this.unlock = unlock;
    this.groupOf = groupOf;
    this.sql = prepareStatements(db);
    this.typesWithLines = new Set(db.prepare('SELECT DISTINCT type FROM line').pluck().all() as string[]);
  }

  get(type: string, id: string): RecordData | undefined {
    const key = Number(id);
    if (!Number.isSafeInteger(key)) return undefined;
    const row = this.sql.get.get(type, key) as RecordRow | undefined;
    return row && this.decode(row);
  }

  getInGroup(group: string, id: string): RecordData | undefined {
    const key = Number(id);
    if (!Number.isSafeInteger(key)) return undefined;
    const row = this.sql.inGroup.get(group, key) as RecordRow | undefined;
    return row && this.decode(row);
  }

  findByExternalId(group: string, externalId: string): { type: string; id: string } | undefined {
    const row = this.sql.byExternal.get(group, externalId) as { type: string; id: number } | undefined;
    return row && { type: row.type, id: String(row.id) };
  }

  put(record: RecordData): RecordData {
    return this.transaction(() => this.write(record));
  }

  changes(type: string): number {
    return (this.written.get(type) ?? 0) + this.restored;
  }

  noteRestored(): void {
    this.restored += 1;
  }

  patch(type: string, id: string, fields: Fields): void {
    this.noteChange(type);
    const names = Object.keys(fields);
    for (const name of names) if (!IDENTIFIER.test(name)) throw new RangeError(`not a field id: ${name}`);
    if (names.length === 0) return;
    const paths = names.map((name) => `'$.fields.${name}', json(?)`).join(', ');
    const values = names.map((name) => JSON.stringify(fields[name] ?? null));
    const statement = this.db.prepare(`UPDATE record SET data = json_set(data, ${paths}) WHERE type = ? AND id = ?`);
    statement.run(...values, type, Number(id));
  }

  patchLine(type: string, id: string, sublist: string, seq: number, line: LineData): void {
    this.typesWithLines.add(type);
    this.sql.patchLine.run(type, Number(id), sublist, seq, encodeBody(line));
  }

  remove(type: string, id: string): void {
    this.noteChange(type);
    this.transaction(() => {
      this.sql.removeAllLines.run(type, Number(id));
      this.sql.remove.run(type, Number(id));
    });
  }

  nextId(group: string): string {
    return String(this.next(`id:${group}`));
  }

  next(counter: string): number {
    return this.sql.next.get(counter, 1) as number;
  }

  list(type: string, options: { limit?: number; after?: string } = {}): RecordData[] {
    const after = options.after === undefined ? Number.MIN_SAFE_INTEGER : Number(options.after);
    const rows = this.sql.list.all(type, after, options.limit ?? -1) as RecordRow[];
    return rows.map((row) => this.decode(row));
  }

  ensureIndex(_type: string, field: string, sublist?: string): void {
    const table = sublist === undefined ? 'record' : 'line';
    const name = `${table}_field_${field}`;
    if (this.indexed.has(name)) return;
    if (!IDENTIFIER.test(field)) throw new RangeError(`not a field id: ${field}`);
    // The field is part of the expression and the type the first column, so that one index serves every type that has the field.
    const columns = sublist === undefined ? 'type' : 'type, sublist';
    this.db.exec(
      `CREATE INDEX IF NOT EXISTS "${name}" ON ${table} (${columns}, json_extract(data, '$.fields.${field}'))`,
    );
    describeIndex(this.db, table, name);
    this.indexed.add(name);
  }

  ensureComputedIndex(expression: string, sublist?: string): void {
    const name =
      COMPUTED_INDEX +
      createHash('sha1')
        .update(expression + (sublist ?? ''))
        .digest('hex')
        .slice(0, 16);
    if (this.indexed.has(name)) return;
    // Lines of other sublists, such as those of orders, have no part in it.
    const over =
      sublist === undefined
        ? `record (type, ${expression})`
        : `line (${expression}, type) WHERE sublist = '${sublist}'`;
    this.db.exec(`CREATE INDEX IF NOT EXISTS "${name}" ON ${over}`);
    describeIndex(this.db, sublist === undefined ? 'record' : 'computed line', name);
    this.indexed.add(name);
  }

  /** Nests: an inner call becomes a savepoint of the outer one. */
  transaction<T>(work: () => T): T {
    const nested = this.db.inTransaction;
    if (!nested) this.noted.clear();
    (nested ? this.sql.savepoint : this.sql.begin).run();
    try {
      const result = work();
      (nested ? this.sql.release : this.sql.commit).run();
      return result;
    } catch (error) {
      for (const type of this.noted) this.noteChange(type);
      // SQLite may have rolled back by itself (disk full); a second rollback would hide that error.
      if (this.db.inTransaction) this.db.exec(nested ? 'ROLLBACK TO nested; RELEASE nested' : 'ROLLBACK');
      throw error;
    }
  }

  close(): void {
    this.db.close();
    this.unlock();
  }

  private decode(row: RecordRow): RecordData {
    if (!this.typesWithLines.has(row.type)) return decodeRecord(row, []);
    return decodeRecord(row, this.sql.lines.all(row.type, row.id) as LineRow[]);
  }

  private noteChange(type: string): void {
    this.noted.add(type);
    this.written.set(type, (this.written.get(type) ?? 0) + 1);
  }

  private write(record: RecordData): RecordData {
    this.noteChange(record.type);
    const group = this.groupOf(record.type);
    if (record.id === null) record.id = this.nextId(group);
    const id = Number(record.id);
    if (!Number.isSafeInteger(id)) throw new RangeError(`not an internal id: ${record.id} (${record.type})`);
    const externalId = record.externalId === '' ? null : record.externalId;
    this.requireFreeExternalId(group, externalId, record.type, id);
    const stored = this.sql.version.get(record.type, id) as number | undefined;
    record.version = Math.max(stored ?? 0, record.version) + 1;
    if (stored === undefined) {
      this.sql.insert.run(record.type, id, group, externalId, record.version, encodeBody(record));
      if (id > 0) this.sql.push.run(`id:${group}`, id);
    } else {
      this.sql.update.run(externalId, record.version, encodeBody(record), record.type, id);
      this.sql.removeLines.run(record.type, id);
    }
    this.writeLines(record, id);
    return record;
  }

  private writeLines(record: RecordData, id: number): void {
    for (const sublist of Object.keys(record.sublists)) {
      if (record.sublists[sublist]!.length > 0) this.typesWithLines.add(record.type);
      record.sublists[sublist]!.forEach((line, seq) =>
        this.sql.insertLine.run(record.type, id, sublist, seq, encodeBody(line)),
      );
    }
  }

  private requireFreeExternalId(group: string, externalId: string | null, type: string, id: number): void {
    if (externalId === null) return;
    const holder = this.findByExternalId(group, externalId);
    if (holder && !(holder.type === type && Number(holder.id) === id))
      throw new DuplicateExternalIdError(group, externalId, holder);
  }
}
