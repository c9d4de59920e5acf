import { dirname } from 'node:path';
import type { RelayConfig } from '../config/schema';
import { openPostgresStore } from '../store/postgres/open-postgres-store';
import { isVolatile } from '../store/sqlite/check-file-system';
import { openSqliteStore, storeFile } from '../store/sqlite/open-sqlite-store';
import { StoreRefused } from '../store/errors';
import type { Store } from '../store/types';

/** Opens the configured store. Throws `StoreRefused` when it may not be used as it is. */
export async function openStore({
  store: { path, postgres },
  environment,
}: Pick<RelayConfig, 'store' | 'environment'>): Promise<Store> {
  if (path !== undefined) {
    if (environment === 'production') refuseVolatile(path);
    return openSqliteStore(path);
  }
  if (postgres !== undefined) return openPostgresStore({ connectionString: postgres });
  throw new StoreRefused('unsafe-settings', 'The configuration names no store: give store.path or store.postgres.');
}

/** What is answered with 202 must outlive the machine's next restart. */
function refuseVolatile(path: string): void {
  const folder = dirname(storeFile(path));
  if (!isVolatile(folder)) return;
  throw new StoreRefused(
    'unsafe-file-system',
    `${folder} lies in memory (tmpfs): a restart of the machine would lose what was accepted. Use a folder on a disk, or PostgreSQL.`,
  );
}
