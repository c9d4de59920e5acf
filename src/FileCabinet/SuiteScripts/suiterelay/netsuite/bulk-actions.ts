import runtime from 'N/runtime';
import type { BulkRequest, JobStatus } from '../../../../../contract/bulk';
import type { OperationResult } from '../../../../../contract/upsert';
import { fromLines, partFile, partPrefix, readPartName, resultPrefix, toLines } from '../bulk/job-files';
import { total } from '../bulk/tally';
import { changeJob, createJob, findJobs, jobsFolder, listFiles, readFile, writeFile, type JobRow } from './job-store';
import { startJob } from './start-job';
import { throwRequestError } from './throw-request-error';
import { sha256 } from './tools';

type Append = Extract<BulkRequest, { action: 'append' }>;

export function openJob(recordType: string, count: number): { jobId: string } {
  return { jobId: createJob(recordType, count, jobsFolder(), Number(runtime.getCurrentUser().id)) };
}

function jobOf(jobId: string): JobRow {
  const [job] = /^\d+$/.test(jobId) ? findJobs('j.id = ?', [Number(jobId)]) : [];
  if (job === undefined) throwRequestError('JOB_NOT_FOUND', `there is no job ${jobId}`);
  return job;
}

/** Stages a part. The same part again changes nothing; another body under its number is refused. */
export function appendPart({ jobId, part, sha256: told, operations }: Append): {
  jobId: string;
  part: number;
  staged: number;
} {
  const actual = sha256(JSON.stringify(operations));
  if (actual !== told) {
    throwRequestError(
      'CHECKSUM_MISMATCH',
      `part ${part}: the operations have SHA-256 ${actual}, the request says ${told}; send the part again`,
    );
  }
  const job = jobOf(jobId);
  const digest = told.slice(0, 16);
  const known = listFiles(job.folder, `${partPrefix(jobId)}0-${part}-`).map(({ name }) => readPartName(name));
  if (known.some((one) => one?.digest === digest)) return { jobId, part, staged: operations.length };
  if (known.length > 0)
    throwRequestError('PART_CHANGED', `part ${part} of job ${jobId} was sent before with other operations`);
  if (job.state !== 'open') throwRequestError('JOB_CLOSED', `job ${jobId} is ${job.state}; open another job`);
  writeFile(job.folder, partFile({ jobId, run: 0, part, count: operations.length, digest }), toLines(operations));
  return { jobId, part, staged: operations.length };
}

/** Parents before children: a job waits for older jobs of other record types. */
const olderJobs = (job: JobRow): JobRow[] =>
  findJobs("j.id < ? AND j.custrecord_srl_jb_state IN ('waiting', 'running') AND j.custrecord_srl_jb_type <> ?", [
    Number(job.id),
    job.recordType,
  ]);

export function beginJob(jobId: string): JobStatus {
  const job = jobOf(jobId);
  if (job.state !== 'open') return statusOf(job);
  const staged = stagedCount(job);
  if (staged !== job.total) {
    throwRequestError(
      'INVALID_REQUEST_BODY',
      `job ${jobId}: ${staged} of ${job.total} announced operations are staged; send the missing parts first`,
    );
  }
  changeJob(jobId, { custrecord_srl_jb_state: 'waiting', custrecord_srl_jb_staged: staged });
  if (olderJobs(job).length > 0) return { ...statusOf(job), state: 'waiting', stage: 'behind an older job' };
  const { taskId, reason } = startJob(jobId);
  if (taskId !== null) changeJob(jobId, { custrecord_srl_jb_task: taskId });
  return {
    ...statusOf(job),
    state: 'waiting',
    stage: taskId === null ? `waits for the schedule: ${reason}` : 'submitted',
  };
}

const stagedCount = (job: JobRow): number =>
  listFiles(job.folder, `${partPrefix(job.id)}0-`).reduce((sum, { name }) => sum + (readPartName(name)?.count ?? 0), 0);

function statusOf(job: JobRow): JobStatus {
  const waiting = Math.max(0, job.total - total(job.counts));
  return { jobId: job.id, state: job.state, counts: { ...job.counts, waiting }, units: job.units, stage: null };
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
