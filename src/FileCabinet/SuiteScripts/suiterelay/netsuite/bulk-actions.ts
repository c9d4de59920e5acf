import runtime from 'N/runtime';
import type { JobStatus } from '../../../../../contract/bulk';
import type { BulkRequest } from '../../../../../contract/bulk-request';
import type { OperationResult } from '../../../../../contract/upsert';
import task from 'N/task';
import { fromLines, partFile, resultPrefix, toLines } from '../bulk/job-files';
import { total } from '../bulk/tally';
import { textOf } from '../upsert/normalise';
import { olderJobs } from './choose-job';
import { operationsIn, stagedParts } from './job-parts';
import {
  changeJob,
  createJob,
  findJobs,
  jobsFolder,
  listFiles,
  openJobs,
  readFile,
  writeFile,
  type JobRow,
} from './job-store';
import { startJob } from './start-job';
import { throwRequestError } from './throw-request-error';
import { sha256 } from './tools';

type Append = Extract<BulkRequest, { action: 'append' }>;

export function openJob(recordType: string, count: number): { jobId: string } {
  return { jobId: createJob(recordType, count, jobsFolder(), Number(runtime.getCurrentUser().id)) };
}

function jobOf(jobId: string): JobRow {
  const [job] = /^\d+$/.test(jobId) ? findJobs({ id: jobId }) : [];
  if (job === undefined) throwRequestError('JOB_NOT_FOUND', `there is no job ${jobId}`);
  return job;
}

/** Stages a part. The same part again changes nothing; another body under its number is refused. */
export function appendPart({ jobId, part, sha256: told, operations }: Append): {
  jobId: string;
  part: number;
  staged: number;
} {
  const text = JSON.stringify(operations);
  const actual = sha256(text);
  if (actual !== told) {
    throwRequestError(
      'CHECKSUM_MISMATCH',
      `part ${part}: the operations have SHA-256 ${actual}, the request says ${told}; send the part again`,
    );
  }
  const job = jobOf(jobId);
  const digest = told.slice(0, 16);
  const staged = stagedParts(job, 0);
  const known = staged.filter((one) => one.part === part);
  if (known.some((one) => one.digest === digest)) return { jobId, part, staged: operations.length };
  if (known.length > 0)
    throwRequestError('PART_CHANGED', `part ${part} of job ${jobId} was sent before with other operations`);
  if (job.state !== 'open') throwRequestError('JOB_CLOSED', `job ${jobId} is ${job.state}; open another job`);
  const bytes = text.length;
  assertFits(jobId, part, bytes, staged);
  const name = partFile({ jobId, run: 0, part, count: operations.length, bytes, digest });
  writeFile(job.folder, name, toLines(operations));
  return { jobId, part, staged: operations.length };
}

/** A file's content in memory is at most 10 MB (`SSS_FILE_CONTENT_SIZE_EXCEEDED`), and a character may be several bytes. */
const PART_CHARACTERS = 8_000_000;
/**
 * A Map/Reduce run may hold 200 MB of data between its stages (Oracle page section_4480364878): every operation once, and its result. Half
 * of it leaves room for results and for characters of several bytes.
 */
const JOB_CHARACTERS = 100_000_000;

function assertFits(jobId: string, part: number, bytes: number, staged: readonly { bytes: number }[]): void {
  if (bytes > PART_CHARACTERS)
    throwRequestError(
      'PART_TOO_LARGE',
      `part ${part} has ${bytes} characters, at most ${PART_CHARACTERS} fit; send it as two`,
    );
  const all = staged.reduce((sum, one) => sum + one.bytes, bytes);
  if (all > JOB_CHARACTERS)
    throwRequestError(
      'JOB_TOO_LARGE',
      `job ${jobId} would hold ${all} characters, at most ${JOB_CHARACTERS} fit; start it and open another for the rest`,
    );
}

export function beginJob(jobId: string): JobStatus {
  const job = jobOf(jobId);
  if (job.state !== 'open') return statusOf(job);
  const staged = operationsIn(stagedParts(job, 0));
  if (staged !== job.total) {
    throwRequestError(
      'INVALID_REQUEST_BODY',
      `job ${jobId}: ${staged} of ${job.total} announced operations are staged; send the missing parts first`,
    );
  }
  changeJob(jobId, { custrecord_srl_jb_state: 'waiting', custrecord_srl_jb_staged: staged });
  const waiting: JobRow = { ...job, state: 'waiting' };
  if (olderJobs(job, openJobs()).length > 0) return statusOf(waiting);
  const { taskId, reason } = startJob(jobId);
  if (taskId === null) return { ...statusOf(waiting), stage: `waits for the schedule: ${reason}` };
  changeJob(jobId, { custrecord_srl_jb_task: taskId });
  return statusOf({ ...waiting, task: taskId });
}

function statusOf(job: JobRow): JobStatus {
  const waiting = Math.max(0, job.total - total(job.counts));
  return { jobId: job.id, state: job.state, counts: { ...job.counts, waiting }, units: job.units, stage: stageOf(job) };
}

/** Where a job stands that waits or runs, in words. */
function stageOf(job: JobRow): string | null {
  if (job.state === 'running') return runningStage(job.task);
  if (job.state !== 'waiting') return null;
  const [older] = olderJobs(job, openJobs());
  if (older !== undefined) return `behind job ${older.id}`;
  return job.task === '' ? 'waits for the schedule' : 'submitted';
}

/** `map`, `reduce` …, as long as the platform tells. */
function runningStage(taskId: string): string | null {
  if (taskId === '') return null;
  try {
    const status = task.checkStatus({ taskId }) as task.MapReduceScriptTaskStatus;
    return textOf(status.stage).toLowerCase() || null;
  } catch {
    return null;
  }
}

export const jobStatus = (jobId: string): JobStatus => statusOf(jobOf(jobId));

const PAGE = 1000;

/** Results page by page; the cursor is `file:line`. */
export function jobResults(jobId: string, after: string | undefined): { results: OperationResult[]; after?: string } {
  const job = jobOf(jobId);
  const files = listFiles(job.folder, resultPrefix(jobId));
  const [fileAt, lineAt] = (after ?? '0:0').split(':').map(Number);
  const at = fileAt ?? 0;
  const chosen = files[at];
  if (chosen === undefined) return { results: [] };
  const lines = fromLines(readFile(chosen.id)) as OperationResult[];
  const from = lineAt ?? 0;
  const results = lines.slice(from, from + PAGE);
  const rest = from + PAGE < lines.length;
  if (rest) return { results, after: `${at}:${from + PAGE}` };
  return at + 1 < files.length ? { results, after: `${at + 1}:0` } : { results };
}
