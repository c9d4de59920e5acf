import { FaultError, type Account, type Execution, type Json } from '../../kernel/types';
import { LateStarts } from '../late-starts';
import type { HeldTask, TaskStatus } from '../task-book';
import type { ExportTarget } from './find-target';
import { saveExport } from './save-export';

export type ExportKind = 'SEARCH' | 'QUERY' | 'SUITEQL';

/** One submitted export of a search or query into a CSV file. */
export interface ExportTask {
  taskId: string;
  taskType: ExportKind;
  status: TaskStatus;
  /** The written file; null as long as there is none. */
  fileId: number | null;
  savedSearchId: number | null;
  query: string | null;
  params: Json[];
  /** Settles when it is over; never rejects. */
  done: Promise<void>;
}

export interface ExportOrder {
  taskType: ExportKind;
  savedSearchId: number | null;
  query: string | null;
  params: Json[];
  target: ExportTarget;
  /** Run when the file is written (pages section_1530711128, section_159223731551, section_159223844941). */
  dependants: HeldTask[];
  submitter: Execution;
  writeCsv: () => string;
}

type Row = Record<string, unknown> & { status: string };

/** All submitted exports. */
export class ExportBook {
  private readonly account: Account;
  private readonly tasks = new Map<string, ExportTask>();
  private readonly starts = new LateStarts();

  constructor(account: Account) {
    this.account = account;
  }

  find(taskId: string): ExportTask | undefined {
    return this.tasks.get(taskId);
  }

  /** Somebody has seen the task PENDING: it starts now. */
  begin(taskId: string): void {
    this.starts.begin(taskId);
  }

  submit(order: ExportOrder): ExportTask {
    const { taskType, savedSearchId, query, params, target, submitter } = order;
    const taskId = `${taskType}TASK_0268${String(this.account.store.next('task')).padStart(12, '0')}`;
    const fileId = target.id === null ? null : Number(target.id);
    const task: ExportTask = {
      taskId,
      taskType,
      status: 'PENDING',
      fileId,
      savedSearchId,
      query,
      params,
      done: Promise.resolve(),
    };
    this.tasks.set(taskId, task);
    const row: Row = {
      taskId,
      taskType,
      savedSearchId,
      query,
      params,
      status: 'PENDING',
      submittedBy: submitter.scriptId,
    };
    this.account.ledgers.push('tasks', row);
    task.done = this.starts.until(taskId, submitter).then(() => this.run(task, row, order));
    return task;
  }

  private run(task: ExportTask, row: Row, { target, dependants, submitter, writeCsv }: ExportOrder): void {
    if (this.isOver()) return;
    try {
      const contents = writeCsv();
      task.fileId = Number(saveExport(this.account, submitter, target, contents).id);
      task.status = row.status = 'COMPLETE';
    } catch (error) {
      task.status = row.status = 'FAILED';
      row.error = error instanceof FaultError ? error.fault : { name: 'UNEXPECTED_ERROR', message: String(error) };
    }
    for (const dependant of dependants) {
      if (task.status === 'COMPLETE') dependant.start();
      else dependant.drop();
    }
  }

  /** The account was reset, which puts another book in this one's place, or closed. */
  private isOver(): boolean {
    return !this.account.store.db.open || exportBook(this.account) !== this;
  }
}

export const exportBook = (account: Account): ExportBook => {
  const known = account.parts.get('exports') as ExportBook | undefined;
  if (known) return known;
  const created = new ExportBook(account);
  account.parts.set('exports', created);
  return created;
};
