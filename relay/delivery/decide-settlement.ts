import type { Failure, Settlement, TakenOperation } from '../store/types';
import type { CrmFault, CrmWriteOutcome } from './crm-adapter';

export interface RetryPlan {
  /** Delays between attempts, in seconds. */
  retrySeconds: readonly number[];
  nowMs: number;
  /** 0 … 1, spreads what failed together. */
  random: () => number;
}

/** Share of a delay that is left to chance. */
const JITTER = 0.2;

/** What an outcome makes of an operation: done, again later, or a person's matter. */
export function settleOutcome(operation: TakenOperation, outcome: CrmWriteOutcome, plan: RetryPlan): Settlement {
  return outcome.ok
    ? { seq: operation.seq, to: 'done', result: outcome.status }
    : settleFault(operation, outcome.fault, plan);
}

export function settleFault(operation: TakenOperation, fault: CrmFault, plan: RetryPlan): Settlement {
  const { seq } = operation;
  const error = toFailure(fault);
  if (fault.pending) {
    const runAt = plan.nowMs + (fault.retryAfterMs ?? 10_000);
    return { seq, to: 'waiting', runAt, counted: false, error, code: fault.code };
  }
  // Credentials that ended would otherwise turn everything that waits into dead letters within minutes.
  if (fault.refusedCaller) return later(operation, fault, plan);
  switch (fault.class) {
    case 'throttle':
      // The target is busy: not this operation's fault, so no attempt is counted.
      return {
        seq,
        to: 'waiting',
        runAt: plan.nowMs + (fault.retryAfterMs ?? 10_000),
        counted: false,
        error,
        code: fault.code,
      };
    case 'transient':
    case 'dependency':
      return later(operation, fault, plan);
    case 'data':
    case 'conflict':
    case 'permission':
    case 'configuration':
    case 'unknown':
      return { seq, to: terminal(operation), error, code: fault.code };
  }
}

/** After the next of the delays; final when all are over. */
function later(operation: TakenOperation, fault: CrmFault, plan: RetryPlan): Settlement {
  const { seq, attempt } = operation;
  const error = toFailure(fault);
  const delayMs = nextDelayMs(attempt, plan);
  if (delayMs === null) return { seq, to: terminal(operation), error: exhausted(error, attempt), code: fault.code };
  const runAt = plan.nowMs + Math.max(delayMs, fault.retryAfterMs ?? 0);
  return { seq, to: 'waiting', runAt, counted: true, error, code: fault.code };
}

/** Attempts needed to walk through all delays. */
export const attemptsOf = (retrySeconds: readonly number[]): number => retrySeconds.length + 1;

function nextDelayMs(attempt: number, { retrySeconds, random }: RetryPlan): number | null {
  const delay = retrySeconds[attempt - 1];
  return delay === undefined ? null : Math.round(delay * 1000 * (1 - JITTER + 2 * JITTER * random()));
}

const terminal = ({ onFailure }: TakenOperation): 'review' | 'dead' => (onFailure === 'hold' ? 'review' : 'dead');

const toFailure = ({ code, class: errorClass, message, field }: CrmFault): Failure => ({
  code,
  class: errorClass,
  message,
  field,
});

const exhausted = (failure: Failure, attempts: number): Failure => ({
  ...failure,
  message: `${failure.message} (given up after ${attempts} attempts)`,
  action: 'Look whether the target works again, then replay.',
});
