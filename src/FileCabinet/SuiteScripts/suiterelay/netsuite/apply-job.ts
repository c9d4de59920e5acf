import email from 'N/email';
import log from 'N/log';
import type { EntryPoints } from 'N/types';
import type { OperationResult } from '../../../../../contract/upsert';
import type { BucketOutcome } from '../bulk/bucket-outcome';
import { partFile, partPrefix, readPartName, resultFile, toLines } from '../bulk/job-files';
import { addResults, total, type Counts } from '../bulk/tally';
import { messageOf } from '../upsert/operation-failure';
import { changeJob, findJobs, listFiles, writeFile, type JobRow } from './job-store';
import { textParameter } from './script-meter';
import { startJob } from './start-job';
import { sha256 } from './tools';

type Summary = EntryPoints.MapReduce.summarizeContext;

export interface PartInput {
  jobId: string;
  fileId: string;
  operations: number;
}

/** The job to work on: the one that was asked for, else the oldest that waits and that no older job of another type holds up. */
export function chooseJob(): JobRow | null {
  const asked = textParameter('custscript_srl_job');
  if (asked !== null) return findJobs('j.id = ?', [Number(asked)])[0] ?? null;
  const open = findJobs("j.custrecord_srl_jb_state IN ('waiting', 'running')", []);
  return open.find((job) => job.state === 'waiting' && !open.some((other) => isAhead(other, job))) ?? null;
}

const isAhead = (other: JobRow, job: JobRow): boolean =>
  Number(other.id) < Number(job.id) && other.recordType !== job.recordType;

/** One entry for each staged file of the job's current run. */
export function partsOf(job: JobRow): PartInput[] {
  const files = listFiles(job.folder, `${partPrefix(job.id)}${job.run}-`);
  const operations = files.reduce((sum, { name }) => sum + (readPartName(name)?.count ?? 0), 0);
  return files.map(({ id }) => ({ jobId: job.id, fileId: id, operations }));
}

interface Collected {
  results: OperationResult[];
  left: unknown[];
  units: number;
  jobId: string | null;
}

function collect(summary: Summary): Collected {
  const collected: Collected = { results: [], left: [], units: 0, jobId: null };
  summary.output.iterator().each((key, value) => {
    const outcome = JSON.parse(value) as BucketOutcome;
    collected.jobId ??= key.split('/')[0] ?? null;
    collected.results.push(...outcome.results);
    collected.left.push(...outcome.left);
    collected.units += outcome.units;
    return true;
  });
  return collected;
}

const RESULTS_PER_FILE = 5000;
const LEFT_PER_FILE = 5000;

/** Writes results and leftovers down, and closes the job or sends it into another run. */
export function finishRun(summary: Summary): void {
  const collected = collect(summary);
  const asked = collected.jobId ?? textParameter('custscript_srl_job');
  const [job] =
    asked === null ? findJobs("j.custrecord_srl_jb_state = 'running'", []) : findJobs('j.id = ?', [Number(asked)]);
  if (job === undefined) return;
  const problems = problemsOf(summary);
  for (let at = 0, number = 1; at < collected.results.length; at += RESULTS_PER_FILE, number += 1) {
    const lines = toLines(collected.results.slice(at, at + RESULTS_PER_FILE));
    writeFile(job.folder, resultFile(job.id, job.run, number), lines);
  }
  const counts = addResults(job.counts, collected.results);
  const units = job.units + collected.units;
  const row = { custrecord_srl_jb_counts: JSON.stringify(counts), custrecord_srl_jb_units: units };
  if (collected.left.length > 0) continueJob(job, collected.left, row);
  else closeJob(job, counts, problems, row);
}

/** What did not fit becomes the parts of the next run. A run that got nothing done would never end: it fails instead. */
function continueJob(job: JobRow, left: unknown[], row: Record<string, string | number>): void {
  const run = job.run + 1;
  for (let at = 0, part = 0; at < left.length; at += LEFT_PER_FILE, part += 1) {
    const operations = left.slice(at, at + LEFT_PER_FILE);
    const digest = sha256(JSON.stringify(operations)).slice(0, 16);
    writeFile(
      job.folder,
      partFile({ jobId: job.id, run, part, count: operations.length, digest }),
      toLines(operations),
    );
  }
  changeJob(job.id, { ...row, custrecord_srl_jb_run: run, custrecord_srl_jb_state: 'waiting' });
  const { taskId } = startJob(job.id);
  if (taskId !== null) changeJob(job.id, { custrecord_srl_jb_task: taskId });
}

function closeJob(job: JobRow, counts: Counts, problems: string[], row: Record<string, string | number>): void {
  const done = total(counts);
  // A restarted invocation shows in the errors although it was carried out again: only what has no result counts.
  const failed = done < job.total;
  const error =
    problems.length > 0 ? problems.join('\n') : failed ? `${done} of ${job.total} operations have a result` : '';
  changeJob(job.id, {
    ...row,
    custrecord_srl_jb_state: failed ? 'failed' : 'done',
    custrecord_srl_jb_error: error.slice(0, 3900),
  });
  log.audit({ title: `SuiteRelay: job ${job.id} ${failed ? 'failed' : 'is done'}`, details: counts });
  if (failed) notify(job, error);
  startNext();
}

/** Jobs that waited behind this one. */
function startNext(): void {
  const open = findJobs("j.custrecord_srl_jb_state IN ('waiting', 'running')", []);
  const next = open.find((job) => job.state === 'waiting' && !open.some((other) => isAhead(other, job)));
  if (next !== undefined) startJob(next.id);
}

function problemsOf(summary: Summary): string[] {
  const problems: string[] = [];
  const inputError = summary.inputSummary.error as string | null | undefined;
  if (inputError != null && inputError !== '') problems.push(`input: ${inputError}`);
  const add = (stage: string) => (key: string, error: string) => {
    problems.push(`${stage} ${key}: ${error}`);
    return true;
  };
  summary.mapSummary.errors.iterator().each(add('map'));
  summary.reduceSummary.errors.iterator().each(add('reduce'));
  return problems;
}

function notify(job: JobRow, error: string): void {
  const recipient = textParameter('custscript_srl_bulk_mail');
  const author = job.owner;
  if (author <= 0 && recipient === null) return;
  try {
    email.send({
      author: author > 0 ? author : -5,
      recipients: recipient ?? String(author),
      subject: `SuiteRelay: bulk load ${job.id} failed`,
      body: `Bulk load ${job.id} (${job.recordType}, ${job.total} operations) failed.\n\n${error}\n\nWhat was written stays written; sending the rest again is safe.`,
    });
  } catch (refusal) {
    log.error({ title: `SuiteRelay: no mail about job ${job.id}`, details: messageOf(refusal) });
  }
}
