import Database from 'better-sqlite3';
import path from 'node:path';

/** Another process has the account's folder open. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
  readonly directory: string;

  constructor(directory: string) {
    super(`the account in ${directory} is in use by another emulator; end that one, or name another folder`);
    this.directory = directory;
  }
}

/**
 * One process per account: each keeps in memory which types have lines, and takes runs of before for ended. The lock is the operating
 * system's, held by SQLite on a file beside the account, and ends with its process however that ends. Answers what gives it back.
 */
export function lockFolder(directory: string): () => void {
  const lock = new Database(path.join(directory, 'account.lock'), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY')) throw new FolderInUse(directory);
    throw error;
  }
  return () => void lock.close();
}
