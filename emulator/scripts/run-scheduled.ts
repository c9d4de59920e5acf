import { SCRIPT_LIMITS } from '../kernel/governance';
import type { Account, Json, User } from '../kernel/types';
import type { DeploymentDetails } from './definitions';
import { restartError } from './map-reduce/error-text';
import { processors } from './processors';

/** What started a scheduled script; the values of `context.type`. */
export type Invocation = 'SCHEDULED' | 'ON_DEMAND' | 'USER_INTERFACE' | 'ABORTED';

export interface ScheduledReport {
  state: 'COMPLETE' | 'FAILED';
  terminated?: string;
  error?: { name: string; message: string };
  units: number;
}

const LIMIT = /^SSS_(?:(?:USAGE|TIME)_LIMIT|(?:INSTRUCTION|STATEMENT)_COUNT)_EXCEEDED$/;

/** Runs a scheduled script on a processor. After a server restart it begins again, with type `ABORTED` (page section_1490041886). */
export async function runScheduled(
  account: Account,
  deployment: DeploymentDetails,
  user: User,
  params: Record<string, Json>,
  invocation: Invocation,
): Promise<ScheduledReport> {
  const { units, ms } = SCRIPT_LIMITS.scheduled;
  const release = await processors(account).acquire(deployment.priority);
  try {
    for (let type = invocation; ; type = 'ABORTED') {
      const result = await account.run({
        scriptId: deployment.scriptId,
        deploymentId: deployment.deploymentId,
        type: 'scheduled',
        entry: 'execute',
        stage: 'execute',
        input: { type },
        user,
        context: 'SCHEDULED',
        unitsLimit: units,
        virtualMsLimit: ms,
        params,
      });
      if (account.faults.strike('restart', { execution: result.execution, stage: 'execute' })) {
        Object.assign(result.execution, { error: restartError });
        continue;
      }
      const { error } = result;
      return {
        state: error ? 'FAILED' : 'COMPLETE',
        ...(error && LIMIT.test(error.name) ? { terminated: error.name } : {}),
        ...(error ? { error: { name: error.name, message: error.message } } : {}),
        units: result.execution.unitsUsed,
      };
    }
  } finally {
    release();
  }
}
