import type { Database } from 'better-sqlite3';

/**
 * What SQLite's planner must know about the store before there is data to analyse: that a group or type holds many rows, an id few.
 * Without it a condition on the group looks as selective as one on a field, and fields are scanned. Rows: total, then rows per distinct prefix.
 */
const STATISTICS: [table: string, index: string, stat: string][] = [
  ['record', 'record', '1000000 100000 1'],
  ['record', 'record_group', '1000000 300000 2'],
  ['record', 'record_external', '1000000 300000 1'],
  ['line', 'line', '4000000 1000000 6 4 1'],
];

export function seedPlannerStatistics(db: Database): void {
  // ANALYZE makes the table of statistics; on an empty schema it has nothing else to do.
  db.exec('ANALYZE sqlite_schema');
  if (!db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat1'`).get()) db.exec('ANALYZE line');
  const known = db.prepare('SELECT 1 FROM sqlite_stat1 WHERE tbl = ? AND idx = ?');
  const update = db.prepare('UPDATE sqlite_stat1 SET stat = ? WHERE tbl = ? AND idx = ?');
  const insert = db.prepare('INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?)');
  for (const [table, index, stat] of STATISTICS) {
    if (known.get(table, index)) update.run(stat, table, index);
    else insert.run(table, index, stat);
  }
  db.exec('ANALYZE sqlite_schema');
}
