/** Growing delays with full jitter: what failed together does not come back together. */
export interface BackoffPlan {
  firstMs: number;
  longestMs: number;
  /** 0 … 1. */
  random: () => number;
}

/** Delay before the next try, in ms; `attempt` counts from 1. Never below a tenth of the ceiling, so that a retry is not an echo. */
export function backoffMs(attempt: number, plan: BackoffPlan): number {
  const ceiling = Math.min(plan.longestMs, plan.firstMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(ceiling * (0.1 + 0.9 * plan.random()));
}
