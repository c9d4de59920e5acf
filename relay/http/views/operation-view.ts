import type { ErrorClass } from '../../../contract';
import type { RulesVersion } from '../../watch/rules-in-force';
import type { Failure, OperationAhead, OperationDetail, RequestView, StoredOperation } from '../../store/types';

/** What to do about a failure when the failure itself doesn't say. */
const ACTIONS: Readonly<Record<ErrorClass, string>> = {
  transient: 'Nothing: it is tried again by itself. Replay it if it ended in dead.',
  throttle: 'Nothing: the account is busy, and it is tried again by itself.',
  dependency: 'Send the record it needs, or link it; it goes on by itself when that record is there.',
  data: 'Correct the record in the CRM and send it again, or edit and replay it here.',
  conflict: 'Look at the record in NetSuite, then replay, link or skip.',
  permission:
    "Give the integration role the missing permission, then replay. `suiterelay doctor` names what's missing.",
  configuration: 'Correct the set-up (flow, form, feature, field), then replay.',
  unknown: 'Look at the message and the record, then replay, edit or skip.',
};

/** What a failure looks like outside; it always says what to do. */
export const failureView = (failure: Failure) => ({
  code: failure.code,
  class: failure.class,
  message: failure.message,
  ...(failure.field === undefined ? {} : { field: failure.field }),
  action: failure.action ?? ACTIONS[failure.class],
});

/** An operation in a list. */
export function operationSummary(operation: StoredOperation) {
  return {
    operationId: operation.operationId,
    requestId: operation.requestId,
    state: operation.state,
    ...(operation.result === null ? {} : { result: operation.result }),
    source: operation.source,
    object: operation.object,
    ...(operation.flow === null ? {} : { flow: operation.flow }),
    lane: operation.lane,
    account: operation.pool,
    crmId: operation.crmId,
    recordType: operation.recordType,
    action: operation.action,
    externalId: operation.externalId,
    ...(operation.internalId === null ? {} : { internalId: operation.internalId }),
    version: operation.version,
    traceId: operation.traceId,
    attemptCount: operation.attemptCount,
    ...(operation.waitsFor === null ? {} : { waitsFor: operation.waitsFor }),
    ...(operation.nextAttemptAt === null ? {} : { nextAttemptAt: operation.nextAttemptAt }),
    ...(operation.supersededBy === null ? {} : { supersededBy: operation.supersededBy }),
    ...(operation.error === null ? {} : { error: failureView(operation.error) }),
    createdAt: operation.createdAt,
    updatedAt: operation.updatedAt,
  };
}

/** A failure in a list: whose it is, and for how long it stands. */
export const failureSummary = (operation: StoredOperation, responsible: string | undefined, nowMs: number) => ({
  ...operationSummary(operation),
  ...standing(operation, responsible, nowMs),
});

/** Who looks after a failure, and since when it needs somebody, in whole hours. */
export const standing = ({ updatedAt }: StoredOperation, responsible: string | undefined, nowMs: number) => ({
  ...(responsible === undefined ? {} : { responsible }),
  hoursOpen: Math.max(0, Math.floor((nowMs - Date.parse(updatedAt)) / 3_600_000)),
});

/** What goes first on the same record. Why it stands in review is told to those who may read it: another source's matter is its own. */
const aheadView = ({ source, object }: OperationDetail, ahead: OperationAhead) => ({
  operationId: ahead.operationId,
  state: ahead.state,
  ...(ahead.error === null || ahead.source !== source || ahead.object !== object
    ? {}
    : { error: failureView(ahead.error) }),
});

/** One operation with its attempts, what NetSuite changed, and what people did. */
export const operationView = (operation: OperationDetail, rules?: RulesVersion) => ({
  ...operationSummary(operation),
  ...(rules === undefined ? {} : { rules }),
  attempts: operation.attempts,
  warnings: operation.warnings,
  changes: operation.changes,
  skipped: operation.skipped,
  ...(operation.missing.length === 0 ? {} : { missing: operation.missing }),
  ...(operation.behind === null ? {} : { behind: aheadView(operation, operation.behind) }),
  history: operation.history,
});

export const requestView = (request: RequestView) => ({
  requestId: request.requestId,
  source: request.source,
  state: request.state,
  counts: request.counts,
  operations: request.operations.map(operationSummary),
  createdAt: request.createdAt,
});
