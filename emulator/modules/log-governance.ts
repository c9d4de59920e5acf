import { settingOf } from '../kernel/setting-of';
import type { Account, Execution } from '../kernel/types';

/** Calls of N/log that a company may make in an hour (page section_N3352137). */
const CALLS_PER_HOUR = 100_000;
const HOUR_MS = 3_600_000;
const NEXT_LEVEL: Record<string, string> = { DEBUG: 'AUDIT', AUDIT: 'ERROR', ERROR: 'EMERGENCY' };

interface Window {
  beganAt: number;
  calls: number;
}

/** Counts one log call; the one over the limit raises the log level of the deployment that made it. Logging itself never fails. */
export function countLogCall(account: Account, execution: Execution): void {
  const now = account.clock.now();
  const known = account.parts.get('logWindow') as Window | undefined;
  const window = known && now - known.beganAt < HOUR_MS ? known : { beganAt: now, calls: 0 };
  window.calls += 1;
  account.parts.set('logWindow', window);
  if (window.calls <= settingOf(account, 'logCallsPerHour', CALLS_PER_HOUR)) return;
  window.calls = 0;
  raiseLevel(account, execution);
}

function raiseLevel(account: Account, { scriptId, deploymentId }: Execution): void {
  const deployment = scriptId && deploymentId ? account.scripts.find(scriptId, deploymentId) : undefined;
  const level = deployment && NEXT_LEVEL[deployment.logLevel];
  const record = deployment && account.store.get('scriptdeployment', deployment.deploymentInternalId);
  if (level && record) account.store.put({ ...record, fields: { ...record.fields, loglevel: level } });
}
