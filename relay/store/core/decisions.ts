import { OperationNotFound, OperationStateError } from '../errors';
import type { Lane, OperationFilter, OperationState } from '../types';
import { finishOperations } from './finish-operations';
import { numberOf } from './ids';
import { liveOf } from './live';
import { lockQueues } from './lock-queues';
import { mapAnew, namesOfMapped } from './map-anew';
import { loadLines } from './match-lines';
import type { PreparedOperation } from './prepare-request';
import { promote } from './promote';
import { findSeqs } from './read-operations';
import { change, count, execute, insert, json, laneCode, query, queryOne, type Script, type Tx } from './script';
import { toSettled } from './settled';
import { isFinal, mayMove, outerState, S, type Inner, type TRANSITIONS } from './states';
import { issueVersions, lastVersion, reissueFrom, spendVersions, toVersion } from './versions';

/** What people decide about one operation. */

interface Decided {
  seq: number;
  id: string;
  request_no: number;
  pool: string;
  lane: number;
  state: number;
  rkey: string;
  version: string;
}

/** `mapped`: what could not be mapped and is by now. */
export interface Replayed {
  actor: string;
  body?: object | undefined;
  lane?: Lane | undefined;
  mapped?: PreparedOperation | undefined;
}

export interface Decider {
  actor: string;
  note?: string | undefined;
}

export function* replay(tx: Tx, operationId: string, by: Replayed): Script<number> {
  const { mapped } = by;
  const body = mapped?.body ?? (by.body === undefined ? null : json(by.body));
  const operation = yield* find(tx, operationId, mapped ? namesOfMapped(mapped) : []);
  const dead = operation.state === S.dead;
  const edited = operation.state === S.refused && body !== null;
  if (!dead && !edited) allow('replay', operation, 'replayed');
  const waits = mapped !== undefined && (yield* mapAnew(tx, operation, mapped));
  const place = dead || edited ? yield* placeBehindHead(tx, operation) : yield* placeInTurn(tx, operation);
  const linedUp = yield* lineUp(operation);
  const state = (linedUp || waits) && place !== S.blocked ? S.parked : place;
  const lane = mapped?.lane ?? (by.lane === undefined ? operation.lane : laneCode(by.lane));
  const version = body === null ? null : yield* issueVersion(tx, operation.rkey);
  // What waits behind it came later, and goes later: with its old version NetSuite would take it for older than the edit, and leave it out.
  if (version !== null) yield* reissueFrom(tx, operation.rkey, operation.seq + 1, Number(version));
  const busy = yield* busyUntil(operation.rkey);
  yield* execute(
    `UPDATE op SET state=?, lane=?, attempts=0, run_at=?, error=NULL, bisect=NULL, body=COALESCE(?, body),
     version=COALESCE(?, version), updated_at=? WHERE seq=?`,
    state,
    lane,
    state === S.delayed ? busy : null,
    body,
    version,
    tx.now,
    operation.seq,
  );
  count(tx, operation.pool, operation.lane, outerState(operation.state as Inner), -1);
  count(tx, operation.pool, lane, outerState(state), 1);
  yield* note(tx, operation, 'replayed', { actor: by.actor }, body === null ? {} : { edited: true });
  if (state === S.ready) tx.work.add(operation.pool);
  return operation.seq;
}

export function* resolve(tx: Tx, operationId: string, by: Decider): Script<number> {
  return yield* end(tx, operationId, by, 'resolve', S.cancelled, 'resolved');
}

export function* skip(tx: Tx, operationId: string, by: Decider): Script<number> {
  return yield* end(tx, operationId, by, 'skip', S.dead, 'skipped');
}

export function* cancel(tx: Tx, operationId: string, by: Decider): Script<number> {
  return yield* end(tx, operationId, by, 'cancel', S.cancelled, 'cancelled');
}

/** Replays failures that a filter finds, oldest first. */
export function* replayAll(tx: Tx, filter: OperationFilter, by: { actor: string; limit: number }): Script<string[]> {
  const states: OperationState[] = [...(filter.state ?? ['review', 'dead'])];
  const rows = yield* findSeqs({ ...filter, state: states }, { limit: by.limit, oldestFirst: true });
  const replayed: string[] = [];
  for (const { id, state } of rows) {
    if (state === S.refused || (!mayMove('replay', state) && state !== S.dead)) continue;
    yield* replay(tx, id, { actor: by.actor });
    replayed.push(id);
  }
  return replayed;
}

