import Database from 'better-sqlite3';
import { closeSync, existsSync, fsyncSync, openSync, statSync } from 'node:fs';
import path from 'node:path';
import { MIGRATIONS, SCHEMA_VERSION, toSqlite } from '../core/schema';
import { StoreRefused } from '../errors';

/** Opens the database for writing and brings it to the present schema. One whose move has an unknown end opens for the next move alone. */
export function openForWriting(file: string, toMove = false): Database.Database {
  const fresh = !existsSync(file);
  const db = new Database(file);
  try {
    for (const pragma of [
      'journal_mode=WAL',
      // An answer is given after this fsync; NORMAL loses 4 % of them when the power goes (measured).
      'synchronous=FULL',
      'fullfsync=1',
      'checkpoint_fullfsync=1',
      // A checkpoint inside a commit stalls it: another thread does them.
      'wal_autocheckpoint=0',
      'journal_size_limit=67108864',
      'busy_timeout=5000',
      'foreign_keys=ON',
      // Twice as much made 64 callers a fifth slower (measured): after a commit that split a page SQLite walks through the whole cache.
      'cache_size=-32768',
      'temp_store=MEMORY',
    ])
      db.pragma(pragma);
    checkIntegrity(db, file);
    migrate(db, file);
    refuseMoved(db, file);
    if (!toMove) refuseMoving(db, file);
    if (fresh) syncFolder(path.dirname(file));
    return db;
  } catch (error) {
    db.close();
    const code = error instanceof Database.SqliteError ? error.code : '';
    throw /^SQLITE_(CORRUPT|NOTADB)/.test(code) ? damaged(file, error) : error;
  }
}

const damaged = (file: string, found: unknown): StoreRefused =>
  new StoreRefused(
    'corrupt',
    `The store ${file} is damaged (${found instanceof Error ? found.message : String(found)}). Restore a backup: nothing was changed.`,
  );

export function openForReading(file: string): Database.Database {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  db.pragma('busy_timeout=5000');
  db.pragma('cache_size=-32768');
  return db;
}

/** Beyond this size a full check would keep the relay from starting for seconds; a damaged page is then found when it is read. */
const CHECK_BELOW_BYTES = 64 * 1024 * 1024;

function checkIntegrity(db: Database.Database, file: string): void {
  let found: unknown;
  try {
    const small = !existsSync(file) || statSync(file).size < CHECK_BELOW_BYTES;
    found = small ? db.pragma('quick_check(1)', { simple: true }) : readSchema(db);
  } catch (error) {
    found = error;
  }
  if (found !== 'ok') throw damaged(file, found);
}

/** Reads the header and the schema: enough to tell a database from anything else. */
const readSchema = (db: Database.Database): string =>
  db.prepare('SELECT count(*) AS n FROM sqlite_master').get() ? 'ok' : 'empty';

function migrate(db: Database.Database, file: string): void {
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version > SCHEMA_VERSION) {
    throw new StoreRefused(
      'newer-schema',
      `The store ${file} has schema ${version}; this program knows ${SCHEMA_VERSION}. Start the newer program, or restore a backup made before it.`,
    );
  }
  for (const migration of MIGRATIONS.filter((one) => one.version > version)) {
    db.transaction(() => {
      for (const statement of migration.statements) db.exec(toSqlite(statement));
      db.pragma(`user_version=${migration.version}`);
    })();
  }
}

/** Set in a store whose contents were moved, so that a configuration nobody changed can't work them off a second time. */
const MOVED = 'store:moved';
/** Set in a store while it is moved: the number of the move, which arrives with the contents, and the target. */
export const MOVING = 'store:moving';

interface Mark {
  value: string;
  updated_at: number;
}

const markOf = (db: Database.Database, name: string): Mark | undefined =>
  db.prepare<[string], Mark>('SELECT value, updated_at FROM cursor_position WHERE name=?').get(name);

const setMark = (db: Database.Database, name: string, value: string): unknown =>
  db
    .prepare('INSERT OR REPLACE INTO cursor_position(name, value, updated_at) VALUES(?, ?, ?)')
    .run(name, value, Date.now());

export const movingMark = (db: Database.Database): string | undefined => markOf(db, MOVING)?.value;
export const markMoving = (db: Database.Database, move: string): unknown => setMark(db, MOVING, move);
export const markMoved = (db: Database.Database, to: string): unknown => setMark(db, MOVED, to);
export const unmarkMoving = (db: Database.Database): unknown =>
  db.prepare('DELETE FROM cursor_position WHERE name=?').run(MOVING);

function refuseMoved(db: Database.Database, file: string): void {
  const mark = markOf(db, MOVED);
  if (!mark) return;
  throw new StoreRefused(
    'moved',
    `The contents of ${file} were moved to ${mark.value} on ${new Date(mark.updated_at).toISOString()}. Name that one as store.postgres in the configuration.`,
  );
}

function refuseMoving(db: Database.Database, file: string): void {
  const mark = markOf(db, MOVING);
  if (!mark) return;
  throw new StoreRefused(
    'moved',
    `A move of ${file} began on ${new Date(mark.updated_at).toISOString()} and was cut off: its contents may live in PostgreSQL by now. Run the same \`suiterelay migrate --to postgres\` again: it finds out, and ends the move.`,
  );
}

/** On creation SQLite unlinks its rollback journal without an fsync of the folder: a power cut could bring the empty journal back. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
