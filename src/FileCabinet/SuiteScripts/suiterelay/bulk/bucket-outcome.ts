import type { OperationResult } from '../../../../../contract/upsert';

/** What a reduce invocation hands to the summary. */
export interface BucketOutcome {
  results: OperationResult[];
  /** Operations that did not fit: a follow-up run carries them out. */
  left: unknown[];
  units: number;
}

/** Splits an answer into results that stand and operations that are to be tried again. */
export function outcomeOf(
  operations: readonly unknown[],
  results: readonly OperationResult[],
  units: number,
): BucketOutcome {
  const left: unknown[] = [];
  const final: OperationResult[] = [];
  results.forEach((result, at) => {
    if (result.status === 'deferred') left.push(operations[at]);
    else final.push(result);
  });
  return { results: final, left, units };
}
