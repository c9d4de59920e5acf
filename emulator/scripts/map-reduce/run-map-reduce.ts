import { settingOf } from '../../kernel/setting-of';
import {
  FaultError,
  type Account,
  type Execution,
  type Json,
  type RunResult,
  type ScriptFault,
} from '../../kernel/types';
import { SCRIPT_LIMITS } from '../../kernel/governance';
import { processors } from '../processors';
import { errorText, persistedDataError, restartError } from './error-text';
import { readInput, type InputDescription } from './read-input';
import { reportOf, type MapReduceReport } from './report';
import { runStage } from './run-stage';
import { pairBytes, shuffle } from './shuffle';
import { persistedBytes, type Item, type MapReduceJob, type StageConfig, type StageResult } from './types';

const PERSISTED_BYTES = 200 * 1024 * 1024;
const SECOND = 1000;

interface Input {
  items: Item[];
  config: StageConfig;
  stages: string[];
  error?: ScriptFault & { json?: string };
  units: number;
  virtualMs: number;
  startedAt: number;
}

/** Runs all stages of a Map/Reduce script: getInputData, map, shuffle, reduce, summarize (page bridgehead_4387802529). */
export async function runMapReduce(account: Account, job: MapReduceJob): Promise<MapReduceReport> {
  const startedAt = account.clock.now();
  const { progress } = job;
  progress.stage = 'GET_INPUT';
  const input = await getInput(account, job);
  let map = emptyStage(account);
  let reduce = emptyStage(account);
  if (!input.error) {
    const withMap = input.stages.includes('map');
    if (withMap) {
      progress.stage = 'MAP';
      map = await runStage(account, 'map', input.items, input.config, job);
    }
    if (!map.ended && input.stages.includes('reduce')) {
      progress.stage = 'SHUFFLE';
      const groups = shuffle(
        withMap ? map.writes : input.items.flatMap((item): [string, string][] => item.values.map((v) => [item.key, v])),
      );
      Object.assign(progress, {
        pendingReduce: groups.length,
        totalReduce: groups.length,
        mapBytes: 0,
        reduceBytes: bytesOf(groups),
      });
      progress.stage = 'REDUCE';
      reduce = await runStage(account, 'reduce', groups, input.config, job);
    }
  }
  // Without a reduce function, what map wrote is the output.
  const output = input.stages.includes('reduce') ? reduce.writes : map.writes;
  progress.stage = 'SUMMARIZE';
  const summarize =
    input.stages.includes('summarize') || input.error
      ? await runSummarize(account, job, { startedAt, input, map, reduce, output })
      : undefined;
  progress.stage = null;
  return reportOf({ input, map, reduce, output, ...(summarize ? { summarize } : {}) });
}

const bytesOf = (items: Item[]): number => items.reduce((sum, { key, values }) => sum + pairBytes(key, values), 0);

const emptyStage = (account: Account): StageResult => ({
  items: [],
  writes: [],
  units: 0,
  virtualMs: 0,
  yields: 0,
  concurrency: 0,
  startedAt: account.clock.now(),
  invocations: 0,
  ended: false,
});

/** One serial stage on a processor; a server restart runs it again from its beginning. */
async function runSerial(
  account: Account,
  job: MapReduceJob,
  stage: 'getInputData' | 'summarize',
  inputOf: (isRestarted: boolean) => unknown,
): Promise<RunResult> {
  const { deployment, user, params } = job;
  const { units, ms } = SCRIPT_LIMITS.mapreduce[stage] ?? { units: 0, ms: 0 };
  const release = await processors(account).acquire(deployment.priority);
  try {
    for (let isRestarted = false; ; isRestarted = true) {
      const result = await account.run({
        scriptId: deployment.scriptId,
        deploymentId: deployment.deploymentId,
        type: 'mapreduce',
        entry: stage,
        stage,
        input: inputOf(isRestarted),
        user,
        context: 'MAPREDUCE',
        unitsLimit: units,
        virtualMsLimit: ms,
        params,
      });
      if (!account.faults.strike('restart', { execution: result.execution, stage })) return result;
      Object.assign(result.execution, { error: restartError });
    }
  } finally {
    release();
  }
}

async function getInput(account: Account, job: MapReduceJob): Promise<Input> {
  const startedAt = account.clock.now();
  const result = await runSerial(account, job, 'getInputData', (isRestarted) => ({ isRestarted }));
  const spent = { units: result.execution.unitsUsed, virtualMs: result.execution.virtualMs, startedAt };
  const none = { items: [], config: { retryCount: null, exitOnError: false }, stages: [] as string[] };
  if (result.error) return { ...none, error: result.error, ...spent };
  const { input, config, stages } = result.output as { input: InputDescription; config: StageConfig; stages: string[] };
  try {
    const items = readInput(account, result.execution, input);
    Object.assign(job.progress, { pendingMap: items.length, totalMap: items.length, mapBytes: bytesOf(items) });
    const limit = settingOf(account, 'mapReducePersistedBytes', PERSISTED_BYTES);
    if (persistedBytes(job.progress) > limit) return { ...none, stages, error: persistedDataError, ...spent };
    return { items, config, stages, ...spent };
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    noteError(result.execution, error.fault);
    return { ...none, stages, error: error.fault, ...spent };
  }
}

const noteError = (execution: Execution, error: ScriptFault): void => void Object.assign(execution, { error });

interface SoFar {
  startedAt: number;
  input: Input;
  map: StageResult;
  reduce: StageResult;
  output: [string, string][];
}

async function runSummarize(
  account: Account,
  job: MapReduceJob,
  { startedAt, input, map, reduce, output }: SoFar,
): Promise<RunResult | undefined> {
  const iso = (ms: number): string => new Date(ms).toISOString();
  const stage = (s: StageResult): Json => ({
    dateCreated: iso(s.startedAt),
    seconds: s.virtualMs / SECOND,
    usage: s.units,
    concurrency: s.concurrency,
    yields: s.yields,
    keys: s.items.map(({ key, executions, state }) => ({ key, executionCount: executions, state })),
    errors: s.items.flatMap((item) => item.errors.map(({ key, error, executionNo }) => ({ key, error, executionNo }))),
  });
  const given = {
    dateCreated: iso(startedAt),
    seconds: (input.virtualMs + map.virtualMs + reduce.virtualMs) / SECOND,
    usage: input.units + map.units + reduce.units,
    concurrency: Math.max(1, map.concurrency, reduce.concurrency),
    yields: map.yields + reduce.yields,
    input: {
      dateCreated: iso(input.startedAt),
      seconds: input.virtualMs / SECOND,
      usage: input.units,
      error: input.error ? errorText(input.error) : null,
    },
    map: stage(map),
    reduce: stage(reduce),
    output,
  };
  const result = await runSerial(account, job, 'summarize', (isRestarted) => ({ ...given, isRestarted }));
  // After a failed getInputData nobody knows whether the file has a summarize function: running it tells.
  return result.error?.name === 'SSS_MISSING_ENTRY_POINT' ? undefined : result;
}
