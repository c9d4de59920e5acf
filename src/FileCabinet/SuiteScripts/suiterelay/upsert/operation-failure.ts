import { CODES, classOf, type Code, type ErrorClass } from '../../../../../contract/codes';
import type { OperationError, OperationResult } from '../../../../../contract/upsert';

export interface FailureData {
  code: string;
  message: string;
  errorClass: ErrorClass;
  field?: string | undefined;
  /** A person has to decide: the answer is `review`, not `failed`. */
  review?: boolean | undefined;
  missing?: { recordType: string; externalId: string }[] | undefined;
  candidates?: { internalId: string; label: string }[] | undefined;
  /** What the refusal of a save taught: how many characters a field of this account takes. */
  lesson?: { field: string; length: number } | undefined;
}

/** Why one operation was not carried out. Its neighbours go on. */
export class OperationFailure extends Error {
  readonly data: FailureData;

  constructor(data: FailureData) {
    super(data.message);
    this.data = data;
  }
}

/** A failure with one of our own codes; its class follows from the code. */
export function fail(
  code: Code,
  message: string,
  more: Partial<Omit<FailureData, 'code' | 'message' | 'errorClass'>> = {},
): OperationFailure {
  return new OperationFailure({ code, message, errorClass: CODES[code], ...more });
}

/** The data of one of our own failures. Told by shape: the library's class and an entry script's own copy are two. */
export function failureIn(thrown: unknown): FailureData | null {
  if (!(thrown instanceof Error) || !('data' in thrown)) return null;
  const { data } = thrown;
  return typeof data === 'object' && data !== null && 'errorClass' in data ? (data as FailureData) : null;
}

/** NetSuite's name of an error. SuiteScript errors are no instances of Error (`N/error`): only `name` can be trusted. */
export function nameOf(thrown: unknown): string {
  if (typeof thrown === 'object' && thrown !== null && 'name' in thrown && typeof thrown.name === 'string') {
    return thrown.name;
  }
  return 'UNEXPECTED_ERROR';
}

export function messageOf(thrown: unknown): string {
  if (typeof thrown === 'object' && thrown !== null && 'message' in thrown && typeof thrown.message === 'string') {
    return thrown.message;
  }
  return String(thrown);
}

/** Everything thrown becomes one shape. A JavaScript error of our own is a defect: class `unknown`, so that it is reported. */
export function toFailure(thrown: unknown): FailureData {
  const known = failureIn(thrown);
  if (known !== null) return known;
  const code = nameOf(thrown);
  return { code, message: messageOf(thrown), errorClass: classOf(code) };
}

/** The part of an answer that tells of a failure. */
export function failureResult(opId: string, failure: FailureData): OperationResult {
  const error: OperationError = { code: failure.code, message: failure.message, class: failure.errorClass };
  if (failure.field !== undefined) error.field = failure.field;
  const result: OperationResult = { opId, status: failure.review === true ? 'review' : 'failed', warnings: [], error };
  if (failure.missing !== undefined) result.missing = failure.missing;
  if (failure.candidates !== undefined) result.candidates = failure.candidates;
  return result;
}
