import { ShadowOvertaken } from '../errors';
import type { OperationFilter, Settled, Store } from '../types';
import type { WriteName, Writes } from './commands';
import { findRecord } from './cross-reference';
import { lastApplied } from './forget';
import { findNaming } from './find-naming';
import { hasJobWork, jobOperations, listJobs } from './jobs';
import { listAwaiting } from './list-awaiting';
import { isOneLook, listerInSteps } from './list-in-steps';
import { listPools, poolStatus } from './pools';
import { prepareOperation, prepareRequest } from './prepare-request';
import { getOperation, getRequest, listOperations } from './read-operations';
import type { Script, Tx } from './script';
import { getCursor, getShadow, getShadows, shadowsSince } from './side-tables';
import { stats } from './stats';

/** What an engine must do: writes durable when they resolve, reads of what was committed. */
export interface Backend {
  readonly engine: Store['engine'];
  /** As `Store.now`. */
  now(): number;
  write<K extends WriteName>(name: K, args: Writes[K]['args']): Promise<Writes[K]['result']>;
  read<T>(script: (tx: Tx) => Script<T>): Promise<T>;
  /** Called after each commit with what it made ready and final. */
  onCommit(listener: (work: readonly string[], settled: readonly Settled[]) => void): void;
  close(): Promise<void>;
}

/** The store over an engine. */
export function makeStore(backend: Backend): Store {
  const workers = new Set<(pool: string) => void>();
  const watchers = new Set<(settled: readonly Settled[]) => void>();
  backend.onCommit((work, settled) => {
    for (const pool of work) for (const listener of workers) listener(pool);
    if (settled.length > 0) for (const listener of watchers) listener(settled);
  });
  const { write, read } = { write: backend.write.bind(backend), read: backend.read.bind(backend) };
  const listInSteps = listerInSteps(read);
  // On a server one look is its own work, and each step a round trip.
  const looksOnce = (filter: OperationFilter): boolean => backend.engine === 'postgres' || isOneLook(filter);
  return {
    engine: backend.engine,
    now: () => backend.now(),
    enqueue: async (request) => {
      const [result] = await write('enqueue', [prepareRequest(request)]);
      if (!result) throw new Error('The engine answered no result for a request.');
      if (result.outcome === 'overtaken') throw new ShadowOvertaken();
      return result;
    },
    configurePool: (pool, config) => write('configurePool', { pool, config }),
    take: (input) => write('take', input),
    settle: (input) => write('settle', input),
    release: (input) => write('release', input),
    leaseSlot: (input) => write('leaseSlot', input),
    keepSlot: (lease, leaseMs) => write('keepSlot', { lease, leaseMs }),
    freeSlot: (lease, until = null) => write('freeSlot', { lease, until }),
    nextJob: async (input) => ((await read((tx) => hasJobWork(tx, input))) ? write('nextJob', input) : null),
    fillJob: (token, limit) => write('fillJob', { token, limit }),
    jobOperations: (token, by) => read(() => jobOperations(token, by)),
    noteJob: (note) => write('noteJob', note),
    endJob: (token, reason) => write('endJob', { token, reason }),
    jobs: (pool) => read(() => listJobs(pool)),
    wake: () => write('wake', null),
    setBreaker: (pool, breaker) => write('setBreaker', { pool, breaker }),
    onWork: (listener) => subscribe(workers, listener),
    onSettled: (listener) => subscribe(watchers, listener),
    getOperation: (operationId) => read(() => getOperation(operationId)),
    getRequest: (requestId) => read(() => getRequest(requestId)),
    listOperations: (filter, page) =>
      looksOnce(filter) ? read(() => listOperations(filter, page)) : listInSteps(filter, page),
    listFailures: (filter, page) =>
      read(() => listOperations({ ...filter, state: filter.state ?? ['review', 'dead'] }, page)),
    listAwaiting: (pool, page) => read(() => listAwaiting(pool, page)),
    findNaming: (crmIds, after) => read(() => findNaming(crmIds, after)),
    stats: () => read(() => stats()),
    poolStatus: (pool) => read((tx) => poolStatus(tx, pool)),
    pools: () => read(() => listPools()),
    replay: (operationId, { mapped, ...by }) =>
      write('replay', { operationId, by: { ...by, ...(mapped ? { mapped: prepareOperation(mapped) } : {}) } }),
    resolve: (operationId, by) => write('resolve', { operationId, by }),
    skip: (operationId, by) => write('skip', { operationId, by }),
    cancel: (operationId, by) => write('cancel', { operationId, by }),
    replayAll: (filter, by) => write('replayAll', { filter, by }),
    pauseLane: (pool, lane, paused) => write('pauseLane', { pool, lane, paused }),
    lendSlots: (pool, count, until) => write('lendSlots', { pool, count, until }),
    findRecord: (pool, recordType, by) => read(() => findRecord(pool, recordType, by)),
    linkAlias: (pool, recordType, externalId, alias) => write('linkAlias', { pool, recordType, externalId, alias }),
    getShadow: (pool, side, key) => read(() => getShadow(pool, side, key)),
    getShadows: (pool, wanted) => read(() => getShadows(pool, wanted)),
    shadowsSince: (pool, side, since) => read(() => shadowsSince(pool, side, since)),
    putShadows: (shadows) => write('putShadows', [...shadows]),
    getCursor: (name) => read(() => getCursor(name)),
    setCursor: (name, value) => write('setCursor', { name, value }),
    forget: (pool, limit) => write('forget', { pool, limit }),
    lastApplied: (pool, limit) => read(() => lastApplied(pool, limit)),
    purge: (input) => write('purge', input),
    check: () => write('check', null),
    close: () => backend.close(),
  };
}

function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
