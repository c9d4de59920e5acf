import type { Launch, Outcome } from '../host/protocol';
import type { AccountKernel } from './account';
import type { ExecutionRow } from './executions';
import { SCRIPT_LIMITS } from './governance';
import { runsFor } from './audience';
import { launchOf, limitUnits } from './launch';
import { kill, timeLimitExceeded } from './metering';
import { settingOf } from './setting-of';
import { type Deployment, type Execution, type ScriptFault, type User } from './types';

export interface EventScript {
  scriptId: string;
  deploymentId: string;
  /** Content of the entry file. */
  hash: string;
  /** Its entry points, once an execution has shown them. */
  entryPoints?: string[];
}

/** An execution that is begun together with the answer before it, which saves the host a call. */
export interface Opened {
  deploymentId: string;
  launch: Launch;
}

/**
 * User Events that listen to this event of this record type, in their order. None for what a User Event does itself
 * (pages section_1512409310, section_4490073437); event types and execution contexts filter (section_157927488310).
 */
export function listeningScripts(
  account: AccountKernel,
  execution: Execution,
  recordType: string,
  event: string,
): EventScript[] {
  if (execution.type === 'userevent' || (execution as ExecutionRow).triggers === false) return [];
  return account.scripts
    .userEvents(recordType)
    .filter(
      (deployment) =>
        deployment.deployed && runsFor(deployment, execution.user) && listens(deployment, event, execution.context),
    )
    .map(({ scriptId, deploymentId, path }) => {
      const hash = account.scripts.file(path)?.hash ?? '';
      const entryPoints = account.entryPoints.get(hash);
      return { scriptId, deploymentId, hash, ...(entryPoints ? { entryPoints } : {}) };
    });
}

/** Begins the first script that has this entry point, if that is known without asking any of them. */
export function openFirst(
  account: AccountKernel,
  execution: Execution,
  scripts: EventScript[],
  entry: string,
): Opened | undefined {
  const first = scripts.find(({ entryPoints }) => entryPoints?.includes(entry) !== false);
  if (!first?.entryPoints) return undefined;
  const launch = beginUserEvent(account, execution, { ...first, entry });
  return launch ? { deploymentId: first.deploymentId, launch } : undefined;
}

function listens({ eventTypes, executionContexts }: Deployment, event: string, context: string): boolean {
  return includes(eventTypes, event) && includes(executionContexts, context);
}

const includes = (list: string[] | null, value: string): boolean =>
  list === null || list.some((each) => normalized(each) === normalized(value));

const normalized = (text: string): string => text.replaceAll('_', '').toUpperCase();

/** Opens the execution of one entry point. Null when the deployment is gone meanwhile. */
export function beginUserEvent(
  account: AccountKernel,
  parent: Execution,
  { scriptId, deploymentId, entry }: { scriptId: string; deploymentId: string; entry: string },
): Launch | null {
  const deployment = account.scripts.find(scriptId, deploymentId);
  if (!deployment) return null;
  const limits = SCRIPT_LIMITS.userevent;
  const row = account.executions.begin(
    {
      scriptId,
      deploymentId,
      type: 'userevent',
      entry,
      input: null,
      user: userOf(deployment, parent),
      context: parent.context,
      unitsLimit: limits.units,
      virtualMsLimit: limits.ms,
    },
    account.clock.now(),
    parent as ExecutionRow,
  );
  limitUnits(account, row);
  return launchOf(account, row, deployment);
}

/** Execute as Role holds for what a user does; a script that a script triggers keeps the first one's role. */
const userOf = ({ runAsRole }: Deployment, parent: Execution): User =>
  parent.type === 'ui' && runAsRole !== null ? { entity: parent.user.entity, role: runAsRole } : parent.user;

/** Closes it. Answers the fault that the saver shall see, or null. */
export function endUserEvent(account: AccountKernel, executionId: string, outcome: Outcome): ScriptFault | null {
  const row = account.executions.get(executionId);
  if (!row) return null;
  if (outcome.entryPoints) remember(account, row, outcome.entryPoints);
  if (outcome.missing) {
    account.executions.drop(row);
    return null;
  }
  const error = row.dead ?? outcome.error;
  account.executions.end(row, error);
  chargeTime(account, row);
  if (!error) return null;
  const { name, message } = error;
  return { name, message, details: { userEvent: row.scriptId, entryPoint: row.entry } };
}

/** Whether the time of a User Event counts against the limit of the script that saves, no page tells: setting `userEventTimeCounts`. */
function chargeTime(account: AccountKernel, { parent, virtualMs }: ExecutionRow): void {
  if (!parent || !settingOf(account, 'userEventTimeCounts', false)) return;
  parent.virtualMs += virtualMs;
  if (parent.virtualMs > parent.virtualMsLimit) kill(parent, timeLimitExceeded);
}

function remember(account: AccountKernel, { scriptId, deploymentId }: ExecutionRow, entryPoints: string[]): void {
  const deployment = account.scripts.find(scriptId ?? '', deploymentId ?? '');
  const hash = deployment && account.scripts.file(deployment.path)?.hash;
  if (hash !== undefined && !account.entryPoints.has(hash)) account.entryPoints.set(hash, entryPoints);
}
