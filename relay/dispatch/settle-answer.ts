import { isRetryable, type OperationResult, type UpsertAnswer } from '../../contract';
import type { Failure, Settlement, TakenBatch, TakenOperation } from '../store/types';
import { backoffMs, type BackoffPlan } from './backoff';
import { adviseAction } from './advise-action';

export interface AnswerContext {
  nowMs: number;
  backoff: BackoffPlan;
  /** Whether this relay ever issued an operation of that id: a stamp nobody knows means that someone else writes stamps. */
  issued: (opId: string) => boolean;
}

/** What an answer makes of each operation of its batch. An operation the answer forgot is tried again. */
export function settleAnswer(
  batch: Pick<TakenBatch, 'operations'>,
  answer: Pick<UpsertAnswer, 'results'>,
  context: AnswerContext,
): Settlement[] {
  const results = new Map(answer.results.map((result) => [result.opId, result]));
  return batch.operations.map((operation) => {
    const result = results.get(operation.operationId);
    return result ? settleResult(operation, result, context) : later(operation, FORGOTTEN, context);
  });
}

const FORGOTTEN: Failure = {
  code: 'NO_RESULT',
  class: 'transient',
  message: 'NetSuite answered the batch without a result for this operation.',
};

function settleResult(operation: TakenOperation, result: OperationResult, context: AnswerContext): Settlement {
  const { seq } = operation;
  switch (result.status) {
    case 'created':
    case 'updated':
    case 'unchanged':
    case 'duplicate':
      return done(operation, result);
    case 'stale':
      return settleStale(operation, result, context);
    case 'deferred':
      return { seq, to: 'ready', counted: false, code: 'DEFERRED' };
    case 'review':
      return { seq, to: 'review', error: failureOf(result), code: failureOf(result).code, warnings: result.warnings };
    case 'failed':
      return settleFailed(operation, result, context);
  }
}

const done = (operation: TakenOperation, result: OperationResult): Settlement => ({
  seq: operation.seq,
  to: 'done',
  result: result.status,
  internalId: result.internalId,
  externalId: result.externalId,
  warnings: result.warnings,
  changes: result.changes,
  skipped: result.skipped,
  settlesLostCall: true,
});

/** A newer write stands on the record. Fine for a full projection that one of our own operations overtook; otherwise a person looks. */
function settleStale(operation: TakenOperation, result: OperationResult, context: AnswerContext): Settlement {
  const foreign = result.stampedBy !== undefined && !context.issued(result.stampedBy);
  if (operation.full && !foreign) return done(operation, result);
  const error: Failure = foreign
    ? {
        code: 'FOREIGN_STAMP',
        class: 'configuration',
        message: `${operation.externalId} carries version ${result.version ?? '?'} of operation ${result.stampedBy}, which this relay never issued.`,
        action:
          'Find out who else writes the stamp fields: another relay on this account, or a store restored from an old backup.',
      }
    : {
        code: 'STALE_PARTIAL',
        class: 'conflict',
        message: `A newer version (${result.version ?? '?'}) of ${operation.externalId} was written before this partial change.`,
        action: 'Compare the fields, then replay or resolve.',
      };
  return { seq: operation.seq, to: 'review', error, code: error.code };
}

function settleFailed(operation: TakenOperation, result: OperationResult, context: AnswerContext): Settlement {
  const { seq } = operation;
  const error = failureOf(result);
  // What it misses is itself: nothing that it could wait for is on the way.
  if (error.code === 'RECORD_NOT_FOUND') return { seq, to: 'review', error, code: error.code };
  if (error.class === 'dependency' && (result.missing?.length ?? 0) > 0) {
    return {
      seq,
      to: 'parked',
      missing: result.missing ?? [],
      until: operation.requiresUntil,
      error,
      code: error.code,
    };
  }
  if (error.class === 'throttle') {
    const runAt = context.nowMs + backoffMs(1, context.backoff);
    return { seq, to: 'waiting', runAt, counted: false, error, code: error.code };
  }
  if (isRetryable(error.class) || RACES.has(error.code)) return later(operation, error, context);
  return giveUp(operation, error, result.warnings);
}

/** Conflicts that a second look may settle; others need a decision. */
const RACES: ReadonlySet<string> = new Set(['RCRD_HAS_BEEN_CHANGED', 'RECORD_KEEPS_CHANGING']);

/** Tried again with a growing delay, until the attempts are used up. */
export function later(
  operation: TakenOperation,
  error: Failure,
  context: Pick<AnswerContext, 'nowMs' | 'backoff'>,
): Settlement {
  if (operation.attempt >= operation.maxAttempts) {
    const message = `${error.message} (given up after ${operation.attempt} attempts)`;
    return giveUp(operation, { ...error, message });
  }
  const runAt = context.nowMs + backoffMs(operation.attempt, context.backoff);
  return { seq: operation.seq, to: 'waiting', runAt, counted: true, error, code: error.code };
}

export function giveUp(operation: TakenOperation, error: Failure, warnings?: OperationResult['warnings']): Settlement {
  const to = operation.onFailure === 'hold' ? 'review' : 'dead';
  const advised = { ...error, action: error.action ?? adviseAction(error) };
  return { seq: operation.seq, to, error: advised, code: error.code, ...(warnings ? { warnings } : {}) };
}

function failureOf(result: OperationResult): Failure {
  const error = result.error ?? { code: 'UNKNOWN', class: 'unknown' as const, message: 'NetSuite gave no reason.' };
  return {
    code: error.code,
    class: error.class,
    message: error.message,
    field: error.field,
    action: adviseAction(error),
  };
}
