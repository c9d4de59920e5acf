import type { BulkJob, JobNote, JobStage, NextJobInput, TakenOperation } from '../types';
import { findCandidates, type GateRow } from './take';
import { numberOf } from './ids';
import { loadBatch } from './load-batch';
import { finishOperations } from './finish-operations';
import {
  allocate,
  count,
  countMove,
  execute,
  insert,
  json,
  laneCode,
  query,
  queryOne,
  type Script,
  type Tx,
} from './script';
import { toSettled } from './settled';
import { S } from './states';

const BULK = laneCode('bulk');
/** Deletions and transformations are not done in bulk, nor are files: each fills a call of its own. */
const FITTING = `bisect IS NULL AND attempts=0 AND action IN ('upsert','create','update') AND type<>'file'`;

interface JobRow {
  token: number;
  pool: string;
  source: string;
  type: string;
  n: number;
  size: number;
  job_id: string | null;
  stage: JobStage;
  result_cursor: string | null;
  holder: string;
  lease_until: number;
  started: number;
  changed: number;
}

const toJob = (row: JobRow): BulkJob => ({
  token: row.token,
  pool: row.pool,
  source: row.source,
  recordType: row.type,
  operations: row.n,
  characters: row.size,
  jobId: row.job_id,
  stage: row.stage,
  cursor: row.result_cursor,
  startedAt: row.started,
  changedAt: row.changed,
});

export function* listJobs(pool: string): Script<BulkJob[]> {
  return (yield* query<JobRow>('SELECT * FROM job WHERE pool=? ORDER BY token', pool)).map(toJob);
}

/** Whether `nextJob` would find something: asked without a write, as often as one likes. */
export function* hasJobWork(tx: Tx, input: NextJobInput): Script<boolean> {
  const [job] = yield* query<JobRow>('SELECT * FROM job WHERE pool=?', input.pool);
  if (job) return job.holder === input.holder || job.lease_until <= tx.now;
  return (yield* chooseLoad(input)) !== null;
}

/** The pool's job, if it is ours or nobody's; else a new one, where a load is large enough. One job a pool at a time. */
export function* nextJob(tx: Tx, input: NextJobInput): Script<BulkJob | null> {
  const { pool, holder, leaseMs } = input;
  const gate = yield* queryOne<GateRow>('SELECT breaker FROM gate WHERE pool=? @lock', pool);
  if (!gate || gate.breaker !== 'closed') return null;
  const [job] = yield* query<JobRow>('SELECT * FROM job WHERE pool=?', pool);
  if (job) {
    if (job.holder !== holder && job.lease_until > tx.now) return null;
    yield* execute('UPDATE job SET holder=?, lease_until=? WHERE token=?', holder, tx.now + leaseMs, job.token);
    return toJob(job);
  }
  const load = yield* chooseLoad(input);
  if (!load) return null;
  const [token = 0] = yield* allocate('batch', 1);
  yield* insert(
    'job',
    ['token', 'pool', 'source', 'type', 'n', 'size', 'stage', 'holder', 'lease_until', 'started', 'changed'],
    [[token, pool, load.source, load.type, 0, 0, 'filling', holder, tx.now + leaseMs, tx.now, tx.now]],
  );
  yield* insert(
    'batch',
    ['token', 'batch_id', 'pool', 'lane', 'type', 'n', 'slot', 'holder', 'probe', 'estimate_ms', 'started'],
    [[token, `j_${holder}_${token}`, pool, BULK, load.type, 0, 0, holder, 0, 0, tx.now]],
  );
  const [made] = yield* query<JobRow>('SELECT * FROM job WHERE token=?', token);
  return made ? toJob(made) : null;
}

/** A source and record type of the bulk lane of which enough wait. */
function* chooseLoad({ pool, above, aboveBySource }: NextJobInput): Script<{ source: string; type: string } | null> {
  const lane = yield* queryOne<{ paused: number }>('SELECT paused FROM lane WHERE pool=? AND lane=?', pool, BULK);
  if (lane?.paused !== 0) return null;
  for (const { lane: code, source, type, bisect } of yield* findCandidates(pool)) {
    if (code !== BULK || bisect !== null) continue;
    const enough = aboveBySource?.[source] ?? above;
    const found = yield* queryOne<{ n: number }>(
      `SELECT count(*) AS n FROM (SELECT 1 AS one FROM op WHERE state=1 AND pool=? AND lane=? AND source=? AND type=?
       AND ${FITTING} LIMIT ?) w`,
      pool,
      BULK,
      source,
      type,
      enough,
    );
    if ((found?.n ?? 0) >= enough) return { source, type };
  }
  return null;
}

