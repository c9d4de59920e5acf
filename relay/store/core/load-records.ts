import { look, type Script, type Step, type Tx } from './script';
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
  COALESCE((SELECT state FROM op WHERE rkey=k.v AND ${HEAD}), (SELECT state FROM op WHERE rkey=k.v AND ${BEHIND} ORDER BY @turn LIMIT 1)) AS head
  FROM @list(text) k LEFT JOIN rec r ON r.rkey=k.v`;

/**
 * The same, its last version that of its newest live operation. The last in its queue has the highest, but for those that were edited or came
 * from another record, of which the record's row tells. Without a head it matters only that some operation is behind, and not which.
 */
const LOAD_NEWEST = `SELECT k.v AS rkey, CASE WHEN r.rkey IS NOT NULL THEN '1' END AS known,
  GREATEST(r.last_version, h.version, b.version) AS last_version, r.applied_at, r.busy_until, r.merged_into,
  COALESCE(h.state, b.state) AS head FROM @list(text) k LEFT JOIN rec r ON r.rkey=k.v
  LEFT JOIN LATERAL (SELECT state, version FROM op WHERE rkey=k.v AND ${HEAD} LIMIT 1) h ON true
  LEFT JOIN LATERAL (SELECT state, version FROM op WHERE rkey=k.v AND ${BEHIND} ORDER BY @turn DESC LIMIT 1) b ON true`;

/** Loads the records of keys, each under the key asked for; a merged record answers as the one it went into. */
export function* loadRecords(keys: Iterable<string>): Script<Map<string, RecordState>> {
  const asked = [...new Set(keys)];
  const load = (some: readonly string[]): Step => look(LOAD, some);
  return yield* followMerges(asked, asked.length > 0 ? yield load(asked) : [], load);
}

/** For who gives versions: what `issueVersions` needs to know of records, under their locks. `keys` have no doubles. */
export const loadNewest = (tx: Tx, keys: readonly string[]): Step => look(tx.alone ? LOAD : LOAD_NEWEST, keys);

/** Records as the ones they went into, given what was loaded of the keys and how more of it is loaded. */
export function* followMerges(
  keys: readonly string[],
  first: readonly unknown[],
  load: (keys: readonly string[]) => Step,
): Script<Map<string, RecordState>> {
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
    if (open.size > 0) found = (yield load([...new Set(open.values())])) as unknown as Found[];
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
