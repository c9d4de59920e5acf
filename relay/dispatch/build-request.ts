import { CONTRACT_VERSION, directRecordSchema, type UpsertRequest } from '../../contract';
import type { TakenBatch, TakenOperation } from '../store/types';

export interface CallBudget {
  ms: number;
  units?: number | undefined;
}

/** The batch as the upsert RESTlet takes it. */
export function buildRequest(batch: TakenBatch, budget: CallBudget): UpsertRequest {
  const [first] = batch.operations;
  return {
    contract: CONTRACT_VERSION,
    batchId: batch.batchId,
    traceparent: `00-${first?.traceId ?? '0'.repeat(32)}-${spanIdOf(batch.token)}-01`,
    budget: { ms: budget.ms, ...(budget.units === undefined ? {} : { units: budget.units }) },
    operations: batch.operations.map(toWireOperation),
  };
}

/** What was accepted, with identity, version and the internal id that the cross-reference has learnt meanwhile. */
export function toWireOperation(taken: TakenOperation): UpsertRequest['operations'][number] {
  const record = directRecordSchema.parse(JSON.parse(taken.body));
  const internalId = record.key.internalId ?? taken.internalId ?? undefined;
  return {
    ...record,
    key: { ...record.key, externalId: taken.externalId, ...(internalId === undefined ? {} : { internalId }) },
    opId: taken.operationId,
    version: taken.version,
    full: taken.full,
  };
}

/** The span of a call, by its batch's token. A span id must not be all zeros; tokens begin at 1. */
export const spanIdOf = (token: number): string => token.toString(16).padStart(16, '0').slice(-16);
