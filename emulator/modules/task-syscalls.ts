import { settingOf } from '../kernel/setting-of';
import { fault, type Account, type Execution, type Json, type SyscallTable } from '../kernel/types';
import type { DeploymentDetails } from '../scripts/definitions';
import { scriptRegistry } from '../scripts/script-registry';
import { taskBook, type ScriptTask } from '../scripts/task-book';

interface SubmitArgs {
  taskType: string;
  scriptId: string;
  deploymentId: string | null;
  params: Record<string, Json>;
}

/** N/task on the account side. Submitting costs by task type and needs SuiteScript and, at level Full, SuiteScript Scheduling (pages section_453639770507, article_0403053450). */
function submit(
  account: Account,
  execution: Execution,
  { taskType, scriptId, deploymentId, params }: SubmitArgs,
): string | null {
  const deployments = scriptRegistry(account).deploymentsOf(scriptId);
  const wanted = taskType === 'MAP_REDUCE' ? 'mapreduce' : 'scheduled';
  const [first] = deployments;
  if (first?.type !== wanted)
    throw fault('INVALID_ID', `You have provided an invalid script id or internal id: ${scriptId}`);
  account.charge(execution, 'task.submit', taskType);
  account.permissions.requirePermission(execution, 'ADMI_CUSTOMSCRIPT');
  account.permissions.requirePermission(execution, 'ADMI_SS_SCHEDULING', 'full');
  const deployment =
    deploymentId === null ? idleDeployment(account, deployments) : namedDeployment(account, scriptId, deploymentId);
  const task = taskBook(account).submit({
    deployment,
    user: execution.user,
    params,
    invocation: 'ON_DEMAND',
    submittedBy: execution.scriptId,
    submitter: execution,
  });
  return task?.taskId ?? null;
}

function namedDeployment(account: Account, scriptId: string, deploymentId: string): DeploymentDetails {
  const found = scriptRegistry(account).find(scriptId, deploymentId);
  if (!found) throw fault('INVALID_ID', `You have provided an invalid script id or internal id: ${deploymentId}`);
  if (!found.deployed) throw refused(`${deploymentId} is not deployed.`);
  if (found.status === 'SCHEDULED')
    throw refused(`${deploymentId} has the status Scheduled and can't be run on demand.`);
  return found;
}

const refused = (reason: string): Error =>
  fault('FAILED_TO_SUBMIT_JOB_REQUEST_1', `Failed to submit job request: ${reason}`);

/** Without a deployment id the platform takes any that is deployed, Not Scheduled and idle. What it answers when none is, no source tells. */
function idleDeployment(account: Account, deployments: DeploymentDetails[]): DeploymentDetails {
  const found = deployments.find((d) => d.deployed && d.status === 'NOTSCHEDULED' && !taskBook(account).isBusy(d));
  if (found) return found;
  throw fault(
    settingOf(account, 'noIdleDeploymentError', 'NO_DEPLOYMENTS_AVAILABLE'),
    'Failed to submit job request: no deployment of the script is idle.',
  );
}

function requireTask(account: Account, taskId: string): ScriptTask {
  const task = taskBook(account).find(taskId);
  if (!task) throw fault('INVALID_TASK_TYPE', `There is no task with the id ${taskId}.`);
  return task;
}

function statusOf(account: Account, { taskId }: { taskId: string }): Record<string, Json> | null {
  const task = taskBook(account).find(taskId);
  if (!task) return null;
  const { status, progress, deployment, taskType } = task;
  taskBook(account).begin(task);
  return {
    taskId,
    taskType,
    status,
    stage: status === 'PROCESSING' ? progress.stage : null,
    scriptId: Number(deployment.scriptInternalId),
    deploymentId: Number(deployment.deploymentInternalId),
  };
}

/** Figures of a running Map/Reduce task; each call costs. */
const FIGURES: Record<string, (task: ScriptTask) => number> = {
  getPercentageCompleted: percentage,
  getPendingMapCount: ({ progress }) => progress.pendingMap,
  getTotalMapCount: ({ progress }) => progress.totalMap,
  getPendingReduceCount: ({ progress }) => progress.pendingReduce,
  getTotalReduceCount: ({ progress }) => progress.totalReduce,
  getPendingOutputCount: ({ progress, status }) => (status === 'PROCESSING' ? progress.outputs : 0),
  getTotalOutputCount: ({ progress }) => progress.outputs,
  getPendingMapSize: ({ progress }) => progress.mapBytes,
  getPendingReduceSize: ({ progress }) => progress.reduceBytes,
  getPendingOutputSize: ({ progress }) => progress.outputBytes,
  getCurrentTotalSize: ({ progress }) => progress.mapBytes + progress.reduceBytes + progress.outputBytes,
};

/** Share of the current stage that is done. */
function percentage({
  status,
  progress: { stage, pendingMap, totalMap, pendingReduce, totalReduce },
}: ScriptTask): number {
  if (status === 'COMPLETE' || status === 'FAILED') return 100;
  const share = (pending: number, total: number): number =>
    total === 0 ? 100 : Math.floor(((total - pending) * 100) / total);
  if (stage === 'MAP') return share(pendingMap, totalMap);
  return stage === 'REDUCE' ? share(pendingReduce, totalReduce) : 0;
}

export const taskSyscalls: SyscallTable = {
  'task.submit': submit,
  'task.status': (account: Account, _execution: Execution, args: { taskId: string }) => statusOf(account, args),
  'task.figure': (account: Account, execution: Execution, { taskId, figure }: { taskId: string; figure: string }) => {
    account.charge(execution, `task.${figure}`);
    return FIGURES[figure]?.(requireTask(account, taskId)) ?? null;
  },
  'task.workflow': (
    account: Account,
    execution: Execution,
    args: { recordType: string; recordId: string; workflowId: string; params: Record<string, Json> },
  ) => {
    account.charge(execution, 'task.submit', 'WORKFLOW_TRIGGER');
    const taskId = `WORKFLOWTRIGGERTASK_0268${String(account.store.next('task')).padStart(12, '0')}`;
    account.ledgers.push('tasks', {
      taskId,
      taskType: 'WORKFLOW_TRIGGER',
      ...args,
      status: 'COMPLETE',
      submittedBy: execution.scriptId,
    });
    return taskId;
  },
};
