import Database from 'better-sqlite3';
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { StoreRefused, StoreUnavailable } from '../errors';
import { storeFile } from '../sqlite/open-sqlite-store';

/**
 * Writes a consistent copy of an embedded store into one file, while the relay goes on working. The copy is checked, and appears under
 * its name only when it is complete and on disk. Answers its size in bytes. Throws when the file exists already.
 */
export function backUpSqlite(from: string, to: string): number {
  const file = storeFile(from);
  if (!existsSync(file)) throw new StoreRefused('missing', `There is no store at ${file}.`);
  const target = path.resolve(to);
  if (existsSync(target)) throw new StoreRefused('not-empty', `${target} exists already. Name a new file.`);
  const unfinished = `${target}.part`;
  try {
    copyInto(file, unfinished);
    renameSync(unfinished, target);
    if (process.platform !== 'win32') sync(path.dirname(target));
  } catch (error) {
    rmSync(unfinished, { force: true });
    if (error instanceof StoreRefused) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StoreUnavailable(
      'io',
      `The backup could not be written to ${target}: ${reason}. Nothing was left there.`,
      error,
    );
  }
  return statSync(target).size;
}

function copyInto(file: string, unfinished: string): void {
  rmSync(unfinished, { force: true });
  const source = new Database(file, { readonly: true, fileMustExist: true });
  try {
    source.pragma('busy_timeout=5000');
    source.prepare('VACUUM INTO ?').run(unfinished);
  } finally {
    source.close();
  }
  const copy = new Database(unfinished, { readonly: true });
  const found = copy.pragma('integrity_check(1)', { simple: true });
  copy.close();
  if (found !== 'ok')
    throw new StoreRefused('corrupt', `The copy is damaged (${String(found)}); the store may be too.`);
  sync(unfinished);
}

function sync(name: string): void {
  const descriptor = openSync(name, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
