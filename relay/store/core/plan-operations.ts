import type { Failure } from '../types';
import { cycleOf, findCycles } from './find-cycle';
import type { RecordState } from './load-records';
import { loadLines, type MatchLines } from './match-lines';
import { findOvertakable, overtakes } from './overtake';
import type { PreparedOperation } from './prepare-request';
import { recordKeyOf } from './record-key';
import { query, type Script, type Tx } from './script';
import { liveOf } from './live';
import { inList, S, TRANSITIONS } from './states';
import { issueVersions, nextVersion, toVersion } from './versions';

/** A new operation on its way into the store. */
export interface Planned {
  seq: number;
  id: string;
  requestNo: number;
  requestId: string;
  index: number;
  trace: string;
  operation: PreparedOperation;
  version: string;
  rkey?: string;
  state?: number;
  runAt?: number | null;
  error?: Failure | null;
  supersededBy?: string;
}

export interface Superseded {
  seq: number;
  id: string;
  request_no: number;
  pool: string;
  lane: number;
  state: number;
  rkey: string;
  by: string;
}

export interface Plan {
  planned: Planned[];
  records: Map<string, RecordState>;
  edges: [number, string][];
  matches: [string, number][];
  superseded: Superseded[];
  /** What a bulk job holds, and something newer goes ahead of. */
  overtaken: Superseded[];
}

/** Locked: one that is being taken at this moment is no longer there to be replaced. */
const SUPERSEDABLE = `SELECT seq, id, request_no, pool, lane, state, rkey FROM op
  WHERE seq IN ${liveOf('rkey IN (SELECT v FROM @list(text) k)')} AND state IN ${inList(TRANSITIONS.supersede.from)} AND action IN ('upsert','update') ORDER BY seq @lock`;

/** Decides version, place and state of every new operation, given what the store holds of their records. */
export function* planOperations(tx: Tx, planned: Planned[], records: Map<string, RecordState>): Script<Plan> {
  const plan: Plan = { planned, records, edges: [], matches: [], superseded: [], overtaken: [] };
  const coalescing = planned.filter((one) => replaces(one, records.get(one.operation.rkey)));
  const stored = new Map<string, Superseded[]>();
  if (coalescing.length > 0) {
    const keys = [...new Set(coalescing.map((one) => (records.get(one.operation.rkey) as RecordState).rkey))];
    for (const row of yield* query<Superseded>(SUPERSEDABLE, keys, keys))
      stored.set(row.rkey, [...(stored.get(row.rkey) ?? []), row]);
    yield* markReplaced(records, stored, coalescing);
  }
  const held = yield* findOvertakable(planned, records);
  const lines = yield* loadLines(planned.flatMap((one) => one.operation.serialize));
  const inGroup = new Map<string, Planned[]>();
  // Also what comes later in the same requests: an order may stand before its customer.
  const coming = new Set(
    planned.filter(({ operation }) => !operation.concluded).map((one) => records.get(one.operation.rkey)?.rkey),
  );
  yield* numberVersions(tx, planned, records);
  for (const one of planned) {
    const record = records.get(one.operation.rkey) as RecordState;
    one.rkey = record.rkey;
    if (one.operation.concluded) {
      one.state = S.done;
      continue;
    }
    if (one.operation.coalesce || (one.operation.overtakesReview && record.inReview))
      replaceOlder(one, record, { stored, inGroup, plan, lines });
    const passed = overtakes(one, held, plan.superseded);
    if (passed) {
      plan.overtaken.push(passed);
      for (const { seq, by } of plan.superseded) if (by === one.id) leaveLines(seq, plan, lines);
      record.live = false;
    }
    const behind = record.live || (inGroup.get(record.rkey) ?? []).some((other) => other.state !== S.superseded);
    one.error = one.operation.refused ?? selfRequired(one, records);
    const edges = edgesOf(one, records, coming, lines, plan);
    settleState(one, tx.now, record, behind, edges.length > 0);
    plan.edges.push(...edges);
    inGroup.set(record.rkey, [...(inGroup.get(record.rkey) ?? []), one]);
  }
  for (const { one, ring } of yield* findCycles(plan)) {
    one.error = cycleOf(ring);
    one.state = one.state === S.blocked ? S.refused : S.held;
    leaveLines(one.seq, plan, lines);
  }
  freeWaiting(plan);
  return plan;
}

/** One goes to review, or is replaced, before anybody saw it wait: who waits for it waits for whom it waited for. */
function leaveLines(seq: number, plan: Plan, lines: MatchLines): void {
  const ahead = lines.leave(seq).map((one) => `op:${one}`);
  const edges = new Map<string, [number, string]>();
  for (const [waiting, target] of plan.edges) {
    if (waiting === seq) continue;
    for (const one of target === `op:${seq}` ? ahead : [target]) edges.set(`${waiting} ${one}`, [waiting, one]);
  }
  plan.edges = [...edges.values()];
}

/** What they were to wait for may have gone since they were planned. */
function freeWaiting(plan: Plan): void {
  const waiting = new Set(plan.edges.map(([seq]) => seq));
  for (const one of plan.planned)
    if (one.state === S.parked && !waiting.has(one.seq)) one.state = one.runAt == null ? S.ready : S.delayed;
}

