import type { RelayConfig } from '../config/schema';
import { openPostgresStore } from '../store/postgres/open-postgres-store';
import { openSqliteStore } from '../store/sqlite/open-sqlite-store';
import { StoreRefused } from '../store/errors';
import type { Store } from '../store/types';

/** Opens the configured store. Throws `StoreRefused` when it may not be used as it is. */
export async function openStore({ path, postgres }: RelayConfig['store']): Promise<Store> {
  if (path !== undefined) return openSqliteStore(path);
  if (postgres !== undefined) return openPostgresStore({ connectionString: postgres });
  throw new StoreRefused('unsafe-settings', 'The configuration names no store: give store.path or store.postgres.');
}
