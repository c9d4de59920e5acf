/**
 * Every failure is of one class, and the class alone decides what happens next:
 * - transient:     will pass by itself; tried again with growing delay
 * - throttle:      the account is busy; tried again, no attempt counted
 * - dependency:    a required record is not there yet; waits for it
 * - data:          the record's values are wrong; a person or the CRM must change them
 * - conflict:      someone else changed or owns the record; re-read, then decided anew
 * - permission:    the role may not do it; an administrator must act
 * - configuration: set-up is wrong (form, mapping, feature, contract); an administrator must act
 * - unknown:       not classified; treated as terminal, and reported
 */
export const ERROR_CLASSES = [
  'transient',
  'throttle',
  'dependency',
  'data',
  'conflict',
  'permission',
  'configuration',
  'unknown',
] as const;
export type ErrorClass = (typeof ERROR_CLASSES)[number];

/** Classes whose failures pass without anybody acting. */
export const isRetryable = (errorClass: ErrorClass): boolean =>
  errorClass === 'transient' || errorClass === 'throttle' || errorClass === 'dependency';

/** Codes of our own; anything else in an error's `code` is NetSuite's name, passed on as it came. */
export const CODES = {
  // whole request
  CONTRACT_MISMATCH: 'configuration',
  INVALID_REQUEST_BODY: 'data',
  MIXED_RECORD_TYPES: 'data',
  UNSUPPORTED_RECORD_TYPE: 'configuration',
  UNSUPPORTED_ACTION: 'configuration',
  ACTION_NOT_ALLOWED: 'configuration',
  // one operation
  MISSING_REQUIRED_RECORD: 'dependency',
  NEEDS_DECISION: 'conflict',
  AMBIGUOUS_MATCH: 'conflict',
  EXTERNAL_ID_TAKEN: 'conflict',
  STALE_PARTIAL: 'conflict',
  RECORD_NOT_FOUND: 'dependency',
  RECORD_KEEPS_CHANGING: 'transient',
  FIELD_DENIED: 'data',
  FIELD_UNKNOWN: 'configuration',
  FIELD_TOO_LONG: 'data',
  INVALID_VALUE: 'data',
  INVALID_DATE: 'data',
  REFERENCE_NOT_FOUND: 'data',
  REFERENCE_AMBIGUOUS: 'data',
  REFERENCE_INACTIVE: 'data',
  NOT_READABLE: 'permission',
  UNKNOWN_ITEM: 'data',
  UNKNOWN_CURRENCY: 'data',
  UNKNOWN_COUNTRY: 'data',
  CURRENCY_NOT_ON_CUSTOMER: 'configuration',
  SUBSIDIARY_MISMATCH: 'data',
  NEGATIVE_QUANTITY: 'data',
  LINE_KEY_MISSING: 'data',
  DUPLICATE_LINE_KEY: 'data',
  LINE_FULFILLED: 'conflict',
  MANDATORY_FIELD_EMPTY: 'data',
  NOT_VERIFIED: 'configuration',
  TOTAL_DIFFERS: 'data',
  OUT_OF_TIME: 'throttle',
  OUT_OF_UNITS: 'throttle',
  // mapping, before NetSuite is asked
  MAPPING_FAILED: 'data',
  INVALID_CRM_ID: 'data',
  FILE_TOO_LARGE: 'data',
  // what the relay knows of both sides speaks against a change
  FOREIGN_EDIT: 'conflict',
  TOO_MANY_HOPS: 'conflict',
  FIELD_OSCILLATES: 'conflict',
  // jobs
  JOB_NOT_FOUND: 'data',
  JOB_CLOSED: 'data',
  PART_CHANGED: 'conflict',
  CHECKSUM_MISMATCH: 'data',
  PART_TOO_LARGE: 'data',
  JOB_TOO_LARGE: 'data',
} as const satisfies Record<string, ErrorClass>;
export type Code = keyof typeof CODES;

/** NetSuite's own error names by class; what is not listed is `unknown`. Names: platform facts, Oracle's error reference. */
export const NETSUITE_ERROR_CLASSES: Readonly<Record<string, ErrorClass>> = {
  SSS_REQUEST_LIMIT_EXCEEDED: 'throttle',
  CONCURRENCY_LIMIT_EXCEEDED: 'throttle',
  WS_CONCUR_SESSION_DISALLWD: 'throttle',
  WS_REQUEST_BLOCKED: 'throttle',
  SSS_USAGE_LIMIT_EXCEEDED: 'throttle',
  SSS_TIME_LIMIT_EXCEEDED: 'throttle',
  SSS_APP_SERVER_RESTART: 'transient',
  UNEXPECTED_ERROR: 'transient',
  SSS_REQUEST_TIME_EXCEEDED: 'transient',
  RCRD_HAS_BEEN_CHANGED: 'conflict',
  RCRD_LOCKED_BY_WF: 'conflict',
  RCRD_DSNT_EXIST: 'dependency',
  INVALID_KEY_OR_REF: 'data',
  WS_INVALID_REFERENCE_KEY_1: 'data',
  INVALID_FLD_VALUE: 'data',
  USER_ERROR: 'data',
  MISSING_MANDATORY_FIELDS: 'data',
  THE_FIELD_1_CONTAINED_MORE_THAN_THE_MAXIMUM_NUMBER__2__OF_CHARACTERS_ALLOWED: 'data',
  INVALID_RCRD_TYPE: 'configuration',
  SSS_INVALID_SCRIPTLET_ID: 'configuration',
  INSUFFICIENT_PERMISSION: 'permission',
  INSUFFICIENT_PERMISSION_2: 'permission',
  INVALID_LOGIN_ATTEMPT: 'permission',
  INVALID_LOGIN_CREDENTIALS: 'permission',
};

/**
 * Whether NetSuite's name of an error says "this record exists already": DUP_RCRD, DUP_ENTITY, DUP_CSTM_RCRD_ENTRY, UNIQUE_RCRD_ID_REQD,
 * UNIQUE_CUST_ID_REQD, UNIQUE_CONTACT_NAME_REQD, CONTACT_ALREADY_EXISTS … Which one comes depends on the record type and is not published:
 * the pattern holds for all that are known. To ask once too often costs one query.
 */
export const isDuplicateName = (name: string): boolean => /^(DUP|DUPLICATE|UNIQUE)_|_ALREADY_EXISTS$/.test(name);

export const classOf = (code: string): ErrorClass =>
  (CODES as Record<string, ErrorClass>)[code] ??
  NETSUITE_ERROR_CLASSES[code] ??
  (isDuplicateName(code) ? 'conflict' : 'unknown');
