import { fault, type Account, type Json, type User } from '../kernel/types';
import { scriptRegistry } from './script-registry';
import { taskBook } from './task-book';

/** Scheduled and UI runs execute as System with the Administrator role (page section_1509578930). */
export const SYSTEM_USER: User = { entity: -4, role: 3 };

export interface RunOptions {
  scriptId: string;
  deploymentId: string;
  params?: Record<string, Json>;
  /** Answer when all stages are done. */
  wait?: boolean;
  as?: Partial<User>;
}

/**
 * Runs a Map/Reduce or scheduled deployment, as "Save and Execute" does (control call `scripts/{id}/{dep}/run`).
 * @throws FaultError when there is no such deployment, its script is of another type, or it is at work already.
 */
export async function runScript(
  account: Account,
  { scriptId, deploymentId, params = {}, wait = false, as }: RunOptions,
): Promise<object> {
  const deployment = scriptRegistry(account).find(scriptId, deploymentId);
  if (!deployment) throw fault('INVALID_ID', `There is no deployment ${deploymentId} of ${scriptId}.`);
  if (deployment.type !== 'mapreduce' && deployment.type !== 'scheduled')
    throw fault('INVALID_SCRIPT_TYPE', `A script of type ${deployment.type} can't be run on demand.`);
  if (!deployment.deployed)
    throw fault('FAILED_TO_SUBMIT_JOB_REQUEST_1', `Failed to submit job request: ${deploymentId} is not deployed.`);
  const user = { entity: as?.entity ?? SYSTEM_USER.entity, role: as?.role ?? deployment.runAsRole ?? SYSTEM_USER.role };
  const task = taskBook(account).submit({ deployment, user, params, invocation: 'USER_INTERFACE', submittedBy: null });
  if (!task) throw fault('MAP_REDUCE_ALREADY_RUNNING', `${deploymentId} is already running.`);
  if (!wait) return { taskId: task.taskId, state: 'PENDING' };
  await task.done;
  return task.report ?? {};
}
