import type { Account, Fields } from '../kernel/types';
import type { ScriptTask } from './task-book';

const STATUS_NAMES: Record<string, string> = {
  PENDING: 'Pending',
  PROCESSING: 'Processing',
  COMPLETE: 'Complete',
  FAILED: 'Failed',
};

/** Script runs are records too: scripts search `scheduledscriptinstance` to see whether a deployment is at work. */
export function recordTask(account: Account, task: ScriptTask): void {
  const known = account.parts.get(`taskRow:${task.taskId}`) as string | undefined;
  const before = known === undefined ? undefined : account.store.get('scheduledscriptinstance', known);
  const now = new Date(account.clock.now()).toISOString();
  const over = task.status === 'COMPLETE' || task.status === 'FAILED';
  const fields: Fields = {
    datecreated: now,
    ...before?.fields,
    taskid: task.taskId,
    status: STATUS_NAMES[task.status] ?? task.status,
    script: task.deployment.scriptInternalId,
    scriptdeployment: task.deployment.deploymentInternalId,
    percentcomplete: over ? 100 : 0,
    mapreducestage: task.progress.stage,
    queue: '1',
    ...(task.status === 'PROCESSING' ? { startdate: now } : {}),
    ...(over ? { enddate: now } : {}),
  };
  const saved = account.store.put({
    type: 'scheduledscriptinstance',
    id: known ?? null,
    externalId: null,
    version: before?.version ?? 0,
    fields,
    sublists: {},
    subrecords: {},
  });
  account.parts.set(`taskRow:${task.taskId}`, saved.id);
}

/** Runs that were under way when an earlier process ended over this data are no more: who looks for work in progress must not find them. */
export function failInterruptedTasks(account: Account): void {
  const enddate = new Date(account.clock.now()).toISOString();
  for (const { id, fields } of account.store.list('scheduledscriptinstance')) {
    if (fields.status !== STATUS_NAMES.PENDING && fields.status !== STATUS_NAMES.PROCESSING) continue;
    const over = { status: STATUS_NAMES.FAILED ?? '', percentcomplete: 100, enddate };
    account.store.patch('scheduledscriptinstance', id!, over);
  }
}
