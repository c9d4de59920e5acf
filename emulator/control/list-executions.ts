import type { ExecutionRow } from '../kernel/executions';
import type { ControlAnswer } from './call';

/** One row per invocation, oldest first. `since`: an execution id, or an ISO 8601 instant of virtual time. */
export const listExecutions: ControlAnswer = ({ front, query }) => {
  const scriptId = query.get('scriptId')?.toLowerCase();
  const since = sinceOf(query.get('since'));
  return front.account.executions
    .list()
    .filter((row) => (scriptId === undefined || row.scriptId === scriptId) && since(row))
    .filter((row) => row.type !== 'ui')
    .map(present);
};

function sinceOf(value: string | null): (row: ExecutionRow) => boolean {
  if (value === null || value === '') return () => true;
  if (/^\d{1,9}$/.test(value)) return (row) => Number(row.id) > Number(value);
  const instant = /^\d+$/.test(value) ? Number(value) : Date.parse(value);
  return (row) => row.startedAt >= instant;
}

const present = (row: ExecutionRow): object => ({
  id: row.id,
  scriptId: row.scriptId,
  deploymentId: row.deploymentId,
  type: row.type,
  stage: row.stage,
  ...(row.key === undefined ? {} : { key: row.key }),
  unitsUsed: row.unitsUsed,
  unitsByApi: row.unitsByApi,
  startedAt: new Date(row.startedAt).toISOString(),
  ms: row.ms,
  virtualMs: row.virtualMs,
  user: row.user,
  context: row.context,
  ...(row.parent === undefined ? {} : { parentId: row.parent.id }),
  ...(row.error === undefined ? {} : { error: { name: row.error.name, message: row.error.message } }),
  logs: row.logs,
});
