import type { Failure } from '../types';
import { compactTally } from './compact-tally';
import { chainsFrom } from './find-cycle';
import { finishOperations } from './finish-operations';
import { lockQueues } from './lock-queues';
import { count, execute, insert, json, query, queryOne, type Script, type Tx } from './script';
import { toSettled } from './settled';
import { followSetBack } from './set-back';
import { getCursor, writeCursors } from './side-tables';
import { HEAD, BEHIND } from './live';
import { inList, S } from './states';

/** Operations handled by one call; the rest follow with the next, so that no transaction grows with the backlog. */
const STEP = 1_000;

interface Woken {
  pool: string;
  lane: number;
}

interface Overdue extends Woken {
  seq: number;
  id: string;
  request_no: number;
}

export interface Wakened {
  woken: number;
  reaped: number;
  overdue: number;
  nextAt: number | null;
}

export function* wake(tx: Tx): Script<Wakened> {
  // The embedded store's clock goes on by itself.
  if (!tx.alone) yield* followSetBack(tx);
  const woken = yield* wakeState(tx, S.waiting, 'retrying');
  const begun = yield* wakeState(tx, S.delayed, 'queued');
  const reaped = yield* reap(tx);
  const overdue = yield* endWaits(tx);
  yield* compactTally();
  return { woken: woken + begun, reaped, overdue, nextAt: yield* nextMoment(tx.now) };
}

function* wakeState(tx: Tx, state: number, outer: 'retrying' | 'queued'): Script<number> {
  const rows = yield* query<Woken>(
    `UPDATE op SET state=${S.ready}, run_at=NULL, updated_at=? WHERE seq IN
     (SELECT seq FROM op WHERE state IN (2,7) AND run_at<=? AND state=${state} ORDER BY run_at LIMIT ${STEP} @skip)
     AND state=${state} RETURNING pool, lane`,
    tx.now,
    tx.now,
  );
  for (const { pool, lane } of rows) {
    if (outer !== 'queued') {
      count(tx, pool, lane, outer, -1);
      count(tx, pool, lane, 'queued', 1);
    }
    tx.work.add(pool);
  }
  return rows.length;
}

/** Leases that ran out: the holder is gone or too late. Whether the call was made is unknown; its stamps will tell. */
function* reap(tx: Tx): Script<number> {
  const rows = yield* query<Woken & { seq: number }>(
    `UPDATE op SET state=${S.ready}, lease_until=NULL, updated_at=? WHERE seq IN
     (SELECT seq FROM op WHERE state=${S.leased} AND lease_until<=? ORDER BY lease_until LIMIT ${STEP} @skip)
     AND state=${S.leased} AND lease_until<=? RETURNING seq, pool, lane`,
    tx.now,
    tx.now,
    tx.now,
  );
  for (const { pool, lane } of rows) {
    count(tx, pool, lane, 'sending', -1);
    count(tx, pool, lane, 'queued', 1);
    tx.work.add(pool);
  }
  yield* insert(
    'history',
    ['seq', 'at', 'kind', 'detail'],
    rows.map(({ seq }) => [seq, tx.now, 'lease ended', json({ outcome: 'unknown' })]),
  );
  return rows.length;
}

/** Some record it waits for is in the queue and not in a person's hands: then the limit has nothing to say yet. */
const UNDER_WAY = inList([S.blocked, S.ready, S.waiting, S.leased, S.parked, S.delayed]);
const COMING = `(EXISTS(SELECT 1 FROM edge e JOIN op o ON o.rkey=substr(e.target, 5)
    WHERE e.seq=op.seq AND e.target LIKE 'rec:%' AND o.${HEAD} AND o.state IN ${UNDER_WAY})
  OR EXISTS(SELECT 1 FROM edge e JOIN op o ON o.rkey=substr(e.target, 5)
    WHERE e.seq=op.seq AND e.target LIKE 'rec:%' AND o.${BEHIND} AND o.state IN ${UNDER_WAY})
  OR EXISTS(SELECT 1 FROM edge e
    JOIN op o ON o.seq=CASE WHEN e.target LIKE 'op:%' THEN CAST(substr(e.target, 4) AS bigint) END
    WHERE e.seq=op.seq AND o.state IN ${UNDER_WAY}))`;

