import { fault, FaultError, type Account, type Execution, type Json, type SyscallTable } from '../kernel/types';
import { definitionOf, findSaved } from '../search/saved-searches';
import { exportBook, type ExportKind } from '../scripts/exports/export-book';
import { findTarget } from '../scripts/exports/find-target';
import { holdDependants, type Dependant } from '../scripts/exports/hold-dependants';
import { queryCsv, searchCsv } from '../scripts/exports/write-csv';
import type { Param } from '../suiteql/engine';

interface ExportArgs {
  taskType: ExportKind;
  savedSearchId: string | null;
  query: string | null;
  params: Param[];
  fileId: string | null;
  filePath: string | null;
  dependants: Dependant[];
}

interface Submitted {
  taskId: string;
  dependants: { id: string; deploymentId: string }[];
}

/** SearchTask, QueryTask and SuiteQLTask (pages section_4804558173, section_159223745979, section_159223847318). */
function submitExport(account: Account, execution: Execution, args: ExportArgs): Submitted {
  const { taskType, query, params } = args;
  account.charge(execution, 'task.submit', taskType);
  const saved = args.savedSearchId === null ? undefined : findSaved(account, args.savedSearchId);
  if (taskType === 'SEARCH' && !saved)
    throw fault('ASYNC_SEARCH_SEARCH_ID_NOT_FOUND', `The saved search ${args.savedSearchId} was not found.`);
  const target = findTarget(account, execution, args);
  const write = (limit?: number): string => {
    if (query !== null) return queryCsv(account, execution, { query, params }, limit);
    const found = findSaved(account, saved?.id ?? '');
    if (!found) throw fault('ASYNC_SEARCH_SEARCH_ID_NOT_FOUND', 'The saved search was deleted.');
    return searchCsv(account, execution, definitionOf(found), limit);
  };
  refuseUnsupported(() => write(0));
  const held = holdDependants(account, execution, taskType, args.dependants);
  const task = exportBook(account).submit({
    taskType,
    savedSearchId: saved ? Number(saved.id) : null,
    query,
    params: params,
    target,
    dependants: held,
    submitter: execution,
    writeCsv: () => write(),
  });
  return {
    taskId: task.taskId,
    dependants: held.map(({ task: { taskId, deployment } }) => ({ id: taskId, deploymentId: deployment.deploymentId })),
  };
}

/** What this emulator lacks must reach the script by name; anything else that is wrong fails the task, which says so when it has run. */
function refuseUnsupported(attempt: () => unknown): void {
  try {
    attempt();
  } catch (error) {
    if (!(error instanceof FaultError) || error.fault.name === 'EMULATOR_UNSUPPORTED') throw error;
  }
}

function statusOf(account: Account, { taskId }: { taskId: string }): Record<string, Json> | null {
  const task = exportBook(account).find(taskId);
  if (!task) return null;
  const { taskType, status, fileId, savedSearchId, query, params } = task;
  exportBook(account).begin(taskId);
  return { taskId, taskType, status, fileId, savedSearchId, query, params };
}

export const exportSyscalls: SyscallTable = {
  'task.export': submitExport,
  'task.exportStatus': (account: Account, _execution: Execution, args: { taskId: string }) => statusOf(account, args),
};
