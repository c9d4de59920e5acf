import type { Database } from 'better-sqlite3';

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

function userTables(db: Database): string[] {
  const rows = db
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
    .pluck()
    .all();
  return rows as string[];
}

/**
 * Copies every table aside and answers a function that brings that state back: rows as they were, tables made since emptied.
 * Temporary tables hold the copy, so it serves a file and `:memory:` alike and dies with the connection.
 */
export function snapshotTables(db: Database): () => void {
  const saved = userTables(db);
  for (const table of saved) {
    db.exec(`DROP TABLE IF EXISTS temp.${quote(`snapshot_${table}`)}`);
    db.exec(`CREATE TEMP TABLE ${quote(`snapshot_${table}`)} AS SELECT * FROM main.${quote(table)}`);
  }
  return () => {
    const restore = db.transaction(() => {
      for (const table of userTables(db)) {
        db.exec(`DELETE FROM main.${quote(table)}`);
        if (saved.includes(table))
          db.exec(`INSERT INTO main.${quote(table)} SELECT * FROM temp.${quote(`snapshot_${table}`)}`);
      }
    });
    restore();
  };
}
