import type { Logger } from 'pino';
import type { BulkCalls, CallFailure } from '../../netsuite';
import type { BulkJob, JobNote, Store } from '../../store/types';
import type { CountOutcomes } from '../../telemetry/count-outcomes';
import type { BackoffPlan } from '../backoff';
import { buildPart } from './build-part';
import { settleResults } from './settle-results';

export interface JobParts {
  store: Store;
  calls: BulkCalls;
  /** Carries out one call in a slot of the account. */
  withSlot: <T>(work: () => Promise<T>) => Promise<T>;
  holder: string;
  leaseMs: number;
  /** Most operations of one job. */
  most: number;
  /** A job that did not move on for so long is left to itself, in ms. */
  patienceMs: number;
  backoff: BackoffPlan;
  now: () => number;
  log: Logger;
  /** Told what the job made of its operations. */
  onSettled?: CountOutcomes;
}

/**
 * What to do next:
 * - `again`:    go on at once
 * - `later`:    ask again in a while: NetSuite works on it
 * - `over`:     everything is settled
 * - `given up`: what is left goes by single calls
 * - `lost`:     another relay holds it
 */
export type Step =
  | { next: 'again' | 'later' | 'lost' }
  | { next: 'over' }
  | { next: 'given up'; reason: string; avoid: boolean }
  | { next: 'failed'; failure: CallFailure };

/** Operations given to a job, or settled, in one transaction: few enough that nobody notices. */
const FILL = 500;
/** Length of the bodies of one job: NetSuite takes 100 million characters (answer `JOB_TOO_LARGE`), and what goes is a little longer. */
const CHARACTERS = 60_000_000;
/** Operations read for a part; fewer where they are large. */
const PART = 1_000;

/** One step of a job, by where it stands in the store: whatever relay carries it out, before and after a restart. */
export async function stepJob(parts: JobParts, job: BulkJob): Promise<Step> {
  switch (job.stage) {
    case 'filling':
      return fill(parts, job);
    case 'staging':
      return stage(parts, job);
    case 'running':
      return watch(parts, job);
    case 'settling':
      return readResults(parts, job);
  }
}

const note = async (
  { store, holder, leaseMs }: JobParts,
  job: BulkJob,
  more: Omit<JobNote, 'token' | 'holder' | 'leaseMs'> = {},
): Promise<Step> => ({
  next: (await store.noteJob({ token: job.token, holder, leaseMs, ...more })) ? 'again' : 'lost',
});

async function fill(parts: JobParts, job: BulkJob): Promise<Step> {
  const room = job.characters < CHARACTERS ? parts.most - job.operations : 0;
  const given = room > 0 ? await parts.store.fillJob(job.token, Math.min(FILL, room)) : 0;
  if (given > 0) return note(parts, job);
  return job.operations === 0
    ? { next: 'given up', reason: 'nothing waits any more', avoid: false }
    : note(parts, job, { stage: 'staging' });
}

/** Opens the job in NetSuite, sends every part, starts it. All of it may be done twice. */
async function stage(parts: JobParts, job: BulkJob): Promise<Step> {
  const { calls, withSlot } = parts;
  if (job.jobId === null) {
    const opened = await withSlot(() => calls.open(job.recordType, job.operations));
    return opened.ok ? note(parts, job, { jobId: opened.value.jobId }) : failed(opened.failure);
  }
  const jobId = job.jobId;
  for (let part = 0, after = 0; ; part++) {
    const taken = await parts.store.jobOperations(job.token, { after, limit: PART });
    if (taken.length === 0) break;
    const { operations, sha256, after: last } = buildPart(taken);
    if (operations.length > 0) {
      const staged = await withSlot(() => calls.append({ jobId, part, sha256, operations }));
      if (!staged.ok && !wasStaged(staged.failure)) return failed(staged.failure);
    }
    if ((await note(parts, job)).next === 'lost') return { next: 'lost' };
    after = last;
  }
  const started = await withSlot(() => calls.start(jobId));
  return started.ok ? note(parts, job, { stage: 'running' }) : failed(started.failure);
}

/** A part of a job always holds the same operations: told that it came before, or that the job is on its way, it is there. */
const wasStaged = ({ code }: CallFailure): boolean => code === 'PART_CHANGED' || code === 'JOB_CLOSED';

async function watch(parts: JobParts, job: BulkJob): Promise<Step> {
  const { calls, withSlot, now, patienceMs } = parts;
  const status = await withSlot(() => calls.status(job.jobId ?? ''));
  if (!status.ok) return failed(status.failure);
  const { state, counts } = status.value;
  if (state === 'done' || state === 'failed') return note(parts, job, { stage: 'settling' });
  // What is still to do tells whether it moves on; kept beside the job so that a restart does not begin the patience anew.
  const progress = `waiting:${counts['waiting'] ?? 0}`;
  if (progress !== job.cursor) {
    const noted = await note(parts, job, { cursor: progress });
    return noted.next === 'lost' ? noted : { next: 'later' };
  }
  if (now() - job.changedAt > patienceMs)
    return { next: 'given up', reason: `NetSuite did not go on with job ${job.jobId} (${state})`, avoid: true };
  const noted = await note(parts, job);
  return noted.next === 'lost' ? noted : { next: 'later' };
}

async function readResults(parts: JobParts, job: BulkJob): Promise<Step> {
  const { calls, withSlot } = parts;
  const after = job.cursor?.startsWith('page:') ? job.cursor.slice(5) : null;
  const page = await withSlot(() => calls.results(job.jobId ?? '', after));
  if (!page.ok) return failed(page.failure);
  await settleResults(parts, job, page.value.results);
  if (page.value.after === undefined) return { next: 'over' };
  return note(parts, job, { cursor: `page:${page.value.after}` });
}

/** Faults that no repetition mends: then the load goes by single calls. */
function failed(failure: CallFailure): Step {
  const hopeless = failure.code === 'JOB_NOT_FOUND' || failure.class === 'configuration' || failure.class === 'data';
  return hopeless
    ? { next: 'given up', reason: `${failure.code}: ${failure.message}`, avoid: failure.code !== 'JOB_NOT_FOUND' }
    : { next: 'failed', failure };
}
