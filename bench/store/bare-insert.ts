import Database from 'better-sqlite3';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { newBell, ring } from '../../relay/store/sqlite/bell';
import { closedLoop } from '../measure';
import { BODY } from './workload';

/** One insert, one commit, one fsync. */
export function prepareBareInsert(file: string): () => void {
  const db = new Database(file);
  db.pragma('journal_mode=WAL');
  db.pragma('synchronous=FULL');
  db.exec('CREATE TABLE t(id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT');
  const insert = db.prepare('INSERT INTO t(body) VALUES(?)');
  const body = JSON.stringify(BODY);
  return () => void insert.run(body);
}

/** The least that durable acceptance can cost on this disk: inserts a second of a thread that does nothing else. */
export function measureBareInsert(folder: string, seconds: number): number {
  const insert = prepareBareInsert(path.join(folder, 'bare.db'));
  const end = performance.now() + seconds * 1000;
  let n = 0;
  for (; performance.now() < end; n++) insert();
  return Math.round(n / seconds);
}

/**
 * The least it can cost where another thread answers callers meanwhile: the same insert in a thread that sleeps on shared memory, woken for
 * each one and answering by a message, as the store's writer does.
 */
export async function measureInsertInThread(folder: string, seconds: number): Promise<number> {
  const bell = newBell();
  const worker = new Worker(path.resolve(__dirname, 'bare-writer.cjs'), {
    workerData: { file: path.join(folder, 'bare-thread.db'), bell },
  });
  const answered = (): Promise<void> => new Promise((resolve) => worker.once('message', () => resolve()));
  await answered();
  const { perSecond } = await closedLoop(1, seconds * 1000, () => {
    const answer = answered();
    ring(bell);
    return answer;
  });
  await worker.terminate();
  return perSecond;
}
