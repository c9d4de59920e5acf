import { explainIssues } from '../../../../../contract/explain-issues';
import { operationSchema, type Operation } from '../../../../../contract/operation';
import { fail, OperationFailure, type FailureData } from './operation-failure';

export interface ParsedOperation {
  opId: string;
  operation: Operation | null;
  failure: FailureData | null;
}

/** Reads operations one by one: a malformed one fails by itself. */
export function parseOperations(raw: readonly unknown[]): ParsedOperation[] {
  return raw.map((one, at) => {
    const parsed = operationSchema.safeParse(one);
    if (parsed.success) return { opId: parsed.data.opId, operation: parsed.data, failure: null };
    const issues = explainIssues(parsed.error.issues);
    const message = issues
      .map((issue) => `${issue.path === '' ? 'operation' : issue.path} ${issue.message}`)
      .join('; ');
    const failure = fail('INVALID_REQUEST_BODY', message, { field: issues[0]?.path });
    return { opId: idOf(one, at), operation: null, failure: failure.data };
  });
}

function idOf(raw: unknown, at: number): string {
  if (typeof raw === 'object' && raw !== null && 'opId' in raw && typeof raw.opId === 'string') return raw.opId;
  return `#${at}`;
}

/** A batch has one record type, because its prefetch reads one table. */
export function assertOneType(parsed: readonly ParsedOperation[]): string | null {
  const types = new Set(parsed.flatMap((one) => (one.operation === null ? [] : [one.operation.recordType])));
  if (types.size > 1) {
    throw new OperationFailure(
      fail('MIXED_RECORD_TYPES', `one batch, one record type; this one has ${[...types].join(', ')}`).data,
    );
  }
  return [...types][0] ?? null;
}
