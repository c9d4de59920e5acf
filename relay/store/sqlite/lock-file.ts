import Database from 'better-sqlite3';
import { StoreRefused } from '../errors';
import { cantOpen } from './translate-error';

/**
 * One process per embedded store. The lock is one of the operating system's, held by SQLite on a file beside the store: it ends with its process,
 * however that ends, and it is seen from other containers that share the volume. A process id in a file can do neither: the relay of a container
 * is process 1 each time it starts, and the processes of other containers are not to be seen.
 *
 * Answers a function that gives the lock back. Throws `StoreRefused` when another process, or this one, holds it.
 */
export function lockStore(file: string): () => void {
  const name = `${file}.lock`;
  const lock = open(name);
  try {
    // Two steps, so that who is refused can read who has it: this kind of lock keeps out writers, not readers.
    lock.exec('BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS owner(pid INTEGER NOT NULL); DELETE FROM owner');
    lock.prepare('INSERT INTO owner VALUES (?)').run(process.pid);
    lock.exec('COMMIT; BEGIN IMMEDIATE');
  } catch (error) {
    const refused = explain(error, file, lock);
    lock.close();
    throw refused;
  }
  return () => {
    lock.close();
  };
}

function open(name: string): Database.Database {
  try {
    return new Database(name, { timeout: 0 });
  } catch (error) {
    throw new StoreRefused('cannot-open', `${cantOpen(name)} (${(error as Error).message})`);
  }
}

function explain(error: unknown, file: string, lock: Database.Database): unknown {
  const { code, message } = error as { code?: string; message: string };
  if (code?.startsWith('SQLITE_BUSY')) {
    return new StoreRefused(
      'locked',
      `The store ${file} is in use by process ${ownerOf(lock)}. An embedded store serves one relay; for several use PostgreSQL.`,
    );
  }
  if (code === 'SQLITE_NOTADB' || code?.startsWith('SQLITE_CORRUPT'))
    return new StoreRefused('locked', `The lock ${lock.name} can't be read. Remove it if no relay is running.`);
  return new StoreRefused('unsafe-file-system', `The store can't be locked in ${lock.name}: ${message}`);
}

function ownerOf(lock: Database.Database): string {
  try {
    return String(lock.prepare('SELECT pid FROM owner').pluck().get());
  } catch {
    return '(just starting)';
  }
}
