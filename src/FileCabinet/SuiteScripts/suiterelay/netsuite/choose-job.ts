import record from 'N/record';
import runtime from 'N/runtime';
import task from 'N/task';
import { nameOf } from '../upsert/operation-failure';
import { changeJob, findJobs, JOB, openJobs, type JobRow } from './job-store';
import { textParameter } from './script-meter';

/** The deployment that runs this script: one unfinished run each, so it names the run (Oracle page section_1510974473). */
export const thisDeployment = (): string => runtime.getCurrentScript().deploymentId;

/** Parents before children: a job waits for older jobs of other record types. */
export const olderJobs = (job: Pick<JobRow, 'id' | 'recordType'>, open: readonly JobRow[]): JobRow[] =>
  open.filter((other) => Number(other.id) < Number(job.id) && other.recordType !== job.recordType);

/**
 * Makes the job to work on this run's own and answers it: the one that was asked for, else the oldest that no older job holds up. A job
 * whose run ended without a summary (cancelled by hand, lost with its server) is taken up again; stamps make that harmless.
 */
export function chooseJob(): JobRow | null {
  const asked = textParameter('custscript_srl_job');
  const open = openJobs();
  const wanted = asked === null ? open : open.filter(({ id }) => id === asked);
  const chosen = wanted.find((job) => olderJobs(job, open).length === 0 && mayTake(job) && claim(job)) ?? null;
  for (const job of open) if (job.id !== chosen?.id && isStranded(job)) letGo(job);
  return chosen;
}

/** A deployment has one unfinished run: another job that says it runs here was left by a run that ended without a summary. */
const isStranded = (job: JobRow): boolean => job.state === 'running' && job.runner === thisDeployment();

/** It waits again, so that this run's summary can't take it for its own. 2 units. */
const letGo = ({ id }: JobRow): void =>
  changeJob(id, { custrecord_srl_jb_state: 'waiting', custrecord_srl_jb_runner: '', custrecord_srl_jb_task: '' });

/** The job that this run works on. */
export function claimedJob(): JobRow | null {
  return findJobs({ states: ['running'], runner: thisDeployment() })[0] ?? null;
}

function mayTake(job: JobRow): boolean {
  if (job.state === 'waiting') return true;
  return job.runner === thisDeployment() || hasEnded(job.task);
}

/** True while a submitted run of the job is known to be on its way. */
export const isSubmitted = (job: JobRow): boolean => job.task !== '' && !hasEnded(job.task);

/** A run that was cancelled has ended although its job still says running. */
function hasEnded(taskId: string): boolean {
  if (taskId === '') return false;
  try {
    const { status } = task.checkStatus({ taskId });
    return status === task.TaskStatus.COMPLETE || status === task.TaskStatus.FAILED;
  } catch {
    return false;
  }
}

/**
 * Load and save, because that is checked against other writers: of two runs that want the same job one gets it. 6 units.
 */
function claim(job: JobRow): boolean {
  const row = record.load({ type: JOB, id: job.id });
  const read = (fieldId: string): string => String(row.getValue({ fieldId }));
  if (read('custrecord_srl_jb_state') !== job.state || read('custrecord_srl_jb_runner') !== job.runner) return false;
  row.setValue({ fieldId: 'custrecord_srl_jb_state', value: 'running' });
  row.setValue({ fieldId: 'custrecord_srl_jb_runner', value: thisDeployment() });
  try {
    row.save();
    return true;
  } catch (refusal) {
    if (nameOf(refusal) === 'RCRD_HAS_BEEN_CHANGED') return false;
    throw refusal;
  }
}
