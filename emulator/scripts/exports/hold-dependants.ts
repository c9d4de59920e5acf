import { fault, type Account, type Execution, type FaultError, type Json } from '../../kernel/types';
import type { DeploymentDetails } from '../definitions';
import { scriptRegistry } from '../script-registry';
import { taskBook, type HeldTask } from '../task-book';
import type { ExportKind } from './export-book';

/** A Map/Reduce or scheduled script that is to run when an export is done. */
export interface Dependant {
  taskType: 'MAP_REDUCE' | 'SCHEDULED_SCRIPT';
  scriptId: string;
  deploymentId: string | null;
  params: Record<string, Json>;
}

/**
 * Queues the dependants of an export, all or none (errors: pages section_4804558173, section_159223745979, section_159223847318).
 * They need the permissions that submitting them needs (section_453639770507).
 */
export function holdDependants(
  account: Account,
  execution: Execution,
  kind: ExportKind,
  dependants: Dependant[],
): HeldTask[] {
  if (dependants.length > 0) {
    account.permissions.requirePermission(execution, 'ADMI_CUSTOMSCRIPT');
    account.permissions.requirePermission(execution, 'ADMI_SS_SCHEDULING', 'full');
  }
  const taken: DeploymentDetails[] = [];
  for (const dependant of dependants) taken.push(deploymentOf(account, kind, dependant, taken));
  return taken.map((deployment, i) =>
    taskBook(account).hold({
      deployment,
      user: execution.user,
      params: dependants[i]?.params ?? {},
      invocation: 'ON_DEMAND',
      submittedBy: execution.scriptId,
    }),
  );
}

function deploymentOf(
  account: Account,
  kind: ExportKind,
  { taskType, scriptId, deploymentId }: Dependant,
  taken: DeploymentDetails[],
): DeploymentDetails {
  const refused = (code: string, message: string): FaultError => fault(`ASYNC_${kind}_${code}`, message);
  const short = taskType === 'MAP_REDUCE' ? 'MR' : 'SS';
  const all = scriptRegistry(account).deploymentsOf(scriptId);
  if (all[0]?.type !== (taskType === 'MAP_REDUCE' ? 'mapreduce' : 'scheduled'))
    throw refused('SCRIPT_ID_NOT_FOUND', `The dependent script ${scriptId} was not found.`);
  const deployed = all.filter((each) => each.deployed);
  const isTaken = (each: DeploymentDetails): boolean =>
    taken.some((other) => other.deploymentInternalId === each.deploymentInternalId);
  const found =
    deploymentId === null
      ? deployed.find((each) => each.status === 'NOTSCHEDULED' && !isTaken(each) && !taskBook(account).isBusy(each))
      : deployed.find(
          (each) => each.deploymentId === deploymentId.toLowerCase() || each.deploymentInternalId === deploymentId,
        );
  if (!found)
    throw refused('DEPLOYMENT_FOR_DEPENDENCY', `No deployment of the dependent script ${scriptId} is available.`);
  if (isTaken(found))
    throw refused('MULTIPLE_DEPENDENCIES', `The dependent script ${scriptId} was added more than one time.`);
  if (found.status !== 'NOTSCHEDULED')
    throw refused(
      `DEPENDENCY_${short}_INCORRECT_STATUS`,
      `The deployment ${found.deploymentId} of the dependent script does not have the status Not Scheduled.`,
    );
  if (taskBook(account).isBusy(found))
    throw refused(
      `DEPENDENCY_${short}_ALREADY_SUBMITTED`,
      `The dependent script ${scriptId} is already submitted and is not complete.`,
    );
  return found;
}
