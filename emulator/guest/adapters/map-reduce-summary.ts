import { errorsIterator, stamped } from './map-reduce-context';

interface StageInput {
  dateCreated: string;
  seconds: number;
  usage: number;
  concurrency: number;
  yields: number;
  keys: { key: string; executionCount: number; state: string }[];
  errors: { key: string; error: string; executionNo: number }[];
}

export interface SummaryInput {
  isRestarted: boolean;
  dateCreated: string;
  seconds: number;
  usage: number;
  concurrency: number;
  yields: number;
  input: { dateCreated: string; seconds: number; usage: number; error: string | null };
  map: StageInput;
  reduce: StageInput;
  output: [string, string][];
}

/** The context of `summarize` (page section_4474452641): figures and iterators over keys, errors and output. */
export function summaryContext(given: SummaryInput): object {
  const { isRestarted, seconds, usage, concurrency, yields, input } = given;
  return stamped('mapreduce.Summary', {
    isRestarted,
    dateCreated: new Date(given.dateCreated),
    seconds,
    usage,
    concurrency,
    yields,
    inputSummary: stamped('mapreduce.InputSummary', {
      dateCreated: new Date(input.dateCreated),
      seconds: input.seconds,
      usage: input.usage,
      error: input.error,
    }),
    mapSummary: stageSummary('mapreduce.MapSummary', given.map),
    reduceSummary: stageSummary('mapreduce.ReduceSummary', given.reduce),
    output: {
      iterator: () => ({
        each(callback: (key: string, value: string) => boolean | undefined): void {
          for (const [key, value] of given.output) if (callback(key, value) !== true) return;
        },
      }),
    },
  });
}

function stageSummary(type: string, stage: StageInput): object {
  return stamped(type, {
    dateCreated: new Date(stage.dateCreated),
    seconds: stage.seconds,
    usage: stage.usage,
    concurrency: stage.concurrency,
    yields: stage.yields,
    keys: {
      iterator: () => ({
        each(callback: (key: string, executionCount: number, completionState: string) => boolean | undefined): void {
          for (const { key, executionCount, state } of stage.keys)
            if (callback(key, executionCount, state) !== true) return;
        },
      }),
    },
    errors: errorsIterator(stage.errors),
  });
}