function* numberVersions(tx: Tx, planned: readonly Planned[], records: Map<string, RecordState>): Script<void> {
  const recordOf = (one: Planned): RecordState => records.get(one.operation.rkey) as RecordState;
  const last = planned.reduce((most, one) => Math.max(most, recordOf(one).lastVersion), 0);
  const shared = tx.alone ? yield* issueVersions(tx, planned.length, last) : null;
  for (const [at, one] of planned.entries()) {
    const record = recordOf(one);
    record.lastVersion = shared?.[at] ?? nextVersion(tx.now, record.lastVersion);
    one.version = toVersion(record.lastVersion);
  }
}

/**
 * Does it take the place of older live operations? A flow may want that always. What stands in review is replaced by whatever carries the
 * whole record: the correction that the failure asked for would else wait behind it for ever.
 */
const replaces = ({ operation }: Planned, record: RecordState | undefined): boolean =>
  record !== undefined && ((operation.coalesce && record.live) || (operation.overtakesReview && record.inReview));

/** A record whose live operations will all be superseded is free for the newcomer. */
function* markReplaced(
  records: Map<string, RecordState>,
  stored: Map<string, Superseded[]>,
  coalescing: Planned[],
): Script<void> {
  const keys = [...new Set(coalescing.map((one) => (records.get(one.operation.rkey) as RecordState).rkey))];
  const rows = yield* query<{ rkey: string; n: number }>(
    `SELECT rkey, count(*) AS n FROM op WHERE seq IN ${liveOf('rkey IN (SELECT v FROM @list(text) k)')} GROUP BY rkey`,
    keys,
    keys,
  );
  const live = new Map(rows.map((row) => [row.rkey, row.n]));
  for (const record of records.values())
    if (live.has(record.rkey)) record.live = (stored.get(record.rkey)?.length ?? 0) < (live.get(record.rkey) ?? 0);
}

interface Around {
  stored: Map<string, Superseded[]>;
  inGroup: Map<string, Planned[]>;
  plan: Plan;
  lines: MatchLines;
}

function replaceOlder(one: Planned, record: RecordState, { stored, inGroup, plan, lines }: Around): void {
  record.inReview = false;
  for (const row of stored.get(record.rkey) ?? []) {
    plan.superseded.push({ ...row, by: one.id });
    leaveLines(row.seq, plan, lines);
  }
  stored.delete(record.rkey);
  for (const older of inGroup.get(record.rkey) ?? []) {
    const replaceable = older.operation.action === 'upsert' || older.operation.action === 'update';
    if (older.state === S.superseded || !replaceable) continue;
    older.state = S.superseded;
    older.supersededBy = one.id;
    leaveLines(older.seq, plan, lines);
    plan.matches = plan.matches.filter(([, seq]) => seq !== older.seq);
  }
}

/** What the operation waits for: records that are under way but not there yet, and others that may create the same record. */
function edgesOf(
  one: Planned,
  records: Map<string, RecordState>,
  coming: ReadonlySet<string | undefined>,
  lines: MatchLines,
  plan: Plan,
): [number, string][] {
  const { operation, seq } = one;
  const rkey = one.rkey as string;
  const ahead = records.get(operation.rkey)?.appliedAt == null ? standInLine(one, rkey, lines, plan) : [];
  if (one.error) return [];
  const targets = new Set(ahead.map((other) => `op:${other}`));
  for (const { recordType, externalId } of operation.requires) {
    const required = records.get(recordKeyOf(operation.pool, recordType, externalId));
    if (!required || required.appliedAt !== null || required.rkey === rkey) continue;
    if (required.live || coming.has(required.rkey)) targets.add(`rec:${required.rkey}`);
  }
  return [...targets].map((target) => [seq, target]);
}

/** What goes to review stands in no line, but its values are kept for its replay. */
function standInLine({ seq, operation, error }: Planned, rkey: string, lines: MatchLines, plan: Plan): number[] {
  const { serialize } = operation;
  if (serialize.length === 0) return [];
  for (const mval of serialize) plan.matches.push([mval, seq]);
  if (error) return [];
  const ahead = lines.endsOf(serialize, rkey);
  lines.join(serialize, { seq, rkey }, ahead);
  return ahead;
}

function selfRequired(one: Planned, records: Map<string, RecordState>): Failure | null {
  const { operation } = one;
  const own = operation.requires.some(
    (r) => records.get(recordKeyOf(operation.pool, r.recordType, r.externalId))?.rkey === one.rkey,
  );
  return own && records.get(operation.rkey)?.appliedAt == null ? cycleOf([operation.rkey, operation.rkey]) : null;
}

function settleState(one: Planned, now: number, record: RecordState, behind: boolean, waits: boolean): void {
  const runAt = Math.max(one.operation.notBefore ?? 0, record.busyUntil);
  one.runAt = (behind ? one.operation.notBefore : runAt > now ? runAt : null) ?? null;
  if (one.error) one.state = behind ? S.refused : S.held;
  else if (behind) one.state = S.blocked;
  else if (waits) one.state = S.parked;
  else one.state = runAt > now ? S.delayed : S.ready;
}
