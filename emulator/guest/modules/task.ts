import { missingArgument, unsupported } from '../errors';
import type { Guest, JsonObject, ModuleFactory } from '../types';
import type * as ExportModule from './task-export';
import { isObject, optionsOf, readOnly, scriptError, type Options } from './arguments';

/** Evaluated by the scripts that export only: most that use the module submit scripts. */
declare const require: (path: string) => unknown;
const exporting = (): typeof ExportModule => require('./task-export') as typeof ExportModule;

/** Keys and values differ for SUITE_QL (as observed at run time). */
const TASK_TYPES: Readonly<Record<string, string>> = Object.freeze({
  SCHEDULED_SCRIPT: 'SCHEDULED_SCRIPT',
  MAP_REDUCE: 'MAP_REDUCE',
  CSV_IMPORT: 'CSV_IMPORT',
  ENTITY_DEDUPLICATION: 'ENTITY_DEDUPLICATION',
  WORKFLOW_TRIGGER: 'WORKFLOW_TRIGGER',
  SEARCH: 'SEARCH',
  RECORD_ACTION: 'RECORD_ACTION',
  QUERY: 'QUERY',
  SUITE_QL: 'SUITEQL',
  DOCUMENT_CAPTURE: 'DOCUMENT_CAPTURE',
});
const names = (...list: string[]): Readonly<Record<string, string>> =>
  Object.freeze(Object.fromEntries(list.map((n) => [n, n])));
const FIGURES = [
  'getPercentageCompleted',
  'getPendingMapCount',
  'getTotalMapCount',
  'getPendingReduceCount',
  'getTotalReduceCount',
  'getPendingOutputCount',
  'getTotalOutputCount',
  'getPendingMapSize',
  'getPendingReduceSize',
  'getPendingOutputSize',
  'getCurrentTotalSize',
];

/** N/task (page section_4345787858): scripts, workflows, searches and queries; other kinds throw by name. */
export const createTaskModule: ModuleFactory = (guest) => ({
  TaskType: TASK_TYPES,
  TaskStatus: names('PENDING', 'PROCESSING', 'COMPLETE', 'FAILED'),
  MapReduceStage: names('GET_INPUT', 'MAP', 'SHUFFLE', 'REDUCE', 'SUMMARIZE'),
  MasterSelectionMode: names('CREATED_EARLIEST', 'MOST_RECENT_ACTIVITY', 'MOST_POPULATED_FIELDS', 'SELECT_BY_ID'),
  DedupeMode: names('MERGE', 'DELETE', 'MAKE_MASTER_PARENT', 'MARK_AS_NOT_DUPES'),
  DedupeEntityType: names('CUSTOMER', 'CONTACT', 'LEAD', 'PROSPECT', 'PARTNER', 'VENDOR'),
  ActionCondition: names('ALL_QUALIFIED_INSTANCES'),
  create(first: unknown): object {
    const options = optionsOf(first, ['taskType']);
    const { taskType } = options;
    if (taskType === undefined || taskType === null || taskType === '')
      throw missingArgument('task.create', 'taskType');
    if (taskType === 'MAP_REDUCE' || taskType === 'SCHEDULED_SCRIPT') return scriptTask(guest, taskType, options);
    if (taskType === 'WORKFLOW_TRIGGER') return workflowTask(guest, options);
    if (taskType === 'SEARCH' || taskType === 'QUERY' || taskType === 'SUITEQL')
      return exporting().exportTask(guest, taskType, options);
    if (!Object.values(TASK_TYPES).includes(String(taskType)))
      throw scriptError('INVALID_TASK_TYPE', `Invalid task type: ${String(taskType)}`);
    throw unsupported(`task.create of type ${String(taskType)}`);
  },
  checkStatus(first: unknown): object {
    const { taskId } = optionsOf(first, ['taskId']);
    if (taskId === undefined || taskId === null || taskId === '') throw missingArgument('task.checkStatus', 'taskId');
    const id = String(taskId);
    if (!/^[A-Z]+TASK_[0-9a-z_]+$/i.test(id)) throw scriptError('INVALID_TASK_TYPE', `Invalid task id: ${id}`);
    return /^(?:SEARCH|QUERY|SUITEQL)TASK_/.test(id) ? exporting().exportStatus(guest, id) : taskStatus(guest, id);
  },
});

function scriptTask(guest: Guest, taskType: string, given: Options): object {
  const type = taskType === 'MAP_REDUCE' ? 'MapReduceScriptTask' : 'ScheduledScriptTask';
  let taskId: string | null = null;
  const task = {
    taskType,
    scriptId: given.scriptId,
    deploymentId: given.deploymentId,
    params: given.params ?? {},
    submit(): string | null {
      if (task.scriptId === undefined || task.scriptId === null || task.scriptId === '')
        throw missingArgument(`${type}.submit`, 'scriptId');
      const sent = {
        taskType,
        scriptId: String(task.scriptId),
        deploymentId: present(task.deploymentId) ? String(task.deploymentId) : null,
        params: plain(task.params),
      };
      taskId = guest.syscall<string | null>('task.submit', sent);
      return taskId;
    },
    toString: () => `task.${type}`,
    toJSON: () => ({ taskType, scriptId: task.scriptId, deploymentId: task.deploymentId, params: task.params }),
  };
  readOnly(task, type, { id: () => taskId });
  return task;
}

const present = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/** Dates become ISO text, everything else what JSON makes of it. */
const plain = (params: unknown): JsonObject =>
  isObject(params) ? (JSON.parse(JSON.stringify(params)) as JsonObject) : {};

function workflowTask(guest: Guest, given: Options): object {
  const task = {
    taskType: 'WORKFLOW_TRIGGER',
    recordType: given.recordType,
    recordId: given.recordId,
    workflowId: given.workflowId,
    params: given.params ?? {},
    submit(): string {
      for (const name of ['recordType', 'recordId', 'workflowId'] as const)
        if (!present(task[name])) throw missingArgument('WorkflowTriggerTask.submit', name);
      return guest.syscall<string>('task.workflow', {
        recordType: String(task.recordType),
        recordId: String(task.recordId),
        workflowId: String(task.workflowId),
        params: plain(task.params),
      });
    },
    toString: () => 'task.WorkflowTriggerTask',
  };
  return task;
}

/** Status as of this call; the figures of a Map/Reduce task ask again each time. */
function taskStatus(guest: Guest, taskId: string): object {
  const found = guest.syscall<JsonObject | null>('task.status', { taskId });
  const data = {
    taskId,
    status: found?.status ?? null,
    stage: found?.stage ?? null,
    scriptId: found?.scriptId ?? null,
    deploymentId: found?.deploymentId ?? null,
  };
  const status: Record<string, unknown> = { toString: () => 'task.ScriptTaskStatus', toJSON: () => data };
  readOnly(status, '', Object.fromEntries(Object.entries(data).map(([name, value]) => [name, () => value])));
  if (!taskId.startsWith('MAPREDUCE')) return status;
  for (const figure of FIGURES) status[figure] = () => guest.syscall<number>('task.figure', { taskId, figure });
  return status;
}
