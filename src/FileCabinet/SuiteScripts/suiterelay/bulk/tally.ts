import type { OperationResult } from '../../../../../contract/upsert';

/** Operations of a job by result. */
export type Counts = Record<string, number>;

export function addResults(counts: Counts, results: readonly Pick<OperationResult, 'status'>[]): Counts {
  const sum = { ...counts };
  for (const { status } of results) sum[status] = (sum[status] ?? 0) + 1;
  return sum;
}

export const total = (counts: Counts): number => Object.values(counts).reduce((sum, count) => sum + count, 0);
