import type { Shadow, ShadowWrite } from '../types';
import { insert, json, queryOne, type Script, type Tx } from './script';

export function* writeShadows(tx: Tx, shadows: readonly ShadowWrite[]): Script<void> {
  // The last write of a key wins, also within one call.
  const last = new Map(shadows.map((shadow) => [`${shadow.pool}\u0000${shadow.side}\u0000${shadow.key}`, shadow]));
  yield* insert(
    'shadow',
    ['pool', 'side', 'skey', 'projection', 'hash', 'origin', 'updated_at'],
    [...last.values()].map((s) => [s.pool, s.side, s.key, json(s.projection), s.hash, s.origin ?? null, tx.now]),
    '(pool, side, skey) DO UPDATE SET projection=excluded.projection, hash=excluded.hash, origin=excluded.origin, updated_at=excluded.updated_at',
  );
}

export function* writeCursors(tx: Tx, cursors: readonly (readonly [string, string])[]): Script<void> {
  yield* insert(
    'cursor_position',
    ['name', 'value', 'updated_at'],
    [...new Map(cursors)].map(([name, value]) => [name, value, tx.now]),
    '(name) DO UPDATE SET value=excluded.value, updated_at=excluded.updated_at',
  );
}

interface ShadowRow {
  pool: string;
  side: string;
  skey: string;
  projection: string;
  hash: string;
  origin: string | null;
  updated_at: number;
}

export function* getShadow(pool: string, side: string, key: string): Script<Shadow | null> {
  const row = yield* queryOne<ShadowRow>('SELECT * FROM shadow WHERE pool=? AND side=? AND skey=?', pool, side, key);
  if (!row) return null;
  return {
    pool,
    side,
    key,
    projection: JSON.parse(row.projection) as Record<string, unknown>,
    hash: row.hash,
    origin: row.origin ?? undefined,
    updatedAt: row.updated_at,
  };
}

export function* getCursor(name: string): Script<string | null> {
  return (yield* queryOne<{ value: string }>('SELECT value FROM cursor_position WHERE name=?', name))?.value ?? null;
}
