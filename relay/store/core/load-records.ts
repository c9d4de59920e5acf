import { look, query, type Script, type Step } from './script';
import { BEHIND, HEAD } from './live';
import { S } from './states';

/** What is known of a record's queue while a transaction plans. */
export interface RecordState {
  rkey: string;
  known: boolean;
  lastVersion: number;
  appliedAt: number | null;
  busyUntil: number;
  /** Some operation of it is live. */
  live: boolean;
  /** The first of its live operations stands in review. */
  inReview: boolean;
}

interface Found {
  rkey: string;
  known: string | null;
  last_version: string | null;
  applied_at: number | null;
  busy_until: number | null;
  merged_into: string | null;
  head: number | null;
}

const LOAD = `SELECT k.v AS rkey, r.rkey AS known, r.last_version, r.applied_at, r.busy_until, r.merged_into,
  COALESCE((SELECT state FROM op WHERE rkey=k.v AND ${HEAD}),
    (SELECT state FROM op WHERE rkey=k.v AND ${BEHIND} ORDER BY @turn LIMIT 1)) AS head
  FROM @list(text) k LEFT JOIN rec r ON r.rkey=k.v`;

/** Loads the records of keys, each under the key asked for; a merged record answers as the one it went into. */
export function* loadRecords(keys: Iterable<string>): Script<Map<string, RecordState>> {
  const asked = [...new Set(keys)];
  return yield* followMerges(asked, asked.length > 0 ? yield* query<Found>(LOAD, asked) : []);
}

/** The first step of `loadRecords`, for who asks for more at once; `keys` have no doubles. */
export const loadStep = (keys: readonly string[]): Step => look(LOAD, keys);

export function* followMerges(keys: readonly string[], first: readonly unknown[]): Script<Map<string, RecordState>> {
  const byAsked = new Map<string, RecordState>();
  const byKey = new Map<string, RecordState>();
  // asked-for key → key to look at next; merges are followed level by level
  let open = new Map<string, string>(keys.map((key) => [key, key]));
  let found = first as readonly Found[];
  while (open.size > 0) {
    const rows = new Map(found.map((row) => [row.rkey, row]));
    const next = new Map<string, string>();
    for (const [asked, key] of open) {
      const row = rows.get(key);
      if (row?.merged_into) {
        next.set(asked, row.merged_into);
        continue;
      }
      const state = byKey.get(key) ?? toState(key, row);
      byKey.set(key, state);
      byAsked.set(asked, state);
    }
    open = next;
    if (open.size > 0) found = yield* query<Found>(LOAD, [...new Set(open.values())]);
  }
  return byAsked;
}

const toState = (rkey: string, row: Found | undefined): RecordState => ({
  rkey,
  known: row?.known != null,
  lastVersion: Number(row?.last_version ?? 0),
  appliedAt: row?.applied_at ?? null,
  busyUntil: row?.busy_until ?? 0,
  live: row?.head != null,
  inReview: row?.head === S.held,
});
