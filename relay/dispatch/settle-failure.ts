import type { CallFailure } from '../netsuite';
import type { Failure, Settlement, SettleInput, TakenBatch } from '../store/types';
import { backoffMs, type BackoffPlan } from './backoff';
import { giveUp, later } from './settle-answer';
import type { Outage } from './watch-health';

export interface FailureContext {
  nowMs: number;
  sentAtMs: number;
  /** From sending to the end of the last possible write, in ms. */
  lateMs: number;
  backoff: BackoffPlan;
  /** That the account gives nobody an answer; null while this call may be the only one. */
  outage: Outage | null;
}

export interface FailureOutcome {
  settlements: Settlement[];
  slotUntil: number | null;
  pressure: SettleInput['pressure'];
  /** The account as a whole can't be used: no attempt of any operation is to blame. */
  opensBreaker: boolean;
}

/** What a call without an answer makes of its batch. */
export function settleFailure(batch: TakenBatch, failure: CallFailure, context: FailureContext): FailureOutcome {
  const error: Failure = { code: failure.code, class: failure.class, message: failure.message };
  const each = (settle: (index: number) => Settlement): FailureOutcome => ({
    settlements: batch.operations.map((_, index) => settle(index)),
    slotUntil: null,
    pressure: undefined,
    opensBreaker: false,
  });
  const operationAt = (index: number): TakenBatch['operations'][number] =>
    batch.operations[index] as TakenBatch['operations'][number];
  const uncounted = (): FailureOutcome =>
    each((index) => ({ seq: operationAt(index).seq, to: 'ready', counted: false, error, code: failure.code }));

  if (failure.kind === 'unknown') {
    const lateUntil = context.sentAtMs + context.lateMs;
    const unknown = each((index) => settleUnknown(operationAt(index), failure, lateUntil, context));
    return { ...unknown, slotUntil: lateUntil };
  }
  if (failure.class === 'throttle' && failure.kind === 'refused') {
    return { ...uncounted(), pressure: { kind: 'throttled', retryAfterMs: failure.retryAfterMs } };
  }
  if (failure.kind === 'late') return uncounted();
  const { outage, nowMs, backoff } = context;
  if (failure.kind === 'blocked' && outage?.wasKnown) {
    const runAt = Math.max(nowMs, outage.breaker.until) + backoff.firstMs;
    return each((index) => settleBlocked(operationAt(index), error, runAt, context));
  }
  const accountWide = failure.login || failure.class === 'permission' || failure.class === 'configuration';
  if (failure.kind === 'unsent' || (failure.kind === 'refused' && accountWide))
    return { ...uncounted(), opensBreaker: true };
  if (failure.class === 'transient' && batch.operations.every(({ attempt }) => attempt < 3)) {
    return each((index) => later(operationAt(index), error, context));
  }
  // One operation of the batch is the cause, and the answer does not say which: halves find it.
  if (batch.operations.length > 1) {
    const half = Math.ceil(batch.operations.length / 2);
    return each((index) => ({
      seq: operationAt(index).seq,
      to: 'ready',
      counted: false,
      bisect: batch.token * 2 + (index < half ? 0 : 1),
      error,
      code: failure.code,
    }));
  }
  return each((index) => {
    const operation = operationAt(index);
    const retry = failure.class === 'transient' || failure.class === 'throttle' || failure.kind === 'blocked';
    return retry ? later(operation, error, context) : giveUp(operation, error);
  });
}

/**
 * In an outage no attempt counts, and others are tried first. An operation that is still not done after this time, in ms, may be the cause itself:
 * then its attempts count, and end.
 */
const BLAMELESS_MS = 24 * 3_600_000;

/** All are turned away: no attempt counts, and others are tried first, so that one at fault does not keep them from being tried. */
function settleBlocked(
  operation: TakenBatch['operations'][number],
  error: Failure,
  runAt: number,
  context: FailureContext,
): Settlement {
  const { seq, createdAt, bisect } = operation;
  if (context.nowMs - createdAt >= BLAMELESS_MS) return later(operation, error, context);
  return { seq, to: 'waiting', runAt, counted: false, bisect, error, code: error.code };
}

/** The same operation may go again at once: its stamp tells whether it was written. Its successors wait. */
function settleUnknown(
  operation: TakenBatch['operations'][number],
  { code, class: errorClass, message, retryAfterMs }: CallFailure,
  lateUntil: number,
  { nowMs, backoff, outage }: FailureContext,
): Settlement {
  const error: Failure = { code, class: errorClass, message };
  const { seq, attempt, maxAttempts, createdAt } = operation;
  const runAt = nowMs + Math.max(backoffMs(attempt, backoff), retryAfterMs ?? 0);
  if (outage?.wasKnown && nowMs - createdAt < BLAMELESS_MS) {
    const after = Math.max(runAt, outage.breaker.until + backoff.firstMs);
    return { seq, to: 'unknown', runAt: after, lateUntil, counted: false, error, code };
  }
  if (attempt >= maxAttempts) {
    const tried = `${message} (given up after ${attempt} attempts; NetSuite may have written it)`;
    const given = giveUp(operation, { ...error, message: tried });
    return given.to === 'review' || given.to === 'dead' ? { ...given, lateUntil } : given;
  }
  return { seq, to: 'unknown', runAt, lateUntil, error, code };
}
