import type { Database } from 'better-sqlite3';
import type { Settled } from '../types';
import { COMMANDS, type WriteName, type Writes } from '../core/commands';
import type { PreparedRequest } from '../core/prepare-request';
import { newTx, writeTally, type Script, type Tx } from '../core/script';
import { tellSettled } from '../core/settled';
import type { EnqueueAnswer } from '../core/enqueue';
import type { ScriptRunner } from './run-script';

export interface Job {
  id: number;
  name: WriteName;
  args: unknown;
}

export type JobResult = { id: number } & ({ ok: true; value: unknown } | { ok: false; error: unknown });

export interface GroupResult {
  results: JobResult[];
  work: string[];
  settled: Settled[];
}

/**
 * Carries out several writes in one transaction, so that one fsync serves them all. A write that fails is undone alone. When the commit
 * itself fails, every one of them has failed.
 */
export function runGroup(db: Database, runner: ScriptRunner, jobs: readonly Job[], now: number): GroupResult {
  const tx = newTx(now, true);
  try {
    db.exec('BEGIN IMMEDIATE');
    const results = [...runEnqueues(db, runner, tx, jobs), ...runOthers(db, runner, tx, jobs)];
    runner.run(writeTally(tx));
    const settled = runner.run(tellSettled(tx));
    db.exec('COMMIT');
    return { results, work: [...tx.work], settled };
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    return { results: jobs.map(({ id }) => ({ id, ok: false, error })), work: [], settled: [] };
  }
}

/** All requests of a group are accepted by one script; when that fails, each is tried alone. */
function runEnqueues(db: Database, runner: ScriptRunner, tx: Tx, jobs: readonly Job[]): JobResult[] {
  const enqueues = jobs.filter(({ name }) => name === 'enqueue');
  if (enqueues.length === 0) return [];
  const together = runOne<EnqueueAnswer[]>(db, runner, tx, (inner) =>
    COMMANDS.enqueue(
      inner,
      enqueues.flatMap(({ args }) => args as PreparedRequest[]),
    ),
  );
  if (!together.ok)
    return enqueues.length === 1
      ? enqueues.map(({ id }) => ({ id, ...together }))
      : enqueues.map((job) => runJob(db, runner, tx, job));
  let next = 0;
  return enqueues.map(({ id, args }) => {
    const length = (args as PreparedRequest[]).length;
    next += length;
    return { id, ok: true, value: together.value.slice(next - length, next) };
  });
}

const runOthers = (db: Database, runner: ScriptRunner, tx: Tx, jobs: readonly Job[]): JobResult[] =>
  jobs.filter(({ name }) => name !== 'enqueue').map((job) => runJob(db, runner, tx, job));

function runJob(db: Database, runner: ScriptRunner, tx: Tx, job: Job): JobResult {
  const command = COMMANDS[job.name] as (tx: Tx, args: unknown) => Script<Writes[WriteName]['result']>;
  return { id: job.id, ...runOne(db, runner, tx, (inner) => command(inner, job.args)) };
}

type One<T> = { ok: true; value: T } | { ok: false; error: unknown };

/** One write within the transaction; what it noted counts only if it succeeds. */
function runOne<T>(db: Database, runner: ScriptRunner, tx: Tx, script: (inner: Tx) => Script<T>): One<T> {
  const inner = newTx(tx.now, true, () => tx.random());
  db.exec('SAVEPOINT one');
  try {
    const value = runner.run(script(inner));
    db.exec('RELEASE one');
    for (const pool of inner.work) tx.work.add(pool);
    tx.settled.push(...inner.settled);
    for (const [key, n] of inner.tally) tx.tally.set(key, (tx.tally.get(key) ?? 0) + n);
    return { ok: true, value };
  } catch (error) {
    if (!db.inTransaction) throw error;
    db.exec('ROLLBACK TO one');
    db.exec('RELEASE one');
    return { ok: false, error };
  }
}
