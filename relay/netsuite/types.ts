import type { ErrorClass } from '../../contract';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** One call of a RESTlet. */
export interface RestletCall {
  /** Script and deployment ids: `customscript_…`, `customdeploy_…`. */
  script: string;
  deploy: string;
  method: Method;
  query?: Readonly<Record<string, string>> | undefined;
  body?: unknown;
  /** From sending to the last byte of the answer, in ms. */
  answerMs: number;
  /** Asked right before the first byte leaves: whether what guards the call against others will last until it is over. Not sent if not. */
  stillInTime?: (() => boolean) | undefined;
  traceparent?: string | undefined;
}

/**
 * Why there is no answer to read:
 * - refused: NetSuite turned it away before the script ran; nothing was done
 * - blocked: something before NetSuite turned it away, for its content or with all others: it does not say; nothing was done
 * - ended:   the script began and was ended by an error; what it had done stays, and nothing more will come
 * - unsent:  no connection; nothing left this machine
 * - late:    not sent, because its lease would have ended before the call is surely over (this process stood still)
 * - unknown: sent, and no answer came; it may still be writing
 */
export type FailureKind = 'refused' | 'blocked' | 'ended' | 'unsent' | 'late' | 'unknown';

export interface CallFailure {
  kind: FailureKind;
  class: ErrorClass;
  code: string;
  message: string;
  status: number | null;
  /** From a Retry-After header. */
  retryAfterMs?: number | undefined;
  /** The credentials were not accepted. An account that is over its limit may answer so too (seen in the wild). */
  login: boolean;
}

export type RestletAnswer = { ms: number } & ({ ok: true; body: unknown } | { ok: false; failure: CallFailure });

/** Signs requests. `renew` is called once after a 401, with the header that was refused, and tells whether another try makes sense. */
export interface Authorizer {
  header(method: Method, url: URL): Promise<string>;
  renew(refused: string): boolean;
}
