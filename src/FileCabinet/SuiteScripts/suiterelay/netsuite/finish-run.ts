import log from 'N/log';
import type { EntryPoints } from 'N/types';
import { cutIntoFiles, partFile, resultFile } from '../bulk/job-files';
import { judgeRun, withoutAnswer, type RunVerdict } from '../bulk/judge-run';
import type { BucketOutcome } from '../bulk/run-bucket';
import { opIdOf } from '../bulk/sort-line';
import { addResults, total, type Counts } from '../bulk/tally';
import { announceJob, mailAboutJob } from './announce-job';
import { claimedJob, isSubmitted, olderJobs } from './choose-job';
import { operationsIn, readRun, stagedParts } from './job-parts';
import { changeJob, openJobs, writeFile, type JobRow } from './job-store';
import { startJob } from './start-job';
import { sha256 } from './tools';

type Summary = EntryPoints.MapReduce.summarizeContext;

/**
 * Writes results and leftovers down, and closes the job or sends it into another run. The change of the job's row comes last: a summary
 * that a restart interrupts begins anew and writes the same files once more.
 */
export function finishRun(summary: Summary): void {
  const job = claimedJob();
  if (job !== null) settle(job, summary);
  startNext();
}

function settle(job: JobRow, summary: Summary): void {
  const problems = problemsOf(summary);
  const verdict = judge(job, summary);
  cutIntoFiles(verdict.results).forEach(({ text }, at) => {
    writeFile(job.folder, resultFile(job.id, job.run, at + 1), text);
  });
  const counts = addResults(job.counts, verdict.results);
  const row = {
    custrecord_srl_jb_counts: JSON.stringify(counts),
    custrecord_srl_jb_units: job.units + Number(summary.usage),
    custrecord_srl_jb_runner: '',
    custrecord_srl_jb_task: '',
  };
  if (verdict.again.length > 0) continueJob(job, verdict.again, row);
  else closeJob(job, counts, verdict, problems, row);
}

function judge(job: JobRow, summary: Summary): RunVerdict {
  const buckets: BucketOutcome[] = [];
  summary.output.iterator().each((_key, value) => {
    buckets.push(JSON.parse(value) as BucketOutcome);
    return true;
  });
  const answered = buckets.reduce((sum, { results, left }) => sum + results.length + left.length, 0);
  const isWhole = answered >= operationsIn(stagedParts(job, job.run));
  const missing = isWhole ? [] : withoutAnswer(readRun(job), buckets);
  const byIds = (opIds: ReadonlySet<string>): unknown[] =>
    readRun(job).flatMap(({ operations }) => operations.filter((one) => opIds.has(opIdOf(one) ?? '')));
  return judgeRun(buckets, byIds, missing);
}

type Row = Record<string, string | number>;

function continueJob(job: JobRow, again: readonly unknown[], row: Row): void {
  const run = job.run + 1;
  cutIntoFiles(again).forEach(({ text, values }, part) => {
    const digest = sha256(text).slice(0, 16);
    const name = partFile({ jobId: job.id, run, part, count: values.length, bytes: text.length, digest });
    writeFile(job.folder, name, text);
  });
  changeJob(job.id, { ...row, custrecord_srl_jb_run: run, custrecord_srl_jb_state: 'waiting' });
  log.audit({ title: `SuiteRelay: job ${job.id} goes on in run ${run}`, details: `${again.length} operations` });
}

function closeJob(job: JobRow, counts: Counts, { gaveUp }: RunVerdict, problems: string[], row: Row): void {
  const done = total(counts) - (counts['deferred'] ?? 0);
  const failed = gaveUp || done < job.total;
  // A restarted invocation shows in the errors although it was carried out again: they explain a failure and make none.
  const error = failed ? [`${done} of ${job.total} operations were carried out`, ...problems].join('\n') : '';
  const state = failed ? 'failed' : 'done';
  // Before the row: told twice after a restart is better than never.
  if (failed) mailAboutJob(job, error);
  announceJob(job, state, counts);
  changeJob(job.id, { ...row, custrecord_srl_jb_state: state, custrecord_srl_jb_error: error.slice(0, 3900) });
  log.audit({ title: `SuiteRelay: job ${job.id} ${failed ? 'failed' : 'is done'}`, details: counts });
}

/** Jobs that waited: this one's next run, or others behind it. */
function startNext(): void {
  const open = openJobs();
  for (const job of open) {
    if (job.state !== 'waiting' || isSubmitted(job) || olderJobs(job, open).length > 0) continue;
    const { taskId } = startJob(job.id);
    if (taskId === null) return;
    changeJob(job.id, { custrecord_srl_jb_task: taskId });
  }
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
