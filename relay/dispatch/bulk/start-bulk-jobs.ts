import { setTimeout as sleep } from 'node:timers/promises';
import type { BulkJob, NextJobInput } from '../../store/types';
import { backoffMs } from '../backoff';
import { DispatchStopped } from '../dispatch';
import type { JobBell } from './job-bell';
import { stepJob, type JobParts, type Step } from './run-job';

export interface BulkJobOptions extends JobParts {
  pool: string;
  /** Operations of one source and record type that have to wait for a job. */
  above: number;
  aboveBySource?: Readonly<Record<string, number>> | undefined;
  /** How often NetSuite is asked how far a job is, in ms: for when its word that the job has ended is late, or reached another relay. */
  pollMs: number;
  /** Rings when NetSuite tells that a job has ended. */
  bell: JobBell;
}

/** How often the bulk lane is looked at, in ms. */
const LOOK_MS = 1_000;
/** An account that could not carry out a job is spared another for so long, in ms. */
const AVOID_MS = 600_000;

/**
 * Sends large loads as bulk jobs: they take no slot of the account while NetSuite works on them. Where a job stands is in the store; this
 * loop takes the next step of it, whoever took the one before. Answers a function that stops it.
 */
export function startBulkJobs(options: BulkJobOptions): () => Promise<void> {
  const stop = new AbortController();
  const running = loop(options, stop.signal);
  return async () => {
    stop.abort();
    await running;
  };
}

async function loop(options: BulkJobOptions, signal: AbortSignal): Promise<void> {
  let failures = 0;
  let avoidUntil = 0;
  while (!signal.aborted) {
    let waitMs = LOOK_MS;
    try {
      const job = await options.store.nextJob(wanted(options, options.now() < avoidUntil));
      const step: Step | null = job && (await stepJob(options, job));
      failures = step?.next === 'failed' ? failures + 1 : 0;
      if (job && step) {
        waitMs = await follow(options, job, step, failures);
        if (step.next === 'given up' && step.avoid) avoidUntil = options.now() + AVOID_MS;
      }
    } catch (error) {
      if (error instanceof DispatchStopped) return;
      options.log.error({ err: error, pool: options.pool }, 'a bulk job could not go on; trying again');
    }
    if (waitMs > 0) await (failures === 0 ? options.bell.wait(waitMs, signal) : pause(waitMs, signal));
  }
}

/** A wait that nothing but a stop cuts short: the account asked for it. */
const pause = (waitMs: number, signal: AbortSignal): Promise<void> =>
  sleep(waitMs, undefined, { signal }).catch(() => undefined);

/** While jobs are avoided, only one that exists is gone on with. */
const wanted = ({ pool, holder, leaseMs, above, aboveBySource }: BulkJobOptions, avoiding: boolean): NextJobInput => ({
  pool,
  holder,
  leaseMs,
  ...(avoiding ? { above: Number.MAX_SAFE_INTEGER } : { above, aboveBySource }),
});

/** What a step leads to; answers how long to wait until the next, in ms. */
async function follow(options: BulkJobOptions, job: BulkJob, step: Step, failures: number): Promise<number> {
  const { log, pollMs, backoff } = options;
  const known = { pool: job.pool, jobId: job.jobId, recordType: job.recordType, operations: job.operations };
  switch (step.next) {
    case 'again':
      if (job.stage === 'staging' && job.jobId === null) log.info(known, 'a load goes as a bulk job');
      return 0;
    case 'later':
      return pollMs;
    case 'lost':
      return LOOK_MS;
    case 'over':
      await end(options, job, null);
      log.info(known, 'a bulk job is settled');
      return 0;
    case 'given up':
      await end(options, job, step.reason);
      log.warn(known, `a bulk job was given up; what is left goes by single calls: ${step.reason}`);
      return 0;
    case 'failed':
      log.warn({ ...known, code: step.failure.code }, `a bulk job waits: ${step.failure.message}`);
      return Math.max(step.failure.retryAfterMs ?? 0, backoffMs(failures, { ...backoff, longestMs: 60_000 }));
  }
}

async function end({ store }: BulkJobOptions, job: BulkJob, reason: string | null): Promise<void> {
  while ((await store.endJob(job.token, reason)) > 0);
}
