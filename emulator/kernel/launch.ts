import type { Launch } from '../host/protocol';
import type { AccountKernel } from './account';
import { amdConfig } from './amd-config';
import type { ExecutionRow } from './executions';
import type { Deployment, RunRequest } from './types';

/** What the host, and through it the script, is told when an execution starts. */
export function launchOf(account: AccountKernel, row: ExecutionRow, deployment?: Deployment): Launch {
  const { dateFormat, timeZone } = account.settings;
  const amd = deployment && amdConfig(account, deployment.path);
  return {
    executionId: row.id,
    path: deployment?.path ?? '',
    epoch: `${account.scripts.epoch}.${account.registryChanges}`,
    now: row.startedAt,
    unitsLeft: row.unitsLimit,
    ...(amd ? { amd } : {}),
    info: {
      executionId: row.id,
      scriptId: deployment?.scriptId ?? null,
      deploymentId: deployment?.deploymentId ?? null,
      scriptInternalId: deployment?.scriptInternalId ?? null,
      deploymentInternalId: deployment?.deploymentInternalId ?? null,
      scriptType: row.type,
      entry: row.entry,
      apiVersion: deployment?.apiVersion ?? '2.1',
      logLevel: deployment?.logLevel ?? 'DEBUG',
      parameters: { ...deployment?.parameters, ...row.params },
      user: row.user,
      executionContext: row.context,
      accountId: account.settings.accountId,
      settings: { dateFormat, timeZone },
    },
  };
}

/** Cuts the units of matching executions when a `quota` fault says so. */
export function limitUnits(account: AccountKernel, row: ExecutionRow): void {
  const quota = account.faults.strike('quota', { execution: row });
  if (quota) row.unitsLimit = Math.min(row.unitsLimit, Number(quota.units ?? 0));
}

/** The deployment a request names; undefined for what a user does in the browser. */
export function deploymentOf(
  account: AccountKernel,
  request: Pick<RunRequest, 'scriptId' | 'deploymentId'>,
): Deployment | undefined {
  if (request.scriptId === null || request.deploymentId === null) return undefined;
  return account.scripts.find(request.scriptId, request.deploymentId);
}