/** Gives a job more of what waits, at most `limit`; answers how many. Leases without an end: see `reap` and `recover`. */
export function* fillJob(tx: Tx, { token, limit }: { token: number; limit: number }): Script<number> {
  const [job] = yield* query<JobRow>('SELECT * FROM job WHERE token=? @lock', token);
  if (job?.stage !== 'filling') return 0;
  // While calls are stopped, what waits is what they are tried with: in the job it could not be, and the job itself has to wait for that.
  const gate = yield* queryOne<GateRow>('SELECT breaker FROM gate WHERE pool=?', job.pool);
  if (gate?.breaker !== 'closed') return 0;
  const rows = yield* query<{ seq: number; size: number }>(
    `UPDATE op SET state=${S.leased}, attempts=attempts+1, token=?, lease_until=NULL, run_at=NULL, updated_at=? WHERE seq IN
     (SELECT seq FROM op WHERE state=1 AND pool=? AND lane=? AND source=? AND type=? AND ${FITTING} ORDER BY @turn LIMIT ? @skip)
     AND state=1 RETURNING seq, length(body) AS size`,
    token,
    tx.now,
    job.pool,
    BULK,
    job.source,
    job.type,
    limit,
  );
  count(tx, job.pool, BULK, 'queued', -rows.length);
  count(tx, job.pool, BULK, 'sending', rows.length);
  const size = rows.reduce((sum, row) => sum + row.size, 0);
  yield* execute('UPDATE job SET n=n+?, size=size+?, changed=? WHERE token=?', rows.length, size, tx.now, token);
  yield* execute('UPDATE batch SET n=n+? WHERE token=?', rows.length, token);
  return rows.length;
}

/** Operations of a job that are not settled, in the order they came: those after a number, or those of certain ids. */
export function* jobOperations(
  token: number,
  by: { after: number; limit: number } | { ids: readonly string[] },
): Script<TakenOperation[]> {
  if ('ids' in by) {
    const seqs = by.ids.map(numberOf).filter((seq) => seq !== null);
    return yield* loadBatch(token, seqs);
  }
  // Overtaken ones too: a part holds the same operations whenever it is made up.
  const rows = yield* query<{ seq: number }>(
    `SELECT seq FROM op WHERE state=${S.leased} AND lease_until IS NULL AND token=? AND seq>?
     UNION ALL SELECT seq FROM op WHERE state=${S.overtaken} AND token=? AND seq>? ORDER BY seq LIMIT ?`,
    token,
    by.after,
    token,
    by.after,
    by.limit,
  );
  return yield* loadBatch(
    token,
    rows.map(({ seq }) => seq),
  );
}

/** False when the job went to another relay meanwhile, or is over. */
export function* noteJob(tx: Tx, note: JobNote): Script<boolean> {
  const moved = note.stage !== undefined || note.cursor !== undefined || note.jobId !== undefined;
  const rows = yield* query<{ token: number }>(
    `UPDATE job SET lease_until=?, stage=COALESCE(?, stage), job_id=COALESCE(?, job_id),
     result_cursor=COALESCE(?, result_cursor), changed=CASE WHEN ?=1 THEN CAST(? AS bigint) ELSE changed END
     WHERE token=? AND holder=? RETURNING token`,
    tx.now + note.leaseMs,
    note.stage ?? null,
    note.jobId ?? null,
    note.cursor ?? null,
    moved ? 1 : 0,
    tx.now,
    note.token,
    note.holder,
  );
  return rows.length > 0;
}

/** Operations handled in one transaction. */
const STEP = 1_000;

/**
 * Ends a job. What it has not settled is ready again, with the reason in its history, and goes by single calls; stamps tell what was
 * written. Answers how many; call again until it is none.
 */
export function* endJob(tx: Tx, { token, reason }: { token: number; reason: string | null }): Script<number> {
  const rows = yield* query<{ seq: number; pool: string; lane: number }>(
    `UPDATE op SET state=${S.ready}, updated_at=? WHERE seq IN
     (SELECT seq FROM op WHERE state=${S.leased} AND lease_until IS NULL AND token=? ORDER BY seq LIMIT ${STEP} @skip)
     AND state=${S.leased} AND token=? RETURNING seq, pool, lane`,
    tx.now,
    token,
    token,
  );
  yield* insert(
    'history',
    ['seq', 'at', 'kind', 'detail'],
    rows.map(({ seq }) => [seq, tx.now, 'bulk job ended', json({ outcome: 'unknown', reason })]),
  );
  for (const { pool, lane } of rows) {
    count(tx, pool, lane, 'sending', -1);
    count(tx, pool, lane, 'queued', 1);
    tx.work.add(pool);
  }
  const overtaken = yield* dropOvertaken(tx, token);
  // Rows that another transaction holds at this moment were left out: the job stays until they are done with, too.
  if (rows.length < STEP)
    yield* execute(
      `DELETE FROM job WHERE token=? AND NOT EXISTS(SELECT 1 FROM op WHERE token=? AND state=${S.leased} AND lease_until IS NULL)`,
      token,
      token,
    );
  return rows.length + overtaken;
}

/** What was overtaken need not be sent any more: the newer one says everything. */
function* dropOvertaken(tx: Tx, token: number): Script<number> {
  const rows = yield* query<{ seq: number; id: string; request_no: number; pool: string; lane: number }>(
    `UPDATE op SET state=${S.superseded}, updated_at=? WHERE state=${S.overtaken} AND token=? RETURNING seq, id, request_no, pool, lane`,
    tx.now,
    token,
  );
  for (const row of rows) {
    countMove(tx, { ...row, state: S.overtaken }, S.superseded);
    tx.settled.push(toSettled(row, 'superseded'));
  }
  yield* finishOperations(
    tx,
    rows.map(({ seq }) => seq),
  );
  return rows.length;
}

/** After a restart of the only relay nobody else holds its jobs. */
export function* freeJobs(): Script<void> {
  yield* execute('UPDATE job SET lease_until=0');
}
