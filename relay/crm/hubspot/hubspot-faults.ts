import type { ErrorClass } from '../../../contract';
import type { CrmFault } from '../../delivery/crm-adapter';
import { callerRefusal, CrmCallError, SignInRefused } from '../http-call';

/** How long each of HubSpot's limits lasts, in ms, when the answer does not say. */
const POLICY_MS: Readonly<Record<string, number>> = {
  SECONDLY: 1_000,
  TEN_SECONDLY_ROLLING: 10_000,
  DAILY: 15 * 60_000,
};

const TRANSIENT = new Set([408, 423, 477, 500, 502, 503, 504, 521, 522, 523, 524]);
const LOCKED_MS = 2_000;

interface HubSpotError {
  category: string;
  message: string;
  policyName?: string;
  code?: string;
}

/** Every member of an error is optional by HubSpot's own words. */
function readError(body: unknown): HubSpotError {
  const found = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  const detail = (Array.isArray(found['errors']) ? found['errors'][0] : undefined) as
    Record<string, unknown> | undefined;
  const message = text(found['message']) ?? 'HubSpot gave no reason.';
  const code =
    text(detail?.['code']) ??
    /\b(PROPERTY_DOESNT_EXIST|INVALID_OPTION|READ_ONLY_VALUE|INVALID_\w+)\b/.exec(message)?.[1];
  const policyName = text(found['policyName']);
  return {
    category: text(found['category']) ?? '',
    message,
    ...(policyName === undefined ? {} : { policyName }),
    ...(code === undefined ? {} : { code }),
  };
}

function classOfError(status: number, error: HubSpotError): ErrorClass {
  if (status === 429 || error.category === 'RATE_LIMITS') return 'throttle';
  if (TRANSIENT.has(status)) return 'transient';
  if (status === 409 || error.category === 'CONFLICT') return 'conflict';
  if (status === 404 || error.category === 'OBJECT_NOT_FOUND') return 'dependency';
  if (status === 401) return 'permission';
  if (status === 403 || error.category === 'MISSING_SCOPES') return 'permission';
  if (status === 414 || ['PROPERTY_DOESNT_EXIST', 'INVALID_OPTION', 'READ_ONLY_VALUE'].includes(error.code ?? ''))
    return 'configuration';
  if (status === 400 || error.category === 'VALIDATION_ERROR') return 'data';
  return 'unknown';
}

/** One row's error in a 207 answer. */
export function rowFault(row: unknown): CrmFault {
  const error = readError(row);
  return { class: classOfError(0, error), code: error.code ?? (error.category || 'UNKNOWN'), message: error.message };
}

export function classifyHubSpot(error: unknown): CrmFault {
  if (!(error instanceof CrmCallError)) {
    return { class: 'transient', code: 'NO_ANSWER', message: error instanceof Error ? error.message : String(error) };
  }
  const { status, body } = error;
  const found = readError(body);
  const errorClass = error instanceof SignInRefused && status < 429 ? 'configuration' : classOfError(status, found);
  const wait =
    error.retryAfterMs ??
    (errorClass === 'throttle'
      ? (POLICY_MS[found.policyName ?? ''] ?? 10_000)
      : status === 423
        ? LOCKED_MS
        : undefined);
  return {
    class: errorClass,
    code: found.code ?? (found.category || `HTTP_${status}`),
    message: found.message,
    status,
    ...callerRefusal(error),
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
  };
}
