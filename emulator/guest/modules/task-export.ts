import { missingArgument } from '../errors';
import type { Guest, JsonObject } from '../types';
import {
  invalidTypeArgument,
  isObject,
  readOnly,
  requireArguments,
  scriptError,
  wrongType,
  type Options,
} from './arguments';
import { refuseProperty } from './refused';

/** What the three kinds of asynchronous exports to a CSV file call themselves (pages section_4799343953, section_159223833809). */
const KINDS: Record<string, { name: string; conflict: string }> = {
  SEARCH: { name: 'SearchTask', conflict: 'UNSUPPORTED_COMBINATION_OF_PARAMETERS' },
  QUERY: { name: 'QueryTask', conflict: 'PROPERTY_VALUE_CONFLICT' },
  SUITEQL: { name: 'SuiteQLTask', conflict: 'PROPERTY_VALUE_CONFLICT' },
};

interface Dependant {
  taskType: string;
  scriptId: string;
  deploymentId: string | null;
  params: JsonObject;
  id?: string;
}

interface Statement {
  query: string;
  params: unknown[];
}

const present = (value: unknown): boolean => value !== undefined && value !== null && value !== '';
const textOf = (value: unknown): string | null => (present(value) ? String(value) : null);
const plain = (value: unknown): JsonObject =>
  isObject(value) ? (JSON.parse(JSON.stringify(value)) as JsonObject) : {};

/** task.SearchTask, task.QueryTask or task.SuiteQLTask. */
export function exportTask(guest: Guest, taskType: string, given: Options): object {
  const { name } = KINDS[taskType]!;
  let taskId: string | null = null;
  const dependants: Dependant[] = [];
  const task: Options = { taskType, ...definitionOf(taskType, given) };
  const target = fileOf(task, taskType, given);
  readOnly(task, name, { id: () => taskId, inboundDependencies: () => shown(dependants) });
  task.addInboundDependency = (first: unknown): void => {
    dependants.push(dependantOf(`${name}.addInboundDependency`, first));
  };
  task.submit = (): string => {
    if (taskId !== null)
      throw scriptError(
        `CANNOT_RESUBMIT_SUBMITTED_ASYNC_${taskType}_TASK`,
        'The task was already submitted and can not be submitted again.',
      );
    const sent = { taskType, ...sourceOf(guest, taskType, task), ...target(), dependants };
    const done = guest.syscall<{ taskId: string; dependants: { id: string; deploymentId: string }[] }>(
      'task.export',
      sent,
    );
    done.dependants.forEach((entered, i) => Object.assign(dependants[i]!, entered));
    taskId = done.taskId;
    return taskId;
  };
  task.toString = () => `task.${name}`;
  return task;
}

const definitionOf = (taskType: string, given: Options): Options => {
  if (taskType === 'SEARCH') return { savedSearchId: given.savedSearchId };
  return taskType === 'QUERY' ? { query: given.query } : { query: given.query, params: given.params };
};

/** `fileId` and `filePath`, of which one may be set; answers what reads them for the submission. */
function fileOf(
  task: Options,
  taskType: string,
  given: Options,
): () => { fileId: string | null; filePath: string | null } {
  const { name, conflict } = KINDS[taskType]!;
  const values: Options = {};
  const set = (key: 'fileId' | 'filePath', value: unknown): void => {
    if (present(value) && present(values[key === 'fileId' ? 'filePath' : 'fileId']))
      throw scriptError(conflict, `${name}: only one of fileId and filePath may be set.`);
    values[key] = value;
  };
  for (const key of ['fileId', 'filePath'] as const) {
    set(key, given[key]);
    Object.defineProperty(task, key, {
      enumerable: true,
      get: () => values[key],
      set: (value: unknown) => set(key, value),
    });
  }
  return () => {
    if (!present(values.fileId) && !present(values.filePath)) throw missingArgument(`${name}.submit`, 'filePath');
    return { fileId: textOf(values.fileId), filePath: textOf(values.filePath) };
  };
}

function sourceOf(guest: Guest, taskType: string, task: Options): JsonObject {
  const { name } = KINDS[taskType]!;
  const nothing = { savedSearchId: null, query: null, params: [] };
  if (taskType === 'SEARCH') {
    requireArguments(`${name}.submit`, task, ['savedSearchId']);
    return { ...nothing, savedSearchId: String(task.savedSearchId) };
  }
  requireArguments(`${name}.submit`, task, ['query']);
  if (taskType === 'QUERY') {
    const describe = guest.bridges.describeQuery as ((value: unknown) => Statement | undefined) | undefined;
    const statement = isObject(task.query) ? describe?.(task.query) : undefined;
    if (!statement) throw wrongType('query', 'query.Query');
    return { ...nothing, ...statement } as JsonObject;
  }
  if (typeof task.query !== 'string') throw wrongType('query', 'string');
  return { ...nothing, query: task.query, params: paramsOf(task.params) } as JsonObject;
}

function paramsOf(given: unknown): unknown[] {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given)) throw wrongType('params', 'Array');
  for (const value of given as unknown[])
    if (!['string', 'number', 'boolean'].includes(typeof value))
      throw invalidTypeArgument('params: only string, number and boolean values are allowed.');
  return given as unknown[];
}

/** A script task, alone or as `dependentScript`, or an object that describes one (pages section_1530711128, section_159223844941). */
function dependantOf(method: string, first: unknown): Dependant {
  const given = isObject(first) && isObject(first.dependentScript) ? first.dependentScript : first;
  if (!isObject(given)) throw missingArgument(method, 'dependentScript');
  requireArguments(method, given, ['taskType', 'scriptId']);
  const { taskType, scriptId, deploymentId, params } = given;
  if (taskType !== 'MAP_REDUCE' && taskType !== 'SCHEDULED_SCRIPT')
    throw wrongType('dependentScript', 'task.ScheduledScriptTask | task.MapReduceScriptTask');
  return { taskType, scriptId: String(scriptId), deploymentId: textOf(deploymentId), params: plain(params) };
}

/** `{"0": {type, id, scriptId, deploymentId, params}}`; ids come with the submission (page section_1530715682). */
const shown = (dependants: Dependant[]): object =>
  Object.fromEntries(
    dependants.map(({ taskType, id, scriptId, deploymentId, params }, i) => [
      i,
      {
        type: taskType === 'MAP_REDUCE' ? 'task.MapReduceScriptTask' : 'task.ScheduledScriptTask',
        ...(id === undefined ? {} : { id }),
        scriptId,
        deploymentId: deploymentId ?? undefined,
        params,
      },
    ]),
  );

/** task.SearchTaskStatus and its like, as of this call. */
export function exportStatus(guest: Guest, taskId: string): object {
  const taskType = taskId.slice(0, taskId.indexOf('TASK_'));
  const found = guest.syscall<JsonObject | null>('task.exportStatus', { taskId });
  const data: Options = { taskId, status: found?.status ?? null, fileId: found?.fileId ?? null };
  if (taskType === 'SEARCH') data.savedSearchId = found?.savedSearchId ?? null;
  if (taskType === 'SUITEQL') Object.assign(data, { query: found?.query ?? null, params: found?.params ?? [] });
  const name = `${KINDS[taskType]!.name}Status`;
  const status: Options = { toString: () => `task.${name}`, toJSON: () => data };
  readOnly(status, name, Object.fromEntries(Object.keys(data).map((key) => [key, () => data[key]])));
  if (taskType === 'QUERY') refuseProperty(status, `task.${name}`, 'query');
  return status;
}