const OVERDUE_CURSOR = 'wake:overdue';
const NEXT_OVERDUE = `SELECT seq, requires_until FROM op WHERE state=${S.parked} AND requires_until<=? AND (requires_until,seq)>(?,?)
  ORDER BY requires_until, seq LIMIT ${STEP}`;

/**
 * Operations whose limit has passed. Where more than one step of them wait for what is on its way, such as after a long outage, each call
 * looks at another step: to ask of all of them twice a second would keep the store from everything else.
 */
function* nextOverdue(tx: Tx): Script<number[]> {
  const from = (at: readonly number[]) => query<{ seq: number; requires_until: number }>(NEXT_OVERDUE, tx.now, ...at);
  const oldest = yield* from([0, 0]);
  if (oldest.length < STEP) return oldest.map(({ seq }) => seq);
  const at = yield* getCursor(OVERDUE_CURSOR);
  const next = at === null ? oldest : yield* from(at.split(' ').map(Number));
  const last = next.length < STEP ? undefined : next.at(-1);
  yield* writeCursors(tx, [[OVERDUE_CURSOR, last ? `${last.requires_until} ${last.seq}` : '0 0']]);
  return next.map(({ seq }) => seq);
}

/** Required records that never came, nor are on their way: a person decides, with the chain in view. */
function* endWaits(tx: Tx): Script<number> {
  const overdue = yield* nextOverdue(tx);
  if (overdue.length === 0) return 0;
  const late = yield* query<Overdue>(
    `SELECT seq, id, request_no, pool, lane FROM op WHERE seq IN (SELECT v FROM @list(bigint) k) AND state+0=${S.parked} AND NOT ${COMING}
     ORDER BY requires_until @skip`,
    overdue,
  );
  yield* lockQueues(
    tx,
    late.map(({ seq }) => seq),
  );
  for (const operation of late) {
    const chain = yield* query<{ target: string }>('SELECT target FROM edge WHERE seq=?', operation.seq);
    const records = chain.flatMap(({ target }) => (target.startsWith('rec:') ? [target.slice(4)] : []));
    const others = chain.flatMap(({ target }) => (target.startsWith('rec:') ? [] : [target]));
    const missing = [...(yield* chainsFrom(records)), ...others];
    yield* execute(
      `UPDATE op SET state=${S.held}, error=?, updated_at=? WHERE seq=?`,
      json(neverCame(missing)),
      tx.now,
      operation.seq,
    );
    count(tx, operation.pool, operation.lane, 'queued', -1);
    count(tx, operation.pool, operation.lane, 'review', 1);
    tx.settled.push(toSettled(operation, 'review'));
  }
  yield* finishOperations(
    tx,
    late.map(({ seq }) => seq),
    { keepEdges: true, keepValues: true },
  );
  return late.length;
}

const neverCame = (missing: readonly string[]): Failure => ({
  code: 'MISSING_REQUIRED_RECORD',
  class: 'dependency',
  message: `Waited for ${missing.join(', ')}, but not longer than the flow's limit.`,
  action: 'Send the record it waits for and replay, or resolve it.',
});

function* nextMoment(now: number): Script<number | null> {
  const row = yield* queryOne<{ at: number | null }>(
    `SELECT MIN(at) AS at FROM (
       SELECT MIN(run_at) AS at FROM op WHERE state IN (2,7)
       UNION ALL SELECT MIN(lease_until) FROM op WHERE state=${S.leased}
       UNION ALL SELECT MIN(requires_until) FROM op WHERE state=${S.parked} AND requires_until>?) m`,
    now,
  );
  return row?.at ?? null;
}
