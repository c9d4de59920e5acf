import { makeStore } from '../core/make-store';
import type { Store } from '../types';
import { PostgresBackend, type PostgresOptions } from './postgres-backend';

/** Opens the store for several relays. Throws `StoreRefused` on a server that may lose data, `StoreUnavailable` when it can't be reached. */
export async function openPostgresStore(options: PostgresOptions): Promise<Store> {
  return makeStore(await PostgresBackend.open(options));
}
