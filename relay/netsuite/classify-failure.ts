import { CODES, NETSUITE_ERROR_CLASSES, classOf } from '../../contract';
import { readRetryAfter } from '../parse/retry-after';
import { readErrorBody } from './read-error-body';
import type { CallFailure } from './types';

/** Where retryable or terminal is decided for a whole call, once. Statuses: Oracle page section_4634920277. */

const LOGIN_CODES = new Set([
  'INVALID_LOGIN_ATTEMPT',
  'INVALID_LOGIN_CREDENTIALS',
  'invalid_token',
  'invalid_client',
  'invalid_grant',
  'TWO_FA_REQD',
]);
const BEFORE_THE_SCRIPT = new Set([
  'SSS_REQUEST_LIMIT_EXCEEDED',
  'CONCURRENCY_LIMIT_EXCEEDED',
  'WS_REQUEST_BLOCKED',
  'SSS_INVALID_SCRIPTLET_ID',
  'INVALID_REQUEST',
  'INSUFFICIENT_PERMISSION',
]);
/** Refusals of our own scripts: they answer these before they touch a record. */
const OWN_CODES = new Set<string>(Object.keys(CODES));

/** An answer that is not a success. */
export function classifyAnswer(status: number, text: string, retryAfter: string | null): CallFailure {
  const body = readErrorBody(text);
  const code = body?.code ?? `HTTP_${status}`;
  const message = body?.message ?? (text.trim().slice(0, 500) || `NetSuite answered ${status} without a body`);
  const login = status === 401 || LOGIN_CODES.has(code);
  const base = { code, message, status, login, retryAfterMs: readRetryAfter(retryAfter, Date.now()) };
  if (login) return { ...base, kind: 'refused', class: 'permission' };
  if (status === 429 || classOf(code) === 'throttle') {
    const ended = code === 'SSS_USAGE_LIMIT_EXCEEDED' || code === 'SSS_TIME_LIMIT_EXCEEDED';
    return { ...base, kind: ended ? 'ended' : 'refused', class: 'throttle' };
  }
  // A gateway that gave up says nothing about the script behind it.
  if (status >= 500) return { ...base, kind: 'unknown', class: 'transient' };
  // NetSuite names what it refuses. A page is a filter's, which may dislike a text in one record.
  if (status === 403 && body === null) return { ...base, kind: 'blocked', class: 'permission' };
  if (status === 403)
    return { ...base, kind: 'refused', class: classOf(code) === 'unknown' ? 'permission' : classOf(code) };
  if (status === 404 || status === 405 || status === 415 || status === 302) {
    return { ...base, kind: 'refused', class: 'configuration' };
  }
  const refused = BEFORE_THE_SCRIPT.has(code) || OWN_CODES.has(code);
  const known = code in NETSUITE_ERROR_CLASSES || OWN_CODES.has(code);
  return { ...base, kind: refused ? 'refused' : 'ended', class: known ? classOf(code) : 'unknown' };
}

/** An exception instead of an answer. Whatever may have left this machine counts as sent. */
export function classifyException(error: unknown): CallFailure {
  const { code, syscall } = systemFault(error);
  const message = error instanceof Error ? error.message : String(error);
  // A network that breaks down under a connection tells so with the same codes: the request may be with NetSuite by then.
  const unsent = UNSENT.has(code) && syscall !== 'read' && syscall !== 'write';
  return {
    kind: unsent ? 'unsent' : 'unknown',
    class: 'transient',
    code: code || 'NO_ANSWER',
    message: unsent ? `NetSuite can't be reached: ${message}` : `NetSuite did not answer: ${message}`,
    status: null,
    login: false,
  };
}

const UNSENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  // Faults of the TLS handshake: the request follows it.
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

function systemFault(error: unknown): { code: string; syscall: string | null } {
  if (typeof error !== 'object' || error === null) return { code: '', syscall: null };
  if ('code' in error && typeof error.code === 'string')
    return {
      code: error.code,
      syscall: 'syscall' in error && typeof error.syscall === 'string' ? error.syscall : null,
    };
  return systemFault('cause' in error ? error.cause : null);
}
