import type { OperationResult } from '../../../../../contract/upsert';

/** Operations of a job by result. */
export type Counts = Record<string, number>;

export function addResults(counts: Counts, results: readonly Pick<OperationResult, 'status'>[]): Counts {
  const sum = { ...counts };
  for (const { status } of results) sum[status] = (sum[status] ?? 0) + 1;
  return sum;
}

/** Counts without what was put off: those operations are counted by the run that carries them out. */
export function withoutDeferred(counts: Counts): Counts {
  const { deferred: _deferred, ...rest } = counts;
  return rest;
}

export const total = (counts: Counts): number => Object.values(counts).reduce((sum, count) => sum + count, 0);
