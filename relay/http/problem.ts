/** Every kind of problem the API answers, by slug (RFC 9457): status, title, and whether the same request may succeed later. */
export const PROBLEMS = {
  'invalid-json': { status: 400, title: 'The body is not valid JSON', retryable: false },
  'invalid-request': { status: 400, title: 'The request is not valid', retryable: false },
  'idempotency-key-missing': { status: 400, title: 'An Idempotency-Key is required', retryable: false },
  unauthorized: { status: 401, title: 'Credentials are missing or not valid', retryable: false },
  'signature-invalid': { status: 401, title: 'The signature does not fit', retryable: false },
  forbidden: { status: 403, title: 'These credentials may not do this', retryable: false },
  'forbidden-object': { status: 403, title: 'This object may not be sent with these credentials', retryable: false },
  'not-found': { status: 404, title: 'There is nothing here', retryable: false },
  'unknown-operation': { status: 404, title: 'No such operation', retryable: false },
  'method-not-allowed': { status: 405, title: 'This method is not allowed here', retryable: false },
  'request-timeout': { status: 408, title: 'The request did not arrive in time', retryable: true },
  'operation-conflict': { status: 409, title: "The operation's state does not allow this", retryable: false },
  'payload-too-large': { status: 413, title: 'The request is too large', retryable: false },
  'unsupported-media-type': { status: 415, title: 'This content type is not accepted', retryable: false },
  'validation-failed': { status: 422, title: 'The content is not valid', retryable: false },
  'mapping-missing': { status: 422, title: 'No flow takes this object', retryable: false },
  'idempotency-key-reuse': { status: 422, title: 'The Idempotency-Key was used for another body', retryable: false },
  'rate-limited': { status: 429, title: 'Too many requests', retryable: true },
  'internal-error': { status: 500, title: 'The relay failed to answer', retryable: true },
  'store-unavailable': { status: 503, title: 'Nothing can be stored at present', retryable: true },
  'netsuite-unavailable': { status: 503, title: 'NetSuite can not be asked at present', retryable: true },
  'identity-unavailable': { status: 503, title: 'The identity provider can not be asked at present', retryable: true },
  'queue-full': { status: 503, title: 'The queue is full', retryable: true },
  stopping: { status: 503, title: 'The relay is stopping', retryable: true },
} as const satisfies Record<string, { status: number; title: string; retryable: boolean }>;

export type ProblemSlug = keyof typeof PROBLEMS;

/** One thing wrong in a request; `pointer` is a JSON pointer as URI fragment (`#/records/0/Name`). */
export interface ProblemDetail {
  pointer: string;
  detail: string;
  code?: string;
}

export interface ProblemOptions {
  errors?: readonly ProblemDetail[];
  operationId?: string;
  /** Seconds after which trying again makes sense. */
  retryAfterS?: number;
  headers?: Readonly<Record<string, string>>;
}

/** Thrown anywhere while answering; the last handler turns it into `application/problem+json`. */
export class ProblemError extends Error {
  readonly slug: ProblemSlug;
  readonly options: ProblemOptions;

  constructor(slug: ProblemSlug, detail: string, options: ProblemOptions = {}) {
    super(detail);
    this.name = 'ProblemError';
    this.slug = slug;
    this.options = options;
  }
}

export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code: ProblemSlug;
  retryable: boolean;
  traceId: string;
  operationId?: string;
  errors?: readonly ProblemDetail[];
}

export function problemBody(error: ProblemError, instance: string, traceId: string): ProblemBody {
  const { status, title, retryable } = PROBLEMS[error.slug];
  const { errors, operationId } = error.options;
  return {
    type: `/docs#problem-${error.slug}`,
    title,
    status,
    detail: error.message,
    instance,
    code: error.slug,
    retryable,
    traceId,
    ...(operationId === undefined ? {} : { operationId }),
    ...(errors === undefined ? {} : { errors }),
  };
}

/** A path of a schema issue as JSON pointer. */
export const pointerOf = (path: readonly PropertyKey[]): string =>
  `#${path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}`;
