import type { ErrorClass } from '../../../contract';
import type { CrmFault } from '../../delivery/crm-adapter';
import { callerRefusal, CrmCallError } from '../http-call';

/** Salesforce's codes by what happens next; the API reference lists them under "Status Codes and Error Responses". */
const CLASSES: Readonly<Record<string, ErrorClass>> = {
  // What passes by itself.
  INVALID_SESSION_ID: 'transient',
  INVALID_AUTH_HEADER: 'transient',
  SERVER_UNAVAILABLE: 'transient',
  UNKNOWN_EXCEPTION: 'transient',
  QUERY_TIMEOUT: 'transient',
  REQUEST_RUNNING_TOO_LONG: 'transient',
  INVALID_QUERY_LOCATOR: 'transient',
  UNABLE_TO_LOCK_ROW: 'transient',
  ALL_OR_NONE_OPERATION_ROLLED_BACK: 'transient',
  PROCESSING_HALTED: 'transient',
  // The customer's own code: it may have met a lock or a limit of the moment.
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: 'transient',
  CANNOT_EXECUTE_FLOW_TRIGGER: 'transient',
  APEX_ERROR: 'transient',
  REQUEST_LIMIT_EXCEEDED: 'throttle',
  // Another record is in the way.
  DUPLICATE_VALUE: 'conflict',
  DUPLICATE_EXTERNAL_ID: 'conflict',
  DUPLICATES_DETECTED: 'conflict',
  ENTITY_IS_DELETED: 'conflict',
  // An approval holds it.
  ENTITY_IS_LOCKED: 'conflict',
  // Something it names is not there.
  NOT_FOUND: 'dependency',
  INVALID_CROSS_REFERENCE_KEY: 'dependency',
  // A value is wrong.
  MALFORMED_ID: 'data',
  REQUIRED_FIELD_MISSING: 'data',
  STRING_TOO_LONG: 'data',
  FIELD_INTEGRITY_EXCEPTION: 'data',
  FIELD_CUSTOM_VALIDATION_EXCEPTION: 'data',
  FIELD_FILTER_VALIDATION_EXCEPTION: 'data',
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: 'data',
  INVALID_EMAIL_ADDRESS: 'data',
  INVALID_TYPE_ON_FIELD_IN_RECORD: 'data',
  NUMBER_OUTSIDE_VALID_RANGE: 'data',
  CIRCULAR_DEPENDENCY: 'data',
  INACTIVE_OWNER_OR_USER: 'data',
  INACTIVE_CURRENCY: 'data',
  // The org or the flow is to be changed.
  JSON_PARSER_ERROR: 'configuration',
  INVALID_FIELD: 'configuration',
  INVALID_FIELD_FOR_INSERT_UPDATE: 'configuration',
  INVALID_TYPE: 'configuration',
  MALFORMED_QUERY: 'configuration',
  URI_TOO_LONG: 'configuration',
  API_DISABLED_FOR_ORG: 'configuration',
  API_CURRENTLY_DISABLED: 'configuration',
  UNSUPPORTED_API_VERSION: 'configuration',
  INVALID_LOGIN: 'configuration',
  LOGIN_MUST_USE_SECURITY_TOKEN: 'configuration',
  INVALID_OPERATION_WITH_EXPIRED_PASSWORD: 'configuration',
  invalid_grant: 'configuration',
  invalid_client: 'configuration',
  invalid_client_id: 'configuration',
  STORAGE_LIMIT_EXCEEDED: 'configuration',
  TXN_SECURITY_METERING_ERROR: 'configuration',
  // Bulk API 2.0 names what is wrong with a job so.
  INVALIDJOB: 'configuration',
  INVALIDENTITY: 'configuration',
  // The user may not.
  INSUFFICIENT_ACCESS: 'permission',
  INSUFFICIENT_ACCESS_OR_READONLY: 'permission',
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: 'permission',
  API_NOT_ENABLED: 'permission',
};

/** Ms to wait when Salesforce says that too many requests run and names no time. */
const THROTTLE_MS = 60_000;

interface SalesforceError {
  code: string;
  message: string;
  field?: string;
}

function readError(body: unknown): SalesforceError | null {
  const first: unknown = Array.isArray(body) ? body[0] : body;
  if (typeof first !== 'object' || first === null) return null;
  const found = first as Record<string, unknown>;
  const code = found['errorCode'] ?? found['statusCode'] ?? found['error'];
  const message = found['message'] ?? found['error_description'];
  const { fields } = found;
  if (typeof code !== 'string') return null;
  return {
    code,
    message: typeof message === 'string' ? message : code,
    ...(Array.isArray(fields) && typeof fields[0] === 'string' ? { field: fields[0] } : {}),
  };
}

/** What a row says that was taken back because of others: it has nothing wrong itself, and is written again without them. */
const ROLLED_BACK = new Set(['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'PROCESSING_HALTED']);

/**
 * The errors of one row in a collections answer. Markers of a rollback stand beside the cause where the row has one of its own, and the
 * cause counts. A trigger that met a locked row says so only in its text.
 */
export function rowFault(errors: readonly unknown[]): CrmFault {
  const read = errors.flatMap((error) => readError(error) ?? []);
  const { code, message, field } = read.find((one) => !ROLLED_BACK.has(one.code)) ??
    read[0] ?? { code: 'UNKNOWN', message: 'Salesforce gave no reason.' };
  const locked = message.includes('UNABLE_TO_LOCK_ROW');
  // Not a field that is wrong but a parent that is not there yet: it may come.
  const early = message.includes('Foreign key external ID');
  return {
    class: locked ? 'transient' : early ? 'dependency' : (CLASSES[code] ?? 'unknown'),
    code: locked ? 'UNABLE_TO_LOCK_ROW' : code,
    message,
    ...(field === undefined ? {} : { field }),
  };
}

/** What a failed call means. */
export function classifySalesforce(error: unknown): CrmFault {
  if (!(error instanceof CrmCallError)) {
    return { class: 'transient', code: 'NO_ANSWER', message: error instanceof Error ? error.message : String(error) };
  }
  const { status, body, retryAfterMs } = error;
  const found = readError(body);
  const code = found?.code ?? `HTTP_${status}`;
  const message = found?.message ?? error.message;
  const known = {
    code,
    message,
    status,
    ...callerRefusal(error),
    ...(found?.field === undefined ? {} : { field: found.field }),
  };
  if (status === 300) {
    return {
      ...known,
      class: 'conflict',
      code: 'MULTIPLE_MATCHES',
      message: 'The external id names more than one record.',
    };
  }
  if (code === 'REQUEST_LIMIT_EXCEEDED' || status === 429) {
    return { ...known, class: 'throttle', retryAfterMs: retryAfterMs ?? THROTTLE_MS };
  }
  const byCode = CLASSES[code];
  if (byCode) return { ...known, class: byCode, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  return { ...known, class: status >= 500 ? 'transient' : status === 401 || status === 403 ? 'permission' : 'unknown' };
}
