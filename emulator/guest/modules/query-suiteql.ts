import type { Guest } from '../types';
import {
  invalidTypeArgument,
  isObject,
  optionsOf,
  requireArguments,
  scriptError,
  withPromise,
  wrongType,
} from './arguments';
import { createPagedData, createResultSet, type ResultColumn, type ResultSet, type RowsAnswer } from './query-results';

type Param = string | number | boolean;
interface Statement {
  query: string;
  params: Param[];
}

const DEFAULT_PAGE_SIZE = 50;

/** `query.runSuiteQL` and `runSuiteQLPaged` (sections 157960542026, 157960586441). */
export function createSuiteQl(guest: Guest) {
  const run = (method: string) =>
    withPromise((first?: unknown, params?: unknown): ResultSet => {
      const statement = readStatement(method, first, params);
      return createResultSet(guest, guest.syscall<RowsAnswer>('query.runSuiteQL', statement));
    });
  const runPaged = (method: string) =>
    withPromise((first?: unknown, params?: unknown): object => {
      const statement = readStatement(method, first, params);
      const pageSize = readPageSize(isObject(first) ? first.pageSize : undefined);
      const opened = guest.syscall<{ count: number; columns: ResultColumn[] }>('query.runSuiteQLPaged', {
        ...statement,
        pageSize,
      });
      return createPagedData(guest, opened.count, {
        pageSize,
        fetch: (index) => guest.syscall<RowsAnswer>('query.fetchPage', { ...statement, pageSize, index }),
      });
    });
  return { run: run('query.runSuiteQL'), runPaged: runPaged('query.runSuiteQLPaged') };
}

function readStatement(method: string, first: unknown, rest: unknown): Statement {
  if (first === undefined || first === null) requireArguments(method, {}, ['options']);
  const options = optionsOf(first, ['query', 'params'], [rest]);
  requireArguments(method, options, ['query']);
  if (typeof options.query !== 'string') throw wrongType('query', 'string');
  return { query: options.query, params: readParams(options.params) };
}

/** "only string, number and boolean" (N/query, SSS_INVALID_TYPE_ARG). */
function readParams(given: unknown): Param[] {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given)) throw wrongType('params', 'Array');
  for (const value of given as unknown[]) {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
      throw invalidTypeArgument(
        `params: only string, number and boolean values are allowed, not ${value === null ? 'null' : typeof value}.`,
      );
    }
  }
  return given as Param[];
}

export function readPageSize(given: unknown): number {
  if (given === undefined || given === null) return DEFAULT_PAGE_SIZE;
  const size = Number(given);
  if (!Number.isInteger(size) || size < 5 || size > 1000) {
    throw scriptError('SSS_INVALID_PAGE_SIZE', `Invalid page size ${String(given)}: it must be from 5 to 1000.`);
  }
  return size;
}
