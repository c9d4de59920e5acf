import type { Account, Fields } from '../kernel/types';

/**
 * Writes figures that the platform derives (balances, stock) into a record without a new version: they are no edit of it, so they
 * neither move its modification date nor refuse another user's save.
 */
export function patchFields(account: Account, type: string, id: string, fields: Fields): void {
  const names = Object.keys(fields).filter((name) => /^[a-z0-9_]+$/.test(name));
  if (names.length === 0) return;
  const paths = names.map((name) => `'$.fields.${name}', json(?)`).join(', ');
  const values = names.map((name) => JSON.stringify(fields[name] ?? null));
  account.store.db
    .prepare(`UPDATE record SET data = json_set(data, ${paths}) WHERE type = ? AND id = ?`)
    .run(...values, type, Number(id));
}
