import type { Page, StoredOperation } from '../types';
import { readRows } from './read-operations';
import { query, type Script } from './script';
import { S } from './states';

/** Rows of the index looked at in one go for each that is asked for; those that wait for what is on its way are passed over. */
const LOOKED_AT = 10;

/**
 * Operations that wait for a record which NetSuite did not find, the latest limit first, by the index of what is parked: however many were
 * accepted, and however many wait. A page may be empty and not be the last.
 */
export function* listAwaiting(
  pool: string,
  { to, limit, after }: { to: number; limit: number; after?: string | undefined },
): Script<Page<StoredOperation>> {
  const [until = Number.MAX_SAFE_INTEGER, seq = Number.MAX_SAFE_INTEGER] = after?.split(' ').map(Number) ?? [];
  const parked = yield* query<{ seq: number; requires_until: number }>(
    `SELECT seq, requires_until FROM op WHERE state=${S.parked} AND requires_until<=? AND (requires_until<? OR seq<?)
     ORDER BY requires_until DESC, seq DESC LIMIT ?`,
    until,
    until,
    seq,
    limit * LOOKED_AT,
  );
  const items = yield* readRows(
    `o.seq IN (SELECT v FROM @list(bigint) k) AND o.pool=? AND o.created_at<? AND o.error LIKE '%"code":"MISSING_REQUIRED_RECORD"%'
     ORDER BY o.requires_until DESC, o.seq DESC LIMIT ?`,
    parked.map((one) => one.seq),
    pool,
    to,
    limit,
  );
  const places = new Map(parked.map((one) => [one.seq, one]));
  const last = items.length === limit ? places.get(items.at(-1)?.seq ?? 0) : parked.at(-1);
  const more = last !== undefined && (items.length === limit || parked.length === limit * LOOKED_AT);
  return { items: items.map(({ operation }) => operation), next: more ? `${last.requires_until} ${last.seq}` : null };
}