function* end(
  tx: Tx,
  operationId: string,
  by: Decider,
  event: keyof typeof TRANSITIONS,
  state: Inner,
  word: string,
): Script<number> {
  const operation = yield* find(tx, operationId);
  allow(event, operation, word);
  yield* execute('UPDATE op SET state=?, run_at=NULL, updated_at=? WHERE seq=?', state, tx.now, operation.seq);
  yield* change(spendVersions([[operation.rkey, operation.version]]));
  const from = outerState(operation.state as Inner);
  if (from !== outerState(state)) {
    count(tx, operation.pool, operation.lane, from, -1);
    count(tx, operation.pool, operation.lane, outerState(state), 1);
  }
  yield* note(tx, operation, word, by, by.note === undefined ? {} : { note: by.note });
  yield* finishOperations(tx, [operation.seq], { keepValues: state === S.dead });
  if (!isFinal(operation.state)) yield* promote(tx, [operation.rkey]);
  tx.settled.push(toSettled(operation, outerState(state)));
  return operation.seq;
}

function* find(tx: Tx, operationId: string, more: readonly string[] = []): Script<Decided> {
  const seq = numberOf(operationId);
  const select = 'SELECT seq, id, request_no, pool, lane, state, rkey, version FROM op WHERE seq=?';
  const row = seq === null ? undefined : yield* queryOne<Decided>(select, seq);
  if (!row || row.id !== operationId) throw new OperationNotFound(operationId);
  yield* lockQueues(tx, [row.seq], more);
  // Read again under the lock: it may have moved while we waited.
  const locked = yield* queryOne<Decided>(`${select} @lock`, row.seq);
  if (!locked) throw new OperationNotFound(operationId);
  return locked;
}

function allow(event: keyof typeof TRANSITIONS, operation: Decided, wanted: string): void {
  if (mayMove(event, operation.state)) return;
  throw new OperationStateError(operation.id, outerState(operation.state as Inner), wanted);
}

/** It kept its turn: it goes as soon as nothing it needs is missing. */
function* placeInTurn(tx: Tx, operation: Decided): Script<Inner> {
  const edges = yield* query('SELECT 1 FROM edge WHERE seq=? LIMIT 1', operation.seq);
  if (edges.length > 0 && operation.state === S.parked) yield* execute('DELETE FROM edge WHERE seq=?', operation.seq);
  else if (edges.length > 0) return S.parked;
  return (yield* busyUntil(operation.rkey)) > tx.now ? S.delayed : S.ready;
}

/** It lost its turn: behind what is the head of its record by now; else as soon as no lost call can write it any more. */
function* placeBehindHead(tx: Tx, operation: Decided): Script<Inner> {
  const live = yield* query(
    `SELECT seq FROM ${liveOf('rkey=?')} l WHERE seq<>? LIMIT 1`,
    operation.rkey,
    operation.rkey,
    operation.seq,
  );
  if (live.length > 0) return S.blocked;
  return (yield* busyUntil(operation.rkey)) > tx.now ? S.delayed : S.ready;
}

/** States in which an operation stands in no line. */
const OUT_OF_LINE: readonly number[] = [S.held, S.refused, S.dead];

/** It left the line of its match values: now it stands at the end. Answers whether it has to wait there. */
function* lineUp({ seq, rkey, state }: Decided): Script<boolean> {
  if (!OUT_OF_LINE.includes(state)) return false;
  const values = yield* query<{ mval: string }>('SELECT mval FROM match_wait WHERE seq=?', seq);
  if (values.length === 0) return false;
  const record = yield* queryOne<{ applied_at: number | null }>('SELECT applied_at FROM rec WHERE rkey=?', rkey);
  if (record?.applied_at != null) return false;
  const wanted = values.map(({ mval }) => mval);
  const lines = yield* loadLines(wanted);
  // What waits for one behind it comes after it in any case.
  const ahead = lines.endsOf(wanted, rkey).filter((other) => !lines.comesAfter(other, rkey));
  const edges = ahead.map((other) => [seq, `op:${other}`]);
  yield* insert('edge', ['seq', 'target'], edges, '(seq, target) DO NOTHING');
  return edges.length > 0;
}

function* busyUntil(rkey: string): Script<number> {
  return (
    (yield* queryOne<{ busy_until: number | null }>('SELECT busy_until FROM rec WHERE rkey=?', rkey))?.busy_until ?? 0
  );
}

/** An edited operation is newer than all before it. */
function* issueVersion(tx: Tx, rkey: string): Script<string> {
  const [version = ''] = (yield* issueVersions(tx, 1, yield* lastVersion(rkey))).map(toVersion);
  yield* execute('UPDATE rec SET last_version=? WHERE rkey=?', version, rkey);
  return version;
}

function* note(tx: Tx, operation: Decided, kind: string, by: Decider, detail: object): Script<void> {
  yield* insert(
    'history',
    ['seq', 'at', 'kind', 'actor', 'detail'],
    [[operation.seq, tx.now, kind, by.actor, json(detail)]],
  );
}
