import type { Sizing, TakeInput } from '../types';
import { execute, insert, laneName, query, type Script, type Tx } from './script';
import type { SlotRow } from './take';

export interface LaneRow {
  lane: number;
  reserved: number;
  weight: number;
  vtime: number;
  paused: number;
}

export interface ShareRow {
  lane: number;
  source: string;
  vtime: number;
}

export interface Candidate {
  lane: number;
  source: string;
  type: string;
  seq: number;
  /** When it became ready. */
  updated_at: number;
  bisect: number | null;
  /** What follows it of the same lane, source and type, where it was read along with it. */
  ahead?: readonly Picked[] | null;
}

export interface Choice {
  lane: number;
  type: string;
  seqs: number[];
  /** Those of them with match values. */
  serialized: number[];
  estimateMs: number;
}

export type NoChoice = { reason: 'empty' | 'slots' | 'linger'; at: number | null };

interface Scene {
  input: TakeInput;
  candidates: readonly Candidate[];
  /** How many operations were asked for ahead. */
  ahead: number;
  lanes: readonly LaneRow[];
  shares: readonly ShareRow[];
  busy: readonly SlotRow[];
  usable: number;
  /** Others use the account beside us. */
  shared: boolean;
  halfOpen: boolean;
}

/** A lane that had no call for so long lends its reserved slots. */
const QUIET_MS = 30_000;
/** Longest call beside foreign traffic, in ms: who asks for a slot there is refused or admitted at once, so slots should come free often. */
const SHARED_CALL_MS = 1_000;

/**
 * Lanes in the order of the slot time they used per weight. A lane may take a slot while the others' unused reservations stay free;
 * a call that is priced short may borrow one of those, as long as their lanes are quiet.
 */
export function* chooseWork(tx: Tx, scene: Scene): Script<Choice | NoChoice> {
  const { candidates } = scene;
  if (candidates.length === 0) return { reason: 'empty', at: null };
  let none: NoChoice = { reason: 'empty', at: null };
  const waiting = scene.lanes.filter((lane) => !lane.paused && candidates.some((one) => one.lane === lane.lane));
  for (const lane of [...waiting].sort((a, b) => a.vtime - b.vtime || a.lane - b.lane)) {
    const own = candidates.filter((one) => one.lane === lane.lane);
    const owners = ownersOfTheRest(scene, lane);
    if (owners.length > 0 && !(yield* areQuiet(tx, scene, owners))) {
      if (none.reason === 'empty') none = { reason: 'slots', at: null };
      continue;
    }
    const picked = yield* chooseBatch(tx, scene, own, owners.length > 0);
    if ('reason' in picked) {
      if (none.reason === 'empty' || picked.reason === 'linger') none = picked;
      continue;
    }
    yield* chargeLane(scene, lane, waiting, picked.estimateMs);
    return picked;
  }
  return none;
}

/** When every slot the lane may use by right is taken: the lanes whose unused reservations the free ones are. Otherwise none. */
function ownersOfTheRest(scene: Scene, lane: LaneRow): number[] {
  const inUse = (code: number) => scene.busy.filter((slot) => slot.lane === code).length;
  // With one usable slot nothing is reserved: a reservation must not shut the others out for good.
  let reservable = Math.max(0, scene.usable - 1);
  let kept = 0;
  const owners: number[] = [];
  for (const other of [...scene.lanes].sort((a, b) => a.lane - b.lane)) {
    const reserved = Math.min(other.reserved, reservable);
    reservable -= reserved;
    const unused = other.lane === lane.lane ? 0 : Math.max(0, reserved - inUse(other.lane));
    if (unused > 0) owners.push(other.lane);
    kept += unused;
  }
  return scene.usable - scene.busy.length <= kept ? owners : [];
}

/** Whether these lanes had no call of late, by any relay: one who works every few seconds must not wait for what it lent. */
function* areQuiet(tx: Tx, scene: Scene, lanes: readonly number[]): Script<boolean> {
  const rows = yield* query<{ token: number }>(
    `SELECT token FROM batch WHERE started>? AND pool=? AND lane IN (SELECT v FROM @list(bigint) k) LIMIT 1`,
    tx.now - QUIET_MS,
    scene.input.pool,
    lanes,
  );
  return rows.length === 0;
}

function* chooseBatch(tx: Tx, scene: Scene, own: readonly Candidate[], borrowed: boolean): Script<Choice | NoChoice> {
  const { input } = scene;
  const shares = scene.shares.filter(({ lane }) => lane === own[0]?.lane);
  const used = new Map(shares.map((share) => [share.source, share.vtime]));
  const ordered = [...own].sort((a, b) => (used.get(a.source) ?? 0) - (used.get(b.source) ?? 0) || a.seq - b.seq);
  let none: NoChoice = { reason: 'empty', at: null };
  for (const first of ordered) {
    const sizing = input.sizing[first.type] ?? input.defaultSizing;
    const limit = limitOf(sizing, scene, borrowed);
    if (limit === null) {
      none = { reason: 'slots', at: null };
      continue;
    }
    const same = ordered.filter((one) => one.type === first.type && one.bisect === first.bisect);
    const rows = yield* collect(tx, scene, first, same, limit);
    // Another transaction holds them for a moment, or changed them since the candidates were read.
    if (rows.length === 0) continue;
    const ripe = first.updated_at + input.lingerMs[laneName(first.lane)];
    if (rows.length < limit.operations && weigh(rows) < limit.weight && ripe > tx.now && first.bisect === null) {
      none = { reason: 'linger', at: none.reason === 'linger' ? Math.min(none.at ?? ripe, ripe) : ripe };
      continue;
    }
    yield* chargeSources(scene, first.lane, rows, used);
    return {
      lane: first.lane,
      type: first.type,
      seqs: rows.map((row) => row.seq),
      serialized: rows.filter((row) => row.serialized === 1).map((row) => row.seq),
      estimateMs: Math.ceil(sizing.fixedMs + sizing.msPerWeight * weigh(rows)),
    };
  }
  return none;
}

