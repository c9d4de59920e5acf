import type { StageConfig } from './types';

export type Interruption = 'error' | 'restart';
export type Response = 'retry' | 'continue' | 'exit';

/**
 * What the platform does after an interruption of map or reduce (pages section_1517279521, section_1517279626).
 * `executions` counts invocations of the pair so far. retryCount comes before exitOnError; a restart re-runs unless retryCount is 0,
 * and exitOnError says nothing about restarts.
 */
export function decideRetry(
  interruption: Interruption,
  { retryCount, exitOnError }: StageConfig,
  executions: number,
): Response {
  const retriesUsed = executions - 1;
  if (interruption === 'restart') return retryCount === null || retriesUsed < retryCount ? 'retry' : 'continue';
  if (retryCount !== null && retriesUsed < retryCount) return 'retry';
  return exitOnError ? 'exit' : 'continue';
}
