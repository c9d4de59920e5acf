import { fault, type Account, type Execution, type Json, type User } from '../kernel/types';
import type { DeploymentDetails } from './definitions';
import { runMapReduce } from './map-reduce/run-map-reduce';
import type { MapReduceReport } from './map-reduce/report';
import { LateStarts } from './late-starts';
import { newProgress, type Progress } from './map-reduce/types';
import { parameterValue } from './parameter-value';
import { runScheduled, type Invocation, type ScheduledReport } from './run-scheduled';
import { recordTask } from './task-record';

export type TaskStatus = 'PENDING' | 'PROCESSING' | 'COMPLETE' | 'FAILED';

/** One submitted run of a Map/Reduce or scheduled script. */
export interface ScriptTask {
  taskId: string;
  taskType: 'MAP_REDUCE' | 'SCHEDULED_SCRIPT';
  deployment: DeploymentDetails;
  user: User;
  params: Record<string, Json>;
  status: TaskStatus;
  progress: Progress;
  invocation: Invocation;
  report?: MapReduceReport | ScheduledReport;
  /** Settles when the run is over; never rejects. */
  done: Promise<void>;
}

export interface Submission {
  deployment: DeploymentDetails;
  user: User;
  params: Record<string, Json>;
  invocation: Invocation;
  /** Script id of the submitting script; null for the scheduler and for people. */
  submittedBy: string | null;
  /** The submitting execution, of a script. */
  submitter?: Execution;
}

interface Entered {
  task: ScriptTask;
  row: { status: string; submittedBy: string | null };
}

/** A pending run that starts when another task is done. */
export interface HeldTask {
  task: ScriptTask;
  start(): void;
  drop(): void;
}

const FINISHED = new Set<TaskStatus>(['COMPLETE', 'FAILED']);

/** All submitted runs. One deployment has at most one unfinished run (page section_1510974473). */
export class TaskBook {
  private readonly account: Account;
  private readonly tasks = new Map<string, ScriptTask>();
  /** By deployment: what starts the run that its own script asked for, once the present one is over. */
  private readonly next = new Map<string, () => void>();
  private readonly starts = new LateStarts();

  constructor(account: Account) {
    this.account = account;
  }

  find(taskId: string): ScriptTask | undefined {
    return this.tasks.get(taskId);
  }

  isBusy(deployment: DeploymentDetails): boolean {
    return [...this.tasks.values()].some(
      (task) => !FINISHED.has(task.status) && task.deployment.deploymentInternalId === deployment.deploymentInternalId,
    );
  }

  /**
   * Queues a run. A script may submit its own running deployment: that run follows when this one is over. A scheduled script gets its task's id
   * at once (page section_460871520995), a Map/Reduce script gets null (section_1510974473).
   * @throws FaultError MAP_REDUCE_ALREADY_RUNNING, FAILED_TO_SUBMIT_JOB_REQUEST_1
   */
  submit(submission: Submission): ScriptTask | null {
    const { deployment, submittedBy, submitter } = submission;
    if (!this.isBusy(deployment)) return this.launch(this.enter(submission), submitter);
    const id = deployment.deploymentInternalId;
    if (submittedBy !== deployment.scriptId || this.next.has(id)) throw alreadyRunning(deployment);
    if (deployment.type === 'mapreduce') {
      this.next.set(id, () => this.launch(this.enter(submission)));
      return null;
    }
    const entered = this.enter(submission);
    this.next.set(id, () => this.launch(entered));
    return entered.task;
  }

  /** Writes a pending task down: its ledger row and its record. */
  private enter({ deployment, user, params, invocation, submittedBy }: Submission): Entered {
    const isMapReduce = deployment.type === 'mapreduce';
    const number = String(this.account.store.next('task')).padStart(12, '0');
    const task: ScriptTask = {
      taskId: `${isMapReduce ? 'MAPREDUCETASK' : 'SCHEDSCRIPTTASK'}_0268${number}`,
      taskType: isMapReduce ? 'MAP_REDUCE' : 'SCHEDULED_SCRIPT',
      deployment,
      user,
      params: typedParams(deployment, params),
      status: 'PENDING',
      progress: newProgress(),
      invocation,
      done: Promise.resolve(),
    };
    this.tasks.set(task.taskId, task);
    const row = {
      taskId: task.taskId,
      taskType: task.taskType,
      scriptId: deployment.scriptId,
      deploymentId: deployment.deploymentId,
      params,
      status: 'PENDING',
      submittedBy,
    };
    this.account.ledgers.push('tasks', row);
    recordTask(this.account, task);
    return { task, row };
  }

