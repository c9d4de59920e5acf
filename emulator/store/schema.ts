import type { Database } from 'better-sqlite3';

/** The two tables of emulator/kernel/types.ts, and the counters. `line` rows belong to the record row of the same type and id. */
const SCHEMA = `
CREATE TABLE IF NOT EXISTS record (
  type TEXT NOT NULL, id INTEGER NOT NULL, grp TEXT NOT NULL, externalid TEXT, version INTEGER NOT NULL, data TEXT NOT NULL,
  PRIMARY KEY (type, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS record_external ON record (grp, upper(externalid));
CREATE INDEX IF NOT EXISTS record_group ON record (grp, id);
CREATE TABLE IF NOT EXISTS line (
  type TEXT NOT NULL, id INTEGER NOT NULL, sublist TEXT NOT NULL, seq INTEGER NOT NULL, data TEXT NOT NULL,
  PRIMARY KEY (type, id, sublist, seq)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
`;

/** What names of indexes begin with whose functions are the connection's own. */
export const COMPUTED_INDEX = 'record_computed_';

/** Until a connection has the functions, nothing can be written beside such indexes; they come back with the first query that wants them. */
function dropComputedIndexes(db: Database): void {
  const names = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND name GLOB ?").pluck();
  for (const name of names.all(`${COMPUTED_INDEX}*`)) db.exec(`DROP INDEX "${String(name)}"`);
}

/** Creates what is missing. WAL keeps a file durable against a killed process without an fsync a commit. */
export function createSchema(db: Database): void {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.pragma('temp_store = MEMORY');
  db.pragma('cache_size = -65536');
  db.exec(SCHEMA);
  dropComputedIndexes(db);
}
