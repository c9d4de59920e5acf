import Database from 'better-sqlite3';
import path from 'node:path';
import { BODY } from './workload';

/** One insert, one commit, one fsync: the least that durable acceptance can cost on this disk. */
export function measureBareInsert(folder: string, seconds: number): number {
  const db = new Database(path.join(folder, 'bare.db'));
  db.pragma('journal_mode=WAL');
  db.pragma('synchronous=FULL');
  db.exec('CREATE TABLE t(id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT');
  const insert = db.prepare('INSERT INTO t(body) VALUES(?)');
  const body = JSON.stringify(BODY);
  const end = performance.now() + seconds * 1000;
  let n = 0;
  for (; performance.now() < end; n++) insert.run(body);
  db.close();
  return Math.round(n / seconds);
}