  /**
   * Queues a run that depends on another task: it is PENDING until `start` is called (page section_1530711128). `drop` ends it as failed.
   */
  hold(submission: Submission): HeldTask {
    const entered = this.enter(submission);
    return {
      task: entered.task,
      start: () => void this.launch(entered),
      drop: () => this.setStatus(entered.task, entered.row, 'FAILED'),
    };
  }

  /** Somebody has seen the task PENDING: it starts now. */
  begin({ taskId }: ScriptTask): void {
    this.starts.begin(taskId);
  }

  private launch({ task, row }: Entered, submitter?: Execution): ScriptTask {
    task.done = this.starts.until(task.taskId, submitter).then(() => this.run(task, row));
    return task;
  }

  private async run(task: ScriptTask, row: { status: string }): Promise<void> {
    if (this.isOver()) return;
    const account = this.accountOfRuns();
    this.setStatus(task, row, 'PROCESSING');
    try {
      task.report =
        task.taskType === 'MAP_REDUCE'
          ? await runMapReduce(account, {
              deployment: task.deployment,
              user: task.user,
              params: task.params,
              progress: task.progress,
            })
          : await runScheduled(account, task.deployment, task.user, task.params, task.invocation);
      if (!this.isOver()) this.setStatus(task, row, task.report.state);
    } catch (error) {
      // A mistake of the emulator's own, or an account that was closed meanwhile: the run is over either way.
      task.report = {
        state: 'FAILED',
        error: {
          name: 'UNEXPECTED_ERROR',
          message: error instanceof Error ? (error.stack ?? error.message) : String(error),
        },
        units: 0,
      };
      if (!this.isOver()) this.setStatus(task, row, 'FAILED');
    }
    const again = this.next.get(task.deployment.deploymentInternalId);
    this.next.delete(task.deployment.deploymentInternalId);
    if (!this.isOver()) again?.();
  }

  /** The account was reset, which puts another book in this one's place, or closed. */
  private isOver(): boolean {
    return !this.account.store.db.open || taskBook(this.account) !== this;
  }

  /** The account as this book's runs see it: nothing starts there any more once it was reset, when ids mean other records. */
  private accountOfRuns(): Account {
    const { account } = this;
    const run: Account['run'] = async (request) => {
      if (this.isOver()) throw new Error('The account was reset while this ran.');
      return account.run(request);
    };
    return Object.assign(Object.create(account) as Account, { run });
  }

  private setStatus(task: ScriptTask, row: { status: string }, status: TaskStatus): void {
    task.status = status;
    row.status = status;
    recordTask(this.account, task);
  }
}

/** Keys that are no parameters of the script are ignored without a word, as the platform does. */
function typedParams(deployment: DeploymentDetails, params: Record<string, Json>): Record<string, Json> {
  const typed: Record<string, Json> = {};
  for (const [key, raw] of Object.entries(params)) {
    const definition = deployment.parameterTypes[key.toLowerCase()];
    if (definition) typed[definition.id] = parameterValue(definition.type, raw);
  }
  return typed;
}

function alreadyRunning({ type, scriptInternalId, deploymentInternalId }: DeploymentDetails): Error {
  if (type !== 'mapreduce')
    return fault(
      'FAILED_TO_SUBMIT_JOB_REQUEST_1',
      'Failed to submit job request: this scheduled script deployment is already queued or running.',
    );
  const message = `Map/Reduce Script ${scriptInternalId} with Deployment ${deploymentInternalId} is already running. Please submit again after it has completed.`;
  return fault('MAP_REDUCE_ALREADY_RUNNING', message);
}

export const taskBook = (account: Account): TaskBook => {
  const known = account.parts.get('tasks') as TaskBook | undefined;
  if (known) return known;
  const created = new TaskBook(account);
  account.parts.set('tasks', created);
  return created;
};
