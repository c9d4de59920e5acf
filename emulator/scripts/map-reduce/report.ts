import type { RunResult, ScriptFault } from '../../kernel/types';
import type { StageResult } from './types';

/** Answer of the control call that runs a Map/Reduce script. */
export interface MapReduceReport {
  state: 'COMPLETE' | 'FAILED';
  /** Code of the hard limit that ended it. */
  terminated?: string;
  error?: { name: string; message: string };
  /** Over all stages. */
  units: number;
  map: { invocations: number; keys: string[]; outputs: number };
  reduce: { invocations: number; keys: string[] };
  output: { key: string; value: string }[];
  stages: {
    stage: string;
    units: number;
    errors: { key?: string; name: string; message: string; executionNo?: number }[];
  }[];
}

interface Parts {
  input: { units: number; error?: ScriptFault };
  map: StageResult;
  reduce: StageResult;
  output: [string, string][];
  summarize?: RunResult;
}

const LIMITS =
  /^SSS_(USAGE|TIME|INSTRUCTION_COUNT|STATEMENT_COUNT)_?LIMIT_EXCEEDED$|^SSS_(INSTRUCTION|STATEMENT)_COUNT_EXCEEDED$/;
const plain = ({ name, message }: ScriptFault): { name: string; message: string } => ({ name, message });
const ended = ({ ended: early, terminated }: StageResult): boolean => early && terminated === undefined;

/**
 * COMPLETE means only that it ran: errors of single pairs stand in the stages. FAILED: getInputData or summarize threw, exitOnError left a stage,
 * or a hard limit terminated it.
 */
export function reportOf({ input, map, reduce, output, summarize }: Parts): MapReduceReport {
  const error = input.error ?? summarize?.error ?? exitError(map) ?? exitError(reduce);
  const terminated = map.terminated ?? reduce.terminated ?? (error && LIMITS.test(error.name) ? error.name : undefined);
  const summarizeUnits = summarize?.execution.unitsUsed ?? 0;
  return {
    state: error || terminated ? 'FAILED' : 'COMPLETE',
    ...(terminated === undefined ? {} : { terminated }),
    ...(error ? { error: plain(error) } : {}),
    units: input.units + map.units + reduce.units + summarizeUnits,
    map: {
      invocations: map.invocations,
      keys: map.items.filter((i) => i.executions > 0).map((i) => i.key),
      outputs: map.writes.length,
    },
    reduce: { invocations: reduce.invocations, keys: reduce.items.filter((i) => i.executions > 0).map((i) => i.key) },
    output: output.map(([key, value]) => ({ key, value })),
    stages: [
      { stage: 'getInputData', units: input.units, errors: input.error ? [plain(input.error)] : [] },
      { stage: 'map', units: map.units, errors: errorsOf(map) },
      { stage: 'reduce', units: reduce.units, errors: errorsOf(reduce) },
      { stage: 'summarize', units: summarizeUnits, errors: summarize?.error ? [plain(summarize.error)] : [] },
    ],
  };
}

const errorsOf = (stage: StageResult): MapReduceReport['stages'][number]['errors'] =>
  stage.items.flatMap((item) =>
    item.errors.map(({ key, name, message, executionNo }) => ({ key, name, message, executionNo })),
  );

const exitError = (stage: StageResult): ScriptFault | undefined =>
  ended(stage) ? stage.items.flatMap((i) => i.errors).at(-1) : undefined;