interface Limit {
  operations: number;
  weight: number;
}

/**
 * What one call may carry; null when the slot could only be borrowed and even the smallest call would be too long for that. Beside
 * foreign traffic calls stay short, unless most of a short call would be its fixed part.
 */
function limitOf(sizing: Sizing, scene: Scene, borrowed: boolean): Limit | null {
  if (scene.halfOpen) return { operations: 1, weight: 1 };
  const longestMs = Math.min(
    borrowed ? scene.input.borrowBelowMs : Infinity,
    scene.shared ? Math.max(SHARED_CALL_MS, sizing.fixedMs * 4) : Infinity,
  );
  if (longestMs === Infinity) return { operations: sizing.maxOperations, weight: sizing.maxWeight };
  const affordable = Math.floor((longestMs - sizing.fixedMs) / Math.max(sizing.msPerWeight, 0.001));
  if (affordable < 1 && borrowed) return null;
  const most = Math.max(1, affordable);
  return { operations: Math.min(sizing.maxOperations, most), weight: Math.min(sizing.maxWeight, most) };
}

interface Picked {
  seq: number;
  weight: number;
  serialized: number;
  source: string;
}

const weigh = (rows: readonly Picked[]): number => rows.reduce((sum, row) => sum + row.weight, 0);

/** Fills a batch from the chosen source, then from the others in their order. The first operation goes whatever its weight, alone if it must. */
function* collect(
  tx: Tx,
  scene: Scene,
  first: Candidate,
  sources: readonly Candidate[],
  limit: Limit,
): Script<Picked[]> {
  const picked: Picked[] = [];
  for (const { source } of [first, ...sources.filter((one) => one.source !== first.source)]) {
    const rows = yield* nextOf(tx, scene, first, source, limit.operations - picked.length);
    for (const row of rows) {
      if (picked.length > 0 && weigh(picked) + row.weight > limit.weight) return picked;
      picked.push(row);
    }
    if (picked.length >= limit.operations) return picked;
  }
  return picked;
}

/** The next ready operations of a source, of the same lane and type as the first. */
function* nextOf(tx: Tx, scene: Scene, first: Candidate, source: string, most: number): Script<readonly Picked[]> {
  const { ahead } = first;
  const known = !tx.again && ahead && source === first.source && first.bisect === null;
  if (known && (most <= scene.ahead || ahead.length < scene.ahead)) return ahead.slice(0, most);
  return yield* query<Picked>(
    `SELECT seq, weight, serialized, source FROM op WHERE state=1 AND pool=? AND lane=? AND source=? AND type=?
     AND ${first.bisect === null ? 'bisect IS NULL' : `bisect=${first.bisect}`} ORDER BY @turn LIMIT ? ${tx.again ? '@skip' : ''}`,
    scene.input.pool,
    first.lane,
    source,
    first.type,
    most,
  );
}

function* chargeLane(scene: Scene, lane: LaneRow, active: readonly LaneRow[], ms: number): Script<void> {
  // A lane that was idle starts level with the others: unused time is not saved up.
  const level = Math.min(...active.map((one) => one.vtime));
  yield* execute(
    'UPDATE lane SET vtime=? WHERE pool=? AND lane=?',
    Math.max(lane.vtime, level) + ms / lane.weight,
    scene.input.pool,
    lane.lane,
  );
}

function* chargeSources(scene: Scene, lane: number, rows: readonly Picked[], used: Map<string, number>): Script<void> {
  const known = [...used.values()];
  if (known.length <= 1 && rows.every((row) => row.source === rows[0]?.source) && used.has(rows[0]?.source ?? ''))
    return;
  const active = new Set(scene.candidates.filter((one) => one.lane === lane).map((one) => one.source));
  const levels = [...active].map((source) => used.get(source)).filter((vtime) => vtime !== undefined);
  const level = levels.length > 0 ? Math.min(...levels) : Math.max(0, ...known);
  const spent = new Map<string, number>();
  for (const row of rows) spent.set(row.source, (spent.get(row.source) ?? 0) + row.weight);
  yield* insert(
    'share',
    ['pool', 'lane', 'source', 'vtime'],
    [...spent].map(([source, weight]) => [
      scene.input.pool,
      lane,
      source,
      Math.max(used.get(source) ?? level, level) + weight / (scene.input.sourceWeights?.[source] ?? 1),
    ]),
    '(pool, lane, source) DO UPDATE SET vtime=excluded.vtime',
  );
}
