import type { Failure, Settlement, SettleInput, SettleResult, ShadowWrite } from '../types';
import { cycleOf, findRing } from './find-cycle';
import { finishOperations, releaseStep, unparkReleased } from './finish-operations';
import { loadRecords } from './load-records';
import { KEEP_BUSY } from './keep-busy';
import { slotAfterCall } from './lease-slot';
import { lockSettled, twinsStep } from './lock-settled';
import { applyPressure } from './pressure';
import { announcePromoted, promoteStep } from './promote';
import { groupOfKey, recordKeyOf } from './record-key';
import { findTwins, hasTwins, mergeTwins, type Identified } from './merge-records';
import {
  type Cell,
  change,
  type Countable,
  countMove,
  insert,
  insertRows,
  json,
  lock,
  look,
  select,
  together,
  togetherAtLast,
  type Script,
  type Step,
  type Tx,
  update,
  updateAll,
  updateEach,
  updateRows,
} from './script';
import { toSettled } from './settled';
import { writeShadows } from './side-tables';
import { inList, outerState, S, TRANSITIONS, type Inner } from './states';
import { spendVersions } from './versions';

interface Leased extends Countable {
  seq: number;
  id: string;
  request_no: number;
  request_id: string;
  rkey: string;
  type: string;
  action: string;
  version: string;
  /** Null in a bulk job. */
  lease_until: number | null;
  /** 1 = others with a match value of it may wait. */
  serialized: number;
}

interface BatchRow {
  batch_id: string;
  started: number;
  probe: number;
  slot: number;
}

interface Outcome {
  operation: Leased;
  settlement: Settlement;
  state: Inner;
}

/** The fence: what was leased again, given back or settled meanwhile is not ours. */
const OURS = `state IN ${inList(TRANSITIONS.settle.from)} AND token=?`;
/** Not locked: that they are still ours is a condition of what is written, and locking a row costs PostgreSQL nearly as much as writing it. */
const LEASED = `SELECT seq, id, request_no, rkey, type, action, version, serialized, pool, lane, state, lease_until,
  (SELECT r.id FROM request r WHERE r.no=op.request_no) AS request_id
  FROM op WHERE seq IN (SELECT v FROM @list(bigint) k) AND ${OURS}`;

/** Settles a batch, fenced: what another holder took over meanwhile is left alone. Frees the slot, or keeps it for a lost call. */
export function* settle(tx: Tx, input: SettleInput): Script<SettleResult> {
  yield* lockSettled(tx, input);
  const seqs = input.settlements.map(({ seq }) => seq);
  const [leased = [], batches = [], twins = [], waits = []] = yield* together(
    select(LEASED, seqs, input.token),
    look('SELECT batch_id, started, probe, slot FROM batch WHERE token=?', input.token),
    ...(tx.alone ? [] : [twinsStep(input), look('SELECT 1 AS one FROM edge LIMIT 1')]),
  );
  yield* lock((twins as unknown as { rkey: string }[]).map(({ rkey }) => rkey));
  const [batch] = batches as unknown as BatchRow[];
  const bySeq = new Map((leased as unknown as Leased[]).map((operation) => [operation.seq, operation]));
  const outcomes: Outcome[] = [];
  for (const settlement of input.settlements) {
    const operation = bySeq.get(settlement.seq);
    if (operation) outcomes.push(yield* decide(operation, settlement, batch?.started ?? 0));
  }
  noteOutcomes(tx, outcomes);
  yield* change(
    updateAll(WRITE, outcomes.map(toRow), tx.now, input.token),
    attemptRows(input, outcomes, batch),
    appliedRecords(tx, outcomes),
    closeBatch(tx, input),
    slotAfterCall(tx, input),
  );
  yield* change(
    spendVersions(
      outcomes.flatMap(({ operation, state }) =>
        state === S.dead ? [[operation.rkey, operation.version] as const] : [],
      ),
    ),
  );
  yield* updateEach(KEEP_BUSY, lateRecords(outcomes));
  yield* writeShadows(tx, shadowsOf(input, outcomes));
  if (input.pressure) yield* applyPressure(tx, input.pool, input.pressure, batch?.probe === 1);
  tx.work.add(input.pool);
  yield* followUp(tx, outcomes, { twinned: tx.alone || twins.length > 0, waits: tx.alone || waits.length > 0 });
  return { applied: outcomes.length, fenced: input.settlements.length - outcomes.length };
}

/** Only of operations that are still ours: the answer of another holder is the one that counts. */
function shadowsOf({ shadows }: SettleInput, outcomes: readonly Outcome[]): readonly ShadowWrite[] {
  const ours = new Set(outcomes.map(({ operation }) => operation.id));
  return (shadows ?? []).filter(({ origin }) => origin === undefined || ours.has(origin));
}

