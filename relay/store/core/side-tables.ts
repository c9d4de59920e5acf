import type { Shadow, ShadowWrite } from '../types';
import { readJson } from './read-json';
import { insert, json, query, queryOne, type Script, type Tx } from './script';

export function* writeShadows(tx: Tx, shadows: readonly ShadowWrite[]): Script<void> {
  // The last write of a key wins, also within one call.
  const last = new Map(shadows.map((shadow) => [shadowName(shadow), shadow]));
  for (const name of yield* overtakenSince([...last.values()]))
    last.set(name, { ...(last.get(name) as ShadowWrite), projection: {}, hash: '' });
  yield* insert(
    'shadow',
    ['pool', 'side', 'skey', 'projection', 'hash', 'origin', 'updated_at'],
    [...last.values()].map((s) => [
      s.pool,
      s.side,
      s.key,
      json(s.projection),
      s.hash,
      s.origin ?? null,
      s.writtenAt ?? tx.now,
    ]),
    '(pool, side, skey) DO UPDATE SET projection=excluded.projection, hash=excluded.hash, origin=excluded.origin, updated_at=excluded.updated_at',
  );
}

/** Names to lock before what a write of shadows builds on is read. */
export const shadowLocks = (shadows: readonly ShadowWrite[]): string[] =>
  shadows
    .filter(({ basedOn, knownSince }) => basedOn !== undefined || knownSince !== undefined)
    .map((shadow) => `shadow:${shadowName(shadow)}`);

const shadowName = ({ pool, side, key }: { pool: string; side: string; key: string }): string =>
  `${pool}\u0000${side}\u0000${key}`;

/** Rows that were written after the knowledge behind a new write was gained: which of the two is newer can't be told. */
function* overtakenSince(shadows: readonly ShadowWrite[]): Script<string[]> {
  const dated = shadows.filter(({ knownSince }) => knownSince !== undefined);
  if (dated.length === 0) return [];
  const rows = yield* query<{ pool: string; side: string; skey: string }>(
    `SELECT s.pool, s.side, s.skey FROM @rows(pool text, side text, skey text, since bigint) w
     JOIN shadow s ON s.pool=w.pool AND s.side=w.side AND s.skey=w.skey WHERE s.updated_at > w.since`,
    dated.map(({ pool, side, key, knownSince }) => [pool, side, key, knownSince ?? 0]),
  );
  return rows.map(({ pool, side, skey }) => shadowName({ pool, side, key: skey }));
}

/**
 * Judges requests whose shadows build on rows: which of them may be stored. A request sees what earlier ones of the same transaction write.
 */
export function* chooseCurrent(requests: readonly (readonly ShadowWrite[])[]): Script<boolean[]> {
  const based = requests.flat().filter(({ basedOn }) => basedOn !== undefined);
  if (based.length === 0) return requests.map(() => true);
  const rows = yield* query<{ pool: string; side: string; skey: string; hash: string }>(
    `SELECT s.pool, s.side, s.skey, s.hash FROM @rows(pool text, side text, skey text) w
     JOIN shadow s ON s.pool=w.pool AND s.side=w.side AND s.skey=w.skey`,
    based.map(({ pool, side, key }) => [pool, side, key]),
  );
  const hashes = new Map(rows.map(({ pool, side, skey, hash }) => [shadowName({ pool, side, key: skey }), hash]));
  return requests.map((shadows) => {
    const current = shadows.every(
      (shadow) => shadow.basedOn === undefined || (hashes.get(shadowName(shadow)) ?? null) === shadow.basedOn,
    );
    if (current) for (const shadow of shadows) hashes.set(shadowName(shadow), shadow.hash);
    return current;
  });
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
  return row ? toShadow(row) : null;
}

export function* getShadows(pool: string, wanted: readonly { side: string; key: string }[]): Script<Shadow[]> {
  if (wanted.length === 0) return [];
  // CROSS JOIN keeps SQLite to this order: seeing one value for the pool, it would go through all shadows of the account each time.
  const rows = yield* query<ShadowRow>(
    `SELECT s.* FROM @rows(side text, skey text) w CROSS JOIN shadow s WHERE s.pool=? AND s.side=w.side AND s.skey=w.skey`,
    wanted.map(({ side, key }) => [side, key]),
    pool,
  );
  return rows.map(toShadow);
}

/** What came to be known on a side since a moment: for sides that hold few rows. */
export function* shadowsSince(pool: string, side: string, since: number): Script<Shadow[]> {
  const rows = yield* query<ShadowRow>(
    'SELECT * FROM shadow WHERE pool=? AND side=? AND updated_at>=?',
    pool,
    side,
    since,
  );
  return rows.map(toShadow);
}

const toShadow = (row: ShadowRow): Shadow => ({
  pool: row.pool,
  side: row.side,
  key: row.skey,
  // Knowledge that can't be read is none.
  projection: readJson<Record<string, unknown>>(row.projection, {}),
  hash: row.hash,
  origin: row.origin ?? undefined,
  updatedAt: row.updated_at,
});

export function* getCursor(name: string): Script<string | null> {
  return (yield* queryOne<{ value: string }>('SELECT value FROM cursor_position WHERE name=?', name))?.value ?? null;
}
