import { fault, type Account, type Json, type User } from '../kernel/types';
import type { DeploymentDetails } from './definitions';
import { runMassUpdate } from './run-mass-update';
import { scriptRegistry } from './script-registry';
import { taskBook } from './task-book';

/** Scheduled and UI runs execute as System with the Administrator role (page section_1509578930). */
export const SYSTEM_USER: User = { entity: -4, role: 3 };

const PERSON: User = { entity: -5, role: 3 };

export interface RunOptions {
  scriptId: string;
  deploymentId: string;
  params?: Record<string, Json>;
  /** Answer when all stages are done. */
  wait?: boolean;
  as?: Partial<User>;
  /** What a mass update script is to process, in this order. */
  records?: { type: string; id: string | number }[];
}

/**
 * Runs a Map/Reduce or scheduled deployment, or a mass update over given records, as "Save and Execute" does (control call `scripts/{id}/{dep}/run`).
 * @throws FaultError when there is no such deployment, its script is of another type, or it is at work already.
 */
export async function runScript(
  account: Account,
  { scriptId, deploymentId, params = {}, wait = false, as, records }: RunOptions,
): Promise<object> {
  const deployment = scriptRegistry(account).find(scriptId, deploymentId);
  if (!deployment) throw fault('INVALID_ID', `There is no deployment ${deploymentId} of ${scriptId}.`);
  if (deployment.type === 'massupdate') return massUpdate(account, deployment, records, as);
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

/** A person performs a mass update, by default the administrator. */
function massUpdate(
  account: Account,
  deployment: DeploymentDetails,
  records: RunOptions['records'],
  as: RunOptions['as'],
): Promise<object> {
  if (!deployment.deployed) throw fault('INVALID_SCRIPT_ID', `${deployment.deploymentId} is not deployed.`);
  if (!Array.isArray(records) || records.some(({ type, id }) => !type || !id))
    throw fault('SSS_MISSING_REQD_ARGUMENT', 'A mass update needs records: [{type, id}].');
  const user = { entity: as?.entity ?? PERSON.entity, role: as?.role ?? deployment.runAsRole ?? PERSON.role };
  return runMassUpdate(account, deployment, user, records);
}
