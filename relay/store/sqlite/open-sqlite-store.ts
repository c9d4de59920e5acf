import path from 'node:path';
import type { Store } from '../types';
import { makeStore } from '../core/make-store';
import { checkFolder } from './check-file-system';
import { InlineBackend } from './inline-backend';
import { lockStore } from './lock-file';
import { WorkerBackend } from './worker-backend';

/** The database file of a location: a folder, or a file that ends in `.db`. */
export const storeFile = (location: string): string =>
  location.endsWith('.db') ? path.resolve(location) : path.resolve(location, 'relay.db');

/**
 * Opens the embedded store. `location` is a folder, or a file that ends in `.db`. Throws `StoreRefused` when it may not be used: in use by
 * another process, damaged, newer than this program, or on a network file system.
 */
export async function openSqliteStore(location: string): Promise<Store> {
  const file = storeFile(location);
  checkFolder(path.dirname(file));
  const unlock = lockStore(file);
  try {
    const backend = await WorkerBackend.open(file);
    await backend.write('recover', null);
    const store = makeStore(backend);
    return {
      ...store,
      close: async () => {
        await store.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** A store in memory on a clock of the caller's, for rules that need no disk. */
export const openMemoryStore = (now: () => number): Store => makeStore(new InlineBackend(now));