/** Where the operation goes. One that misses a record which came while it was under way goes again at once. */
function* decide(operation: Leased, settlement: Settlement, startedAt: number): Script<Outcome> {
  // What overtook it carries everything: only that it was written, or found out of date, still matters.
  if (operation.state === S.overtaken && settlement.to !== 'done') {
    return { operation, settlement, state: S.superseded };
  }
  if (settlement.to !== 'parked') return { operation, settlement, state: STATE_OF[settlement.to] };
  const keys = settlement.missing.map((one) => recordKeyOf(operation.pool, one.recordType, one.externalId));
  const records = yield* loadRecords(keys);
  const open = keys.filter((key) => (records.get(key)?.appliedAt ?? -1) < startedAt);
  const awaited = [...new Set(open.map((key) => records.get(key)?.rkey ?? key))];
  const ring = yield* findRing(operation.rkey, awaited);
  if (ring) {
    return { operation, settlement: { seq: settlement.seq, to: 'review', error: cycleOf(ring) }, state: S.held };
  }
  const targets = awaited.map((key) => `rec:${key}`);
  yield* insert(
    'edge',
    ['seq', 'target'],
    targets.map((target) => [operation.seq, target]),
    '(seq, target) DO NOTHING',
  );
  return { operation, settlement, state: targets.length > 0 ? S.parked : S.ready };
}

const STATE_OF = {
  done: S.done,
  ready: S.ready,
  waiting: S.waiting,
  unknown: S.waiting,
  review: S.held,
  dead: S.dead,
} as const;

const WRITE = `UPDATE op SET state=v.state, attempts=attempts-v.uncounted, run_at=v.run_at, bisect=v.bisect, result=v.result,
  internal_id=COALESCE(v.internal_id, op.internal_id), error=v.error, outcome=v.outcome, lease_until=NULL,
  superseded_by=CASE WHEN v.state=${S.done} THEN NULL ELSE op.superseded_by END, updated_at=?
  @each(seq bigint, state bigint, uncounted bigint, run_at bigint, bisect bigint, result text, internal_id text, error text, outcome text)
  WHERE op.seq=v.seq AND op.${OURS.replace('token', 'op.token')}`;

function noteOutcomes(tx: Tx, outcomes: readonly Outcome[]): void {
  for (const { operation, state } of outcomes) {
    countMove(tx, operation, state);
    const outer = outerState(state);
    if (state === S.ready) tx.work.add(operation.pool);
    else if (state >= S.done || state === S.held) tx.settled.push(toSettled(operation, outer));
  }
}

function isUncounted(s: Settlement): boolean {
  switch (s.to) {
    case 'ready':
    case 'waiting':
      return !s.counted;
    case 'unknown':
      return s.counted === false;
    case 'parked':
      return true;
    case 'done':
    case 'review':
    case 'dead':
      return false;
  }
}

function toRow({ operation, settlement: s, state }: Outcome): Cell[] {
  const uncounted = isUncounted(s) ? 1 : 0;
  const runAt = state < S.done && (s.to === 'waiting' || s.to === 'unknown') ? s.runAt : null;
  const bisect = s.to === 'ready' || s.to === 'waiting' ? (s.bisect ?? null) : null;
  const error: Failure | undefined = 'error' in s ? s.error : undefined;
  const outcome =
    s.to === 'done'
      ? json({ warnings: s.warnings ?? [], changes: s.changes ?? [], skipped: s.skipped ?? [] })
      : s.to === 'review' || s.to === 'dead'
        ? json({ warnings: s.warnings ?? [], changes: [], skipped: [] })
        : null;
  const done = s.to === 'done' ? s : undefined;
  return [
    operation.seq,
    state,
    uncounted,
    runAt,
    bisect,
    done?.result ?? null,
    done?.internalId ?? null,
    error && state !== S.ready ? json(error) : null,
    outcome,
  ];
}

const ATTEMPT_COLUMNS = ['seq', 'at', 'token', 'batch_id', 'slot', 'units', 'ms', 'status', 'code', 'answer'];

function attemptRows(input: SettleInput, outcomes: readonly Outcome[], batch: BatchRow | undefined): Step {
  const { call } = input;
  const each =
    call.units === null ? null : Math.round((call.units * 100) / Math.max(1, input.settlements.length)) / 100;
  return insertRows(
    'attempt',
    ATTEMPT_COLUMNS,
    outcomes.map(({ operation, settlement }) => [
      operation.seq,
      batch?.started ?? 0,
      input.token,
      batch?.batch_id ?? '',
      input.slot,
      each,
      call.ms,
      call.status,
      settlement.code ?? call.code ?? null,
      answerIn(settlement),
    ]),
    // What a job gives back it may be given once more; a batch is settled once.
    outcomes.some(({ operation }) => operation.lease_until === null) ? '(seq, token) DO NOTHING' : undefined,
  );
}

