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

export type JobResult = Pick<Job, 'id' | 'name'> & ({ ok: true; value: unknown } | { ok: false; error: unknown });

export interface GroupResult {
  results: JobResult[];
  work: string[];
  settled: Settled[];
}

/**
 * Carries out several writes in one transaction, so that one fsync serves them all. A write that fails is undone alone. When the commit
 * itself fails, every one of them has failed.
 *
 * Nearly always none fails: they are tried without savepoints first, for which SQLite would keep a copy of each page it changes.
 */
export function runGroup(runner: ScriptRunner, jobs: readonly Job[], now: number): GroupResult {
  try {
    return commitGroup(runner, jobs, now, runPlain);
  } catch {
    // Which of them failed, and whether the others can be carried out, shows the second attempt.
  }
  try {
    return commitGroup(runner, jobs, now, runGuarded);
  } catch (error) {
    return { results: jobs.map(({ id, name }) => ({ id, name, ok: false, error })), work: [], settled: [] };
  }
}

function commitGroup(runner: ScriptRunner, jobs: readonly Job[], now: number, one: RunOne): GroupResult {
  const tx = newTx(now, true);
  const place: Place = { runner, tx, one };
  return runner.transact(() => {
    const results = [...runEnqueues(place, jobs), ...runOthers(place, jobs)];
    runner.run(writeTally(tx));
    return { results, work: [...tx.work], settled: runner.run(tellSettled(tx)) };
  });
}

interface Place {
  runner: ScriptRunner;
  tx: Tx;
  one: RunOne;
}

/** How one write of a group is carried out. */
type RunOne = <T>(place: Place, script: (inner: Tx) => Script<T>) => One<T>;
type One<T> = { ok: true; value: T } | { ok: false; error: unknown };

/** What fails ends the group. */
const runPlain: RunOne = ({ runner, tx }, script) => ({ ok: true, value: runner.run(script(tx)) });

/** What fails is undone, and what it noted does not count. */
const runGuarded: RunOne = ({ runner, tx }, script) => {
  const inner = newTx(tx.now, true, () => tx.random());
  try {
    const value = runner.attempt(() => runner.run(script(inner)));
    for (const pool of inner.work) tx.work.add(pool);
    tx.settled.push(...inner.settled);
    for (const [key, n] of inner.tally) tx.tally.set(key, (tx.tally.get(key) ?? 0) + n);
    return { ok: true, value };
  } catch (error) {
    if (!runner.inTransaction) throw error;
    return { ok: false, error };
  }
};

/** All requests of a group are accepted by one script; when that fails, each is tried alone. */
function runEnqueues(place: Place, jobs: readonly Job[]): JobResult[] {
  const enqueues = jobs.filter(({ name }) => name === 'enqueue');
  if (enqueues.length === 0) return [];
  const together = place.one<EnqueueAnswer[]>(place, (inner) =>
    COMMANDS.enqueue(
      inner,
      enqueues.flatMap(({ args }) => args as PreparedRequest[]),
    ),
  );
  if (!together.ok)
    return enqueues.length === 1
      ? enqueues.map(({ id, name }) => ({ id, name, ...together }))
      : enqueues.map((job) => runJob(place, job));
  let next = 0;
  return enqueues.map(({ id, name, args }) => {
    const length = (args as PreparedRequest[]).length;
    next += length;
    return { id, name, ok: true, value: together.value.slice(next - length, next) };
  });
}

const runOthers = (place: Place, jobs: readonly Job[]): JobResult[] =>
  jobs.filter(({ name }) => name !== 'enqueue').map((job) => runJob(place, job));

function runJob(place: Place, job: Job): JobResult {
  const command = COMMANDS[job.name] as (tx: Tx, args: unknown) => Script<Writes[WriteName]['result']>;
  return { id: job.id, name: job.name, ...place.one(place, (inner) => command(inner, job.args)) };
}
