import type { OperationResult, UpsertAnswer } from '../../../../../contract/upsert';
import { failureResult, fail } from '../upsert/operation-failure';
import { opIdOf } from './sort-line';

/** What a reduce invocation hands to the summary. */
export interface BucketOutcome {
  results: OperationResult[];
  /** Operations that did not fit: a follow-up run carries them out. */
  left: unknown[];
}

/**
 * Carries out the operations of a bucket as one batch. An operation of another record type than the job's fails by itself: a batch has one
 * type, and a stray one must not end its neighbours.
 */
export function runBucket(
  recordType: string,
  operations: readonly unknown[],
  run: (operations: readonly unknown[]) => Pick<UpsertAnswer, 'results'>,
): BucketOutcome {
  const strays = operations.filter((operation) => isStray(operation, recordType));
  const own = operations.filter((operation) => !isStray(operation, recordType));
  const outcome: BucketOutcome = { results: strays.map((stray) => refuse(stray, recordType)), left: [] };
  if (own.length === 0) return outcome;
  run(own).results.forEach((result, at) => {
    if (result.status === 'deferred') outcome.left.push(own[at]);
    else outcome.results.push(result);
  });
  return outcome;
}

const typeOf = (operation: unknown): string | null =>
  typeof operation === 'object' &&
  operation !== null &&
  'recordType' in operation &&
  typeof operation.recordType === 'string'
    ? operation.recordType
    : null;

/** Without a type it is malformed, and the batch tells so. */
function isStray(operation: unknown, recordType: string): boolean {
  const type = typeOf(operation);
  return type !== null && type !== recordType;
}

function refuse(operation: unknown, recordType: string): OperationResult {
  const message = `this load is of ${recordType}, the operation of ${String(typeOf(operation))}; send it with a load of its own type`;
  return failureResult(opIdOf(operation) ?? '', fail('MIXED_RECORD_TYPES', message, { field: 'recordType' }).data);
}