/** Longest answer kept with an attempt, in characters; the operation's own error is kept whole. */
const ANSWER_LENGTH = 500;

function answerIn(settlement: Settlement): string | null {
  const answer =
    'error' in settlement ? settlement.error?.message : settlement.to === 'done' ? settlement.result : null;
  return answer?.slice(0, ANSWER_LENGTH) ?? null;
}

/** What the store now knows of the records: that they exist, and under which id. */
function appliedRecords(tx: Tx, outcomes: readonly Outcome[]): Step {
  return updateRows(
    `UPDATE rec SET applied_at=CASE WHEN v.deleted=1 THEN NULL ELSE CAST(? AS bigint) END, internal_id=COALESCE(v.internal_id, rec.internal_id),
     busy_until=CASE WHEN v.lost=1 THEN NULL ELSE rec.busy_until END,
     last_version=CASE WHEN rec.last_version>v.version THEN rec.last_version ELSE v.version END
     @each(rkey text, internal_id text, lost bigint, deleted bigint, version text) WHERE rec.rkey=v.rkey`,
    outcomes.flatMap(({ operation, settlement: s }) =>
      s.to === 'done'
        ? [
            [
              operation.rkey,
              s.internalId ?? null,
              s.settlesLostCall ? 1 : 0,
              operation.action === 'delete' ? 1 : 0,
              operation.version,
            ],
          ]
        : [],
    ),
    tx.now,
  );
}

/** Until when a lost call may still write the records. */
const lateRecords = (outcomes: readonly Outcome[]): [string, number][] =>
  outcomes.flatMap(({ operation, settlement }) =>
    'lateUntil' in settlement && settlement.lateUntil !== undefined ? [[operation.rkey, settlement.lateUntil]] : [],
  );

interface Around {
  /** Some of the records may be the same as others of the store. */
  twinned: boolean;
  /** Operations may wait for records. None can come to wait for one of these meanwhile, nor one of theirs for another: their names are locked. */
  waits: boolean;
}

function* followUp(tx: Tx, outcomes: readonly Outcome[], around: Around): Script<void> {
  const of = (...states: Inner[]): Leased[] =>
    outcomes.filter(({ state }) => states.includes(state)).map(({ operation }) => operation);
  const done = of(S.done);
  const over = [...done, ...of(S.dead, S.superseded)];
  const linedUp = (some: readonly Leased[]): number[] =>
    some.filter(({ serialized }) => serialized === 1).map(({ seq }) => seq);
  yield* finishOperations(tx, linedUp([...done, ...of(S.superseded)]), { waitless: true });
  yield* finishOperations(tx, linedUp(of(S.dead, S.held)), { waitless: true, keepValues: true });
  if (over.length === 0) return;
  const identified = identifiedBy(outcomes);
  const twinned = around.twinned || hasTwins(identified);
  const records = over.map(({ rkey }) => rkey);
  // What was leased was its record's head; what was overtaken meanwhile was not.
  const headless = over.every(({ state }) => state === S.leased);
  if (!twinned && !around.waits && of(S.parked).length === 0) {
    const [promoted = []] = yield* togetherAtLast(promoteStep(tx, records, headless));
    return yield* announcePromoted(tx, promoted);
  }
  const [released = [], promoted = [], twins = []] = yield* together(
    releaseStep(done.map(({ rkey }) => `rec:${rkey}`)),
    promoteStep(tx, records, headless),
    ...(twinned ? [findTwins(identified)] : []),
  );
  yield* unparkReleased(tx, released);
  yield* announcePromoted(tx, promoted);
  yield* mergeTwins(tx, twins);
}

const identifiedBy = (outcomes: readonly Outcome[]): Identified[] =>
  outcomes.flatMap(({ settlement, operation: { pool, rkey } }) =>
    settlement.to === 'done' && settlement.internalId !== undefined
      ? [{ pool, group: groupOfKey(rkey), rkey, internalId: settlement.internalId }]
      : [],
  );

const closeBatch = (tx: Tx, { call, token }: SettleInput): Step =>
  update(
    'UPDATE batch SET ended=?, status=?, code=?, units=?, ms=? WHERE token=?',
    tx.now,
    call.status,
    call.code ?? null,
    call.units,
    call.ms,
    token,
  );
