import type { Json, ScriptFault, User } from '../../kernel/types';
import type { DeploymentDetails } from '../definitions';

export type Stage = 'getInputData' | 'map' | 'reduce' | 'summarize';

/** One key/value pair of the map stage, or one key with its values of the reduce stage. */
export interface Item {
  key: string;
  /** One for map, all values in lexicographic order for reduce. */
  values: string[];
  /** Invocations so far. */
  executions: number;
  state: 'PENDING' | 'COMPLETE' | 'FAILED';
  errors: ItemError[];
}

export interface ItemError {
  key: string;
  /** JSON text of the error. */
  error: string;
  executionNo: number;
  name: string;
  message: string;
}

export interface StageConfig {
  /** Null: not set, which differs from 0 after a server restart (page section_1517279521). */
  retryCount: number | null;
  exitOnError: boolean;
}

/** What a stage did; `writes` in the order in which they were saved. */
export interface StageResult {
  items: Item[];
  writes: [string, string][];
  units: number;
  virtualMs: number;
  yields: number;
  /** Most jobs of the stage that ran at once. */
  concurrency: number;
  startedAt: number;
  invocations: number;
  /** Set when a hard limit ended the stage: its code. */
  terminated?: string;
  /** True when exitOnError, a hard limit or the persisted-data limit ended it early. */
  ended: boolean;
  fatal?: ScriptFault;
}

/** Live figures of a run, for task.checkStatus. */
export interface Progress {
  stage: 'GET_INPUT' | 'MAP' | 'SHUFFLE' | 'REDUCE' | 'SUMMARIZE' | null;
  pendingMap: number;
  totalMap: number;
  pendingReduce: number;
  totalReduce: number;
  outputs: number;
  /** Persisted bytes: not yet mapped, not yet reduced, written by reduce. */
  mapBytes: number;
  reduceBytes: number;
  outputBytes: number;
}

export interface MapReduceJob {
  deployment: DeploymentDetails;
  user: User;
  params: Record<string, Json>;
  progress: Progress;
}

export const newProgress = (): Progress => ({
  stage: null,
  pendingMap: 0,
  totalMap: 0,
  pendingReduce: 0,
  totalReduce: 0,
  outputs: 0,
  mapBytes: 0,
  reduceBytes: 0,
  outputBytes: 0,
});

export const persistedBytes = (p: Progress): number => p.mapBytes + p.reduceBytes + p.outputBytes;
