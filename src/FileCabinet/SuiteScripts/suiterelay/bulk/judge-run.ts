import type { OperationResult } from '../../../../../contract/upsert';
import type { BucketOutcome } from './run-bucket';
import { opIdOf, placeOf } from './sort-line';

/** What a run has come to. */
export interface RunVerdict {
  /** Results that stand. */
  results: OperationResult[];
  /** Operations of the next run; empty when the job ends with this one. */
  again: unknown[];
  /** True when operations without a result remain, and another run would get no further. */
  gaveUp: boolean;
}

const WROTE: ReadonlySet<string> = new Set(['created', 'updated']);

/** A record of this very load may be what it waited for. */
const waits = (result: OperationResult): boolean => result.status === 'failed' && result.error?.class === 'dependency';

/**
 * Decides what stands and what is tried again: what did not fit, what an invocation that ended early never answered, and, as long as a
 * run still writes records, what waited for one of them. Every further run must get something done, so a load always ends.
 * @param missing operations of the run that no bucket answered
 */
export function judgeRun(
  buckets: readonly BucketOutcome[],
  operationsById: (opIds: ReadonlySet<string>) => unknown[],
  missing: readonly unknown[],
): RunVerdict {
  const all = buckets.flatMap((bucket) => bucket.results);
  const left = buckets.flatMap((bucket) => bucket.left);
  const wrote = all.some((result) => WROTE.has(result.status));
  const waiting = wrote ? all.filter(waits) : [];
  const results = waiting.length === 0 ? all : all.filter((result) => !waits(result));
  const unanswered = [...left, ...missing];
  if (results.length === 0 && unanswered.length > 0) {
    return { results: [...all, ...unanswered.map(notDone)], again: [], gaveUp: true };
  }
  const waited = waiting.length === 0 ? [] : operationsById(new Set(waiting.map((result) => result.opId)));
  return { results, again: [...unanswered, ...waited], gaveUp: false };
}

/** The outcome is not known: sending the operation again is safe, because the record's stamp tells whether it was written. */
const notDone = (operation: unknown): OperationResult => ({
  opId: opIdOf(operation) ?? '',
  status: 'deferred',
  warnings: [],
});

/** Operations of staged files that no bucket has answered, each counted as often as it was staged. */
export function withoutAnswer(
  staged: readonly { run: number; part: number; operations: readonly unknown[] }[],
  buckets: readonly BucketOutcome[],
): unknown[] {
  const answered = new Map<string, number>();
  const note = (opId: string): void => void answered.set(opId, (answered.get(opId) ?? 0) + 1);
  for (const { results, left } of buckets) {
    for (const { opId } of results) note(opId);
    for (const operation of left) note(opIdOf(operation) ?? '');
  }
  return staged.flatMap(({ run, part, operations }) =>
    operations.filter((operation, line) => {
      const opId = opIdOf(operation) ?? placeOf(run, part, line);
      const times = answered.get(opId) ?? 0;
      if (times > 0) answered.set(opId, times - 1);
      return times === 0;
    }),
  );
}
